"""The forms of one park: which of a report's parks are one, and which of them a bare 开发区 is.

In: the groups of a report's forms, and which forms stand in a list with which, told by the candidates of its
paragraphs. Out: the groups, joined in place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from ingest.candidates import Candidate, park_words
from ingest.edges import known
from ingest.entities import LOOSE, Form, Group, park_synonyms
from ingest.firm_names import without_place
from ingest.lexicon import districts, unknown
from ingest.model import Paragraph
from ingest.places import nested
from ingest.zones import LISTED
from seeds import lookup

Chosen = Sequence[tuple[Paragraph, Sequence[Candidate]]]
Listed = Mapping[str, set[str]]
GLOSS = re.compile(r"[(（].*?[)）]$")
FILLER = re.compile("新兴|现代|特色|生态|绿色")  # 江南新兴产业集中区 is 江南产业集中区 where both stand
TRADED = 5  # so many characters of trades and ending tell one park of a place from its others
SHORT = 3  # characters of a park's name that a list of parks shortens (南山、望山等产业园区)
PLACE_SIZES = range(2, 7)  # characters of a place or brand before a park's trade
KINDS = ("科技园", "产业园", "科技产业园", "科创园", "创业园", "园区", "科学园", "科技园区", "产业园区")
ENDINGS = ("产业园区", "工业园区", "产业园", "工业园", "科技园", "物流园")
SEVERAL = ("工业园", "工业区", "园区")  # what a zone is called beside its official name


def same_parks(groups: list[Group], listed: Listed) -> list[Group]:
    """The groups, those of one park joined: a looser, fuller or plainer form joins the one park it fits.

    邻水园区 is the one 邻水经开区, 高滩园区 the one longer name that ends with it, and 昌州氢能产业园 is
    昌州滨海新区氢能产业园.
    """
    parks = {made.key: made for made in groups if made.kind == "park"}
    ending: dict[str, list[Group]] = defaultdict(list)
    beginning: dict[str, list[Group]] = defaultdict(list)
    plain: dict[str, list[Group]] = defaultdict(list)
    for made in parks.values():
        for tail in {f.text[at:] for f in made.forms for at in range(2, len(f.text) - 3)}:
            ending[tail].append(made)
        for head in {f.text[:size] for f in made.forms for size in range(2, SHORT + 1)}:
            beginning[head].append(made)
        plain[FILLER.sub("", made.key)].append(made)
    for made in parks.values():
        short = made.forms[0].text if made.forms else ""
        found = _looser(made.key, parks)
        if len(made.forms) == 1 and not found:
            found = [g for g in ending[short] if g is not made] or _fuller(made, ending)
        if not found and len(short) <= SHORT and not short.endswith(park_words()) and short not in known():
            found = [g for g in beginning[short] if g is not made]
        if not found and made.forms:
            found = [g for g in plain[made.key] if g is not made]
        if not found and len(made.forms) == 1:
            found = _kinds(short, parks) or _trade_only(short, parks)
        if not found and made.forms:
            found = _same_place(made, parks)
        found = [g for g in found if g.forms and not _parted(made, g, listed)]
        if len(found) == 1 and made.forms and short not in LOOSE:
            found[0].forms.extend(made.forms)
            made.forms = []
    return [g for g in groups if g.forms]


ZONED = re.compile("^(?:经济|高新)?(?:技术)?(?:产业)?(?:开发区|高新区|经开区)")
BRACKETED = re.compile(r"^[\u4e00-\u9fff]{2,4}[(（]([\u4e00-\u9fff]{2,4})[)）]")


def _same_place(made: Group, parks: Mapping[str, Group]) -> list[Group]:
    """The parks of the same name whose place is the fuller, is in brackets after its province, or has the
    zone between it and the name (广东(阳骐)绿能产业园, 阳骐高新区绿能产业园)."""
    own = {_parts(form.text) for form in made.forms}
    result = []
    for other in parks.values():
        if other is made or not other.forms:
            continue
        theirs = {_parts(form.text) for form in other.forms}
        if any(
            r == rest and len(r) >= TRADED and _within(p, place) for r, p in own for rest, place in theirs
        ):
            result.append(other)
    first = {_parts(form.text)[1] for form in result[0].forms} if result else set()
    alike = all(_within(p, q) for g in result for _, p in map(_parts, _texts(g)) for q in first if p and q)
    return result[:1] if alike else result


def _texts(made: Group) -> list[str]:
    return [form.text for form in made.forms]


def _parts(name: str) -> tuple[str, str]:
    """What a park is called without its place and zone, and the place."""
    rest, places = without_place(BRACKETED.sub(r"\1", name))
    return ZONED.sub("", rest), places[-1] if places else ""


def _within(one: str, two: str) -> bool:
    """Whether one of two places is the other, or lies in it."""
    if not one or not two:
        return False
    return one.rstrip("市县区") == two.rstrip("市县区") or nested(one, two) or nested(two, one)


def _parted(one: Group, two: Group, listed: Listed) -> bool:
    """Whether a list names both."""
    forms = {form.text for form in two.forms}
    return any(not forms.isdisjoint(listed.get(form.text, ())) for form in one.forms)


def _looser(key: str, parks: Mapping[str, Group]) -> list[Group]:
    """The parks that differ only in an ending that people use for several kinds."""
    loose = next((end for end in (*LOOSE, *SEVERAL) if key.endswith(end) and key != end), None)
    if loose is None:
        return []
    base = key[: -len(loose)]
    alone = unknown(base) and base not in districts()  # a place of its own has one zone
    ends = LOOSE.get(loose, LOOSE["开发区"] if alone and "|" not in base else ())
    return [parks[base + end] for end in ends if base + end in parks]


def _kinds(short: str, parks: Mapping[str, Group]) -> list[Group]:
    """The parks that are called so with a general word behind it (骊创谷, 骊创谷科技园)."""
    if short.endswith("区") or not unknown(short):
        return []
    fuller = {short + kind for kind in KINDS}
    return [g for g in parks.values() if any(f.text in fuller for f in g.forms)]


def _trade_only(short: str, parks: Mapping[str, Group]) -> list[Group]:
    """The parks of a place whose first trade and ending the form tells (骐海固废环保产业园: 固废产业园)."""
    ending = next((word for word in ENDINGS if short.endswith(word)), None)
    trade = short.removesuffix(ending or "")
    if ending is None or len(trade) < 2 or unknown(trade) or without_place(short)[1]:
        return []
    return [
        g
        for g in parks.values()
        if any(f.text.endswith(ending) and _tells(f.text, trade, ending) for f in g.forms)
    ]


def _tells(full: str, trade: str, ending: str) -> bool:
    at = full.find(trade)
    return at in PLACE_SIZES and len(full) > at + len(trade) + len(ending)


def _fuller(made: Group, ending: Mapping[str, list[Group]]) -> list[Group]:
    """The parks whose name has a zone between the place and the rest of this one."""
    rest, places = without_place(made.forms[0].text)
    if not places or len(rest) < TRADED:
        return []
    return [
        g
        for g in ending[rest]
        if g is not made
        and all(f.text.startswith(places[0]) and f.text.removesuffix(rest).endswith("区") for f in g.forms)
    ]


def bare_zones(groups: list[Group], listed: Listed) -> None:
    """A bare 经开区 or 生物城 is the report's one park of that ending; what a list sets beside it is not."""
    parks = [g for g in groups if g.kind == "park"]
    for word in _bare_words():
        own = [g for g in parks if any(f.text == word for f in g.forms)]
        beside = listed.get(word, set())
        free = [g for g in parks if not any(f.text in beside for f in g.forms)]
        same = [g for g in free if _may_be(g, word)]
        if len(same) != 1 or own == same:
            continue
        if not own:
            same[0].forms.append(Form(word, "park", ""))
        elif all(f.text == word for f in own[0].forms):
            same[0].forms.extend(own[0].forms)
            own[0].forms = []
    groups[:] = [g for g in groups if g.forms]


def listed_with(chosen: Chosen) -> Listed:
    """Each park's form, and those that stand in a list with it: it is none of them."""
    apart: dict[str, set[str]] = defaultdict(set)
    for paragraph, found in chosen:
        text = paragraph.text
        row: list[Candidate] = []
        for one in [c for c in found if c.kind == "park"]:
            if row and not (one.start == row[-1].end + 1 and text[one.start - 1] in "、和与及"):
                row = []
            for old in row[-LISTED:]:
                first, second = text[old.start : old.end], text[one.start : one.end]
                apart[first].add(second)
                apart[second].add(first)
            row.append(one)
    return apart


def _may_be(made: Group, word: str) -> bool:
    return any(_ends(form.text, word) and form.text != word for form in made.forms)


@cache
def _bare_words() -> tuple[str, ...]:
    return tuple(row["suffix"] for row in lookup("name_suffixes") if row["bare"] == "1")


def _ends(form: str, word: str) -> bool:
    """Whether a park's name ends with the bare word or the long form that it stands for."""
    form = GLOSS.sub("", form) if form.endswith((")", "）")) else form
    own, others = _endings(word)
    return form.endswith(own) and not form.endswith(others)


@cache
def _endings(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What names of the parks that the bare word stands for end with, and what those of others do."""
    meant = (word, *LOOSE.get(word, ()))
    own = (word, *(long for long, short in park_synonyms() if short == word))
    return own, tuple(long for long, short in park_synonyms() if short not in meant)
