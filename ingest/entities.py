"""Who is who in one report: the forms of a name become one entity with a lasting id.

In: forms (a string, its kind and subkind, how often it was met) and the declared short names. Out:
entities. Two forms are one only where a rule says so: the same brand once place, legal form and general
trades are gone, a declared short name, or an abbreviation made of the full name's characters. A short form
that is merely the start of a longer brand stays apart.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from ingest.candidates import suffixes
from ingest.districts import load
from ingest.edges import begins_known, boundaries, generic, known, trades
from ingest.firm_names import (
    BRACKET,
    abbreviates,
    bare_brand,
    clips,
    core,
    holds,
    short_forms,
    starts,
    stem,
    without_place,
)
from ingest.lexicon import cut, districts, unknown
from ingest.model import Entity, EntityKind
from ingest.places import place
from seeds import lookup

LEVELS = "省市区县旗州"
LETTER = {"enterprise": "e", "park": "p", "institution": "o", "initiative": "a"}
QUOTES = str.maketrans("", "", "“”‘’《》\"' ·+")
LEVEL = re.compile(r"国家级|国家|省级|市级|自治区级")
PERIOD = re.compile(r"[(（](20\d\d)\s*[—\-–~～至]\s*(20\d\d)年?[)）]")
PLANS = {"十二五": "2011/2015", "十三五": "2016/2020", "十四五": "2021/2025", "十五五": "2026/2030"}
WAY_WORKS = re.compile(
    "(?<=高速公路|城际铁路)(?:新建|改扩建|建设)?(?:项目|工程)$|(?<=高速|铁路|高铁|大桥|机场)(?:新建|改扩建|建设)?(?:项目|工程)$"
)
FIRST_HELD = re.compile("^(?:首届|20\\d\\d年?)(?=.{4})")  # 首届骊山论坛 is 骊山论坛
LINE = re.compile(r"^(?:地铁|轨道交通|轻轨)(?=S?\d{1,2}号线)")  # 地铁9号线 is 9号线
NATIONAL = re.compile("^中国[(（]([^()（）]{2,6})[)）]")  # 中国(骐州)软件谷 is 骐州软件谷
VALLEY = re.compile("(?<=.)中国(?=[^区]{1,4}谷$)")  # 骐州中国氢谷 is 骐州氢谷
GRADE_INSIDE = re.compile("(?<=.)(?:国家级?|省级)(?=[^区]{1,8}区$)")  # 骐州国家高新区 is 骐州高新区


@dataclass(slots=True)
class Form:
    """A string met as a name."""

    text: str
    kind: EntityKind
    subkind: str
    count: int = 0
    full: bool = False


@dataclass(slots=True)
class Group:
    """Forms of one entity; `key` is what its id is made of."""

    kind: EntityKind
    key: str
    forms: list[Form] = field(default_factory=list)
    declared: dict[str, str] = field(default_factory=dict)
    damaged: set[str] = field(default_factory=set)
    former: set[str] = field(default_factory=set)


def key_of(form: str, kind: EntityKind, home: str | None) -> str:
    """What the id of this form is made of.

    A brand is enough by itself; a name of common words (产业技术研究院) goes with its place or the home.
    """
    text = form.translate(QUOTES)
    if kind == "enterprise":
        brand = core(text)
        _, places = without_place(text)
        return brand if not places or unknown(brand) else f"{place(places[-1], home) or places[-1]}|{brand}"
    for long, short in park_synonyms():
        if text.endswith(long) or kind == "institution":
            text = text.replace(long, short)
    text = BRACKET.sub("", text)
    if kind == "park":
        text = VALLEY.sub("", GRADE_INSIDE.sub("", NATIONAL.sub(r"\1", text)))
    if kind == "institution":
        text = text.replace("新疆生产建设兵团", "兵团")
    if kind == "initiative":
        text = FIRST_HELD.sub("", text)
        text = WAY_WORKS.sub("", LINE.sub("", text)).replace("高速公路", "高速") or text
    rest, places = without_place(text)
    if kind == "institution":
        body = _body_key(rest, places, home)
        if body is not None:
            return body
        if rest in _bare("institution") or text.endswith("大学"):
            return text
    if kind == "initiative" and form in known():
        return known()[form][0]
    if kind == "park" and rest[0] in LEVELS and rest[1:] in boundaries("alone"):
        return f"{place(rest[0], home) or home}|{rest[1:]}"  # 县产业集聚区
    if len(rest) >= 4 and unknown(rest):
        return rest
    where = place(places[-1], home) if places else home
    return f"{where or ''.join(places)}|{rest}"


@cache
def park_synonyms() -> tuple[tuple[str, str], ...]:
    """Long and short endings of parks' names that mean the same."""
    return tuple((row["long"], row["short"]) for row in lookup("park_synonyms"))


@cache
def _bare(kind: str) -> frozenset[str]:
    return frozenset(s.word for s in suffixes()[1] if s.kind == kind) | generic(kind)


@cache
def _body_synonyms() -> tuple[tuple[str, str], ...]:
    return tuple((row["long"], row["short"]) for row in lookup("body_synonyms"))


@cache
def _body_words() -> frozenset[str]:
    return frozenset(row["word"] for row in lookup("public_bodies") if row["role"] != "national")


def _body_key(rest: str, places: Sequence[str], home: str | None) -> str | None:
    """The key of a department or organ: where it is and what it is; None for other institutions."""
    level = rest[:1] if rest[:1] in "省市区县州旗" else ""
    body = rest[1:] if level and rest[1:] in _body_words() else rest
    if body not in _body_words():
        return None
    where = place(places[-1], home) if places else place(level, home) if level else home
    if not places and not level and body.endswith("厅") and home:
        where = home[:2] + "0000"  # 商务厅: only provinces have them
    for long, short in _body_synonyms():
        body = body.replace(long, short)
    return f"{where or ''.join(places)}|{body}"


def identity(kind: EntityKind, key: str) -> str:
    """The entity's id: its letter and ten hex digits of the key."""
    return f"{LETTER[kind]}-{hashlib.sha1(f'{kind}|{key}'.encode()).hexdigest()[:10]}"


HOUSES = ("科技园", "产业园", "科创园", "创业园", "园区")  # behind a park's own name (骊创谷科技园)


def possible(made: Group) -> list[str]:
    """Short forms, sure enough to be looked for, of a firm or park whose full name the text gives."""
    if made.kind == "park":
        brands = {form.text.removesuffix(kind) for form in made.forms for kind in HOUSES}
        return sorted(b for b in brands if b.endswith("谷") and 3 <= len(b) <= 5 and unknown(b))
    fulls = [f.text for f in made.forms if made.kind == "enterprise" and f.text.endswith("公司")]
    shorts = {short for full in fulls for short in short_forms(full) if unknown(short)}
    return sorted(shorts | {brand for full in fulls if (brand := bare_brand(full)) is not None})


def group(forms: list[Form], declared: dict[str, str], home: str | None) -> list[Group]:
    """The entities that the forms make; `declared` maps a short name to the form that it stands for."""
    by_key: dict[tuple[str, str], list[Form]] = defaultdict(list)
    for form in sorted(forms, key=lambda f: (-len(f.text), f.text)):
        by_key[form.kind, key_of(form.text, form.kind, home)].append(form)
    groups: list[Group] = []
    for (_, key), members in by_key.items():
        groups.extend(_split(members[0].kind, key, members))
    _place_left_out(groups)
    _common_brands(groups)
    _townships(groups)
    _first_words(groups)
    _declare(groups, declared)
    _mend(groups)
    _borne(groups)
    return _abbreviations(groups)


def _split(kind: EntityKind, key: str, members: list[Form]) -> list[Group]:
    """Two firms with different full names and one brand stay two; short forms go to the one most met."""
    fulls = [m for m in members if kind == "enterprise" and m.text.endswith("有限公司")]
    names = {_told(m.text) for m in fulls}
    if len(names) < 2:
        return [Group(kind, key, members)]
    main = _told(max(fulls, key=lambda m: (m.count, -len(m.text), m.text)).text)
    result = [Group(kind, key, [m for m in members if m not in fulls or _told(m.text) == main])]
    for other in sorted(names - {main}):
        result.append(Group(kind, other, [m for m in fulls if _told(m.text) == other]))
    return result


def _told(full: str) -> str:
    """What tells a full name from its sisters: place and trade."""
    return "".join(p.rstrip("省市区县") for p in without_place(full)[1][-1:]) + stem(full)


def _place_left_out(groups: list[Group]) -> None:
    """Joins a form without a place to the one entity of its kind that is the same with a place."""
    with_place: dict[tuple[str, str], list[Group]] = defaultdict(list)
    for made in groups:
        for form in made.forms:
            rest, places = without_place(form.text.translate(QUOTES))
            if places and made not in with_place[made.kind, rest]:
                with_place[made.kind, rest].append(made)
                if places[-1][-1] in LEVELS:  # 市交通运输委 is 骐州市交通运输委
                    with_place[made.kind, places[-1][-1] + rest].append(made)
    for made in groups:
        bare = made.forms[0].text.translate(QUOTES)
        fuller = [g for g in with_place[made.kind, bare] if g is not made]
        if len(made.forms) == 1 and len(fuller) == 1 and made.kind != "enterprise" and len(bare) >= 4:
            fuller[0].forms.append(made.forms[0])
            made.forms = []
    groups[:] = [g for g in groups if g.forms]


def _common_brands(groups: list[Group]) -> None:
    """Joins 天业集团 to the one full name it shortens: a brand of common words is keyed with a place."""
    fulls = [g for g in groups if g.kind == "enterprise" and "|" in g.key]
    for made in groups:
        short, tail = made.forms[0].text, f"|{made.key}"
        told = short.endswith(("集团", "公司")) or len(short) >= BRANDED
        if made.kind != "enterprise" or "|" in made.key or not told:
            continue
        fuller = [g for g in fulls if g.key.endswith(tail) and short in short_forms(g.forms[0].text)]
        if len(fuller) == 1:
            fuller[0].forms.extend(made.forms)
            made.forms = []
    groups[:] = [g for g in groups if g.forms]


BRANDED = 4  # so many characters tell a firm without 公司 from a common word


def _first_words(groups: list[Group]) -> None:
    """Joins 骐达公司 to the one full name in the report that begins so once its place is gone
    (宁海骐达旅游用品有限公司), and a full name without its place to the one that has it."""
    fulls = [
        (made, form.text)
        for made in groups
        for form in made.forms
        if made.kind == "enterprise" and form.text.endswith(("有限公司", "责任公司"))
    ]
    for made in groups:
        text = made.forms[0].text if len(made.forms) == 1 and made.kind == "enterprise" else ""
        if not text.endswith("公司"):
            continue
        if text.endswith(("有限公司", "责任公司")):
            fit = {id(g): g for g, full in fulls if g is not made and without_place(full)[0] == text}
        else:
            brand = text.removesuffix("公司")
            told = len(brand) >= 2 and brand not in generic("enterprise") | trades()
            fit = {id(g): g for g, full in fulls if told and _begins(full, brand)}
        if len(fit) == 1:
            next(iter(fit.values())).forms.extend(made.forms)
            made.forms = []
    groups[:] = [g for g in groups if g.forms]


def _begins(full: str, brand: str) -> bool:
    """Whether a full name goes so once its place is gone; a brand that is a place's name too stands after
    another (沈阳安骐自动化有限公司)."""
    rest, places = without_place(full)
    if brand in districts():
        return bool(places) and (rest.startswith(brand) or places[-1] == brand != places[0])
    return rest.startswith(brand)


def _borne(groups: list[Group]) -> None:
    """Joins a project or plant to the one form of its kind that has its firm or its place before it
    (骐海集团骊县低空经济示范项目, 骊县低空经济示范项目)."""
    firms = {form.text for made in groups if made.kind == "enterprise" for form in made.forms}
    wholes = [
        (made, form.text[len(head) :])
        for made in groups
        if made.kind in ("initiative", "enterprise")
        for form in made.forms
        if form.subkind in ("project", "plant")
        for head in _bearers(form.text, firms)
    ]
    for made in groups:
        one = made.forms[0]
        if len(made.forms) > 1 or one.subkind not in ("project", "plant") or len(one.text) < BORNE_LEAST:
            continue
        fit = {id(whole): whole for whole, rest in wholes if rest == one.text and whole is not made}
        if len(fit) == 1:
            next(iter(fit.values())).forms.append(one)
            made.forms = []
    groups[:] = [g for g in groups if g.forms]


BORNE_LEAST = 7  # shorter works (二期项目) every firm has


def _bearers(text: str, firms: set[str]) -> list[str]:
    """The firms' and places' names that the string begins with."""
    heads = (text[:size] for size in range(2, len(text) - BORNE_LEAST + 1))
    _, places = without_place(text)
    return [head for head in heads if head in firms or head == "".join(places)]


LOOSE = {  # an ending that people use of a park, and the endings that the park may have
    "开发区": ("经开区", "高新区"),
    "园区": ("经开区", "高新区", "开发区", "工业园", "产业园"),
}


TOWNSHIP = re.compile(r"(?:[^省市区县]{0,4}(?:镇|乡|街道|村)|(?:园|开发|高新|经开|新)区)$")


def _townships(groups: list[Group]) -> None:
    """Joins a firm's form to the one form that has its town before it (柳溪镇X合作社)."""
    firms = [made for made in groups if made.kind == "enterprise"]
    ending: dict[str, list[Group]] = defaultdict(list)
    for made in firms:
        for text in {form.text for form in made.forms}:
            for at in range(2, len(text) - 3):
                if TOWNSHIP.search(text[max(0, at - 6) : at]):
                    ending[text[at:]].append(made)
    for made in firms:
        fuller = [other for other in ending[made.forms[0].text] if other is not made and other.forms]
        if len(made.forms) == 1 and len(fuller) == 1:
            fuller[0].forms.extend(made.forms)
            made.forms = []
    groups[:] = [g for g in groups if g.forms]


def _declare(groups: list[Group], declared: dict[str, str]) -> None:
    """Joins each declared short name to its full form's entity."""
    for short, full in declared.items():
        target = next((g for g in groups if any(f.text == full for f in g.forms)), None)
        if target is None:
            continue
        target.declared[short] = full
        for other in groups:
            if other is target or other.kind != target.kind:
                continue
            if any(short in (f.text, BRACKET.sub("", f.text)) for f in other.forms):
                target.forms.extend(other.forms)
                other.forms = []
    groups[:] = [g for g in groups if g.forms]


TELLING = frozenset(
    "一二三四五六七八九十东西南北中上下甲乙丙丁大小新老"
)  # a change of these names another thing
MEND_LEAST = 6  # shorter names differ by one character too often


def _mend(groups: list[Group]) -> None:
    """Joins a name met once to one met more often that differs in one unclaimed character (a scan's)."""
    by_shape: dict[tuple[str, int, str], list[tuple[Group, Form]]] = defaultdict(list)
    for made in groups:
        for form in made.forms:
            if len(form.text) >= MEND_LEAST:
                by_shape[made.kind, len(form.text), form.text[-2:]].append((made, form))
    for rows in by_shape.values():
        for made, form in [(m, f) for m, f in rows if f.count == 1]:
            sound = [m for m, f in rows if m is not made and f.count > 1 and _slip(form.text, f.text)]
            if len(sound) == 1 and made.forms == [form]:
                sound[0].forms.append(form)
                sound[0].damaged.add(form.text)
                made.forms = []
    groups[:] = [g for g in groups if g.forms]


def _slip(damaged: str, sound: str) -> bool:
    """Whether the first is the second with one character changed that no common word claims."""
    places = [i for i, (a, b) in enumerate(zip(damaged, sound, strict=True)) if a != b]
    if len(places) != 1 or damaged[places[0]] in TELLING or sound[places[0]] in TELLING:
        return False
    at = places[0]
    lone = any(w.start == at and w.end == at + 1 and w.tag == "o" for w in cut(damaged))
    return lone and damaged[at].isalpha() and not damaged[at].isascii()


def _abbreviations(groups: list[Group]) -> list[Group]:
    """Joins a firm's short form to the one full name that it abbreviates."""
    firms = [g for g in groups if g.kind == "enterprise"]
    by_start: dict[str, list[tuple[Group, str]]] = defaultdict(list)
    for made in firms:
        for form in made.forms:
            if form.text.endswith("公司"):
                by_start[core(form.text)[:2]].append((made, form.text))
    wholes = [
        (g, full) for near in by_start.values() for g, full in near if full.endswith(("有限公司", "责任公司"))
    ]
    for short in firms:
        if any(f.text.endswith("公司") for f in short.forms):
            continue
        near = by_start.get(short.forms[0].text[:2], [])
        targets = {id(g): g for g, full in near if all(abbreviates(s.text, full) for s in short.forms)}
        if not targets and all(s.text not in known() for s in short.forms):
            targets = {id(g): g for g, full in near if all(starts(s.text, full) for s in short.forms)}
        if not targets:
            told = {
                id(g): g
                for g, full in wholes
                for s in short.forms[:1]
                if holds(s.text, full) or clips(s.text, full)
            }
            targets = told if len(short.forms) == 1 else {}
        if len(targets) == 1:
            target = next(iter(targets.values()))
            target.forms.extend(short.forms)
            short.forms = []
    return [g for g in groups if g.forms]


def entity(made: Group, home: str | None) -> Entity:
    """The row of a group."""
    forms = sorted(made.forms, key=lambda f: (f.subkind == "", -len(f.text), f.text))
    sound = [f for f in forms if f.text not in made.damaged | made.former] or forms
    name = max(sound, key=lambda f: (len(f.text), f.text)).text
    others = sorted({f.text for f in forms} | set(made.declared), key=lambda t: (-len(t), t))
    aliases = tuple((t, _alias_kind(made, t)) for t in others if t != name)
    nationwide = _nationwide(made, name)
    noted = made.kind == "initiative" and name in known()  # 平陆运河 is of no one county
    _, places = ("", ()) if nationwide or noted else without_place(name)
    where = _seat(name, places, home) if places else None if nationwide else home
    if made.kind != "enterprise" and made.key.split("|")[0].isdigit():
        where = made.key.split("|")[0]
    level = LEVEL.match(name)
    period = PERIOD.search(name)
    plan = next((span for word, span in PLANS.items() if word in name), None)
    return Entity(
        id=identity(made.kind, made.key), kind=made.kind, name=name, short_name=_shortest(made, others, name),
        subkind=_subkind(forms), level=level[0] if level and made.kind == "park" else None,
        industry=_industry(name) if made.kind == "enterprise" else None, district_id=where,
        period=f"{period[1]}/{period[2]}" if period else plan if made.kind == "initiative" else None,
        aliases=aliases, weight=sum(f.count for f in forms),
    )  # fmt: skip


WATERS = "湖山江河峡关"


def _seat(name: str, places: Sequence[str], home: str | None) -> str | None:
    """Where the place that a name begins with lies; the home where it is none: a lake's or a firm's name
    (鄱阳湖…, 宁德时代骐州基地), a park for those from Taiwan, a far county's short form (锦屏深地中心)."""
    at = name.find(places[-1]) + len(places[-1])
    short = places[-1][-1] not in LEVELS
    if short and (name[at : at + 1] in WATERS or begins_known(name, 0) or name.startswith("台湾农民")):
        return home
    found = place(places[-1], home)
    table = load()
    if found is None or home is None or found not in table or len(places) > 1:
        return found
    return home if short and table[found].level == "county" and found[:2] != home[:2] else found


def _nationwide(made: Group, name: str) -> bool:
    """Whether it is a body of the State or a firm that everyone knows: of no one place, whatever its name
    begins with (德州仪器)."""
    if made.kind == "institution":
        return name in _national_bodies()
    entry = known().get(name)
    return made.kind == "enterprise" and entry is not None and entry[1] == "enterprise"


@cache
def _national_bodies() -> frozenset[str]:
    return frozenset(row["word"] for row in lookup("public_bodies") if row["role"] == "national")


def _alias_kind(made: Group, form: str) -> str:
    return "damaged" if form in made.damaged else "former" if form in made.former else "short"


def _shortest(made: Group, forms: list[str], name: str) -> str | None:
    sound = [form for form in forms if form != name and form not in made.damaged | made.former]
    return min(sound, key=lambda form: (len(form), form in LOOSE, form), default=None)


def _subkind(forms: list[Form]) -> str | None:
    for form in forms:
        if form.subkind:
            return form.subkind
    return None


def _industry(name: str) -> str | None:
    """The trade at the end of a firm's name, where it says more than 科技."""
    bare = stem(name)
    words = cut(bare)
    tail = bare[words[-1].start :] if words else ""
    return tail if len(words) > 1 and tail in trades() and tail not in boundaries("idle-trade") else None
