"""The commands that read a database: `query`, `export` and `serve`.

Comes in: the words of a command line. Goes out: text, files or a server. Each trouble is one
`Error:` line that says what to do.
"""

from __future__ import annotations

import io
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from .canned import QueryError, all_queries
from .database import DEFAULT_PATH, Answer, ask, named, opened, tables
from .output import WRITERS, drafted, table

database_option = click.option(
    "--database",
    "-d",
    type=click.Path(path_type=Path),
    default=Path(DEFAULT_PATH),
    show_default=True,
    help="The database that build-db made.",
)
param_option = click.option(
    "--param",
    "-p",
    "params",
    type=(str, str),
    multiple=True,
    metavar="KEY VALUE",
    help="A parameter of a canned query; repeat for more.",
)


@contextmanager
def trouble_told() -> Iterator[None]:
    """What goes wrong in here becomes one line for the user."""
    try:
        yield
    except QueryError as error:
        raise click.ClickException(str(error)) from error
    except BrokenPipeError:
        sys.stderr.close()  # the reader went away, as `head` does; Python would complain at exit
        raise SystemExit(0) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename or 'output'}: {error.strerror or error}") from error


@contextmanager
def standard_output() -> Iterator[TextIO]:
    """Standard output in UTF-8, whatever the locale, with line ends as they are written."""
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
    try:
        yield out
        out.flush()
    finally:
        out.detach()


@click.command()
@click.argument("name", required=False)
@database_option
@param_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", *WRITERS]),
    default="table",
    show_default=True,
    help="How to print the rows.",
)
def query(name: str | None, database: Path, params: tuple[tuple[str, str], ...], form: str) -> None:
    """Ask a canned query; without NAME, list them.

    \b
    fangzhi query scorecard_of_district --param district 巴南区
    """
    with trouble_told():
        if name is None:
            list_queries()
            return
        with opened(database) as connection:
            answer = ask(connection, name, dict(params))
            if form == "table":
                click.echo(table(answer, shutil.get_terminal_size((100, 24)).columns), nl=False)
            else:
                with standard_output() as out:
                    WRITERS[form](answer, out)


def list_queries() -> None:
    """Print every canned query with its titles and parameters."""
    for found in all_queries().values():
        click.echo(f"{click.style(found.name, bold=True)}  {found.title['zh']} · {found.title['en']}")
        for key, words in found.parameters.items():
            click.echo(f"    --param {key}  {words['zh']} · {words['en']}")


def write_package(connection: sqlite3.Connection, folder: Path) -> list[str]:
    """Write the data package and tell its descriptor's path."""
    from . import datapackage  # noqa: PLC0415 - rarely needed

    return [str(datapackage.write(connection, folder))]


def write_observations(connection: sqlite3.Connection, folder: Path) -> list[str]:
    """Write the observations as SDMX-CSV; tells the path, and how many facts have no place in it."""
    from . import sdmx  # noqa: PLC0415 - rarely needed

    path = folder / "observations.sdmx.csv"
    with drafted(path) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        timeless = sdmx.write(connection, file)
    return [str(path), *([f"{timeless} facts without a period left out"] if timeless else [])]


def write_annotations(connection: sqlite3.Connection, folder: Path) -> list[str]:
    """Write the sentences and figures as web annotations and tell the path."""
    from . import annotations  # noqa: PLC0415 - rarely needed

    path = folder / "annotations.jsonld"
    with drafted(path) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        annotations.write(connection, file)
    return [str(path)]


WHOLE: dict[str, Callable[[sqlite3.Connection, Path], list[str]]] = {
    "datapackage": write_package,
    "sdmx-csv": write_observations,
    "web-annotation": write_annotations,
}
"""Formats that hold everything -> what writes them into a folder and tells what was written."""


@click.command()
@click.argument("names", nargs=-1)
@database_option
@param_option
@click.option(
    "--format",
    "form",
    type=click.Choice([*WRITERS, "parquet", "xlsx", *WHOLE]),
    default="csv",
    show_default=True,
    help="A file a name (csv, json, jsonl, parquet), one workbook (xlsx), or everything as a Frictionless"
    " data package, as SDMX-CSV observations, or as W3C web annotations.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    default=Path("export"),
    show_default=True,
    help="The folder to write to; - writes one name to the terminal.",
)
def export(
    names: tuple[str, ...], database: Path, params: tuple[tuple[str, str], ...], form: str, output: Path
) -> None:
    """Write tables, views or canned queries to files; without NAMES, every table and view.

    \b
    fangzhi export --output export/
    fangzhi export metric_facts --format parquet
    fangzhi export scorecard_of_district --param district 巴南区 --format xlsx
    """
    with trouble_told(), opened(database) as connection:
        if form in WHOLE:
            if names or params:
                raise click.UsageError(f"{form} is made of everything: give no names")
            click.echo("\n".join(WHOLE[form](connection, output)), err=True)
            return
        chosen = names or tuple(tables(connection))
        answers = [named(connection, name, dict(params)) for name in chosen]
        if str(output) == "-":
            if len(answers) != 1 or form not in WRITERS:
                raise click.UsageError("-o - writes one table, view or query as text: name it")
            with standard_output() as out:
                WRITERS[form](answers[0], out)
        elif form == "xlsx":
            write_workbook(answers, output / f"{database.stem}.xlsx")
        elif form == "parquet":
            for answer in answers:
                click.echo(write_parquet(connection, answer, dict(params), output), err=True)
        else:
            for answer in answers:
                click.echo(write(answer, form, output), err=True)


def write_parquet(
    connection: sqlite3.Connection, answer: Answer, params: dict[str, str], folder: Path
) -> Path:
    """Write one answer into the folder and tell the file's path."""
    from . import parquet  # noqa: PLC0415 - rarely needed

    path = folder / f"{answer.name}.parquet"
    with drafted(path) as draft:
        parquet.write(connection, answer, lambda: named(connection, answer.name, params), draft)
    return path


def write_workbook(answers: list[Answer], path: Path) -> None:
    """Write one workbook, and tell its path and what Excel's limits cut."""
    from . import workbook  # noqa: PLC0415 - slow to import

    with drafted(path) as draft:
        cuts = workbook.write(answers, draft)
    click.echo("\n".join([str(path), *cuts]), err=True)


def write(answer: Answer, form: str, folder: Path) -> Path:
    """Write one answer into the folder and tell the file's path."""
    path = folder / f"{answer.name}.{form}"
    with drafted(path) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        WRITERS[form](answer, file)
    return path


@click.command()
@database_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(0, 65535), help="The port.")
@click.option(
    "--public",
    is_flag=True,
    help="Harden for strangers: immutable, no SQL of their own, no download, limits.",
)
@click.option("--base-url", default="/", show_default=True, help="The path under which a proxy serves this.")
def serve(database: Path, host: str, port: int, public: bool, base_url: str) -> None:
    """Browse the database in Datasette, in Chinese and English."""
    with trouble_told():
        with opened(database):
            pass
        from .serve import run  # noqa: PLC0415 - Datasette takes a second to import

        run(database, host=host, port=port, public=public, base_url=base_url)
