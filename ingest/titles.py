"""Names set off in print: in title marks, in quotation marks, or as a number that has become a name.

In: the clean text of a paragraph. Out: candidates as in `candidates`. What stands in marks has both its
edges, so only what it ends with is asked: a paper (规范, 目录), a plan (“倍增计划”), a park
(“中以科技产业园”), points of a policy (“开放十条”), a year's campaign (“项目质量提高年”). Railway lines go
by their numbers (6号线支线).
"""

from __future__ import annotations

import re
from functools import cache

from ingest.candidates import LAW, TITLE, Candidate, Suffix, suffixes
from ingest.edges import boundaries, campaign_words, generic
from ingest.evidence import ABBREVIATED, COUNTED_BEFORE, COUNTED_CLASS, STEPS, honoured
from ingest.lexicon import cut, districts
from ingest.opening import Seldom
from ingest.park_classes import class_said
from ingest.told import campaigned, governed

SLOGAN = Seldom(r"[“‘]([^“”‘’\n]{3,10})[”’]")
QUOTED = Seldom(r"[“‘]([^“”‘’。；！？\n]{3,18})[”’]")
CHANGES = re.compile("[向到]“|转|变")
# “一硬一软”两大产业: branches, no plan.
BRANCHES = re.compile(
    r"[两二三四五六七八九十\d]{0,2}[大个]?(?:主导|支柱|重点|特色|优势|现代|新兴)*产业(?![园链])"
    r"|的?(?:空间|城市|城镇|发展|总体|区域)*(?:格局|布局|路网|框架|结构|体系)"
)
NUMERAL = re.compile(r"[一二三四五六七八九十两双百千万]")
POINTS = re.compile(r"[^，、的]{2,14}(?:[一二三四五六七八九十]|\d{1,3})条")  # 开放十条, 稳增长30条
CARRIED = re.compile("(?:实施|启动|推进|列入|纳入|开展)(?:了|全?省|全?市|国家)?$")  # 实施“十大攻关项目”
COUNTED_KIND = re.compile("[一二三四五六七八九十]{1,2}[个项]")
YEAR = re.compile(r"[^\d，、的]{3,9}年")  # 项目质量提高年
CLAIMS = ("中国", "全国", "世界", "全球", "东方", "国际")  # “中国硅谷” says what a place is like
CLASS_END = re.compile(r"(?:[省市区县国]家?级|[亿万]元?级?|最[大强优])$")
LIKENED = re.compile(r"(?:称作|称为|誉为|堪称|号称|赞誉|成为|享有|素有|有着)[“‘]?$")  # what a place is called
NUMBERED = Seldom(r"(?<![\d.“])(?!(?:19|20)\d\d\D)\d[\d+＋]{1,8}(?:战略|行动|工程|计划)")
YEARLY = Seldom(
    r"(?:围绕|开展|实施|推进|深化|以|启动)(?P<name>[^，。；、：“”‘’的\d]{3,10}年)(?:专项)?(?:活动|行动)"
)
STATION = Seldom(r"“[^“”，。；]{2,12}”[(（][^()（）]{2,4}站[)）](?:活动)?")  # “创响中国”(骐川站)
HOTLINE = Seldom(
    r"(?<!\d)[19]\d{4}(?:便民|政务|服务|便企|惠企|利企|企业|市民|市长|公共|民生){0,3}热线(?!电话号)"
)  # 12345热线
VIRTUE = Seldom(r"以[\u4e00-\u9fff][兴促带强富养引][\u4e00-\u9fff](?:行动|计划|工程|战略)")  # 以产兴城计划
LINE_REACH = 24  # characters after a line's number in which its works are told
LINE = Seldom(
    r"(?:地铁|轻轨|轨道交通|城轨)?(?:(?<!\d)\d{1,2}号|(?<![A-Z])S\d{1,2}号?)线(?:[一二三四]期(?:工程)?|支线|[东西南北]?延(?:伸|长)?[线段]?|[东西南北]段)?"
)


def titled(text: str) -> list[Candidate]:
    """Policies, plans and standards in title marks."""
    found: list[Candidate] = []
    if "《" not in text:
        return found
    paper = [row for row in suffixes()[1] if row.kind == "initiative" and row.subkind in LAW]
    for match in TITLE.finditer(text):
        inner = re.sub(r"[(（][^()（）]*[)）]$", "", match[1])
        tail = next((row for row in paper if inner.endswith(row.word)), None)
        if tail is not None:
            found.append(Candidate(match.start(1), match.end(1), "initiative", tail.subkind, "name.title"))
        elif inner.endswith(tuple(boundaries("paper"))) and len(inner) >= 4:
            found.append(Candidate(match.start(1), match.end(1), "initiative", "policy", "name.title", False))
    return found


def slogans(text: str) -> list[Candidate]:
    """Plans known by a counted slogan in quotes: two numerals or more in three to eight characters."""
    found: list[Candidate] = []
    for match in SLOGAN.finditer(text):
        inner = match[1]
        before = text[max(0, match.start() - 4) : match.start()]
        if BRANCHES.match(text, match.end()) or inner in campaign_words("saying"):
            continue
        blended = "+" in inner or "—" in inner  # 探索“首店+艺展”
        if 4 <= len(inner) <= 8 and not blended and before.endswith(tuple(boundaries("mechanism"))):
            found.append(Candidate(match.start(1), match.end(1), "initiative", "mechanism", "name.slogan"))
            continue
        counted = len(NUMERAL.findall(inner)) >= 2 and len(inner) <= 8 and not inner.endswith("五")
        told = any(verb in before for verb in boundaries("slogan")) or campaigned(text, match.end())
        if counted and told:
            found.append(Candidate(match.start(1), match.end(1), "initiative", "plan", "name.slogan"))
    return found


def quoted(text: str) -> list[Candidate]:
    """Plans, actions, events and parks whose whole name stands in quotation marks."""
    found: list[Candidate] = []
    for match in QUOTED.finditer(text):
        made = _in_quotes(text, match)
        if made is not None:
            found.append(made)
    return found


def _in_quotes(text: str, match: re.Match[str]) -> Candidate | None:
    inner, (start, end) = match[1], match.span(1)
    if text[start - 2 : start - 1] in ("从", "由") and CHANGES.match(text, end + 1):
        return None  # 从“企业跑政策”向“政策追企业”转变
    if POINTS.fullmatch(inner):
        return Candidate(start, end, "initiative", "policy", "name.quoted")
    if YEAR.fullmatch(inner):
        told = governed(text, match.start()) or text.startswith(("活动", "行动"), match.end())
        return Candidate(start, end, "initiative", "action", "name.quoted") if told else None
    if LIKENED.search(text[max(0, start - 8) : start - 1]) or ("+" in inner and not governed(text, start)):
        return None
    row = _ending(inner)
    counted = row is not None and row.word == "项目" and CARRIED.search(text[max(0, start - 6) : start - 1])
    if row is None or (row.kind == "initiative" and (len(inner) < 4 or not (_plan(row) or counted))):
        return None
    said = inner[: -len(row.word)]
    words = cut(inner)
    if "的" in inner or words[0].tag[0] in "pdcru" or inner[: words[0].end] in boundaries("govern"):
        return None
    before = text[max(0, start - 14) : start - 1]
    if row.kind == "park" and (
        not said
        or honoured(text, start, words)
        or COUNTED_BEFORE.search(before)
        or said in generic("park")
        or said in districts()
        or _claims(said)
        or "、" in said
        or COUNTED_CLASS.match(said)
        or said[-1] in "多各+＋"  # “一中心多园区”
        or STEPS.fullmatch(said)
        or class_said(said)
        or (row.subkind == "bonded centre" and row.need == "proper" and words[0].tag != "ns")  # “扬帆自贸港”
    ):
        return None
    if inner == "中国方案":
        return None  # what the country has to offer
    if COUNTED_KIND.fullmatch(said):
        return None  # “五个行动”
    classed = not said and COUNTED_BEFORE.search(before) is not None  # 7个“专项行动”
    if row.kind == "initiative" and (classed or said in generic("initiative")):
        return None
    return Candidate(start, end, row.kind, row.subkind, "name.quoted")


def _plan(row: Suffix) -> bool:
    """Whether the ending is one of plans, campaigns or events, which quotation marks make a name."""
    system = row.word.endswith(("系统", "平台"))  # “企业动态感知系统”
    return system or (
        (row.subkind in LAW or row.subkind == "event") and row.need in ("govern", "any", "titled")
    )


def _claims(said: str) -> bool:
    """Whether the words before a park's ending praise or grade it."""
    return said.startswith(CLAIMS) or CLASS_END.search(said) is not None


ENDING_MOST = 10


@cache
def _endings() -> dict[str, Suffix]:
    return {row.word: row for row in suffixes()[1] if row.kind in ("initiative", "park")}


def _ending(inner: str) -> Suffix | None:
    """The longest ending of a plan, an event or a park that the string has."""
    sizes = range(min(len(inner), ENDING_MOST), 1, -1)
    return next((_endings()[inner[-size:]] for size in sizes if inner[-size:] in _endings()), None)


# Power lines by their ends, in the provinces' abbreviations: 陇电入鲁, 吉电送苏.
_PLACES = f"[{''.join(sorted(ABBREVIATED))}]"
GRID = Seldom(rf"{_PLACES}电(?:[入送]{_PLACES}|东送|南送|外送)(?:特?高?压?(?:直流|输电)?工程)?")


def numbered(text: str) -> list[Candidate]:
    """Plans and lines known by a number, campaigns by their year: 1124战略, 6号线支线, 项目建设年活动."""
    found: list[Candidate] = []
    for match in NUMBERED.finditer(text):
        if governed(text, match.start()):
            found.append(Candidate(*match.span(), "initiative", "plan", "name.numbered"))
    for match in VIRTUE.finditer(text):
        if governed(text, match.start()):
            found.append(Candidate(*match.span(), "initiative", "plan", "name.numbered"))
    for match in HOTLINE.finditer(text):
        found.append(Candidate(*match.span(), "initiative", "platform", "name.numbered"))
    for match in STATION.finditer(text):
        found.append(Candidate(*match.span(), "initiative", "event", "name.quoted"))
    for match in YEARLY.finditer(text):
        found.append(Candidate(match.start("name"), match.end(), "initiative", "action", "name.numbered"))
    for match in LINE.finditer(text):
        stretch = text[max(0, match.start() - 12) : match.end() + LINE_REACH]
        if any(cue in stretch for cue in boundaries("works")):
            found.append(Candidate(*match.span(), "initiative", "project", "name.numbered"))
    for match in GRID.finditer(text):
        found.append(Candidate(*match.span(), "initiative", "project", "name.grid"))
    return found
