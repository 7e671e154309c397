"""A tie between names, and what may stand between or beside the two: `relation_words.csv` compiled.

In: that table. Out: `Tie`, the patterns. Each is bounded, and is matched at a name's edge or against the few
words between two names.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ingest import progress
from ingest.model import EntityKind
from ingest.wording import any_of


class Tie(NamedTuple):
    """A relation where it is told: clean offsets in a paragraph, whose it is, what it is.

    `object_id` is the id of a district, park, institution or enterprise; `value` its name, or the value.
    """

    paragraph: int
    start: int
    end: int
    kind: EntityKind
    id: str
    relation: str
    object_id: str | None
    value: str


class Patterns(NamedTuple):
    """What may stand between or beside names, compiled."""

    inside: re.Pattern[str]
    settles: re.Pattern[str]
    gets: re.Pattern[str]
    at: re.Pattern[str]
    opens: re.Pattern[str]
    housed: re.Pattern[str]
    held: re.Pattern[str]
    gathers: re.Pattern[str]
    joins: re.Pattern[str]
    has: re.Pattern[str]
    opened: re.Pattern[str]
    come: re.Pattern[str]
    among: re.Pattern[str]
    builds: re.Pattern[str]
    gather: re.Pattern[str]
    hosts: re.Pattern[str]
    allied: re.Pattern[str]
    borne: re.Pattern[str]
    funds: re.Pattern[str]
    funded: re.Pattern[str]
    through: re.Pattern[str]
    resumes: re.Pattern[str]
    graded: re.Pattern[str]
    raised: re.Pattern[str]


_ATTRIBUTE = r"(?:由[^，。；：]{0,16})?(?:计划|概算|拟)?总?(?:投资|占地|用地|规划)[^，。；：]{0,36}的"
"""总投资32亿元、占地420亩的: what may stand between a place and the project in it."""


def _any(role: str) -> str:
    return f"(?:{any_of(progress.words(role))})"


@cache
def patterns() -> Patterns:
    """The patterns of `relation_words.csv`; each is bounded, and matched at a name's edge."""
    return Patterns(
        inside=re.compile(r"(?:境内|园内|内|里)?(?:的[^，。；：、的]{0,14}|(?:龙头|骨干|重点|链主)?企业)?"),
        settles=re.compile(rf"(?:等[^，。；：]{{0,14}})?[^，。；：、的]{{0,8}}{_any('settle')}(?:到|于|在|了)?(?:[^，。；：、的]{{0,3}})"),
        gets=re.compile(rf"[^，。；：、的]{{0,12}}{_any('gets')}(?:了|出|有|着)?(?:[^，。；：、]{{0,12}})"),
        at=re.compile(rf"{_any('at')}$"),
        opens=re.compile(rf"(?:境内|园内|内|里|中)?(?:至今|以来|后)?[，,](?:{_ATTRIBUTE}|[^，。；：、它其同与和由向给]{{0,6}})"),
        housed=re.compile(rf"[^，。；：、的]{{0,8}}[内里]，(?:{_ATTRIBUTE})?"),
        held=re.compile(rf"(?:隆重|正式|顺利|成功|全面|集中)?{_any('held')}"),
        gathers=re.compile(rf"(?:相继|先后|陆续)?{_any('gather')}"),
        joins=re.compile(r"(?:、|和|与|及|以及|，|,|、[^，。；：、等]{1,12}、)"),
        has=re.compile(rf"[^，。；：]{{0,6}}(?:有|{_any('gets')})[^，。；：、]{{0,14}}：(?:[^，。；：、]{{0,8}})"),
        opened=re.compile(rf"[^，。；：、]{{0,14}}{_any('opened')}，"),
        come=re.compile(rf"(?:等[^，。；：、]{{0,14}})?(?:已|陆续|相继|先后|顺利|正式)?{_any('come')}"),
        among=re.compile(rf"[^，。；：、的]{{0,12}}{_any('gets')}[^，。；：]{{0,16}}(?:企业|公司)[^。；]{{0,100}}其中[，：]?"),
        builds=re.compile(rf"[^，。；：、的]{{0,4}}(?:{_any('fund')}|建设|新建|兴建|实施)[^，。；：、]{{0,16}}的?"),
        gather=re.compile(r"(?:等[^，。；：、]{0,14})?[^，。；：、的]{0,4}在"),
        hosts=re.compile(rf"[^，。；：的]{{0,10}}{_any('host')}(?:了|的)?[^，。；：、的]{{0,8}}"),
        allied=re.compile(rf"[^，。；：]{{0,20}}，(?:联合|合作|携手)?{_any('host')}(?:了|的)"),
        borne=re.compile(rf"(?:等[^，。；：]{{0,8}})?(?:联合|合作|共同|牵头)?{_any('host')}"),
        funds=re.compile(rf"[^，。；：]{{0,18}}{_any('fund')}(?:[^，。；：、]{{0,12}}(?:建设|兴建|新建|打造|实施))?[了的]?[^，。；：、的]{{0,8}}"),
        funded=re.compile(rf"(?:等[^，。；：]{{0,6}})?(?:联合|共同)?(?:计划|总)?(?:{_any('fund')}|建设|开发|兴建)"),
        through=re.compile(r"(?:，|(?:是|系))?由[^，。；：]{0,12}"),
        resumes=re.compile(r"[“]?(?:[^，。；：、]{0,4}，)?(?:[该此本]|这[个一])?(?P<what>项目|工程|研究院|研究所|实验室|中心|平台|基地)(?![^，。；：]{0,6}[个名项])"),
        graded=re.compile(rf"(?<![创建争报设])(?P<word>{_any('level')})的?$"),
        raised=re.compile(rf"[^，。；：]{{0,6}}(?:获批|升级|晋升|升格|获评|认定|跻身|入选|列入|是)[^，。；：]{{0,4}}(?P<word>{_any('level')})"),
    )  # fmt: skip
