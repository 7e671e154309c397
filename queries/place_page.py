"""The page of a district, and the chart of several over time.

Comes in: a district's code. Goes out: its scorecard by indicator with a sparkline, growth and rank, its
targets, its enterprises, parks and initiatives, and the reports that these come from.
"""

from __future__ import annotations

import sqlite3
from html import escape
from itertools import groupby
from typing import Any

from markupsafe import Markup

from . import chart, wording, words
from .facts import LIST_SIZE, Row, Visit, amount, facts, named, one, rows

_PARTS = {
    "enterprises": "enterprise",
    "parks": "park",
    "institutions": "institution",
    "initiatives": "initiative",
}
SHOWN = 24  # entities of a kind on a district's page; the rest are in the list
MOST_DISTRICTS = 8  # as many as the chart has colours


def read(connection: sqlite3.Connection, visit: Visit) -> Row | None:
    """What a district's page shows; None where there is no such district."""
    district = one(
        connection,
        """select d.*, p.name as parent
        from districts d left join districts p on p.id = d.parent_id where d.id = ?""",
        visit.key,
    )
    if district is None:
        return None
    told = facts(
        connection,
        visit,
        "where m.district_id = ? and m.subject_type = 'district' order by m.period_end, m.confidence, m.id",
        visit.key,
    )
    scores = scorecard(told, visit)
    targets = rows(
        connection,
        """select t.*, i.name_en as indicator_en
        from targets t left join indicators i on i.id = t.indicator_id
        where t.district_id = ? order by t.period desc, t.indicator, t.metric_id limit ?""",
        visit.key,
        LIST_SIZE,
    )
    return {
        "title": district["name"],
        "district": district | {"level_word": words.value(district["level"], visit.language)},
        "children": rows(
            connection, "select id, name from districts where parent_id = ? order by id", visit.key
        ),
        "scores": scores[:LIST_SIZE],
        "score_count": len(scores),
        "targets": [_target(row, visit) for row in targets],
        "parts": [_part(connection, visit, table, kind) for table, kind in _PARTS.items()],
        "sources": rows(
            connection,
            """select r.id, r.title, r.publisher, r.reference_date from reports r
            where r.id in (select report_id from metrics where district_id = ?1) or r.district_id = ?1
            order by r.reference_date desc, r.id limit ?2""",
            visit.key,
            LIST_SIZE,
        ),
    }


def scorecard(told: list[Row], visit: Visit) -> list[Row]:
    """A row an indicator: its latest figure, growth and rank, and the line of its levels over time; the
    canonical indicators first, those with most figures before others."""
    ordered = sorted(told, key=lambda fact: fact["indicator_name"])
    scores = []
    for name, group in groupby(ordered, key=lambda fact: fact["indicator_name"]):
        members = list(group)
        latest: dict[str, Row] = {}
        for fact in members:
            if fact["status"] == "actual":
                latest[fact["measure"]] = fact  # the last in time stays
        if not latest:
            continue
        level = latest.get("level")
        levels: dict[str, float] = {
            fact["period_end"] or "": fact["value"]
            for fact in members
            if level
            and fact["measure"] == "level"
            and fact["status"] == "actual"
            and fact["unit"] == level["unit"]
        }
        main = level or next(iter(latest.values()))
        scores.append(
            {
                "name": name,
                "main": main,
                "growth": _beside(main, members, "growth"),
                "rank": _beside(main, members, "rank"),
                "spark": Markup(chart.sparkline(list(levels.values()), f"{name} {main['shown']}")),
                "count": len(members),
            }
        )
    return sorted(
        scores, key=lambda score: (not score["main"]["indicator_id"], -score["count"], score["name"])
    )


def _beside(main: Row, members: list[Row], measure: str) -> Row | None:
    """The figure of this measure that belongs beside the main one: of the same period if there is one, else
    the latest, which is then shown with its own."""
    told = [fact for fact in members if fact["measure"] == measure and fact["status"] == "actual"]
    same = [fact for fact in told if fact["period_end"] == main["period_end"]]
    if same or not told:
        return same[-1] if same else None
    return told[-1] | {"own_when": told[-1]["when"]}


def _target(row: Row, visit: Visit) -> Row:
    return row | {
        "indicator": named(row["indicator"], row["indicator_en"], visit),
        "shown": amount(visit, row["bound"], row["target"], row["unit"]),
        "when": wording.period(row["period"], visit.language),
        "result": wording.quantity(row["actual"], row["unit"], visit.language),
        "result_when": wording.period(row["actual_period"], visit.language),
        "outcome_word": words.value(row["outcome"], visit.language),
        "measure_word": words.value(row["measure"], visit.language),
        "link": visit.fact_link(row["report_id"], row["metric_id"]),
        "result_link": visit.fact_link(row["actual_report_id"], row["actual_metric_id"])
        if row["actual_metric_id"]
        else "",
    }


def _part(connection: sqlite3.Connection, visit: Visit, table: str, kind: str) -> Row:
    """The entities of one kind in a district, those with most figures first."""
    found = rows(
        connection,
        f"""select e.id, e.name, (select count(*) from metrics m where m.{kind}_id = e.id) as figures
        from {table} e where e.district_id = ? order by figures desc, e.name, e.id limit ?""",
        visit.key,
        SHOWN,
    )
    count: Any = one(connection, f"select count(*) as n from {table} where district_id = ?", visit.key)
    return {"table": table, "kind": kind, "rows": found, "count": count["n"]}


def over_time(told: list[Row], visit: Visit, title: str) -> str:
    """The chart of facts of one indicator and measure, a line a district, by the commonest unit."""
    units = [fact["unit"] for fact in told]
    if not units:
        return ""
    unit = max(sorted(set(units)), key=units.count)
    lines: dict[str, list[chart.Point]] = {}
    for fact in told:
        x = wording.moment(fact["period_end"])
        if x is not None and fact["unit"] == unit:
            label = f"{fact['district']} {fact['when']} {fact['shown']} ({fact['status_word']})"
            point = chart.Point(x, fact["value"], label, fact["link"], fact["status"] == "actual")
            lines.setdefault(fact["district"] or fact["subject"], []).append(point)
    series = [chart.Series(name, points) for name, points in lines.items()]
    return chart.line_chart(
        series,
        visit.say("chart_of", name=title),
        lambda y: wording.quantity(y, unit, visit.language),
        lambda year: visit.say("year_end", n=year),
    ) + legend(list(lines))


def legend(names: list[str]) -> str:
    """The names beside their colours."""

    items = "".join(f'<li class="c{n % chart.COLOURS}">{escape(name)}</li>' for n, name in enumerate(names))
    return f'<ul class="legend">{items}</ul>'
