"""Who speaks for whom, and which words of a paragraph are whose: “…”甲公司总经理张三说.

In: a report's paragraphs and names; then a paragraph's text and its marks. Out: the people who are
presented with their firm, school or town; and the stretches of the paragraph that such a speaker says.
Officials of a bureau speak for the territory and are nobody's here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ingest.model import Name, Paragraph
from ingest.opening import Seldom
from ingest.sections import Subject
from ingest.things import LED_TOWN, Mark

_ROLES = (
    "董事长|总经理|总裁|创始人|负责人|厂长|经理|总监|工程师|首席[^，。；、\\d]{1,4}|校长|院长|所长|理事长|社长|书记|主任|镇长|乡长"
    "|场长|店长|店主|站长|秘书长|总工"
)
# 甲公司销售部负责人张三; 甲公司展厅里，总经理张三…
_PRESENTED = Seldom(
    f"(?P<role>{_ROLES})(?:兼[^，。；、]{{1,6}})?"
    "(?P<name>(?!的|在|和|与|说|表|介|对|向|为|是)[\u4e00-\u9fff]{2,3}?)"
    "(?=说|介绍|表示|告诉|坦言|回忆|透露|认为|称|看|在|向|对|正|和|、|，|。|：|带|指|的|兴|算|笑|感|高兴|自豪|激动|娓)"
)
_UNIT = re.compile("[^，。；：、“”\\s]*$")
LONGEST_UNIT = 30
"""Characters before a role that may name whose it is."""
_FIRMS = re.compile("(?:公司|企业|集团|合作社|厂)")
# 甲乙总经理张三: only a firm has one, though no table knows its name.
_BRAND = re.compile(
    "(?!副|原|时任|现任|担任|由|该|本|这|某)(?P<brand>[\u4e00-\u9fffA-Za-z0-9·]{2,10}?)(?:常务|执行)?副?"
)
_BRAND_HEADS = ("董事长", "总经理", "总裁", "创始人")
_HELD_BY = re.compile("(?:大学|学院|学校|中学|小学|医院|研究院|研究所|实验室)$")
_VERBS = "说|介绍|表示|告诉|坦言|回忆|透露|道来|称"
_SAID = Seldom(
    f"(?:^|(?<=[。！？；，”\n]))(?P<who>[^，。；：“”！？\n]{{2,36}}?)(?:{_VERBS})[^，。；：“”]{{0,12}}(?P<then>[，：。]“?)"
)
_AFTER_QUOTE = Seldom("(?<=”)(?P<who>[\u4e00-\u9fff]{2,4})")
_MANNER = re.compile(
    "(?:[一-鿿]{1,5}地|接着|进一步|还|也|[对向]?记者|如是|则|补充|继续|自豪|笑着|感慨|娓娓)+$"
)
_HOLDING = ("enterprise", "park", "initiative")


class Speech(NamedTuple):
    """A stretch of a paragraph that someone says, and whose figures it tells."""

    start: int
    end: int
    subject: Subject


def presented(
    paragraphs: Sequence[Paragraph], names: Sequence[Name], entity: Callable[[Name], Subject]
) -> dict[str, Subject]:
    """The people whom a report presents, each with the firm, zone, school or town spoken for."""
    people: dict[str, Subject] = {}
    here: dict[int, list[Name]] = {}
    for name in names:
        of_school = name.kind == "institution" and _HELD_BY.search(entity(name).name)
        if name.kind in ("enterprise", "park") or of_school:
            here.setdefault(name.paragraph, []).append(name)
    last: Subject | None = None
    for paragraph in paragraphs:
        if paragraph.kind == "boilerplate":
            continue
        inside, text = here.get(paragraph.index, []), paragraph.text
        for match in _PRESENTED.finditer(text):
            low = text.rfind("。", 0, match.start()) + 1
            before = [n for n in inside if low <= n.start and n.end <= match.start("role")]
            unit = _UNIT.search(text, max(low, match.start() - LONGEST_UNIT), match.start())
            near = [n for n in before if unit and n.end > unit.start()]
            said = unit[0] if unit else ""
            whole = [entity(n) for n in before]
            if subject := _spoken_for(said, match["role"], [entity(n) for n in near], whole, last):
                people.setdefault(match["name"], subject)
        firms = [n for n in inside if n.kind == "enterprise"]
        last = entity(firms[-1]) if firms else last
    return people


def _spoken_for(
    unit: str, role: str, near: Sequence[Subject], before: Sequence[Subject], last: Subject | None
) -> Subject | None:
    """Whom a speaker speaks for: the firm named right before the role, in the sentence, or before that."""
    if near:
        return near[-1]
    if not unit or _FIRMS.match(unit):
        return before[-1] if before else last if unit else None
    for town in LED_TOWN.finditer(unit + role):
        return Subject(town["name"], "district", None)
    brand = _BRAND.fullmatch(unit)
    return Subject(brand["brand"], "enterprise", None) if brand and role in _BRAND_HEADS else None


def speeches(text: str, marks: Sequence[Mark], people: Mapping[str, Subject]) -> Iterator[Speech]:
    """The stretches that those say who speak for a firm, a school or a town."""
    spoken: set[Subject] = set()
    others = False
    found: list[Speech] = []
    for match in _SAID.finditer(text):
        subject = _speaker(match["who"], match.span("who"), marks, people)
        if subject is None:
            others = True
            continue
        spoken.add(subject)
        found.extend(_said(text, match, subject))
    for match in _AFTER_QUOTE.finditer(text):
        known = next((p for size in (3, 2, 4) if (p := people.get(match["who"][:size]))), None)
        if known:
            spoken.add(known)
            found.append(Speech(text.rfind("“", 0, match.start()), match.start(), known))
    yield from found
    if len(spoken) == 1 and not others:
        # “…”甲公司总经理张三说。“…”: the only one to speak in a paragraph says all that is quoted in it.
        only = spoken.pop()
        opened = text.find("“")
        while opened >= 0 and (closed := text.find("”", opened)) > 0:
            if closed - opened > SHORT_QUOTE:
                yield Speech(opened, closed, only)
            opened = text.find("“", closed)


SHORT_QUOTE = 12
"""Characters of a quote that may be a name or a slogan."""


def _said(text: str, match: re.Match[str], subject: Subject) -> Iterator[Speech]:
    """The quote before the speaker, the one after, or the words up to the end of the sentence."""
    if text[match.start() - 1 : match.start()] == "”":
        yield Speech(text.rfind("“", 0, match.start()), match.start(), subject)
    if match["then"].endswith("“"):
        closed = text.find("”", match.end())
        yield Speech(match.end(), closed if closed >= 0 else len(text), subject)
    elif match["then"] != "。":
        closed = text.find("。", match.end())
        yield Speech(match.end(), closed if closed >= 0 else len(text), subject)


def _speaker(
    who: str, span: tuple[int, int], marks: Sequence[Mark], people: Mapping[str, Subject]
) -> Subject | None:
    """Whom the words before 说 tell: a firm, park, project or town named there, or a person known by now."""
    inside = [m.subject for m in marks if span[0] <= m.start < span[1]]
    holding = (s for s in inside if s.type in _HOLDING or (s.type == "district" and s.id is None))
    if subject := next(holding, None):
        return subject
    bare = _MANNER.sub("", who)
    return next((known for size in (3, 2) if (known := people.get(bare[-size:]))), None)
