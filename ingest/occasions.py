"""Events without an ending of their own: members of a list of events, meetings of a place, tours.

In: the clean text of a paragraph. Out: candidates as in `candidates`. Of 举办A、B等活动 each member that
bears a name is an event where half of them are by their endings; a meeting goes by the place that holds it
(骐安新区高质量发展大会召开), a tour by where it goes (院士专家骐州行).
"""

from __future__ import annotations

import re
from functools import cache

from ingest.campaigns import ORDINAL
from ingest.candidates import Candidate, suffixes
from ingest.edges import proper
from ingest.lexicon import cut, districts
from ingest.opening import Seldom

HAN = "[\u4e00-\u9fff]"
HELD = Seldom(
    r"(?:组织)?(?:举办|承办|举行|组织|开展|参加|办好)了?([^，。；！？\n]{6,110}?)等[^，。；、“”的]{0,8}?(?:活动|赛事|节会|展会|盛会|招聘会|论坛|节庆)"
)
MEMBER = re.compile(r"(?:“[^“”]{2,20}”|[（(][^（）()]{1,12}[）)]|[^、“”（）()])+")
LEAST, MOST = 4, 26  # characters of a member
FEWEST = 2
YEAR = re.compile(r"20\d\d年?(?=[\u4e00-\u9fff])")
PLACE = rf"(?:{HAN}{{2,6}}(?:新区|开发区|高新区|经开区|综保区))"
MEETING = Seldom(rf"(?<=[，。；：、年月日自在 ])({PLACE}{HAN}{{2,10}}?大会)(?=召开|举行|以来|上|提出)")
USUAL = re.compile("(?:代表|党员|干部|表彰|动员|总结|职工|股东|工作|部署|推进|庆祝|纪念|誓师)大会$")
TOUR = Seldom(rf"(?:^|(?<=[，。；：、“间办展织和与]))({HAN}{{3,12}}行)(?=等?(?:系列|主题)?活动|”)")


def occasions(text: str) -> list[Candidate]:
    """Every such event."""
    found: list[Candidate] = []
    for match in HELD.finditer(text) if "、" in text else ():
        found.extend(_members(text, *match.span(1)))
    for match in MEETING.finditer(text):
        if not USUAL.search(match[1]):
            found.append(_event(*match.span(1)))
    for match in TOUR.finditer(text):
        goes = any(match[1][-size - 1 : -1] in districts() for size in (2, 3, 4))
        if goes and match[1][:-1] not in districts() and len(match[1]) > LEAST:
            found.append(_event(*match.span(1)))
    return found


def _event(start: int, end: int) -> Candidate:
    return Candidate(start, end, "initiative", "event", "name.occasion")


def _members(text: str, low: int, high: int) -> list[Candidate]:
    """The named members of a list of events, if half of them are events by their endings."""
    spans = [m.span() for m in MEMBER.finditer(text, low, high)]
    if len(spans) < FEWEST or 2 * sum(_ended(text[a:b]) for a, b in spans) < len(spans):
        return []
    named = [(a, b) for a, b in spans if LEAST <= b - a <= MOST and _named(text[a:b])]
    return [_event(a, b) for a, b in named]


def _ended(item: str) -> bool:
    """Whether an event's ending is the item's."""
    return item.endswith(_endings()) or any(ORDINAL.finditer(item))


@cache
def _endings() -> tuple[str, ...]:
    return tuple(row.word for row in suffixes()[1] if row.subkind == "event")


PARTING = frozenset("的和与及")


def _named(item: str) -> bool:
    """Whether the item bears a name: a place, unclaimed characters, quotation marks or a year."""
    words = cut(item)
    governed = (
        words[0].tag[0] in "pcuv"
        or not PARTING.isdisjoint(item)
        or (item[0].isdigit() and not YEAR.match(item))
    )
    return not governed and (proper(item, 0, words) or YEAR.match(item) is not None)
