"""What in a paragraph may hold a figure: names, anaphors, places and clusters of industry, where they stand.

In: a paragraph's text, the same with its times and footnotes blanked, its names, and the scope of its
report. Out: marks, in order and apart from each other. Which of them holds a figure is for `holders`
and `subjects` to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest import anaphors, opening, things
from ingest.model import Name
from ingest.phrase import GAP
from ingest.sections import BROAD, ReportScope, Subject
from ingest.things import Mark

_CLUSTER = opening.Seldom(
    r"(?:^|[，。；：\n\0])(?:全[区市县省]|我[区市县]|当地)?"
    r"(?P<cluster>[^，。；：、\s\0“”\d]{2,14}?(?:产业集群|产业链|(?<!第[一二三])产业|集群|(?<![各个等类])行业))"
    "(?=\0*(?:累计|已|共|全年|也)?(?:实现|完成|集聚|拥有|聚集|现有|达到|产销|呈现?|蓬勃|快速发展|方兴|加速|产能|逆势|稳步|运行))"
)
_COMMITTEE = re.compile("(?:管委会|管理委员会)$")


def find(text: str, timeless: str, names: Sequence[Name], report: ReportScope) -> list[Mark]:
    """The marks of a paragraph, in order, none inside another; `timeless` is its text, the times blanked."""
    read = (n for n in names if text[n.start] != "(" and timeless[n.start] != GAP)
    marks = [named(n, text, report) for n in read]
    taken = bytearray(len(text) + 1)
    for mark in marks:
        taken[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
    marks += things.works(timeless, taken)
    marks += things.places(timeless, taken)
    if report.own:
        marks += report.own.find(text, taken)
    marks += anaphors.find(text, sorted(marks, key=lambda m: m[:2]), taken, report)
    places = {mark.start: mark.end for mark in marks if mark.subject.type == "district"}
    for match in _CLUSTER.finditer(timeless):
        start = match.start("cluster")
        if match["cluster"].endswith(("集群", "产业链")):
            # 乐清电气产业集群: its place is part of its name.
            start = places.get(start, start)
        free = taken.find(1, start, match.end()) < 0
        if free and not BROAD.search(match["cluster"]):
            cluster = Subject(match["cluster"].replace("规模以上", ""), "cluster", None)
            marks.append(Mark(match.start("cluster"), match.end(), cluster))
    # The longest name at a place holds, one inside another being its part; but a zone holds its 管委会.
    zones = {mark.start for mark in marks if mark.subject.type == "park"}
    marks = [m for m in marks if m.start not in zones or not _COMMITTEE.search(m.subject.name)]
    marks.sort(key=lambda m: (m.start, -m.end))
    found: list[Mark] = []
    for mark in marks:
        if found and mark.start == found[-1].end and _chained(mark.subject, found[-1].subject):
            # 山东滕州市 is one holder.
            found[-1] = Mark(found[-1].start, mark.end, mark.subject, mark.within)
        elif not found or mark.start >= found[-1].end:
            found.append(mark)
    return found


def _chained(part: Subject, whole: Subject) -> bool:
    """Whether a place goes on with the name of what it lies in: 山东滕州市, 滕州市甲乡, 鄂州花湖机场."""
    inside = part.id is None and part.type in ("district", "other", "initiative")
    return within(part, whole) or (whole.type == "district" and inside)


def within(part: Subject, whole: Subject) -> bool:
    """Whether a district lies in another, by their codes (GB/T 2260: zeros pad them): 370481 in 370000."""
    if part.type != "district" or whole.type != "district" or not (part.id and whole.id):
        return False
    return part.id != whole.id and part.id.startswith(whole.id.rstrip("0"))


def named(name: Name, text: str, report: ReportScope) -> Mark:
    """A name as a mark: 安县 stays 安县, whatever its unit's name today, and 大连 in 大连港 is the port's."""
    subject = report.entity(name)
    mark = Mark(name.start, name.end, subject)
    if name.kind != "district":
        return mark
    surface = text[name.start : name.end]
    if subject.name[0] != surface[0] and surface[-1] in "县市区州旗盟省":
        mark = mark._replace(subject=subject._replace(name=surface))
    return things.of_place(text, mark)
