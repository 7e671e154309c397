"""Which canonical indicator a phrase measures.

In: the phrase of a metric, its unit and its measure. Out: the indicator's id and the listed phrase that
says so, or None for both. The whole phrase must be listed, after what never changes its meaning is taken
off (quotes, 全市, 累计, 数量); a phrase that merely contains an indicator's name measures something else
(规上工业企业研发投入 is not 规上工业企业), so it is refused, as is a unit that the indicator cannot have.
Where one phrase has two figures, for town and country, each gets the indicator of its own part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise

from ingest.model import Metric
from seeds import lookup

_WIDTHS = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | dict.fromkeys(
    map(ord, "“”‘’\"'「」『』《》〈〉 \t\u3000·")
)
# An abbreviation that repeats the name before it: 居民消费价格指数(CPI), 研究与试验发展(R&D)经费.
_GLOSS = re.compile(r"\([A-Za-z&0-9.]+\)")
# Spellings that mean one thing throughout the field.
_SPELLINGS = (
    ("规模以上", "规上"),
    ("限额以上", "限上"),
    ("国家级", "国家"),
    ("总产量", "产量"),
    ("年产量", "产量"),
    ("市场经营主体", "经营主体"),
)
_GROSS = re.compile("总产$")  # 夏粮总产
_PREFIX = re.compile(
    "全(?:省|市|区|县|州|旗|盟|域|年|国)|[我该本](?:省|市|区|县|州|旗|盟)|上半年|下半年|前三季度|[一二三四]季度"
    "|年末|年底|期末|月末|当年|本年|全年|截至目前|目前|累计|已|共|总共|共有|现有|拥有|实现|完成|达到|其中"
)
_SUFFIX = re.compile("(?:数量|总数|总量|总额|总数量|个数|家数|户数|数)$")
_PACE = re.compile("(?:增长率|增长速度|增速|增幅|增长|降幅|涨幅|同比)$")
_ADDED = re.compile("^(?:净?新增|净增|增加|减少)")
_RATIOS = ("占比", "比例", "比率", "比重")  # 优良天数占比85% is a ratio of its own
_STEPS = 3  # the most that is taken off either end
_POINTS = "百分点"
_BARE = ":"  # how the lookup writes the unit of a ratio or an index, which print none
_BOTH, _TOWN, _COUNTRY = "城乡", ("城镇", "城市"), "农村"
# What stands between two figures that share one phrase: 分别达到3.4万元和1.7万元.
_JOINER = re.compile(r"[\s、和与及,，以上左右]{1,8}")


_ABOVE = {
    "strategic_emerging_value_added": "industrial_emerging_value_added",
    "manufacturing_value_added": "manufacturing_value_added_above",
    "digital_core_value_added": None,
    "hightech_industry_value_added": None,
}
"""What a part of 规模以上工业增加值 is filed under; None where no indicator counts it so."""
_LEADS = "(?:其中|分[^，。]{1,8}看|从(?!三次)[^，。]{1,8}看|按[^，。]{1,8}分|在规(?:模以)?上[^，。]{1,6}中)"
_PART_OF = re.compile(rf"[^。\n]*(?:。\s*)?{_LEADS}[^。\n]*(?:。\s*{_LEADS}[^。\n]*)*")
LONGEST_PART = 400
"""Characters between a whole and its last part."""


_HOUSING = ("housing_floor_construction", "housing_floor_completed")
_BUILDERS = re.compile("建筑业?企业|建筑业总产值")
NEAR_BUILDERS = 120
"""Characters before a floor area in which those who build may be told of."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A canonical indicator: `unit` is its base unit, `units` all that its level may be printed in."""

    id: str
    name: str
    unit: str
    units: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Glossary:
    indicators: dict[str, Indicator]
    phrases: dict[str, tuple[str, str]]


@cache
def glossary() -> _Glossary:
    """The lookups, read once; raises KeyError where a phrase points to no indicator."""
    indicators = {
        row["id"]: Indicator(
            row["id"], row["name"], row["unit"], frozenset({row["unit"], *row["also_units"].split()})
        )
        for row in lookup("indicators")
    }
    phrases = {
        normal(row["phrase"]): (indicators[row["indicator_id"]].id, row["phrase"])
        for row in lookup("indicator_phrases")
    }
    return _Glossary(indicators, phrases)


def normal(phrase: str) -> str:
    """A phrase without what varies in print only: quotes, spaces, widths, case, glosses, 规模以上/规上."""
    text = _GLOSS.sub("", phrase.translate(_WIDTHS)).upper()
    for long, short in _SPELLINGS:
        text = text.replace(long, short)
    return _GROSS.sub("产量", text)


def map_share(phrase: str, basis: str | None) -> str | None:
    """The indicator that is a ratio by its own name: 研发经费支出, set against GDP, is 研发经费投入强度; None
    where the ratio of a phrase and its `basis` has no name."""
    ratio = f"{normal(phrase)}占{normal(basis or '')}比重"
    hit = glossary().phrases.get(ratio)
    return hit[0] if hit else None


@lru_cache(maxsize=8192)
def map_indicator(phrase: str, unit: str, measure: str) -> tuple[str | None, str | None]:
    """The indicator's id and the listed phrase that is the evidence, or (None, None).

    `unit` and `measure` are the metric's. A level's unit must be one of the indicator's; a growth and a share
    are in %, a change is in the indicator's unit or in percentage points, and a rank fits any.
    """
    known = glossary()
    text = normal(phrase)
    days = measure == "share" and text.endswith("天数")
    ratios = (text + tail for tail in _RATIOS) if days else ()
    for form in chain(ratios, _forms(text, measure, unit), _reworded(text, measure, unit)):
        hit = known.phrases.get(form)
        if hit:
            if not _agrees(known.indicators[hit[0]], unit, measure):
                return None, None
            return hit
    return None, None


def _forms(text: str, measure: str, unit: str) -> Iterator[str]:
    """The phrase itself, then with ever more taken off that leaves its meaning as it is.

    A change of a stock is told as what was added (新增规上工业企业), so there the stock comes first. The
    pace goes from what is told of the pace: a growth, and percentage points (增速高于全省2个百分点); a rank
    by the pace is no rank by the level.
    """
    paces = measure == "growth" or unit == _POINTS
    if measure == "change" and (stock := _ADDED.sub("", text)) != text:
        yield stock
    for _ in range(_STEPS):
        yield text
        shorn = _SUFFIX.sub("", text)
        if shorn != text:
            yield shorn
        if paces and (paced := _PACE.sub("", text)) != text:
            text = paced
        elif prefix := _PREFIX.match(text):
            text = text[prefix.end() :].removeprefix("的")
        else:
            return
        if not text:
            return
    yield text


def _reworded(text: str, measure: str, unit: str) -> Iterator[str]:
    """What an unlisted phrase is called elsewhere: 生产原煤 is 原煤产量, more 城镇就业 is 新增城镇就业."""
    if (product := text.removeprefix("生产")) != text:
        yield f"{product}产量"
    if measure == "change" and unit != _POINTS:
        yield f"新增{text}"


def settle(metrics: Sequence[Metric], text: str) -> None:
    """Give the metrics of a report, in order, the indicator that those around them make theirs; `text` is the
    report's raw text. Sets `indicator_id`."""
    share_out(metrics, text)
    follow_ratios(metrics)
    of_above(metrics, text)
    of_builders(metrics, text)


def follow_ratios(metrics: Sequence[Metric]) -> None:
    """Give the points that a ratio moved by (占GDP比重2.94%，提高0.31个百分点) the ratio's indicator; sets
    `indicator_id` of a change in points right after a share of the same phrase."""
    for before, metric in pairwise(metrics):
        moved = metric.measure == "change" and metric.unit == _POINTS and before.measure == "share"
        if moved and before.indicator_id and metric.indicator == before.indicator:
            metric.indicator_id = before.indicator_id


def of_above(metrics: Sequence[Metric], text: str) -> None:
    """Give the parts of 规模以上工业增加值 (其中，战略性新兴产业增加值增长5%) the indicator of such
    firms; sets `indicator_id` of what follows that whole in its sentence, or in one going on with it."""
    whole = None
    for metric in metrics:
        if metric.indicator_id == "industrial_value_added_above":
            whole = metric
        elif whole and metric.indicator_id in _ABOVE and metric.measure in ("level", "growth"):
            near = metric.value_start - whole.value_end <= LONGEST_PART
            if near and _PART_OF.fullmatch(text, whole.value_end, metric.value_start):
                metric.indicator_id = _ABOVE[metric.indicator_id]


def of_builders(metrics: Sequence[Metric], text: str) -> None:
    """Leave the floor area that building firms work on without the indicator of all housing; sets
    `indicator_id` where such firms are told of shortly before it in its paragraph."""
    for metric in metrics:
        if metric.indicator_id in _HOUSING:
            before = text[max(0, metric.value_start - NEAR_BUILDERS) : metric.value_start]
            if _BUILDERS.search(before.rpartition("\n")[2]):
                metric.indicator_id = None


def share_out(metrics: Iterable[Metric], text: str) -> None:
    """Give the two figures of 城乡居民…分别为A和B to 城镇 and to 农村; `text` is the report's raw text.

    A phrase that names both has one indicator only where one figure stands for both, so this sets
    `indicator_id` of two figures of one phrase and measure that nothing but a joiner keeps apart.
    """
    told = [m for m in metrics if m.indicator.startswith(_BOTH)]
    told.sort(key=lambda metric: metric.value_start)
    runs: list[list[Metric]] = []
    for metric in told:
        last = runs[-1][-1] if runs else None
        if (
            last
            and (last.indicator, last.measure) == (metric.indicator, metric.measure)
            and _JOINER.fullmatch(text, last.value_end, metric.value_start)
        ):
            runs[-1].append(metric)
        else:
            runs.append([metric])
    for run in runs:
        if len(run) != 2:
            continue
        town, country = run
        ids = [_part(town, word) for word in _TOWN]
        urban, rural = next(filter(None, ids), None), _part(country, _COUNTRY)
        if urban and rural:
            town.indicator_id, country.indicator_id = urban, rural


def _part(metric: Metric, word: str) -> str | None:
    phrase = word + metric.indicator.removeprefix(_BOTH)
    return map_indicator(phrase, metric.unit, metric.measure)[0]


def _agrees(indicator: Indicator, unit: str, measure: str) -> bool:
    if measure == "level":
        return (unit or _BARE) in indicator.units
    if measure in {"growth", "share"}:
        return unit == "%"
    if measure == "change":
        # Points are the change of a ratio, or of the growth or the share of anything else.
        return unit in indicator.units or unit == _POINTS
    return measure == "rank"
