"""Units: what they are called in print, their base units, and the multipliers before them.

In: a printed unit, simple (吨) or per-unit (元/亩). Out: its base unit, factor and kind, by
`seeds/lookups/units.csv`. Raises KeyError for a unit that the table lacks.
"""

import re
from decimal import Decimal
from functools import cache

from seeds import lookup

PER = r"(?:/|每)"
_SIGN = re.compile("[23²³]$")
TIME_UNITS = "年|月|日|天|小时|分钟|秒|周|季|人|户|亩"


@cache
def units() -> dict[str, tuple[str, Decimal, str]]:
    """Printed unit -> base unit, factor, kind, from `seeds/lookups/units.csv`."""
    return {r["printed"]: (r["unit"], Decimal(r["factor"]), r["kind"]) for r in lookup("units")}


def unit_of(printed: str) -> tuple[str, Decimal, str]:
    """A printed unit, simple or per-unit, to base unit, factor and kind; multipliers go to the factor."""
    table = units()
    if printed in table:
        return table[printed]
    head, *rest = re.split(PER, printed)
    unit, factor, kind = table[head]
    if head in ("公斤", "斤", "千克", "kg", "吨二氧化碳"):
        # 斤/亩 and 吨二氧化碳/万元 stay compound.
        unit, factor = {"kg": "千克"}.get(head, head), Decimal(1)
    # 微克/m3 is 微克/立方米
    per = (table[part][0] if part in table and _SIGN.search(part) else part for part in rest)
    return "/".join([unit, *per]), factor, "measure" if kind in ("count", "measure") else kind


MULTIPLIERS = "十百千万亿"
LOADS = {"公斤": Decimal("0.001"), "千克": Decimal("0.001")}
"""What is weighed by the ten thousand is a load and told in 吨; a yield of so many 公斤 an 亩 is not."""
COUNTED_TIMES = ("天", "小时", "岁")
"""Units of time that count as well; `periods` leaves them alone only there: 优良天数268天, 日照3100小时."""


def multipliers(number: str) -> str:
    """The multipliers that end a numeral: 万 of 3.5万."""
    return number[len(number.rstrip(MULTIPLIERS)) :]
