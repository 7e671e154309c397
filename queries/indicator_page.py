"""The page of an indicator: its chart across districts and periods, its map, its latest figures.

Comes in: an indicator's id and the measure (level, growth, share, rank, change). Goes out: what the
template shows. The chart has the districts with most figures; the download has all.
"""

from __future__ import annotations

import sqlite3

from markupsafe import Markup

from . import words
from .facts import LIST_SIZE, Row, Visit, facts, one, rows
from .place_map import Place, place_map
from .place_page import MOST_DISTRICTS, over_time

MEASURES = ("level", "growth", "share", "rank", "change")
MOST_PLACES = 400  # circles on a map

# Facts of one indicator and measure that are districts' own; {of} says which indicator.
_DISTRICTS_OWN = "{of} and m.measure = ? and m.subject_type = 'district' and m.district_id is not null"
_LATEST = """
where m.id in (
  select id from (
    select id, row_number() over (
      partition by district_id order by coalesce(period_end, '') desc, confidence desc, id
    ) as nth
    from metrics m
    where {own} and m.unit = ? and m.status = 'actual'
  ) where nth = 1
)
order by m.value desc, m.district_id limit ?"""


def read(connection: sqlite3.Connection, visit: Visit) -> Row | None:
    """What an indicator's page shows, found by its id or, where it has no canonical form, by its phrase;
    None where there is no such indicator."""
    indicator = one(connection, "select * from indicators where id = ?", visit.key)
    of = "m.indicator_id = ?" if indicator else "m.indicator = ? and m.indicator_id is null"
    counted = f"select measure, count(*) as n from metrics m where {of} group by measure"
    counts = {row["measure"]: row["n"] for row in rows(connection, counted, visit.key)}
    if indicator is None and not counts:
        return None
    indicator = indicator or {"id": visit.key, "name": visit.key, "name_en": None}
    measure = visit.argument("measure")
    own = _DISTRICTS_OWN.format(of=of)
    if measure not in MEASURES:
        measure = _first_measure(connection, own, visit.key, counts)
    asked = (visit.key, measure)
    latest = _latest(connection, visit, own, asked)
    told, charted = _charted(connection, visit, own, asked)
    name = indicator["name"]
    tail = f"where {of} and m.measure = ? order by m.period_end desc, m.id limit ?"
    return {
        "title": name if visit.language == "zh" else indicator["name_en"] or name,
        "indicator": indicator,
        "measure": measure,
        "measures": [
            {"name": key, "word": words.value(key, visit.language), "count": counts[key]}
            for key in MEASURES
            if key in counts
        ],
        "chart": Markup(over_time(told, visit, name)),
        "charted": charted,
        "map": Markup(_map(connection, visit, name, latest)),
        "latest": latest[:LIST_SIZE],
        "others": [] if latest else facts(connection, visit, tail, *asked, LIST_SIZE),
    }


def _first_measure(connection: sqlite3.Connection, own: str, key: str, counts: dict[str, int]) -> str:
    """The first measure that districts have figures of, else the first that there is."""
    for name in MEASURES:
        if name in counts and one(connection, f"select 1 from metrics m where {own} limit 1", key, name):
            return name
    return next((name for name in MEASURES if name in counts), "level")


def _latest(connection: sqlite3.Connection, visit: Visit, own: str, asked: tuple[str, str]) -> list[Row]:
    """The latest figure of each district, in the commonest unit."""
    unit = one(
        connection,
        f"select unit from metrics m where {own} group by unit order by count(*) desc, unit limit 1",
        *asked,
    )
    if unit is None:
        return []
    return facts(connection, visit, _LATEST.format(own=own), *asked, unit["unit"], MOST_PLACES)


def _charted(
    connection: sqlite3.Connection, visit: Visit, own: str, asked: tuple[str, str]
) -> tuple[list[Row], int]:
    """The facts of the districts with most of them, and how many districts these are."""
    districts = [
        row["district_id"]
        for row in rows(
            connection,
            f"""select m.district_id from metrics m where {own}
            group by m.district_id order by count(*) desc, m.district_id limit ?""",
            *asked,
            MOST_DISTRICTS,
        )
    ]
    tail = f"""where {own} and m.district_id in ({",".join("?" * len(districts))})
        order by m.district_id, m.period_end, m.id"""
    return facts(connection, visit, tail, *asked, *districts), len(districts)


def _map(connection: sqlite3.Connection, visit: Visit, name: str, latest: list[Row]) -> str:
    """The latest figures at their districts' coordinates; empty where fewer than two are known."""
    where = {
        row["id"]: row
        for row in rows(connection, "select id, short_name, name, latitude, longitude from districts")
        if row["latitude"] is not None and row["longitude"] is not None
    }
    places = [
        Place(
            # The first two digits of a code are its province's.
            fact["district_id"][:2] + "0000",
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
    return place_map(places, visit.say("map_of", name=name)) if len(places) > 1 else ""
