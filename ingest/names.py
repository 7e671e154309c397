"""Enterprises, parks, institutions and initiatives where a report names them.

In: the report's paragraphs and the code of the district that it is about. Out: the entities, and every place
where one is named (clean offsets). Evidence comes from `candidates` (form) and `frames` (surroundings); a
form that was found once is then found wherever the string stands by itself. Paragraphs of boilerplate are
skipped, credits name public bodies only. A name may lie inside a project's name (the firm in 京东二期).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from ingest.actors import actors
from ingest.bodies import bodies
from ingest.campaigns import campaigns
from ingest.candidates import ZONES, Candidate, park_words, suffixed, suffixes
from ingest.declared import declared as declared_names
from ingest.districts import MUNICIPALITIES
from ingest.edges import boundaries, known, trades
from ingest.entities import (
    Form,
    Group,
    entity,
    group,
    identity,
    possible,
)
from ingest.famous import SHORT, alone, famous
from ingest.firm_names import short_forms
from ingest.frames import framed
from ingest.lexicon import cut
from ingest.model import Entity, EntityKind, Name, Paragraph
from ingest.occasions import occasions
from ingest.opening import Seldom
from ingest.overrides import Override, ignored, merged, regroup
from ingest.park_classes import CROSSES
from ingest.park_forms import bare_zones, listed_with, same_parks
from ingest.parks import part_of
from ingest.partners import CHAIN_RULE, partners
from ingest.reach import apart
from ingest.rosters import rosters
from ingest.schemes import schemed
from ingest.shortened import shortened
from ingest.sites import sites
from ingest.titles import numbered, quoted, slogans, titled
from ingest.undertakings import undertakings
from ingest.works import works
from ingest.zones import ZONE, zones

__all__ = ["find_names", "short_forms"]

DECLARED = Seldom(
    r"[(（](?:\d{6}(?:\.[A-Z]{2})?[，,；;、]?)?(?:以下)?(?:简称|下称|统称)[:：]?[“‘\"]?([^“”‘’\"()（）]{2,12})[”’\"]?[)）]"
)
FORMER_IN = re.compile(
    r"[(（](?:原名|原称|曾用名|旧称|前身为?|前身是|原)[:：]?[“‘\"]?([^“”‘’\"()（）,，。]{3,24})[”’\"]?[)）]"
)
FORMER = re.compile(
    r"(?:的?前身(?:是|为)|原名(?:为|叫)?|曾用名)[“‘]?$"
)  # between the name and the former one
RENAMED = re.compile(
    r"(?:[^。；：、]{0,14}，)?(?:于?[\d年月日]{2,12})?(?:正式|已)?(?:更名|改名|改称)(?:为|成)[“‘]?$"
)  # between the former and the name
BRACKETED = re.compile(
    r"[(（]((?!以下|简称|下称)[^()（）“”]{3,12})[)）]"
)  # another form of the name before it, if they end alike
QUOTED = re.compile(
    r"[“‘]([^“”‘’]{3,12})[”’][^“”‘’]{2,6}"
)  # “揭榜挂帅”制度 is 揭榜挂帅 where that stands too
BEARS = ("enterprise", "institution")
GRADES = frozenset("级各类型个家")  # before a bare 高新区 they make it a class (国家级高新区)
# Characters of a phase: of 骐芯研发中心二期项目 the firm heads the name, and its centre is the project.
PHASED = 4

Key = tuple[str, EntityKind]


def find_names(
    paragraphs: Sequence[Paragraph], home: str | None, overrides: Sequence[Override] = ()
) -> tuple[list[Entity], list[Name]]:
    """The entities of a report and where they are named; `home` is a code of GB/T 2260.

    `overrides` are a person's decisions, which stand over the rules.
    """
    read = [p for p in paragraphs if p.kind != "boilerplate"]
    wide = home is not None and home.endswith("0000") and home not in MUNICIPALITIES
    chosen = [
        (
            p,
            [
                c
                for c in choose(_candidates(p))
                if not (wide and c.rule == ZONE and "自" not in p.text[c.start : c.end])
            ],
        )
        for p in read
    ]  # in a province a zone without its place is a class, unless it is listed
    forms, declared = _forms(chosen)
    former = _former(chosen)
    unwanted = ignored(overrides)
    forms = [form for form in forms if (form.text, form.kind) not in unwanted]
    listed = listed_with(chosen)
    groups = regroup(same_parks(group(forms, declared | former, home), listed), overrides, home)
    groups = shortened(read, apart(groups, home, merged(overrides)))
    for made in groups:
        made.former |= {old for old in former if any(f.text == former[old] for f in made.forms)}
    bare_zones(groups, listed)
    placed = {(p.index, c.start, c.end) for p, found in chosen for c in found if c.rule == CHAIN_RULE}
    return _sweep(read, groups, home, unwanted, placed)


def _candidates(paragraph: Paragraph) -> list[Candidate]:
    text = paragraph.text
    if (
        paragraph.kind == "credit"
    ):  # guests and their offices; a photographer's paper is no fact of the region
        return [c for c in (*bodies(text), *suffixed(text)) if c.subkind == "government body"]
    formed = suffixed(text)
    return [
        *titled(text), *slogans(text), *quoted(text), *numbered(text), *formed, *zones(text, formed),
        *sites(text, formed),
        *bodies(text), *famous(text), *framed(text), *rosters(text), *schemed(text), *works(text),
        *campaigns(text), *partners(text),
        *undertakings(text), *occasions(text), *actors(text), *declared_names(text),
    ]  # fmt: skip


def choose(found: list[Candidate]) -> list[Candidate]:
    """Of candidates that overlap the longest stays, and what heads a project's or a body's name."""
    if not found:
        return []
    firms = {(c.start, c.end) for c in found if c.kind == "enterprise" and c.sure}
    bearers = {c.start: c.end for c in sorted(found, key=lambda c: -c.end) if c.kind in BEARS and c.sure}
    taken: dict[int, Candidate] = {}
    kept: list[Candidate] = []
    for one in sorted(found, key=lambda c: (c.start - c.end, not c.sure, not _formed(c), c.rule)):
        if not one.sure and one.rule == "name.known" and (one.start, one.end) not in firms:
            continue
        over = {taken[i] for i in range(one.start, one.end) if i in taken}
        borne = one.kind != "enterprise" and bearers.get(one.start, one.end) < one.end
        if over and not (one.sure and all(_heads_of(one, longer, borne) for longer in over)):
            continue
        kept.append(one)
        for i in range(one.start, one.end):
            taken.setdefault(i, one)
    return sorted(kept, key=lambda c: (c.start, c.end))


def _formed(one: Candidate) -> bool:
    """Whether a park's own ending names it, which says more than the list that it stands in."""
    return one.kind == "park" and one.subkind != "data-centre park" and one.rule.startswith("name.suffix")


def _heads_of(one: Candidate, longer: Candidate, borne: bool) -> bool:
    """Whether a name stays beside the longer one that it begins (firm of a project, park of a board).

    `borne` says that a firm or body heads the shorter name too.
    """
    if one.start != longer.start or one.end >= longer.end:
        return False
    if longer.subkind == "project" and borne and longer.end - one.end <= PHASED:
        return False
    return _may_head(one, longer, one.rule == "name.suffix.company")


def _forms(chosen: list[tuple[Paragraph, list[Candidate]]]) -> tuple[list[Form], dict[str, str]]:
    """Every form that was found, and the declared short names."""
    table: dict[Key, Form] = {}
    declared: dict[str, str] = {}
    for paragraph, found in chosen:
        text = paragraph.text
        for one in found:
            surface = text[one.start : one.end]
            entry = known().get(surface)
            kind: EntityKind = one.kind
            form = table.setdefault((surface, kind), Form(surface, kind, one.subkind))
            form.count += 1
            if entry is not None and entry[0] != surface and entry[1] == kind:
                declared[surface] = entry[0]
        for name in {text[c.start : c.end] for c in found if c.kind == "park"}:
            if (part := part_of(name)) is not None:
                declared.setdefault(part, name)
        for one in found:
            bracket = BRACKETED.match(text, one.end)
            if bracket and bracket[1][-2:] == text[one.end - 2 : one.end]:
                declared[bracket[1]] = text[one.start : one.end]
        for match in DECLARED.finditer(text):
            before = [c for c in found if c.end <= match.start() <= c.end + 1]
            if before:
                full = max(before, key=lambda c: c.end - c.start)
                name = text[full.start : full.end]
                declared[match[1]] = name
    _quoted_twice(sorted(table), declared)
    kinds: dict[str, EntityKind] = {}
    for (surface, kind), form in sorted(table.items(), key=lambda item: (-item[1].count, item[0])):
        kinds.setdefault(surface, kind)
        del form
    return [form for (surface, kind), form in table.items() if kinds[surface] == kind], declared


def _quoted_twice(keys: Sequence[Key], declared: dict[str, str]) -> None:
    """Declares the quotation for its name, and the shorter of two names that one quotation makes
    (“骊鱼共作”新型种养模式, “骊鱼共作”模式)."""
    first: dict[tuple[str, str], str] = {}
    for surface, _ in keys:
        quoted = QUOTED.fullmatch(surface)
        if quoted:
            one = first.setdefault((quoted[1], surface[-2:]), surface)
            declared.update({surface: one} if one != surface else {})
        if quoted and (quoted[1], "initiative") in keys:
            declared.setdefault(quoted[1], surface)


def _former(chosen: list[tuple[Paragraph, list[Candidate]]]) -> dict[str, str]:
    """Former names that the report tells of, each with the name that came after it."""
    former: dict[str, str] = {}
    for paragraph, found in chosen:
        text = paragraph.text
        for one in found:
            bracket = FORMER_IN.match(text, one.end)
            if bracket and bracket[1][-1:] != "有":
                former[bracket[1]] = text[one.start : one.end]
        for one, two in pairwise(found):
            between, same = text[one.end : two.start], one.kind == two.kind and one.end <= two.start
            first, second = text[one.start : one.end], text[two.start : two.end]
            if same and len(between) <= 20 and FORMER.fullmatch(between):
                former[second] = first
            elif same and len(between) <= 36 and RENAMED.fullmatch(between):
                former[first] = second
    return {old: new for old, new in former.items() if new not in former}


def _sweep(
    read: list[Paragraph],
    groups: list[Group],
    home: str | None,
    unwanted: set[tuple[str, str]],
    placed: set[tuple[int, int, int]],
) -> tuple[list[Entity], list[Name]]:
    """Every standing of every form, longest first; `placed` are firms that surely stand there."""
    entities: dict[str, Entity] = {}
    owner: dict[str, Entity] = {}
    for made in sorted(groups, key=lambda g: (g.kind, g.key)):
        row = entity(made, home)
        entities[row.id] = row
        for surface in {f.text for f in made.forms} | set(made.declared):
            owner.setdefault(surface, row)
    for made in groups:
        for surface in possible(made):
            owner.setdefault(surface, entities[identity(made.kind, made.key)])
    owner = {form: row for form, row in owner.items() if (form, row.kind) not in unwanted}
    if not owner:
        return [], []
    surfaces = sorted(owner)
    # Made anew for each report, so the kind that is made quickest.
    automaton = AhoCorasick(
        surfaces, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
    )
    names: list[Name] = []
    counts: dict[str, int] = defaultdict(int)
    met: dict[str, set[str]] = defaultdict(set)
    heads = _heads(owner)
    for paragraph in read:
        text = paragraph.text
        for index, start, end in automaton.find_matches_as_indexes(text):
            surface = surfaces[index]
            row = owner[surface]
            found = row.kind == "enterprise" and (paragraph.index, start, end) in placed
            if not found and not _stands(text, start, end, row.kind):
                continue
            if (head := heads.get(surface)) is not None:
                names.append(Name(paragraph.index, start, start + head[0], head[1].kind, head[1].id))
                counts[head[1].id] += 1
            names.append(Name(paragraph.index, start, end, row.kind, row.id))
            counts[row.id] += 1
            met[row.id].add(surface)
    for row in entities.values():
        row.weight = counts[row.id]
        row.aliases = tuple((form, kind) for form, kind in row.aliases if form in met[row.id])
        listed = {row.name, *(form for form, _ in row.aliases)}
        row.aliases += tuple((surface, "short") for surface in sorted(met[row.id] - listed))
    return [row for row in entities.values() if row.weight], names


def _heads(owner: dict[str, Entity]) -> dict[str, tuple[int, Entity]]:
    """Name -> the firm, site or university that it begins with."""
    result: dict[str, tuple[int, Entity]] = {}
    for surface, row in owner.items():
        for size in range(len(surface) - 1, 1, -1):
            head = owner.get(surface[:size])
            if head is not None and head is not row and _may_head(head, row, _firm_in_full(head)):
                result[surface] = (size, head)
                break
    return result


def _firm_in_full(head: Entity) -> bool:
    return head.kind == "enterprise" and head.name.endswith(("集团", "公司"))


def _may_head(head: Candidate | Entity, longer: Candidate | Entity, firm: bool) -> bool:
    """Whether a name of this kind may begin a longer one; `firm` says that it has a firm's full form."""
    if longer.subkind == "project":
        return head.kind != "initiative"
    if longer.kind == "park":
        zone = head.kind == "park" and head.subkind in ZONES  # 骐江经开区 in 骐江经开区生物产业园
        return zone or firm  # 骐隆集团 in 骐隆集团物流园区
    if longer.kind == "initiative":
        return head.kind == "park"  # 昌州物流枢纽班列
    return longer.kind == "institution" and (
        (head.subkind == "university" and longer.subkind != "school") or head.kind in ("park", "enterprise")
    )


def _stands(text: str, start: int, end: int, kind: EntityKind) -> bool:
    """Whether the string stands there as itself: no word runs over its edges."""
    size = end - start
    if kind == "institution" and size <= SHORT and text[start:end] in known():
        return alone(text, start, end)
    if size > 4 or kind != "enterprise":
        if kind == "park" and size <= 4 and start:
            bare = text[start:end] in park_words()
            crossed = text[end : end + 1] == "区" or CROSSES.match(text, end - 1)  # 全市工业园|区
            classed = bare and (text[start - 1] in GRADES or crossed or _of_trade(text, start))
            return not classed and not _longer_suffix(text, start, end)
        return True
    low, high = max(0, start - 3), min(len(text), end + 3)
    for word in cut(text[low:high]):
        a, b = low + word.start, low + word.end
        summed = b == end + 1 and text[end] == "等"  # 艾骐克特等企业 holds no 特等
        led = text[a] in "如" and a == start - 1 and text[start:end] in known()  # 如上汽集团
        if b - a > 1 and not led and ((a < start < b) or (a < end < b and not summed)):
            return False
    return True


def _of_trade(text: str, start: int) -> bool:
    """Whether a trade stands before a bare 工业园, which then is a class (市级临港工业园)."""
    low = max(0, start - 6)
    last = cut(text[low:start])[-1]
    piece = text[low + last.start : low + last.end]
    return len(piece) > 1 and (piece in trades() or piece in boundaries("idle-site"))


def _longer_suffix(text: str, start: int, end: int) -> bool:
    """Whether a bare 开发区 or 工业园 is the end of a longer suffix (经济开发区)."""
    low = max(0, start - 6)
    hits = suffixes()[0].find_matches_as_indexes(text[low:end])
    return any(low + a < start and low + b == end for _, a, b in hits)
