"""The command line, and the one place that knows the whole way: seeds, ingest, db, queries.

In: arguments. Out: what the command says, and an exit status: 0 all went well, 1 something did not,
2 the command was misused. Heavy modules are imported by the command that needs them, so that help is quick.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

import click

if TYPE_CHECKING:
    from db.build import Options, Spread, Summary
    from db.reading import Extract
    from ingest.model import Document, ReadError, ReportFacts
    from ingest.overrides import Override

DATABASE = "regional-economy.db"
_FILE = click.Path(path_type=Path)
_ELSEWHERE = {
    "serve": "queries.cli",
    "query": "queries.cli",
    "export": "queries.cli",
    "evaluate": "queries.accuracy",
}
"""Command -> the module that holds it under the same name."""


class Commands(click.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *_ELSEWHERE})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _ELSEWHERE:
            command: click.Command = getattr(import_module(_ELSEWHERE[cmd_name]), cmd_name)
            return command
        return super().get_command(ctx, cmd_name)


def extract(
    path: Path | Document,
    name: str,
    *,
    reference_date: str | None,
    district_id: str | None,
    overrides: Sequence[Override] = (),
) -> Iterator[ReportFacts | ReadError]:
    """The facts of each report in one file, or why an entry of it is none (see ingest.report)."""
    from ingest import report

    return report.extract(
        path, name, reference_date=reference_date, district_id=district_id, overrides=overrides
    )


def entries(path: Path, name: str) -> Iterator[Document | ReadError] | None:
    """The reports in a file of many (see ingest.read)."""
    from ingest import read

    return read.entries(path, name)


def warm_up() -> None:
    """Load what reading needs, lookups and patterns, by reading two words."""
    from ingest.model import Document, Source
    from ingest.pipeline import parse

    document = Document("", "", "text/plain", "2020年，某公司营业收入1亿元，增长1%。")
    parse(document, Source(reference_date="2020"))


@contextmanager
def _without(*modules: str) -> Iterator[None]:
    """What is imported meanwhile finds these modules missing, unless they are loaded already."""
    hidden = [name for name in modules if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


def _reference_date(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A year, month or day that the calendar has."""
    if value is None:
        return None
    try:
        if not re.fullmatch(r"\d{4}(-\d\d){0,2}", value, re.ASCII):
            raise ValueError
        date.fromisoformat(value + "-01" * (2 - value.count("-")))
    except ValueError:
        raise click.BadParameter("write it as 2024, 2024-03 or 2024-03-15") from None
    return value


def _district(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A district's code, from its code or its name."""
    if value is None:
        return None
    import seeds

    rows = [row for row in seeds.lookup("districts") if value in (row["id"], row["name"], row["short_name"])]
    full = [row for row in rows if value in (row["id"], row["name"]) and not row["valid_to"]] or rows
    if len(full) != 1:
        codes = ", ".join(f"{row['id']} {row['name']}" for row in full[:5])
        raise click.BadParameter(
            f"several are called so ({codes}); give the code" if full else "no such district"
        )
    return full[0]["id"]


@click.group(cls=Commands)
@click.version_option(package_name="fangzhi")
def main() -> None:
    """Chinese reports on a region's economy as a database of facts, each led back to its sentence."""


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--output", "-o", type=_FILE, default=Path(DATABASE), show_default=True, help="The database to make."
)
@click.option(
    "--shards",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Instead of one database, make a dataset in Parquet, by province and year (docs/cluster.md).",
)
@click.option(
    "--jobs", "-j", type=click.IntRange(1), help="Processes that read; by default as many as there are cores."
)
@click.option(
    "--engine",
    type=click.Choice(["processes", "dask"]),
    default="processes",
    show_default=True,
    help="What reads the reports: processes of this machine, or a Dask cluster (docs/cluster.md).",
)
@click.option("--scheduler", metavar="ADDRESS", help="The cluster's scheduler, as tcp://host:8786.")
@click.option(
    "--reference-date",
    metavar="DATE",
    callback=_reference_date,
    help="The date of the reports, instead of what the text tells: 2024, 2024-03 or 2024-03-15.",
)
@click.option(
    "--district",
    metavar="DISTRICT",
    callback=_district,
    help="The district that the reports are about, by code or name, instead of what the text tells.",
)
@click.option(
    "--lookups",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with your entities.csv: names to merge, split, rename or ignore.",
)
@click.option(
    "--corrections",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Figures that a person has set right, as CSV or YAML (docs/corrections.md).",
)
@click.option("--fresh", is_flag=True, help="Read every report, also those that the old database holds.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but what went wrong.")
@click.option("--strict", is_flag=True, help="Build nothing if any file cannot be used.")
def build(
    paths: tuple[Path, ...],
    output: Path,
    shards: Path | None,
    jobs: int | None,
    engine: str,
    scheduler: str | None,
    reference_date: str | None,
    district: str | None,
    lookups: Path | None,
    corrections: Path | None,
    fresh: bool,
    as_json: bool,
    quiet: bool,
    strict: bool,
) -> None:
    """Build the database from PATHS, files or folders; without any, from the reports that ship with it.

    Reports that the old database holds already are not read again unless the rules have changed. It stays as
    it is until the new one is complete and checked. Exit status: 0 when every file
    went in, 1 when some did not (see the table issues), 2 on wrong usage.
    """
    from importlib.metadata import version

    import seeds

    with _without("pandas", "numpy"):  # sqlite-utils loads them in vain, which takes half a second
        from db import build as builder
    from db.provenance import rules_digest
    from ingest import analyst, overrides
    from ingest.model import FangzhiError

    if (engine == "dask") != bool(scheduler) or (scheduler and jobs):
        raise click.UsageError("--engine dask and --scheduler ADDRESS go together, and without --jobs")
    settings = {"tool_version": version("fangzhi"), "rules_digest": rules_digest()}
    if reference_date:
        settings["reference_date"] = reference_date
    if district:
        settings["district_id"] = district
    progress = _Progress(silent=quiet)
    try:
        given = analyst.read_corrections(corrections) if corrections else analyst.NONE
        if corrections:
            settings["corrections_digest"] = given.digest
        decided = overrides.read(lookups) if lookups else ()
        told = partial(extract, reference_date=reference_date, district_id=district)
        if decided:
            settings["overrides"] = json.dumps(decided, ensure_ascii=False)
        make = partial(_dataset, folder=shards) if shards else partial(builder.build, output=output)
        summary = make(
            paths or [seeds.starter_folder()],
            extract=given.applied(partial(told, overrides=decided) if decided else told),
            jobs=jobs,
            strict=strict,
            reuse=not fresh,
            overrides=decided,
            settings=settings,
            progress=progress,
            entries=entries,
            prepare=warm_up,
            unmatched=given.unmatched,
            spread=_cluster(scheduler) if scheduler else None,
        )
    except FangzhiError as error:
        raise click.ClickException(str(error)) from error
    finally:
        progress.close()
    for message in summary.failures:
        click.echo(f"Not used: {message}", err=True)
    if as_json:
        click.echo(json.dumps(asdict(summary), ensure_ascii=False, indent=2))
    elif not quiet:
        click.echo(_table(summary))
    sys.exit(1 if summary.failed else 0)


@main.command()
@click.argument("database", type=_FILE, default=Path(DATABASE))
def check(database: Path) -> None:
    """Check that DATABASE holds together: quotes, keys, digits, words of closed lists, the file itself."""
    from db.check import check_file
    from ingest.model import FangzhiError

    try:
        broken = check_file(database)
    except FangzhiError as error:
        raise click.ClickException(str(error)) from error
    for breach in broken:
        click.echo(f"{breach.invariant}: {breach.place}", err=True)
    if broken:
        raise click.ClickException(f"{database} does not hold together; build it again")
    click.echo(f"{database} holds together.")


def _dataset(paths: Sequence[Path], *, folder: Path, extract: Extract, **options: Unpack[Options]) -> Summary:
    """Build a dataset in Parquet by way of the databases of its shards."""
    from db import shards
    from ingest.model import FangzhiError
    from queries import dataset
    from queries.canned import QueryError
    from queries.parquet import arrow

    try:
        arrow()  # rather told now than when all is read
        summary = shards.build(paths, folder, extract, **options)
        dataset.write(*shards.made(folder), folder)
    except (QueryError, OSError) as error:
        raise FangzhiError(str(error)) from error
    return summary


def _cluster(scheduler: str) -> Spread:
    """A Dask cluster as that which reads; lost workers are told on standard error."""
    from db import cluster

    return partial(
        cluster.in_order, scheduler=scheduler, tell=lambda line: click.echo(f"Dask: {line}", err=True)
    )


def build_db() -> None:
    """`build-db`: the command `fangzhi build` under a name of its own."""
    build.main(prog_name="build-db")


class _Progress:
    """A bar on a terminal, a line at every tenth elsewhere; on standard error."""

    def __init__(self, silent: bool) -> None:
        self._silent = silent
        self._bar: Any = None
        self._told = 0

    def __call__(self, done: int, total: int) -> None:
        if self._silent:
            return
        if sys.stderr.isatty():
            if self._bar is None:
                self._bar = click.progressbar(length=total, label="Reading", file=sys.stderr)
            self._bar.update(done - self._bar.pos)
        elif done * 10 // total > self._told:
            self._told = done * 10 // total
            click.echo(f"{done} of {total} files read", err=True)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.render_finish()


def _table(summary: Summary) -> str:
    """The summary for a person, a line a subject."""

    def counted(counts: dict[str, int]) -> str:
        return ", ".join(f"{name} {number:,}" for name, number in counts.items() if number)

    lines = {
        "database": summary.output,
        "reports": f"{summary.reports:,}"
        + (f" ({summary.failed:,} files not used)" if summary.failed else ""),
        "metrics": f"{summary.metrics:,}",
        "entities": f"{sum(summary.entities.values()):,}: {counted(summary.entities)}",
        "numerals": f"{sum(summary.numerals.values()):,}: {counted(summary.numerals)}",
        "corrected": f"{summary.corrections:,}: by the analysts' file" if summary.corrections else "",
        "issues": f"{sum(summary.issues.values()):,}: {counted(summary.issues)}",
    }
    return "\n".join(f"{name:<10}{value}".rstrip(": ") for name, value in lines.items() if value)


if __name__ == "__main__":
    main()
