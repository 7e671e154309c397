"""The words around a quantity, as patterns composed from `seeds/lookups/verbs.csv` and `wording.csv`.

In: the text between the last boundary and a quantity (`left`). Out: compiled patterns that `readings` reads
it with, and the lists that the other stages compose theirs from. Every pattern is anchored to an end of a
short context, so none walks a whole report.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from ingest import opening
from seeds import lookup


@cache
def words(role: str) -> dict[str, str]:
    """The words of a role with their sign (`+`, `-` or '')."""
    return {r["word"]: r["sign"] for r in _verbs() if r["role"] == role}


@cache
def _verbs() -> list[dict[str, str]]:
    return lookup("verbs")


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    lists: dict[str, list[str]] = {}
    for row in lookup("wording"):
        lists.setdefault(row["list"], []).append(row["pattern"])
    return {name: tuple(patterns) for name, patterns in lists.items()}


def listed(name: str) -> str:
    """The alternatives of a list as the inside of a group, in the table's order: the first that fits holds.

    Raises KeyError where there is no such list.
    """
    return "|".join(_lists()[name])


def members(name: str) -> frozenset[str]:
    """The entries of a list of plain words; raises KeyError where there is no such list."""
    return frozenset(_lists()[name])


def any_of(items: Iterable[str]) -> str:
    """Plain words as the inside of a group, the longest that fits before shorter ones.

    They are laid out by their first characters, since `re` tries the alternatives of a group one by one.
    """
    rests: dict[str, set[str]] = {}
    for word in items:
        rests.setdefault(word[:1], set()).add(word[1:])
    single = "".join(re.escape(char) for char, tails in sorted(rests.items()) if tails == {""})
    laid_out = [f"[{single}]"] if single else []
    for char, tails in sorted(rests.items()):
        if len(tails) == 1 and tails != {""}:
            laid_out.append(re.escape(char + next(iter(tails))))
        elif tails != {""}:
            laid_out.append(f"{re.escape(char)}(?:{any_of(tails - {''})}){'?' * ('' in tails)}")
    return "|".join(laid_out)


class Patterns(NamedTuple):
    """What says how a figure is to be read, each ending at the figure but `opener`, which opens a clause.

    `growth` 同比增长, `rate` 增速为, `to` 增长到, `compare` 高于全省, `share` 占…比重, `gain` 新增….
    """

    growth: re.Pattern[str]
    rate: re.Pattern[str]
    to: re.Pattern[str]
    compare: re.Pattern[str]
    share: re.Pattern[str]
    gain: re.Pattern[str]
    opener: re.Pattern[str]


# 占比 and 环比 end in 比 and 比重 begins with it, none of which sets a figure against another.
_BASIS = (
    "(?P<basis>同比|环比|年均|按年|按可比价格?计算|按可比口径"
    "|扣除[^，；。]{1,8}因素后?"
    "|(?<![占同环对])比(?![重例率值对])[^，；。：]{1,20}?"
    "|(?<!计)(?<!(?<!占)比)较(?![大快好高为强多少])[^，；。：]{1,20}?"
    "|与[^，；。：]{1,18}?相比)?"
)
_SHARE = (
    r"(?:(?<![抢侵霸独领征])占(?:据了?|到)?(?!比|地(?!区)|有)(?P<basis>[^，；。：]{0,28}?)(?:的)?"
    r"(?P<ratio>比重|比例|份额|百分比)?"
    r"|在(?P<within>[^，；。：在]{2,16}?)(?:当?中|里)?所?占?的?(?:比重|比例|份额)"
    r"|相当于(?P<equal>[^，。；：]{2,16}?)的(?:比重|比例|份额)"
    r"|(?P<noun>占比|比重|比例|份额|占有率))"
)


@cache
def patterns() -> Patterns:
    """The patterns, compiled once."""
    adverb, tail = f"(?:{listed('adverb')})*", f"(?:{listed('before_figure')})*$"
    up_down = any_of([*words("up"), *words("down")])
    link = any_of(words("link"))
    return Patterns(
        growth=opening.compile(rf"{_BASIS}{adverb}(?<!起)(?P<verb>{up_down})(?!值){tail}"),
        rate=opening.compile(rf"(?P<noun>{any_of(words('rate'))}){adverb}(?P<basis>$)?{tail}"),
        to=opening.compile(
            rf"(?:由|从)?(?P<verb>{any_of(words('to'))})(?:了)?(?:到了?|至|为|成)"
            rf"(?:[^，；。]{{0,6}}的)?(?:约|近|超过|超|突破|逾|{link})*$"
        ),
        compare=opening.compile(
            rf"{_BASIS}(?P<verb>{any_of(words('compare'))})(?P<object>[^，；。：]{{0,22}}?)"
            r"(?:约|近|超过|超|了|出)*$"
        ),
        share=opening.compile(rf"{_SHARE}(?:{adverb})(?P<move>{up_down})?{tail}"),
        gain=re.compile(
            rf"(?P<verb>{any_of(words('gain'))})(?!值|长|点|极|就业|退|(?<=加)工(?![业程厂人]))(?P<object>[^，；。：]*)$"
        ),
        opener=opening.compile(rf"(?:{listed('opener')})+"),
    )
