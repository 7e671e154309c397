"""What a report is about, where that is not its district: a park, a town, a sight, a firm.

In: a report's paragraphs and names, in its scope. Out: the subject, or None for a report on its district.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest import things
from ingest.model import Name, Paragraph, SubjectType
from ingest.sections import LEAD, LONGEST_INTRODUCTION, ReportScope, Subject

_WHOLE_TERRITORY = re.compile("(?<![于居占列排在比较入为])[全我][县市州旗省](?!第|前列|领先|首|平均)")
_BARE_ZONE = re.compile("经开区|高新区|开发区|新区|园区|保税区|示范区|产业集聚区|产业园")
# 开发区是我区经济发展的主战场: the district's zone, whose name everyone knows there.
_ZONE_IS = re.compile(
    r"(?:[^，。]{0,12}讯)?\s*(?:[(][^()]{0,16}[)])?\s*(开发区|高新区|经开区|工业园区?|产业集聚区)是[我本全][区县市州旗]"
)
_PRESENTATION = re.compile(
    "(?P<name>[\u4e00-\u9fff]{2,10}(?:区|镇|乡|街道|农场|林场|园|场))(?:简介|概况|介绍|基本情况|概览|情况介绍)"
)
_TOWN = re.compile(
    "(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{1,3}(?<![乡城村集各小强重])(?:镇|乡|街道)(?![村级域长委])"
)
# 墩岙村位于…，: whom a report presents.
_PLACE_OPENS = re.compile(
    "(?:[\u4e00-\u9fff]{2,7}[省市县区州旗])?"
    "(?P<name>[\u4e00-\u9fff]{1,6}?(?P<kind>村|社区|镇|乡|街道|景区|农场|林场|管理区))"
    r"(?:[(][^()]{0,20}[)])?，?(?:位于|地处|坐落|隶属|是|总面积|辖|由)"
)
_OPENS = re.compile(r"(?:[(][^()]{0,20}[)])?，?(?:位于|地处|坐落|隶属|是(?!不)|总面积|始建|全长|规划|建成)")
LONGEST_GLOSS = 40
"""Characters after a park's name that may introduce it."""
OFTEN = 3
"""Times that a text must name the town or firm of its title to be about it."""
VERY_OFTEN = 6
"""Times that a text must name a thing that its headlines don't, to be about it."""
_INTRODUCES = re.compile(
    r"(?:[(][^()]{0,30}[)])?(?:是|位于|地处|成立|组建|始建|规划|于|坐落|创建|由|总|辖|原|，)"
)
# An incubator's own report has its name for a title.
_INCUBATOR = re.compile("[\u4e00-\u9fff“”]{4,24}(?:基地|孵化器|众创空间|创业园|加速器)")
# 园区概况: whose, the first words of the text say.
_OVERVIEW = re.compile("(?:园区|基地|开发区|新区|(?P<firm>公司|企业|集团))(?:概况|简介|介绍|基本情况|概览)")
# 2023年某地茶产业博览会(下称茶博会)
_EVENT = re.compile(
    "(?P<name>[\u4e00-\u9fff·“”]{3,24}(?:会|展|节|周|赛))[(](?:以下)?[下简]称[:：]?“?(?P<short>[\u4e00-\u9fff]{2,8}(?:会|展|节|周|赛))”?[)]"
)
_INTERVIEW = re.compile("专?访|对话|对谈")


def about(scope: ReportScope, paragraphs: Sequence[Paragraph], names: Sequence[Name]) -> Subject | None:
    """Whom a report is about beside its district, in the scope of which only the district is known yet."""
    parks = [n for n in names if n.kind == "park"]
    first = next((p for p in paragraphs if p.kind == "body" and "，" in p.text), None)
    if first and (zone := _ZONE_IS.match(first.text)):
        of_that_name = (s for n in parks if (s := scope.entity(n)).name.endswith(zone[1]))
        return next(of_that_name, Subject(zone[1], "park", None))
    return (
        _introduced(scope, paragraphs)
        or _titled(scope, paragraphs, names, first)
        or _of_event(scope, paragraphs, names, first)
        or _of_park(scope, paragraphs, names, first)
        or _of_firm(scope, paragraphs, names)
        or _of_own(scope, paragraphs)
        or _unnamed_zone(scope, paragraphs)
    )


def _titled(
    scope: ReportScope, paragraphs: Sequence[Paragraph], names: Sequence[Name], first: Paragraph | None
) -> Subject | None:
    """The incubator whose name is the title, or the park or firm named first under 园区概况."""
    title = next((p.text for p in paragraphs if p.kind in ("title", "heading")), "").strip()
    if _INCUBATOR.fullmatch(title) and any(title in p.text for p in paragraphs if p.kind == "body"):
        named = (n for n in names if paragraphs[n.paragraph].text[n.start : n.end] == title)
        return next((scope.entity(n) for n in named), Subject(title, "park", None))
    overview = _OVERVIEW.fullmatch(title)
    if overview is None or first is None:
        return None
    kind = "enterprise" if overview["firm"] else "park"
    return next((scope.entity(n) for n in names if n.paragraph == first.index and n.kind == kind), None)


def _of_event(
    scope: ReportScope, paragraphs: Sequence[Paragraph], names: Sequence[Name], first: Paragraph | None
) -> Subject | None:
    """The fair that the text opens with, gives a short name and goes on to tell of."""
    event = _EVENT.search(first.text, 0, LONGEST_INTRODUCTION) if first else None
    body = "".join(p.text for p in paragraphs if p.kind == "body")
    if event is None or first is None or body.count(event["short"]) < OFTEN or _WHOLE_TERRITORY.search(body):
        return None
    at = event.end("name")
    named = (n for n in names if n.paragraph == first.index and n.kind == "initiative" and n.end == at)
    name = event["name"].partition("年")[2] or event["name"]
    return next((scope.entity(n) for n in named), Subject(name, "initiative", None))


def _unnamed_zone(scope: ReportScope, paragraphs: Sequence[Paragraph]) -> Subject | None:
    """经开区工业经济稳居全市第一: nothing says which zone it is, but that it is one."""
    zone = _BARE_ZONE.search(" ".join(p.text for p in paragraphs[:2]))
    if zone is None or scope.home.id or any(_WHOLE_TERRITORY.search(p.text) for p in paragraphs):
        return None
    return Subject(zone[0], "park", None)


def _own_in_heads(scope: ReportScope, paragraphs: Sequence[Paragraph], text: str) -> Subject | None:
    """梅林村，人气从何来: the one thing or village that the headlines name and a text tells of that has no
    voice of the territory's."""
    heads = "\n".join(p.text for p in paragraphs[:LEAD] if p.kind in ("title", "heading"))
    things = list(scope.own.heard(heads)) if scope.own else []
    told = len(things) == 1 and (text + heads).count(things[0].name) >= OFTEN
    return things[0] if told and not _WHOLE_TERRITORY.search(text) else None


def _of_own(scope: ReportScope, paragraphs: Sequence[Paragraph]) -> Subject | None:
    """The airport or village that a text names again and again, far more often than its district."""
    text = "\n".join(p.text for p in paragraphs if p.kind not in ("boilerplate", "credit"))
    most = scope.own.heard(text).most_common(1) if scope.own else []
    if not most or most[0][1] < VERY_OFTEN or _WHOLE_TERRITORY.search(text):
        return None
    home = scope.home.name
    return most[0][0] if most[0][1] > 2 * text.count(home[:-1] if len(home) > 2 else home) else None


def _introduced(scope: ReportScope, paragraphs: Sequence[Paragraph]) -> Subject | None:
    """Whom a report titled X简介 presents, or the town that its title names and its text is about."""
    title = next((p.text for p in paragraphs if p.kind == "title"), "")
    if presented := _PRESENTATION.fullmatch(title.strip()):
        name = presented["name"]
        if name == scope.home.name or name in scope.home.name:
            return None
        return Subject(name, "park" if _BARE_ZONE.search(name) else "district", None)
    first = next((p.text for p in paragraphs if p.kind == "body" and "，" in p.text), "")
    if place := _PLACE_OPENS.match(first):
        kind: SubjectType = "district" if place["kind"] in ("镇", "乡", "街道", "管理区") else "other"
        return Subject(place["name"], kind, None)
    thing = things.opening(first[:LONGEST_GLOSS])
    if thing and _OPENS.match(first, thing.end):
        return thing.subject
    town = _TOWN.search(title)
    named = things.opening(title)
    text = "".join(p.text for p in paragraphs if p.kind == "body")
    if town and text.count(town[0]) >= OFTEN:
        return Subject(town[0], "district", None)
    if own := _own_in_heads(scope, paragraphs, text):
        return own
    if named and things.proper(named.subject.name) and text.count(named.subject.name) >= OFTEN:
        return named.subject
    return None


def _of_park(
    scope: ReportScope, paragraphs: Sequence[Paragraph], names: Sequence[Name], first: Paragraph | None
) -> Subject | None:
    """A report is a park's own where its title names the park and no district, where it opens as an
    interview with the park's head, or where it names the park far more often than its district."""
    parks = [n for n in names if n.kind == "park"]
    if not parks:
        return None
    titles = {p.index for p in paragraphs if p.kind == "title"}
    in_title = [n for n in parks if n.paragraph in titles]
    districts = [n for n in names if n.kind == "district" and n.paragraph in titles]
    beside = any(not any(_leads(n, p) for p in in_title) for n in districts)
    if len({n.id for n in in_title}) == 1 and not beside:
        return scope.entity(in_title[0])
    for park in parks:
        text = paragraphs[park.paragraph].text
        opens = park.paragraph < LEAD and len(text) < LONGEST_INTRODUCTION
        if opens and _INTERVIEW.search(text[max(0, park.start - 8) : park.start]):
            return scope.entity(park)
    for park in parks:
        opens = first is not None and park.paragraph == first.index and park.start <= 2
        if opens and _INTRODUCES.match(paragraphs[park.paragraph].text[park.end : park.end + LONGEST_GLOSS]):
            return scope.entity(park)
    counts = Counter(n.id for n in parks)
    most, heard = counts.most_common(1)[0]
    home = sum(n.kind == "district" and n.id == scope.home.id for n in names)
    if heard >= 4 and heard > 2 * home and heard * 3 > len(parks):
        return scope.entity(next(n for n in parks if n.id == most))
    return None


def _of_firm(scope: ReportScope, paragraphs: Sequence[Paragraph], names: Sequence[Name]) -> Subject | None:
    """甲集团深耕…: the firm that opens the title, which the text names often and more than its district."""
    title = next((p.index for p in paragraphs if p.kind == "title"), None)
    opening = next(
        (n for n in names if n.paragraph == title and n.kind == "enterprise" and n.start <= 1), None
    )
    if opening is None:
        return None
    heard = Counter(n.id for n in names)
    often = heard[opening.id] >= OFTEN and heard[opening.id] > heard[scope.home.id or ""]
    return scope.entity(opening) if often else None


def _leads(district: Name, park: Name) -> bool:
    """Whether a district only places a park: 新余 before 高新区 or in 新余高新区."""
    inside = park.start <= district.start and district.end <= park.end
    return district.paragraph == park.paragraph and (district.end == park.start or inside)
