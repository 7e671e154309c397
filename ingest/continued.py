"""How a figure is read in the light of the one before it: a list goes on, 从58人减到16人, 增速领先，达到9.6%.

In: the reader of a sentence, a figure and the text left and right of it. Out: its reading, that of `readings`
where it opens a statement of its own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest import against, nouns, phrase, readings
from ingest.model import Quantity
from ingest.readings import LIST_ONLY, REACH, SEPARATOR, Reading
from ingest.wording import words

if TYPE_CHECKING:
    from ingest.relate import SentenceReader

_NEXT_WHOLE = re.compile("^[、，和]占?(?P<basis>[^，、]{2,8})的(?:约|近|超过?)*$")
_NEXT_PLACE = re.compile("^[、和](?:居|列|位列)?(?P<basis>[^，、；]{2,10})$")
# 从58人减到16人: whatever the verb, what was named before the first figure is now the second.
_REACHED = re.compile(r"[，,]?[^，。；：、\d\0]{0,6}(?:到了?|至|为|成)(?:\0+的?)?[约近达超过]*$")
_REACHES = ("达", "约", "近", "超")
_FIRST = re.compile("(?:的增[速幅])?(?:排名|排在|位居|位列|居|列|领跑|领先|夺冠)")
_PACE = r"(?P<head>[^，。；]{0,24}?)的?(?P<pace>增速|增幅|涨幅|降幅|增长率)"
_PACE_BEFORE = re.compile(_PACE + r"[^，。；\d]{0,20}，(?:已|也|均|都|分别)?(?:达到?|为|至)?了?$")
_PACE_OF = re.compile(
    _PACE
    + r"(?:均|都|也|继续|持续)?(?:(?:明显|大幅)?(?:高于|低于|快于|慢于|等于|超过|领先于?|超|落后于?)[或、]?)+"
    r"[^，。；\d]{2,12}\(?$"
)
_GAINS_ON = re.compile("(?:[、和及]|以及)(?!共|累计|总|达|目前|现|居)")
# 新增装机120万千瓦、发电量15亿千瓦时; 新增集群1个、新入规企业20家: told of no stock, or done for itself.
_FLOWS_ITSELF = re.compile(
    "(?:[发产销]电?量|吞吐量|客流量|交易[量额]|总额|总产?值|产值|营业?收入?)$"
    "|^新(?!能源|材料|型|兴|一代|三板|质|区|城|农|业态|媒体|药|品|产品|市民|税|技术|模式|场景)"
)


def read(reader: SentenceReader, quantity: Quantity, left: str, right: str) -> Reading:
    """What the words beside a figure say of it, after what they said of the one before."""
    last = reader.reading
    if last is not None and (listed := _listed(reader, last, quantity, left, right)):
        return listed
    reading = readings.read(quantity, left, right)
    if quantity.kind == "percent" and reading.rule in ("level.rate", "level.to"):
        reading = _paced(reader, quantity, reading)
        if left.endswith("以") and _FIRST.match(right):
            # 北京以6.6%位居第二位
            reading = Reading("growth", "", "growth.rate")
    if last is None:
        return reading
    if against.held_against(reader.scope, quantity) and quantity.kind == reader.statements[-1].quantity.kind:
        return replace(last, own=False, head="", sign=1)
    if last.rule == "level.task" and left == "的" and quantity.kind == "percent":
        return Reading("share", "", "share.part", basis=last.basis)
    if last.origin and reading.rule.startswith("level") and _REACHED.match(left):
        rule = f"{last.measure}.to"
        return Reading(last.measure, "", rule, basis=last.basis)
    own = phrase.before(reading.head)
    if reading.rule == "level.to" and last.rule == "share.from" and nouns.vague(own):
        return replace(reading, measure="share", rule="share.to", basis=last.basis)
    # 新增高新技术企业8家、科技型企业34家: the verb holds for the whole list.
    gained = reading.rule == "level" and last.verb in words("gain") and last.measure == "change"
    item = left.replace(phrase.BLANK, "").removeprefix(reader.indicators.taken)
    noun = phrase.before(left)
    on = _GAINS_ON.match(item) if gained else None
    itself = on is not None and _FLOWS_ITSELF.search(phrase.before(item[on.end() :]))
    still = not itself and not _TOTALS.search(item)
    if on and still and (phrase.modifies(noun) or not nouns.flow_verb(noun)):
        return replace(reading, measure="change", rule="change.gain", sign=last.sign, verb=last.verb)
    return reading


# 里程新增1700公里、突破7000公里: what was reached is no gain.
_TOTALS = re.compile("(?:突破|达到?|[增升]至|提高到|总数)[了约近超过]*(?:每人每[年月])?$")


def _paced(reader: SentenceReader, quantity: Quantity, reading: Reading) -> Reading:
    """A growth where a pace was told: 增速高于全省平均水平(4.6%), 增速领先全市，达到9.6%."""
    low = max(reader.sentence.start, quantity.start - REACH)
    held = against.held_against(reader.scope, quantity)
    told = (_PACE_OF if held else _PACE_BEFORE).search(reader.masked, low, quantity.start)
    if told is None or not (held or nouns.vague(phrase.before(reading.head))):
        return reading
    return Reading("growth", told["head"], "growth.rate", -1 if told["pace"] == "降幅" else 1)


def _listed(
    reader: SentenceReader, last: Reading, quantity: Quantity, left: str, right: str
) -> Reading | None:
    """The reading of a figure that goes on a list; None for one that opens a statement of its own."""
    if _goes_on(reader, quantity, left):
        ratios = ("percent", "times")
        kind = reader.statements[-1].quantity.kind
        same = kind == quantity.kind or (kind in ratios and quantity.kind in ratios)
        handed_out = bool(reader.indicators.items) or quantity.kind == "rank"
        if same and (handed_out or not (phrase.after(right)[0] or phrase.predicate(right))):
            return replace(last, own=False, head="", origin=False)
    if last.measure == "rank" and quantity.kind == "rank" and (place := _NEXT_PLACE.match(left)):
        return replace(last, own=False, head="", basis=place["basis"])
    shares = last.measure == "share" and quantity.kind in ("percent", "fraction")
    if shares and last.basis and (whole := _NEXT_WHOLE.match(left)):
        return replace(last, own=False, head="", basis=whole["basis"])
    return None


def _goes_on(reader: SentenceReader, quantity: Quantity, left: str) -> bool:
    """Whether but a joiner stands between a figure and the one before; 持续提升，达45% has more."""
    if not reader.statements or not left.strip() or not LIST_ONLY.match(left):
        return False
    last = reader.statements[-1].quantity
    return left.strip() not in _REACHES or not SEPARATOR.search(reader.text, last.end, quantity.start)
