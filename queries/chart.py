"""Charts drawn as SVG: a line chart over time, bars side by side, a sparkline.

Comes in: points in data units with the words and addresses to show. Goes out: an SVG element as text, in
which all words are escaped; colours and fonts come from the page's style sheet by class. Points marked
`firm` are actual figures, the others targets and forecasts, drawn hollow and joined by no line.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 760, 380
LEFT, RIGHT, TOP, BOTTOM = 76, 16, 14, 34
NAMES, VALUES, BAR = 120, 150, 24  # room for names and values beside bars, height of a bar with its gap
COLOURS = 8  # the style sheet has as many; further series repeat them


@dataclass(frozen=True, slots=True)
class Point:
    """`x` in years, `y` in the unit of the axis; `label` is what hovering and screen readers tell."""

    x: float
    y: float
    label: str
    href: str
    firm: bool = True


@dataclass(frozen=True, slots=True)
class Series:
    name: str
    points: Sequence[Point]


def ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """Round numbers that span low to high: 1, 2 or 5 times a power of ten apart."""
    size = max(abs(low), abs(high), 1e-300)
    if high - low <= size * 1e-9:
        # Values that the ticks' twelve digits could not tell apart.
        high = low + (size if size > 1e-300 else 1)
    rough = (high - low) / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    return [float(f"{n * step:.12g}") for n in range(first, last + 1)]


def line_chart(
    series: Sequence[Series], title: str, axis: Callable[[float], str], year_end: Callable[[int], str]
) -> str:
    """The series over time; `axis` words a value of the y axis and `year_end` a mark of the axis of time, on
    which a year's number stands at its end. Empty where there are no points."""
    points = [point for one in series for point in one.points]
    if not points:
        return ""
    ys = ticks(min(0.0, *(point.y for point in points)), max(0.0, *(point.y for point in points)))
    years = [float(year) for year in _years(points)]
    across = _scale(years[0], years[-1], LEFT, WIDTH - RIGHT)
    up = _scale(ys[0], ys[-1], HEIGHT - BOTTOM, TOP)
    parts = [f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="group" aria-label="{escape(title)}">']
    for y in ys:
        at = f"{up(y):.1f}"
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at}" y2="{at}"/>')
        parts.append(_words(LEFT - 8, up(y) + 4, axis(y), "end"))
    for year in years[:: math.ceil(len(years) / 10)]:
        parts.append(_words(across(year), HEIGHT - 10, year_end(int(year)), "middle"))
    for n, one in enumerate(series):
        parts.append(_series(one, n % COLOURS, across, up))
    return "".join([*parts, "</svg>"])


def _words(x: float, y: float, words: str, anchor: str) -> str:
    """Words on an axis."""
    return f'<text class="axis" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _years(points: Sequence[Point]) -> range:
    """The whole years around the points, one at least on each side."""
    first, last = min(point.x for point in points), max(point.x for point in points)
    return range(math.floor(first), max(math.ceil(last), math.floor(first) + 1) + 1)


def _scale(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    return lambda value: start + (value - low) / (high - low) * (end - start)


def _series(one: Series, colour: int, across: Callable[[float], float], up: Callable[[float], float]) -> str:
    # Of several figures for one time the line takes the last; all have their circles.
    firm = {point.x: point.y for point in one.points if point.firm}
    path = " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in sorted(firm.items()))
    line = f'<polyline points="{path}"/>' if len(firm) > 1 else ""
    dots = "".join(
        _circle(across(point.x), up(point.y), 5, point.label, point.href, "firm" if point.firm else "hollow")
        for point in one.points
    )
    return f'<g class="series c{colour}">{line}{dots}</g>'


def _circle(x: float, y: float, radius: float, label: str, href: str, kind: str) -> str:
    """A circle that links to what it stands for."""
    told = escape(label)
    return (
        f'<a href="{escape(href)}" aria-label="{told}">'
        f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}">'
        f"<title>{told}</title></circle></a>"
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """`value` is drawn, `shown` written at its end; `label` is what hovering and screen readers tell."""

    name: str
    value: float
    shown: str
    label: str
    href: str
    colour: int


def bars(groups: Sequence[tuple[str, Sequence[Bar]]], title: str) -> str:
    """Bars side by side, a group under its heading, each to its own scale. Empty where there are none."""
    parts: list[str] = []
    y = 0.0
    room = WIDTH - NAMES - VALUES
    for heading, members in groups:
        largest = max((abs(bar.value) for bar in members), default=0.0) or 1.0
        y += BAR * 1.3
        parts.append(f'<text class="heading" x="0" y="{y - 8:.1f}">{escape(heading)}</text>')
        for bar in members:
            wide, told = max(abs(bar.value) / largest * room, 1), escape(bar.label)
            parts.append(
                f'<a href="{escape(bar.href)}" aria-label="{told}"><title>{told}</title>'
                f'<rect class="bar c{bar.colour % COLOURS}{" below" if bar.value < 0 else ""}" x="{NAMES}"'
                f' y="{y:.1f}" width="{wide:.1f}" height="{BAR - 6}" rx="2"/>'
                "</a>"
                + _words(NAMES - 8, y + BAR - 11, bar.name, "end")
                + _words(NAMES + wide + 6, y + BAR - 11, bar.shown, "start")
            )
            y += BAR
    return (
        f'<svg class="chart bars" viewBox="0 0 {WIDTH} {y:.0f}" role="group" aria-label="{escape(title)}">'
        + "".join([*parts, "</svg>"])
        if parts
        else ""
    )


def sparkline(values: Sequence[float], label: str) -> str:
    """A small line of the values in their order, evenly spaced; empty for fewer than two."""
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    up = _scale(low, high if high > low else low + 1, 18, 3)
    step = 86 / (len(values) - 1)
    path = " ".join(f"{2 + n * step:.1f},{up(value):.1f}" for n, value in enumerate(values))
    x, y = path.rsplit(" ", 1)[-1].split(",")
    return (
        f'<svg class="spark" viewBox="0 0 90 21" role="img" aria-label="{escape(label)}">'
        f'<polyline points="{path}"/><circle cx="{x}" cy="{y}" r="2"/></svg>'
    )
