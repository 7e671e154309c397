"""Initiatives in plain words, which the verb before them and the kind behind them show.

In: the clean text of a paragraph. Out: candidates as in `candidates`. 实施X战略, 建立X机制, 设立N亿元X基金,
上线X系统, 推进X改革, 推进国家X创建: a table says which verbs go with which kind and how long the words
between must be to name one thing. Rows of quoted names that one kind sums up (“X”“Y”战略) are here too.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ingest.candidates import Candidate
from ingest.edges import boundaries, campaign_words, generic, proper
from ingest.lexicon import cut
from ingest.opening import Seldom
from ingest.rows import QUOTED
from ingest.told import governed
from seeds import lookup

HAN = "[\u4e00-\u9fff]"
REACH = "(?:了|好|起)?(?:全[市省县区国州]|[我本][市省县区])?(?:新一轮|一批|首个|第一个|全国首个|全省首个)?"
END = r"(?=[，。；、,;：:！）)和与及等]|$|\d|工作|落地|见效|取得|走深|有力|建设(?:[，。；、]|$))"


class Kind(NamedTuple):
    """A kind of initiative, and what shows one: a verb, the words of its name, the kind."""

    subkind: str
    pattern: Seldom


@cache
def _kinds() -> tuple[Kind, ...]:
    """The kinds of `name_kinds.csv`."""
    return tuple(
        Kind(
            row["subkind"],
            Seldom(
                f"(?:{row['verbs']}){REACH}(({HAN}{{{row['least']},{row['most']}}}?)(?:{row['words']})){END}"
            ),
        )
        for row in lookup("name_kinds")
    )


FUND = Seldom(
    r"(?:设立|组建|成立|落地|争取|获批|发起|发起设立|筹建)了?(?:(?:总?规模)?[约超近达]{0,2}[\d.]+[余多]?[万亿]元的?)?"
    rf"(({HAN}{{2,14}}?)基金)(?![会公管小业投])"
)
# Meetings of those in charge, which every place holds.
ROUTINE = re.compile(
    "(?:动员|表彰|总结|干部|党员|代表|工作|职工|全体|现场|启动|奠基|签约|颁奖|宣讲|评选|比武|演讲|选举|竞选|家长|学生|教职工|股东|誓师|推进|庆祝|纪念|部署|会员|业主|村民|群众|社员|警示|教育)大会$"
    "|(?:春|环|季|情|细|关|调|国庆|中秋|端午|元宵|清明|劳动|儿童|妇女|青年|建军|教师|重阳|圣诞|年)节$"
)
VAGUE = re.compile(
    "^(?:各[项类级]|[千百万亿一二三四五六七八九十]+元|相关|有关|一[批系]|(?:重大|重点)(?:项目|工程|改革|任务)?$|国家级?$|这|该|其|以|为|将|国家重大|既定|上述|以上|多[项个]|配套|系列|长效|工作|体制|常态化|脱贫|全国性)"
)
ROW = Seldom(
    r"((?:“[^“”，。；]{2,16}”[、和与及]?){2,9})(?:等?[两二三四五六七八九十]{1,2}[大项个])?"
    r"(战略|制度|机制|行动|工程|计划|改革|专项行动|专项整治|活动)(?![的者])"
)
ROW_KIND = {"战略": "plan", "计划": "plan", "制度": "mechanism", "机制": "mechanism", "改革": "mechanism"}
# “书香骐城”建设: what a place is to become.
VIRTUE = Seldom(
    rf"(?:推进|深化|加快|实施|推动|开展|抓好|贯彻|落实|助力)(?:全[市省县区]?)?“({HAN}{{4,6}})”(?:建设|创建)"
)
# 在全区高质量发展大会上; 举办X挑战赛、房车露营大会
MEETING = Seldom(rf"在((?:全[市省县区国])?{HAN}{{4,14}}?大会)(?=上|期间)")
LISTED = Seldom(rf"(?<=[、和])({HAN}{{3,10}}?大会)(?=[等，。、])")
# 城乡总体规划编制完成
PLANNED = Seldom(rf"(?:^|(?<=[，。；、,;]))(({HAN}{{2,16}}?)规划)(?:编制|修编|获批|通过评审|获得批复)")
# 国家生态文明骐验区建设: what the State tries out in a province
TRIED = Seldom(rf"(国家{HAN}{{4,12}}?试验区)(?=建设|重点|改革|获批)")
# 三主一次战略深入实施
CARRIED = Seldom(
    rf"(?:^|(?<=[，。；：、,;]))(({HAN}{{3,10}}?)战略)(?:得到|正)?(?:深入|全面|加快|扎实|有效|顺利)(?:实施|推进|落实)"
)
# Plans that the law asks each place for.
STATUTORY = frozenset(["城乡总体", "城市总体", "国土空间总体", "土地利用总体"])
# 骐屯旧村改造有序推进: works told by what is done
DONE = Seldom(
    rf"(?:^|(?<=[，。；、,;]))(({HAN}{{3,14}}?)(?:改造|加固|修复|整治|综合开发|综合治理|疏浚|扩容|迁建|制度改革|体制改革|方式改革)(?:工程|项目)?)"
    r"(?=(?:、[^，。；、]{3,18}){0,4}(?:有序|扎实|稳步|加快|深入|全面|顺利|基本|即将)?(?:推进|完成|开工建设|开工|竣工|实现突破|主体完工|建设|实施))"
)
TELLING = ("业倍增计划",)  # of which a place has one for a branch
DONE_LEAST = 7  # so many common words name one thing too
# A quoted chain of steps and the kind that it is: “甲点单—乙接单”闭环机制, “一周一A、一月一B”机制.
STEPS = Seldom(rf"“[^“”。；]{{4,30}}”(?:(?!的){HAN}){{0,6}}?(?:机制|制度|工作法|服务网|办法|模式)(?![的化])")
JOINED = re.compile("[—、]")


def undertakings(text: str) -> list[Candidate]:
    """Every initiative that its verb and its kind show."""
    found = [*_told(text), *_done(text), *_rows(text)]
    for match in VIRTUE.finditer(text):
        if _placed(match[1]):
            found.append(_made(match, "action", "name.plain.virtue"))
    found.extend(_made(match, "programme", "name.plain.tried") for match in TRIED.finditer(text))
    for match in STEPS.finditer(text):
        if JOINED.search(match[0]) and not ("—" in match[0] and match[0].endswith("模式")):
            found.append(Candidate(*match.span(), "initiative", "mechanism", "name.plain.steps"))
    return found


def _made(match: re.Match[str], subkind: str, rule: str) -> Candidate:
    return Candidate(*match.span(1), "initiative", subkind, rule)


def _told(text: str) -> list[Candidate]:
    """What a verb governs that goes with its kind."""
    funds = (m for m in FUND.finditer(text) if _named(m[2]) and "和" not in m[2])
    found = [_made(m, "programme", "name.plain.fund") for m in funds]
    met = [*MEETING.finditer(text), *(m for m in LISTED.finditer(text) if governed(text, m.start()))]
    found.extend(
        _made(m, "event", "name.plain.event") for m in met if not ROUTINE.search(m[1]) and "的" not in m[1]
    )
    for subkind, pattern in _kinds():
        for match in pattern.finditer(text):
            told = _met(match[2]) if subkind == "event" else _named(match[2]) or match[1].endswith(TELLING)
            vague = subkind == "mechanism" and "和" in match[2] and not proper(match[2], 0, cut(match[2]))
            if told and not vague and not ROUTINE.search(match[1]):
                found.append(_made(match, subkind, f"name.plain.{subkind}"))
    return found


def _done(text: str) -> list[Candidate]:
    """Plans and works that are said to be made."""
    found = [
        _made(m, "plan", "name.plain.planned")
        for m in PLANNED.finditer(text)
        if (_named(m[2]) and not _governed(m[2])) or m[2] in STATUTORY
    ]
    found.extend(
        _made(m, "plan", "name.plain.planned")
        for m in CARRIED.finditer(text)
        if _named(m[2]) and not _governed(m[2])
    )
    for match in DONE.finditer(text):
        own = proper(match[2], 0, cut(match[2])) or len(match[2]) >= DONE_LEAST or match[1].endswith("改革")
        if own and _named(match[2]) and not _governed(match[2]):
            found.append(_made(match, "project", "name.plain.done"))
    return found


def _rows(text: str) -> list[Candidate]:
    """Quoted names that one kind sums up."""
    found: list[Candidate] = []
    for match in ROW.finditer(text):
        kind_of = ROW_KIND.get(match[2], "action")
        found.extend(
            _made(item, kind_of, "name.plain.row")
            for item in QUOTED.finditer(text, *match.span(1))
            if item[1] not in campaign_words("saying")
        )
    return found


def _named(said: str) -> bool:
    """Whether the words before a kind tell one thing: none of them parts it, one is more than a grade."""
    if VAGUE.match(said) or said in generic("initiative"):
        return False
    words = cut(said)
    pieces = [said[w.start : w.end] for w in words]
    led = len(pieces[0]) == 1 and words[0].tag in ("p", "c", "u", "d", "r")
    if led or (pieces[0] in boundaries("founds") and pieces[0] != "创新") or not PARTING.isdisjoint(pieces):
        return False
    plain = generic("initiative")
    return any(len(piece) > 1 and piece not in plain for piece in pieces) or proper(said, 0, words)


def _met(said: str) -> bool:
    """Whether the words before 大会 tell which it is."""
    return "的" not in said and said not in generic("initiative")


def _governed(said: str) -> bool:
    """Whether a verb stands within that governs the rest (推进城市总规编制)."""
    pieces = [said[w.start : w.end] for w in cut(said)]
    return pieces[0] in ("发动", "组织", "参与") or any(piece in boundaries("founds") for piece in pieces)


PARTING = frozenset("的等了为是在于由将把被向对并以")


def _placed(inner: str) -> bool:
    """Whether two characters of virtue stand before a place (书香骐城)."""
    words = cut(inner)
    return words[-1].tag == "ns" or (len(words) > 1 and proper(inner, 0, words[1:]))
