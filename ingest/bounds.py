"""The bound of a number: what the words beside it make of it (约, 超过, 以上, 不低于).

In: clean text and where a number stands in it. Out: exact, approx, min or max, by the words of
`seeds/lookups/bounds.csv`.
"""

import re
from functools import cache
from typing import get_args

from ingest import opening
from ingest.model import Bound
from ingest.wording import any_of
from seeds import lookup


@cache
def _words(place: str) -> dict[str, Bound]:
    """The words of a place (before, after, apart) with their bound, from `seeds/lookups/bounds.csv`."""
    known: dict[str, Bound] = {bound: bound for bound in get_args(Bound)}
    return {r["word"]: known[r["bound"]] for r in lookup("bounds") if r["place"] == place}


# 共签约33个项目: the end of a verb, and no bound.
_WHOLE_WORD = "(?<![签预节集履合公条特通经不附打侦攻])"
_BEFORE = opening.compile(rf"{_WHOLE_WORD}(?:{any_of(_words('before'))})(?:了|达|到|至|为|\s)*$")
_AFTER = re.compile(any_of(_words("after")))
# The characters that end the one and begin the other: most figures have neither beside them.
_BEFORE_ENDS = frozenset("了达到至为").union(word[-1] for word in _words("before"))
_AFTER_BEGINS = frozenset(word[0] for word in _words("after"))
# The verb between the bound and the figure has at most ten characters.
_APART = re.compile(rf"{_WHOLE_WORD}(?P<word>{any_of(_words('apart'))})[^，。；、\d]{{0,10}}$")
# 约占某某市新能源整车产量的68.9%
_ABOUT_OF = re.compile("约占[^，。；、\\d]{2,24}的$")
SHARE_BEFORE = 28
"""Characters before a share in which 约占 and the whole may stand."""
# 不少于8年或16万公里
_EITHER = re.compile(
    rf"{_WHOLE_WORD}(?P<word>{any_of(_words('before'))})\d{{1,4}}(?:年|个月|天|小时)(?:或者?|/)$"
)
_EITHER_ENDS = frozenset("或者/")
_AIMED = "控制在"
"""Says how much is aimed at: with 左右 after the figure it is about so much."""
# 突破 before a range's low end, or 以上 after a number, outrank the softer 约 and 余.
_STRENGTH = {"min": 2, "max": 2, "approx": 1, "exact": 0}


def of(text: str, start: int, end: int, vague: bool) -> Bound:
    """What the words beside a number make of it; the stronger wins, and before where both are as strong."""
    found: Bound = "approx" if vague else "exact"
    aimed = False
    beside: list[tuple[re.Match[str] | None, dict[str, Bound]]] = []
    last = text[start - 1 : start]
    if last in _BEFORE_ENDS or last.isspace():
        beside.append((_BEFORE.search(text, max(0, start - 6), start), _words("before")))
    if text[end : end + 1] in _AFTER_BEGINS:
        beside.append((_AFTER.match(text, end), _words("after")))
    for match, table in beside:
        # 最高达 tells what was reached, 最高 what may be.
        if match and not (match[0].startswith("最高") and ("达" in match[0] or "为" in match[0])):
            word = next((w for w in (match[0], match[0].rstrip("了达到至为 ")) if w in table), None)
            stronger = word is not None and _STRENGTH[table[word]] > _STRENGTH[found]
            about = word is not None and aimed and table[word] == "approx"
            if word and (stronger or about):
                found, aimed = table[word], word == _AIMED
    if last in _EITHER_ENDS and (other := _EITHER.search(text, max(0, start - 16), start)):
        return _words("before")[other["word"]]
    if found == "exact" and (far := _APART.search(text, max(0, start - 16), start)):
        return _words("apart")[far["word"]]
    if found == "exact" and _ABOUT_OF.search(text, max(0, start - SHARE_BEFORE), start):
        return "approx"
    return found
