"""Short forms of firms made of common words, where the text gives the full name too.

In: the paragraphs that are read and the groups of forms. Out: the groups, each with the short forms that
stand in the text. Such a form (芒果骐智 of 湖南芒果骐智艺术科技有限公司) is as much of the full name's stem
as the text repeats elsewhere: it stands where a clause opens or after a preposition, and before what a firm
does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.edges import HARD, generic, known, trades
from ingest.entities import Form, Group
from ingest.firm_names import stem
from ingest.lexicon import cut, districts
from ingest.model import Paragraph

LEAST, MOST = 3, 6  # characters of such a form
BEFORE = frozenset("在与由据对为和及是到入以进向让即如")
WEAK = frozenset("与将已是在从的也还又则等、，")  # behind four characters they will do
DOES = re.compile(
    "公司|集团|凭借|推出|发布|研发|生产|[已正曾]?获|[已现]?拥有|通过|自主|成立|总部|投资|建成|计划"
    "|董事|总经理|负责人|创始人|副总|总裁|相关|工作人员|车间|工厂|厂区|产品|目前|不断|持续|积极|主要|先后|实现|开发|打造"
    "|围绕|依托|坚持|始终|深耕|专注|致力|(?:的)?(?:年产|产值|销售|订单|产能)"
)


def shortened(paragraphs: Sequence[Paragraph], groups: list[Group]) -> list[Group]:
    """The groups, the short forms that the text shows added."""
    taken = {form.text for made in groups for form in made.forms}
    places = [form.text for made in groups if made.kind != "enterprise" for form in made.forms]
    for made in groups:
        stems = {stem(f.text) for f in made.forms if made.kind == "enterprise" and f.text.endswith("公司")}
        for whole in sorted(one for one in stems if len(one) > LEAST):
            shown = {short for p in paragraphs for short in _standing(p.text, whole)} - taken
            found = {short for short in shown if not any(short in place for place in places)}
            made.forms.extend(Form(short, "enterprise", "", 1) for short in sorted(found))
            taken |= found
    return groups


def _standing(text: str, whole: str) -> Iterator[str]:
    """Each short form of the stem that stands in the text by itself."""
    at = text.find(whole[:LEAST])
    while at >= 0:
        size = LEAST
        while size < len(whole) and text[at + size : at + size + 1] == whole[size]:
            size += 1
        if size <= MOST and size < len(whole) and _alone(text, at, at + size):
            yield whole[:size]
        at = text.find(whole[:LEAST], at + size)


def _alone(text: str, start: int, end: int) -> bool:
    """Whether the stretch is no common phrase, and a firm stands there."""
    piece = text[start:end]
    words = [piece[w.start : w.end] for w in cut(piece)]
    plain = generic("enterprise") | trades()
    if len(words) < 2 or piece in districts() or piece in known() or all(w in plain for w in words):
        return False
    opens = start == 0 or text[start - 1] in HARD or text[start - 1] in BEFORE or text[start - 1] == "“"
    whole = any(start + w.end == end for w in cut(text[start : end + 2]))
    weak = end - start > LEAST and text[end : end + 1] in WEAK
    return opens and whole and (weak or DOES.match(text, end) is not None)
