"""What the documents show is run: shell and Python of the recipes and the tutorial, and the notebook.

A block that a comment `<!-- not run: why -->` stands before is left out, as are languages other than these.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner

import fangzhi

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
BLOCK = re.compile(r"^(<!-- not run: [^>]*-->\n)?```(sh|python|sql|r)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
GENERATED = ["cli", "corrections", "exports", "glossary"]
PAGES = ["cluster", "corrections", "exports", "recipes", "troubleshooting", "tutorial"]
NEEDED = {
    "import pandas": "pandas",
    "frames import": "pandas",
    "duckdb": "duckdb",
    "parquet": "pyarrow",
    "--shards": "pyarrow",
}
"""Words of a block -> the module without which it can't run."""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter database, as the documents call it."""
    file = tmp_path_factory.mktemp("starter") / "regional-economy.db"
    result = CliRunner().invoke(fangzhi.main, ["build", "-q", "-o", str(file)])
    assert result.exit_code == 0, result.output
    return file


@pytest.fixture
def folder(database: Path, tmp_path: Path) -> Path:
    shutil.copy(database, tmp_path)
    return tmp_path


def can_run(text: str) -> bool:
    return all(find_spec(module) for words, module in NEEDED.items() if words in text)


def blocks(page: str) -> Iterator[tuple[str, str]]:
    for skipped, language, text in BLOCK.findall((DOCS / f"{page}.md").read_text("utf-8")):
        if not skipped and can_run(text):
            yield language, text


def run(command: list[str], folder: Path) -> None:
    bin_ = str(Path(sys.executable).parent)
    surroundings = {"PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=folder, env=os.environ | surroundings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command[-1]}\n{done.stdout}\n{done.stderr}"


@pytest.mark.parametrize("page", ["recipes", "tutorial", "exports", "cluster"])
def test_a_page_does_what_it_shows(page: str, folder: Path) -> None:
    script = ["set -eo pipefail"]
    for number, (language, text) in enumerate(blocks(page)):
        if language == "sh":
            script.append(text)
        elif language == "python":
            (folder / f"block{number}.py").write_text(text, encoding="utf-8")
            script.append(f"python block{number}.py")
    assert len(script) > 1
    run(["bash", "-c", "\n".join(script)], folder)
    if page == "tutorial":
        with closing(sqlite3.connect(folder / "mine.db")) as connection:
            assert connection.execute("select count(*) from analyst_corrections").fetchone() == (1,)
            assert connection.execute("select message from issues").fetchall() == []


@pytest.mark.parametrize("page", PAGES)
def test_queries_in_the_pages_are_sql_of_ours(page: str, folder: Path) -> None:
    """DuckDB's SQLite reader comes from the network, so its query runs in SQLite here."""
    with closing(sqlite3.connect(folder / "regional-economy.db")) as connection:
        for language, text in blocks(page):
            if language == "sql":
                select = text[text.index("select") :].replace("economy.", "")
                assert connection.execute(select).fetchall()


def test_r_in_the_recipes_runs(folder: Path) -> None:
    rscript = shutil.which("Rscript") or pytest.skip("R is not installed")
    texts = [text.partition("library(arrow)")[0] for language, text in blocks("recipes") if language == "r"]
    if subprocess.run([rscript, "-e", "library(RSQLite)"], capture_output=True, check=False).returncode:
        pytest.skip("RSQLite is not installed")
    run([rscript, "-e", "\n".join(texts)], folder)


def test_the_notebook_runs(folder: Path) -> None:
    """Its cells, one after the other, in one Python; no kernel is needed for that."""
    pytest.importorskip("pandas", reason="pandas is not installed")
    notebook = json.loads((DOCS / "first_look.ipynb").read_text("utf-8"))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert len(cells) > 3
    run([sys.executable, "-c", "\n".join(cells)], folder)


@pytest.mark.parametrize("page", GENERATED)
def test_a_generated_page_is_up_to_date(page: str) -> None:
    command = [sys.executable, "-m", "cogapp", "--check", str(DOCS / f"{page}.md")]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, f"run `cog -r docs/{page}.md`\n{ran.stdout}{ran.stderr}"


def kinds_in(source: str) -> Iterator[str]:
    """The kinds of issues that a module makes: what ReadError, Issue, notes and the like are given."""
    tree = ast.parse(source)
    constants = {
        node.targets[0].id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
    }
    place_of = {"ReadError": 0, "_issue": 0, "Issue": 3}
    for node in ast.walk(tree):
        given: ast.expr | None = None
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in place_of and len(node.args) > place_of[called]:
                given = node.args[place_of[called]]
            elif called == "append" and isinstance(node.args[0], ast.Tuple):
                told = node.args[0].elts
                given = {"notes.append": told[0], "issues.append": told[1]}.get(ast.unparse(node.func))
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "NOTE":
            given = node.value.elts[0] if isinstance(node.value, ast.Tuple) else None
        if isinstance(given, ast.Name):
            given = ast.Constant(constants.get(given.id))
        if isinstance(given, ast.Constant) and isinstance(given.value, str):
            yield given.value


def test_every_kind_of_issue_is_explained() -> None:
    sources = [*(ROOT / "ingest").rglob("*.py"), *(ROOT / "db").glob("*.py"), ROOT / "fangzhi.py"]
    made = {kind for path in sources for kind in kinds_in(path.read_text("utf-8"))} | {"crashed"}
    text = (DOCS / "troubleshooting.md").read_text("utf-8")
    explained = re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE)
    assert explained == sorted(explained)
    assert set(explained) | {"many"} == made


def test_links_between_the_pages_lead_somewhere() -> None:
    pages = {path: path.read_text("utf-8") for path in (*DOCS.glob("*.md"), *ROOT.glob("*.md"))}
    for path, text in pages.items():
        prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", prose):
            assert (path.parent / link).exists(), f"{path.name} leads to {link}"


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs", reason="mkdocs is not installed")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "--strict", "-d", str(tmp_path)]
    run([*command, "-f", str(ROOT / "mkdocs.yml")], tmp_path)
    pages = {path.stem for path in DOCS.glob("*.md")}
    listed = set(re.findall(r"([a-z_]+)\.md", (ROOT / "mkdocs.yml").read_text("utf-8")))
    assert listed == pages, "every page is in the site's menu"


def test_one_version_everywhere() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"\n## {version} (" in (ROOT / "CHANGELOG.md").read_text("utf-8")
