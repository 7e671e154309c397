"""Compiles the rules with mypyc where the one who installs asks for it: `FANGZHI_COMPILE=1 pip install .`

In: the environment variable. Out: the same package with the modules of `ingest` as C extensions. Without the
variable nothing is compiled, and neither mypy nor a C compiler is needed.
"""

import os
from pathlib import Path

from setuptools import setup

PLAIN = ("__init__.py", "model.py")
"""Not compiled: `db.schema` makes columns from the annotations in `model`, which mypyc makes coarser."""
NEEDS: list[str] = []
MODULES = []

if os.environ.get("FANGZHI_COMPILE") == "1":
    NEEDS = ["mypy>=1.10", "setuptools>=77"]
    try:
        from mypyc.build import mypycify
    except ImportError:
        pass  # pip runs this file once to learn what it needs, and again when that is there
    else:
        rules = [str(path) for path in sorted(Path("ingest").glob("*.py")) if path.name not in PLAIN]
        # The types of other packages aren't installed where a wheel is built; nothing rests on them.
        MODULES = mypycify(["--config-file=", "--ignore-missing-imports", *rules])

setup(ext_modules=MODULES, setup_requires=NEEDS)
