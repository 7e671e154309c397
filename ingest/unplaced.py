"""Where a report is at home that names no district of the table: its press, or the place that it speaks of.

In: its paragraphs. Out: who a page says it has its report from; the place, the whole territory or the nation
that its own words tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.model import Paragraph
from ingest.sections import Subject

_SOURCE = re.compile("(?:来源|稿源)[:：] *([\u4e00-\u9fff]{2,16})")
HEAD_LINE = 200
"""Characters at the end of a paragraph that may say where it is from."""
_PLACE = re.compile(
    "(?:^|[，。；：“])(?:去年以来|今年以来|近年来|目前|今年|去年|[，])*"
    "((?!其中|而|但|比如|例如)(?:(?![全我该本各占居列于园])[\u4e00-\u9fff]){2,5}?(?:管理区|新区|县|区|(?<!上)市|旗|(?<!城)镇|乡|(?<!农)(?<!乡)村))(?!委|政府|里|级|域|长|内|场|民)"
)
OFTEN = 2
_VOICE = re.compile("(?<![于居占列排在比较入为])[全我本]([省市区县州旗盟])(?![级域委第])")
_NATION = re.compile(
    "(?:^|[，。；：\\n])(?:[上下]半年|今年|去年|\\d{4}年|目前)?，?(?:全国|我国)(?![首第最]|人大|政协|重点|百强|各|性|知名|领先|文明)"
)


def press(paragraphs: Sequence[Paragraph]) -> str | None:
    """Who a page says it has its report from: 来源：湛江市统计局."""
    return next((m[1] for p in paragraphs if (m := _SOURCE.search(p.text[-HEAD_LINE:]))), None)


def place(paragraphs: Sequence[Paragraph]) -> Subject:
    """Whose report it is in its own words where no district is known: the place that opens its sentences
    (塞北管理区, 墩岙村), else 全市, else 全国 where it tells of nothing less."""
    places = Counter(m[1] for p in paragraphs if p.kind == "body" for m in _PLACE.finditer(p.text))
    named = places.most_common(1)
    if named and named[0][1] >= OFTEN:
        return Subject(named[0][0], "district", None)
    said = Counter(word for p in paragraphs if p.kind == "body" for word in _VOICE.findall(p.text))
    most = said.most_common(1)
    if most:
        return Subject("全" + most[0][0], "district", None)
    nation = sum(len(_NATION.findall(p.text)) for p in paragraphs if p.kind == "body")
    return Subject("全国", "other", None) if nation >= OFTEN else Subject("", "other", None)
