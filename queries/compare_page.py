"""The comparison of districts by chosen indicators: one table, one chart.

Comes in: districts' codes, indicators' ids and a measure, as arguments of the address. Goes out: for each
indicator and district the latest actual figure; a chart over time for one indicator, bars for several.
"""

from __future__ import annotations

import sqlite3

from markupsafe import Markup

from . import chart
from .facts import LIST_SIZE, Row, Visit, facts, named, rows
from .place_page import MOST_DISTRICTS, over_time

MOST_INDICATORS = 12
OFFERED = 200  # districts and indicators to choose from, those with most figures; others come by address


def compare(connection: sqlite3.Connection, visit: Visit) -> Row:
    """What the comparison shows."""
    districts = _chosen(
        connection, "districts", "id, name", visit.arguments.get("district", [])[:MOST_DISTRICTS]
    )
    indicators = _chosen(
        connection,
        "indicators",
        "id, name, name_en",
        visit.arguments.get("indicator", [])[:MOST_INDICATORS],
    )
    for row in indicators:
        row["shown_name"] = named(row["name"], row["name_en"], visit)
    measure = visit.argument("measure") or "level"
    told = _told(connection, visit, districts, indicators, measure)
    table = [_line(row, districts, told) for row in indicators]
    single = indicators[0] if len(indicators) == 1 else None
    return {
        "title": visit.say("compare"),
        "chosen": {row["id"] for row in districts},
        "wanted_indicators": {row["id"] for row in indicators},
        "named": districts,
        "measure": measure,
        "table": table if districts else [],
        "facts": told[:LIST_SIZE] if single else [],
        "fact_count": len(told),
        "chart": Markup(
            over_time(told, visit, single["shown_name"]) if single else _bars(table, visit.say("compare"))
        ),
        "over_time": single is not None,
        "districts": _offered(connection, "districts", "district_id", districts),
        "indicators": [
            row | {"shown_name": named(row["name"], row["name_en"], visit)}
            for row in _offered(connection, "indicators", "indicator_id", indicators)
        ],
    }


def _chosen(connection: sqlite3.Connection, table: str, columns: str, ids: list[str]) -> list[Row]:
    """The rows asked for, in the order asked, each once."""
    found = rows(connection, f"select {columns} from {table} where id in ({','.join('?' * len(ids))})", *ids)
    by_id = {row["id"]: row for row in found}
    return [by_id[key] for key in dict.fromkeys(ids) if key in by_id]


def _offered(connection: sqlite3.Connection, table: str, column: str, chosen: list[Row]) -> list[Row]:
    """What there is to choose from: what is chosen, then what has most figures."""
    most = rows(
        connection,
        f"""select e.* from {table} e join (
          select {column} as id, count(*) as n from metrics where {column} is not null group by {column}
        ) m on m.id = e.id order by m.n desc, e.id limit ?""",
        OFFERED,
    )
    known = {row["id"] for row in chosen}
    return [*chosen, *(row for row in most if row["id"] not in known)]


def _told(
    connection: sqlite3.Connection, visit: Visit, districts: list[Row], indicators: list[Row], measure: str
) -> list[Row]:
    """The districts' own figures, the latest first."""
    if not districts or not indicators:
        return []
    return facts(
        connection,
        visit,
        f"""where m.indicator_id in ({",".join("?" * len(indicators))}) and m.measure = ?
        and m.subject_type = 'district' and m.district_id in ({",".join("?" * len(districts))})
        order by m.period_end is null, m.period_end desc, m.confidence desc, m.id""",
        *(row["id"] for row in indicators),
        measure,
        *(row["id"] for row in districts),
    )


def _line(indicator: Row, districts: list[Row], told: list[Row]) -> Row:
    """A row of the table: the latest actual figure of each district, in the commonest unit of them."""
    latest: dict[str, Row] = {}
    for fact in told:
        if fact["indicator_id"] == indicator["id"] and fact["status"] == "actual":
            latest.setdefault(fact["district_id"], fact)
    units = [fact["unit"] for fact in latest.values()]
    unit = max(sorted(set(units)), key=units.count) if units else ""
    return {
        "id": indicator["id"],
        "name": indicator["shown_name"],
        "unit": unit,
        "cells": [latest.get(row["id"]) for row in districts],
    }


def _bars(table: list[Row], title: str) -> str:
    groups = [
        (
            row["name"],
            [
                chart.Bar(
                    cell["district"],
                    cell["value"],
                    cell["shown"],
                    f"{cell['district']} {row['name']} {cell['when']} {cell['shown']}",
                    cell["link"],
                    colour,
                )
                for colour, cell in enumerate(row["cells"])
                # Bars of other units would lie.
                if cell and cell["unit"] == row["unit"]
            ],
        )
        for row in table
    ]
    return chart.bars([group for group in groups if group[1]], title)
