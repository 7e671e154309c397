"""What a user gets who installs the package and has no checkout."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import venv
from pathlib import Path

import pytest

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
    assert listed.returncode == 0 and "scorecard_of_district" in listed.stdout


def interpreter(version: str) -> Path | None:
    """A Python of this version that works: on the path, else among pyenv's."""
    found = [Path(name) for name in (shutil.which(f"python{version}"),) if name]
    found += sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
    for path in found:
        tried = subprocess.run([path, "-c", "import ensurepip, venv"], capture_output=True, check=False)
        if tried.returncode == 0:
            return path
    return None


@pytest.mark.skipif(not os.environ.get("FANGZHI_RELEASE"), reason="only before a release: FANGZHI_RELEASE=1")
@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_wheel_and_sdist_on_every_python(tmp_path: Path, version: str, kind: str) -> None:
    """Needs the package `build`; interpreters that aren't there are skipped."""
    python = interpreter(version) or pytest.skip(f"no Python {version} here")
    source = tmp_path / "source"
    left_out = shutil.ignore_patterns(".*", "build", "dist", "*.egg-info", "__pycache__", "*.db")
    shutil.copytree(CHECKOUT, source, ignore=left_out)
    make = [sys.executable, "-m", "build", f"--{kind}", "-o", str(tmp_path / "dist"), str(source)]
    subprocess.run(make, check=True, capture_output=True)
    [made] = (tmp_path / "dist").iterdir()
    if kind == "sdist":
        with tarfile.open(made) as archive:
            names = {name.partition("/")[2] for name in archive.getnames()}
        assert {"docs/tutorial.md", "tests/cases/statements.yaml", "NOTICE", "mkdocs.yml"} <= names
    subprocess.run([python, "-m", "venv", str(tmp_path / "clean")], check=True)
    bin_ = tmp_path / "clean" / "bin"
    subprocess.run([bin_ / "pip", "install", "-q", "--no-input", str(made)], check=True, capture_output=True)
    subprocess.run([bin_ / "build-db", "-q"], cwd=tmp_path, check=True)
    subprocess.run([bin_ / "fangzhi", "check"], cwd=tmp_path, check=True)


@pytest.mark.skipif(not os.environ.get("FANGZHI_RELEASE"), reason="only before a release: FANGZHI_RELEASE=1")
def test_compiled_rules_give_the_same_bytes(tmp_path: Path) -> None:
    """Needs a C compiler; takes minutes."""
    source = tmp_path / "source"
    shutil.copytree(CHECKOUT, source, ignore=_LEFT_OUT)
    built = {}
    for told in ("", "1"):
        clean, output = tmp_path / f"clean{told}", tmp_path / f"made{told}.db"
        subprocess.run([sys.executable, "-m", "venv", str(clean)], check=True)
        install = [str(clean / "bin" / "pip"), "install", "-q", "--no-input", str(source)]
        subprocess.run(install, check=True, capture_output=True, env=os.environ | {"FANGZHI_COMPILE": told})
        compiled = list((clean / "lib").rglob("ingest/relate*.so"))
        assert bool(compiled) == bool(told)
        subprocess.run([clean / "bin" / "build-db", "-q", "--output", output], cwd=tmp_path, check=True)
        built[told] = output.read_bytes()
    assert built[""] == built["1"]
