"""What a user gets who installs the package and has no checkout."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import venv
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
_LEFT_OUT = shutil.ignore_patterns(".*", "build", "dist", "*.egg-info", "__pycache__", "*.db", "tests")


def test_installed_into_a_clean_environment_it_builds_the_starter_reports(tmp_path: Path) -> None:
    source, clean = tmp_path / "the source", tmp_path / "the environment"
    shutil.copytree(CHECKOUT, source, ignore=_LEFT_OUT)
    venv.create(clean, with_pip=True)
    pip = [str(clean / "bin" / "python"), "-m", "pip", "install", "-q", "--no-input", str(source)]
    installed = subprocess.run(pip, capture_output=True, text=True, check=False)
    assert installed.returncode == 0, installed.stderr
    shutil.rmtree(source)
    built = subprocess.run(
        [clean / "bin" / "build-db"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    with sqlite3.connect(tmp_path / "regional-economy.db") as database:
        assert database.execute("select count(*) from reports where origin = 'digest'").fetchone() == (5,)
    listed = subprocess.run([clean / "bin" / "fangzhi", "query"], capture_output=True, text=True, check=False)
    assert listed.returncode == 0 and "district_scorecard" in listed.stdout
