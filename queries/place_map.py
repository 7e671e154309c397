"""A map of places, drawn as SVG without asking any other host: circles over the outlines of their provinces.

Comes in: places in degrees with the quantity that each circle's area shows, words and addresses. Goes out: an
SVG element as text, in which all words are escaped. Only the provinces of the places shown are drawn: the
outlines are a background to find one's way by, and say nothing of where a boundary runs.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import chain

from seeds import lookup

WIDTH, MARGIN = 760, 26
LOWEST, HIGHEST = 260, 560  # of the drawing
LEAST, MOST = 3.0, 24.0  # radius of a circle
NAMED = 60  # places whose name is written, where there is room; the others tell it when pointed at
LETTER, LINE = 12.0, 14.0  # size of a Chinese character in a name, and of its line

Ring = tuple[tuple[float, float], ...]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """`east` and `north` in degrees; `province` is the code of GB/T 2260 of the province that it is in."""

    province: str
    east: float
    north: float
    size: float
    name: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where degrees are on the drawing: equidistant, true to scale along the middle parallel."""

    west: float
    north: float
    squeeze: float
    scale: float
    left: float
    height: float

    def x(self, east: float) -> float:
        return self.left + (east - self.west) * self.squeeze * self.scale

    def y(self, north: float) -> float:
        return MARGIN + (self.north - north) * self.scale


@cache
def outlines() -> dict[str, tuple[Ring, ...]]:
    """Province -> the rings of its outline."""
    found: dict[str, tuple[Ring, ...]] = {}
    for row in lookup("province_outlines"):
        numbers = [float(number) for number in row["outline"].split()]
        ring = tuple(zip(numbers[::2], numbers[1::2], strict=True))
        found[row["province"]] = (*found.get(row["province"], ()), ring)
    return found


def place_map(places: Sequence[Place], title: str) -> str:
    """The map; empty for no places."""
    if not places:
        return ""
    provinces = sorted({place.province for place in places} & outlines().keys())
    rings = [ring for province in provinces for ring in outlines()[province]]
    frame = _framed(chain(((place.east, place.north) for place in places), *rings))
    largest = max(abs(place.size) for place in places) or 1.0
    ordered = sorted(places, key=lambda place: (-abs(place.size), place.name))
    radii = [LEAST + (MOST - LEAST) * math.sqrt(abs(place.size) / largest) for place in ordered]
    circles = [
        _circle(place, frame.x(place.east), frame.y(place.north), radius)
        for place, radius in zip(ordered, radii, strict=True)
    ]
    return "".join(
        [
            f'<svg class="map" viewBox="0 0 {WIDTH} {frame.height:.0f}" role="group"'
            f' aria-label="{escape(title)}">',
            *(_outline(province, frame) for province in provinces),
            *circles,
            *_names(ordered[:NAMED], radii, frame),
            "</svg>",
        ]
    )


def _framed(points: Iterable[tuple[float, float]]) -> _Frame:
    easts, norths = zip(*points, strict=True)
    west, east, south, north = min(easts), max(easts), min(norths), max(norths)
    squeeze = math.cos(math.radians((south + north) / 2))
    wide, high = max((east - west) * squeeze, 0.1), max(north - south, 0.1)
    scale = min((WIDTH - 2 * MARGIN) / wide, (HIGHEST - 2 * MARGIN) / high)
    height = max(high * scale + 2 * MARGIN, LOWEST)
    return _Frame(west, north, squeeze, scale, (WIDTH - wide * scale) / 2, height)


def _outline(province: str, frame: _Frame) -> str:
    rings = (
        "M" + "L".join(f"{frame.x(east):.1f} {frame.y(north):.1f}" for east, north in ring) + "Z"
        for ring in outlines()[province]
    )
    return f'<path class="province" d="{"".join(rings)}"/>'


def _circle(place: Place, x: float, y: float, radius: float) -> str:
    told = escape(place.label)
    kind = "place below" if place.size < 0 else "place"
    return (
        f'<a href="{escape(place.href)}" aria-label="{told}"><circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}"'
        f' r="{radius:.1f}"><title>{told}</title></circle></a>'
    )


def _names(places: Sequence[Place], radii: Sequence[float], frame: _Frame) -> list[str]:
    """The names that find room beside their circles, those of the largest first."""
    taken: list[Box] = []
    written = []
    for place, radius in zip(places, radii, strict=False):
        x, y, wide = frame.x(place.east), frame.y(place.north), LETTER * len(place.name)
        for left, top in (
            (x + radius + 3, y - LINE / 2),
            (x - radius - 3 - wide, y - LINE / 2),
            (x - wide / 2, y - radius - LINE),
            (x - wide / 2, y + radius + 1),
        ):
            box = (left, top, left + wide, top + LINE)
            if left >= 0 and box[2] <= WIDTH and not any(_meet(box, other) for other in taken):
                taken.append(box)
                written.append(f'<text x="{left:.1f}" y="{top + 11:.1f}">{escape(place.name)}</text>')
                break
    return written


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
