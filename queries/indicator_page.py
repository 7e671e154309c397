"""The page of an indicator: its chart across districts and periods, its map, its latest figures.

Comes in: an indicator's id and the measure (level, growth, share, rank, change). Goes out: what the
template shows. The chart has the districts with most figures; the download has all.
"""

from __future__ import annotations

import sqlite3

from markupsafe import Markup

from . import chart, words
from .facts import LIST_SIZE, Row, Visit, facts, one, rows
from .place_page import MOST_DISTRICTS, over_time

MEASURES = ("level", "growth", "share", "rank", "change")
MOST_PLACES = 400  # circles on a map

_LATEST = """
where m.id in (
  select id from (
    select id, row_number() over (
      partition by district_id order by coalesce(period_end, '') desc, confidence desc, id
    ) as nth
    from metrics
    where indicator_id = ? and measure = ? and unit = ? and status = 'actual' and subject_type = 'district'
  ) where nth = 1
)
order by m.value desc, m.district_id limit ?"""


def read(connection: sqlite3.Connection, visit: Visit) -> Row | None:
    """What an indicator's page shows; None where there is no such indicator."""
    indicator = one(connection, "select * from indicators where id = ?", visit.key)
    if indicator is None:
        return None
    counts = {
        row["measure"]: row["n"]
        for row in rows(
            connection,
            "select measure, count(*) as n from metrics where indicator_id = ? group by measure",
            visit.key,
        )
    }
    measure = visit.argument("measure")
    if measure not in MEASURES:
        measure = next((name for name in MEASURES if counts.get(name)), "level")
    unit = one(
        connection,
        """select unit from metrics where indicator_id = ? and measure = ? and subject_type = 'district'
        group by unit order by count(*) desc, unit limit 1""",
        visit.key,
        measure,
    )
    latest = facts(connection, visit, _LATEST, visit.key, measure, unit["unit"] if unit else "", MOST_PLACES)
    districts = [
        row["district_id"]
        for row in rows(
            connection,
            """select district_id from metrics
            where indicator_id = ? and measure = ? and subject_type = 'district' and district_id is not null
            group by district_id order by count(*) desc, district_id limit ?""",
            visit.key,
            measure,
            MOST_DISTRICTS,
        )
    ]
    told = facts(
        connection,
        visit,
        f"""where m.indicator_id = ? and m.measure = ? and m.subject_type = 'district'
        and m.district_id in ({",".join("?" * len(districts))}) order by m.district_id, m.period_end, m.id""",
        visit.key,
        measure,
        *districts,
    )
    return {
        "title": indicator["name"] if visit.language == "zh" else indicator["name_en"] or indicator["name"],
        "indicator": indicator,
        "measure": measure,
        "measures": [
            {"name": name, "word": words.value(name, visit.language), "count": counts[name]}
            for name in MEASURES
            if name in counts
        ],
        "chart": Markup(over_time(told, visit, indicator["name"])),
        "charted": len(districts),
        "map": Markup(_map(connection, visit, indicator["name"], latest)),
        "latest": latest[:LIST_SIZE],
        "others": []
        if latest
        else facts(
            connection,
            visit,
            "where m.indicator_id = ? and m.measure = ? order by m.period_end desc, m.id limit ?",
            visit.key,
            measure,
            LIST_SIZE,
        ),
    }


def _map(connection: sqlite3.Connection, visit: Visit, name: str, latest: list[Row]) -> str:
    """The latest figures at their districts' coordinates; empty where fewer than two are known."""
    where = {
        row["id"]: row
        for row in rows(connection, "select id, short_name, name, latitude, longitude from districts")
        if row["latitude"] is not None and row["longitude"] is not None
    }
    places = [
        chart.Place(
            where[fact["district_id"]]["longitude"],
            where[fact["district_id"]]["latitude"],
            fact["value"],
            where[fact["district_id"]]["short_name"] or fact["district"],
            f"{fact['district']} {fact['when']} {fact['shown']}",
            fact["link"],
        )
        for fact in latest
        if fact["district_id"] in where
    ]
    return chart.place_map(places, visit.say("map_of", name=name)) if len(places) > 1 else ""
