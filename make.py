"""Set up and run, on a machine that has only CPython 3.11+ with pip and venv.

    python3 make.py build-db [OPTIONS] [PATHS]...   build the database (default: from the starter reports)
    python3 make.py test [PYTEST ARGUMENTS]...      lint, type-check, check import contracts, run the tests

Both first make `.venv` in this folder, or use the one that is there and still fits pyproject.toml. Run it
again as often as you like. The exit status is that of the command, or of the first check that failed.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
STAMP = VENV / "fangzhi-stamp"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")

CHECKS = (
    ("ruff", "check", "."),
    ("mypy",),
    ("lint-imports",),
)


def set_up(tests: bool) -> None:
    """Make the environment, or bring it up to pyproject.toml; nothing where it was made for just that."""
    maker = f"{sys.version} {VENV}"
    wanted = f"{maker} {hashlib.sha256((HERE / 'pyproject.toml').read_bytes()).hexdigest()} "
    stamped = STAMP.read_text(encoding="utf-8") if STAMP.exists() else ""
    if stamped in (wanted + "test", wanted + ("test" if tests else "run")):
        return
    print(f"Setting up {VENV} ...", file=sys.stderr, flush=True)
    # Another Python, or a checkout that was moved, leaves an environment that can't be mended.
    stale = ["--clear"] if stamped and not stamped.startswith(maker) else []
    subprocess.run([sys.executable, "-m", "venv", *stale, str(VENV)], check=True)
    pip = [str(BIN / "python"), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    wish = ["install", "-q", "--use-pep517", "-e", ".[test]" if tests else "."]
    subprocess.run([*pip, *wish], cwd=HERE, check=True)
    STAMP.write_text(wanted + ("test" if tests else "run"), encoding="utf-8")


def run(*command: str, folder: Path | None = None) -> int:
    """Run a program of the environment; its exit status."""
    return subprocess.run([str(BIN / command[0]), *command[1:]], cwd=folder, check=False).returncode


def test(arguments: list[str]) -> int:
    """Every check, all told even when one fails; the first status that isn't 0."""
    statuses = [run(*command, folder=HERE) for command in CHECKS]
    statuses.append(run("pytest", *arguments, folder=HERE))
    return next((status for status in statuses if status), 0)


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 -- an older Python can start this file
        print("Error: Python 3.11 or newer is needed; run this file with one.", file=sys.stderr)
        return 2
    if not arguments or arguments[0] not in ("build-db", "test"):
        print(__doc__)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    command, *rest = arguments
    try:
        set_up(tests=command == "test")
    except subprocess.CalledProcessError as error:
        print(f"Error: setting up failed ({error}); see above, mend it and run this again.", file=sys.stderr)
        return 1
    return test(rest) if command == "test" else run(command, *rest)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
