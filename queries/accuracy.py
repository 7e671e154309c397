"""The command `fangzhi evaluate`: what an evaluation found, told to people and programs.

Comes in: a database and annotated reports. Goes out: sums for each report and overall, and as asked the
errors with their context, the rules, the calibration of `confidence`, or a table of confidences fitted anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from .calibration import buckets, fit, rated, write_fit
from .cli import trouble_told
from .database import opened
from .evaluate import KINDS, LEVELS, Evaluation, Ratios, Verdict, evaluate_report, gold_files, load_gold

CONTEXT = 40
"""Characters on each side of a figure that a rule writer needs to see why it was misread."""


@click.command()
@click.argument("database", type=click.Path(path_type=Path))
@click.argument("gold", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--errors", type=click.IntRange(0), default=0, metavar="N", help="Show N errors a report.")
@click.option("--by", type=click.Choice(["rule"]), help="Add the precision of each rule.")
@click.option("--calibration", is_flag=True, help="Add how right the rows of each confidence are.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option(
    "--fit-confidence",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="CSV",
    help="Write the lookup `confidence` anew from these reports.",
)
def evaluate(
    database: Path,
    gold: tuple[Path, ...],
    errors: int,
    by: str | None,
    calibration: bool,
    as_json: bool,
    fit_confidence: Path | None,
) -> None:
    """Tell how right DATABASE is against annotated reports: GOLD, JSON files or folders of them.

    Levels: detect, a fact stands where the annotation has one; core, its value, unit, measure and indicator
    are right; full, its subject, period, status and bound as well.
    """
    with trouble_told(), opened(database) as connection:
        reports = evaluated(connection, gold_files(gold))
        total = together(reports.values())
        texts = dict(connection.execute("select file_name, text from reports")) if errors else {}
        if fit_confidence:
            write_fit(fit(total.verdicts, " ".join(path.stem for path in gold)), fit_confidence)
    if as_json:
        told = {
            **numbers(total),
            "reports": {name: numbers(one) for name, one in reports.items()},
            "rules": _rules(total.verdicts),
            "calibration": [bucket._asdict() for bucket in buckets(total.verdicts)],
            "errors": {name: list(_errors(one, errors, _text(texts, name))) for name, one in reports.items()},
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for name, one in reports.items():
        click.echo(_line(name, one))
        for line in _told_errors(one, errors, _text(texts, name)):
            click.echo(line)
    sections = [_overall(total)]
    if by == "rule":
        sections.append(_rule_table(total.verdicts))
    if calibration:
        sections.append(_calibration_table(total.verdicts))
    click.echo("\n\n".join(sections))
    for name in total.absent:
        click.echo(f"Not in the database: {name}", err=True)


def evaluated(connection: sqlite3.Connection, files: Iterable[Path]) -> dict[str, Evaluation]:
    """The name of each annotated report -> what became of it."""
    golds = map(load_gold, files)
    return {gold["report"]: evaluate_report(connection, gold) for gold in golds}


def together(reports: Iterable[Evaluation]) -> Evaluation:
    """Several reports' evaluations as one."""
    total = Evaluation()
    for one in reports:
        total.add(one)
    return total


def numbers(one: Evaluation) -> dict[str, Any]:
    """The sums: `n` figures expected, the levels and entities as (precision, recall, F1), fields shares."""
    return {
        "n": one.expected,
        **{level: one.level(level) for level in LEVELS},
        "fields": one.fields(),
        "entities": {kind: one.entity(kind) for kind in KINDS},
    }


# ---- text ----


def _line(name: str, one: Evaluation) -> str:
    levels = " ".join(f"{level} {one.level(level)[2]:.3f}" for level in LEVELS)
    entities = " ".join(f"{kind} {one.entity(kind)[2]:.2f}" for kind in KINDS)
    return f"{name[:36]:36} {levels} n={one.expected} | {entities}"


def _overall(total: Evaluation) -> str:
    def told(name: str, ratios: Ratios) -> str:
        return f"{name:12} " + " ".join(
            f"{key} {x:.3f}" for key, x in zip(("P", "R", "F1"), ratios, strict=True)
        )

    return "\n".join(
        [
            f"{total.expected} figures in all",
            *(told(level, total.level(level)) for level in LEVELS),
            "fields       " + " ".join(f"{name} {share:.3f}" for name, share in total.fields().items()),
            *(told(kind, total.entity(kind)) for kind in KINDS),
        ]
    )


def _rules(verdicts: Iterable[Verdict]) -> dict[str, dict[str, float]]:
    """Rule -> its rows and the share of them that is right at each level, the most rows first."""
    groups: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.row:
            groups.setdefault(verdict.row["rule"], []).append(verdict)
    return {
        rule: rated(rows) for rule, rows in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    }


def _rule_table(verdicts: Sequence[Verdict]) -> str:
    lines = [f"{'rule':28} rows detect  core  full"]
    lines += [
        f"{rule:28} {share['rows']:4} {share['detect']:6.3f} {share['core']:.3f} {share['full']:.3f}"
        for rule, share in _rules(verdicts).items()
    ]
    return "\n".join(lines)


def _calibration_table(verdicts: Sequence[Verdict]) -> str:
    lines = ["confidence  rows  mean  core  full"]
    lines += [
        f"{one.low:.2f}-{one.high:.2f}   {one.rows:5} {one.mean:.3f} {one.core:.3f} {one.full:.3f}"
        for one in buckets(verdicts)
    ]
    return "\n".join(lines)


# ---- errors ----


def _errors(one: Evaluation, most: int, text: str) -> Iterator[dict[str, Any]]:
    """Up to `most` verdicts that are not full, in the order of the text: what was expected and found."""
    bad = sorted((v for v in one.verdicts if not v.full), key=_place)
    for verdict in bad[:most]:
        start, end = _place(verdict)
        left, right = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        told: dict[str, Any] = {
            "kind": _kind(verdict),
            "start": start,
            "end": end,
            "context": f"{left}【{text[start:end]}】{right}",
        }
        row, gold = verdict.row, verdict.gold
        if row:
            told["rule"] = row["rule"]
        if row and gold:
            told["wrong"] = {name: {"found": row[name], "expected": gold.get(name)} for name in verdict.wrong}
        else:
            fact: Mapping[str, Any] = row or gold or {}
            told["fact"] = {name: fact.get(name) for name in ("indicator", "subject", "measure", "period")}
        yield told


def _told_errors(one: Evaluation, most: int, text: str) -> Iterator[str]:
    for error in _errors(one, most, text):
        context = error["context"].replace("\n", "⏎")
        yield f"  {error['kind']:5} {error.get('rule', ''):20} {context}"
        for name, pair in error.get("wrong", {}).items():
            yield f"        {name}: found {pair['found']}, expected {pair['expected']}"
        if fact := error.get("fact"):
            yield "        " + ", ".join(f"{name} {value}" for name, value in fact.items())
    if most:
        for kind, found in one.entities.items():
            missed = [name for f in found for name in f.missed]
            extra = [name for f in found for name in f.extra]
            if missed or extra:
                yield f"  {kind}: missed {'、'.join(missed[:most])}; extra {'、'.join(extra[:most])}"


def _kind(verdict: Verdict) -> str:
    if verdict.row is None:
        return "miss"
    return "wrong" if verdict.gold else "extra"


def _place(verdict: Verdict) -> tuple[int, int]:
    if verdict.gold:
        return verdict.gold["start"], verdict.gold["end"]
    assert verdict.row
    return verdict.row["value_start"], verdict.row["value_end"]


def _text(texts: Mapping[str, str], name: str) -> str:
    return next((text for file, text in texts.items() if file == name or file.endswith("/" + name)), "")
