"""Names by their own form: suffix, quotation marks, title marks, known bodies.

In: the clean text of a paragraph. Out: candidates, each with its place, kind and the rule that found it.
A suffix (有限公司, 高新区, 研究院, 工程) gives the right edge; the left edge is where the first word stands
that no name crosses (`name_boundaries.csv`: verbs that govern, prepositions, what is said of the named
thing). What is then left must say more than its kind (`name_generic.csv`): 国家级重点实验室 is no name.
Refuses nothing; what is no name is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from ingest.lexicon import Word, cut, districts
from ingest.model import EntityKind
from seeds import lookup

REACH = 34  # the longest modifier looked at, in characters
HARD = frozenset("，。；：！？、,;:!?\n\t\r　 《》…—|/~～")
OPENING = {")": "(", "”": "“", "’": "‘", "）": "（"}
LIMIT = {")": 8, "）": 8, "”": 14, "’": 14}
TITLE = re.compile(r"《([^《》\n]{3,60})》")
SLOGAN = re.compile(r"[“‘]([^“”‘’\n]{3,10})[”’]")
NUMERAL = re.compile(r"[一二三四五六七八九十两双百千万]")
PHASE = re.compile(r"(?:[（(]?[一二三四五六]期[)）]?)(?:项目|工程)?|[A-Z]区|(?:项目|工程)")
LAW = ("policy", "plan", "action", "programme", "mechanism")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible name: clean offsets in a paragraph. `sure` is false where other evidence must join it."""

    start: int
    end: int
    kind: EntityKind
    subkind: str
    rule: str
    sure: bool = True


class Suffix(NamedTuple):
    word: str
    kind: EntityKind
    subkind: str
    need: str


@cache
def suffixes() -> tuple[AhoCorasick, tuple[Suffix, ...]]:
    """The automaton of all suffixes with their rows."""
    rows = tuple(Suffix(r["suffix"], r["kind"], r["subkind"], r["need"]) for r in lookup("name_suffixes"))  # type: ignore[arg-type]
    return AhoCorasick([r.word for r in rows], matchkind=MatchKind.LeftmostLongest), rows


@cache
def boundaries(role: str) -> frozenset[str]:
    """Words of `name_boundaries.csv` with this role (pass, stop, govern)."""
    return frozenset(row["word"] for row in lookup("name_boundaries") if row["role"] == role)


@cache
def generic(kind: str) -> frozenset[str]:
    """Modifiers that by themselves make no name of this kind."""
    return frozenset(row["word"] for row in lookup("name_generic") if row["kind"] in ("*", kind))


@cache
def _bodies() -> tuple[AhoCorasick, tuple[tuple[str, str], ...]]:
    rows = tuple((row["word"], row["role"]) for row in lookup("public_bodies"))
    return AhoCorasick([word for word, _ in rows], matchkind=MatchKind.LeftmostLongest), rows


@cache
def known() -> dict[str, tuple[str, EntityKind, str, bool]]:
    """Form -> (name, kind, subkind, sure) of names that everyone knows."""
    table: dict[str, tuple[str, EntityKind, str, bool]] = {}
    for row in lookup("known_names"):
        sure = not row["reason"].startswith("framed")
        for form in (row["name"], *filter(None, row["aliases"].split("|"))):
            table[form] = (row["name"], row["kind"], row["subkind"], sure)  # type: ignore[assignment]
    return table


@cache
def _known_automaton() -> tuple[AhoCorasick, tuple[str, ...]]:
    forms = tuple(known())
    return AhoCorasick(list(forms), matchkind=MatchKind.LeftmostLongest), forms


def window(text: str, end: int, reach: int = REACH) -> int:
    """Where the stretch before `end` begins that may hold a name: at a hard mark, brackets and quotes jumped."""
    low = max(0, end - reach)
    i = end
    while i > low:
        char = text[i - 1]
        if char in OPENING:
            opened = text.rfind(OPENING[char], max(0, i - 1 - LIMIT[char]), i - 1)
            if opened < 0:
                return i
            i = opened
            continue
        if char in HARD or char in "“‘(（":
            return i
        i -= 1
    return i


def walk(text: str, start: int, end: int, kind: str) -> tuple[int, list[Word]]:
    """The left edge of the name whose suffix begins at `end`, not before `start`, and the modifier's words."""
    words = cut(text[start:end])
    stop, allowed = boundaries("stop"), boundaries("pass")
    kept: list[Word] = []
    for position in range(len(words) - 1, -1, -1):
        word = words[position]
        piece = text[start + word.start : start + word.end]
        if _stops(words, position, piece, word.tag, kind, stop, allowed, text, start):
            break
        kept.append(word)
    kept.reverse()
    while kept and _weak_edge(text, start, kept[0], kept):
        kept.pop(0)
    left = start + kept[0].start if kept else end
    return _restart(text, start, kept, left, end)


def _stops(
    words: list[Word], position: int, piece: str, tag: str, kind: str,
    stop: frozenset[str], allowed: frozenset[str], text: str, start: int,
) -> bool:  # fmt: skip
    word = words[position]
    before = words[position - 1] if position else None
    if tag == "x" and piece[0].isdigit() and piece.replace(".", "").isdigit():
        capacity = text[max(0, start + word.start - 3) : start + word.start]
        return not any(cue in capacity for cue in ("年产", "日产", "处理", "新增"))
    if piece in allowed:
        clause_initial = word.start == 0 or (before is not None and before.tag in ("d", "p", "u", "c"))
        return piece in GOVERNING and clause_initial and start + word.end < len(text)
    if piece in stop:
        lone = len(piece) == 1 and before is not None and before.tag == "o"
        alone = lone and (position < 2 or words[position - 2].tag not in ("o",))
        return not (piece in "和为与" and alone and kind == "enterprise")
    if word.end - word.start == 1:
        return tag in ("r", "u", "d", "p")
    return tag[0] in "vpcudry" and tag != "vn"


# Verbal nouns that names hold, but that govern the name when a clause opens with them.
GOVERNING = frozenset("建设 开发 投资 创新 发展 培育 引进 支持 促进 提升 保障 强化 完善 优化 联合 管理 改造 升级 上市 扶持 帮扶".split())


def _weak_edge(text: str, start: int, word: Word, kept: list[Word]) -> bool:
    """Whether a name cannot begin with this word: adverbs, adjectives of rank, counts."""
    piece = text[start + word.start : start + word.end]
    if word.tag in ("d", "u", "c", "p", "r", "q", "f", "m") and len(piece) == 1 and len(kept) > 1:
        return kept[1].tag != "o"
    return word.tag in ("t", "d") and len(piece) > 1 and piece not in ("现代", "未来", "当代", "新时代")


def _restart(text: str, start: int, kept: list[Word], left: int, end: int) -> tuple[int, list[Word]]:
    """A district's name inside begins the name where only common words stand before it."""
    for position, word in enumerate(kept):
        if word.tag == "o" or word.tag == "x":
            break
        if word.tag == "ns":
            if position and not any(w.tag == "ns" for w in kept[:position]):
                before = text[left : start + word.start]
                if not before.endswith(("大学", "学院", "研究院", "集团", "公司", "实验室", "银行", "科学院", "”", "’")):
                    return start + word.start, kept[position:]
            break
    return left, kept


def distinct(text: str, start: int, words: list[Word], kind: str) -> bool:
    """Whether the modifier says more than the kind."""
    plain = generic(kind)
    return any(
        text[start + w.start : start + w.end] not in plain and w.tag not in ("q", "u", "m", "c", "p", "d")
        and not (w.tag == "o" and w.end - w.start == 1 and text[start + w.start] in "省市区县州镇型级类新老大小多等")
        for w in words
    )  # fmt: skip


def proper(text: str, start: int, words: list[Word]) -> bool:
    """Whether the modifier holds a mark of a proper name: unclaimed characters, a district, Latin, quotes."""
    run = 0
    for w in words:
        piece = text[start + w.start : start + w.end]
        run = run + 1 if w.tag == "o" and piece not in "·()（）" else 0
        if run >= 2 or w.tag == "ns" or piece in known() or piece in "“”‘’":
            return True
        if w.tag == "x" and piece[0].isalpha() and len(piece) > 1:
            return True
    return False


def titled(text: str) -> list[Candidate]:
    """Policies and plans in title marks."""
    found: list[Candidate] = []
    automaton, rows = suffixes()
    for match in TITLE.finditer(text):
        inner = re.sub(r"[(（][^()（）]*[)）]$", "", match[1])
        tail = [rows[i] for i, _, e in automaton.find_matches_as_indexes(inner) if e == len(inner)]
        if tail and tail[0].kind == "initiative" and tail[0].subkind in LAW:
            found.append(Candidate(match.start(1), match.end(1), "initiative", tail[0].subkind, "name.title"))
        elif inner.endswith(("法", "书", "办法", "清单")) and len(inner) >= 4:
            found.append(Candidate(match.start(1), match.end(1), "initiative", "policy", "name.title", False))
    return found


def slogans(text: str) -> list[Candidate]:
    """Plans known by a counted slogan in quotes: two numerals or more in three to eight characters."""
    found: list[Candidate] = []
    for match in SLOGAN.finditer(text):
        inner = match[1]
        if len(NUMERAL.findall(inner)) >= 2 and len(inner) <= 8 and not inner.endswith("五"):
            before = text[max(0, match.start() - 4) : match.start()]
            if any(verb in before for verb in SLOGAN_CUES):
                found.append(Candidate(match.start(1), match.end(1), "initiative", "plan", "name.slogan"))
    return found


SLOGAN_CUES = ("推进", "围绕", "实施", "聚焦", "锚定", "紧扣", "落实", "构建", "深化", "打造", "开展", "启动", "践行")


def suffixed(text: str) -> list[Candidate]:
    """Every name that a suffix ends."""
    automaton, rows = suffixes()
    found: list[Candidate] = []
    inside = [m.span(1) for m in TITLE.finditer(text)]
    for index, at, end in automaton.find_matches_as_indexes(text):
        if any(a <= at < b for a, b in inside):
            continue
        made = _by_suffix(text, rows[index], at, end)
        if made is not None:
            found.append(made)
    return found


def _by_suffix(text: str, row: Suffix, at: int, end: int) -> Candidate | None:
    opened = window(text, at)
    if opened >= at:
        return None
    left, words = walk(text, opened, at, row.kind)
    if not words:
        return None
    size = at - left
    quoted = "“" in text[left:at] or "‘" in text[left:at]
    is_proper = proper(text, opened, words)
    is_distinct = distinct(text, opened, words, row.kind)
    need = row.need
    capacity = "年产" in text[left:at]
    accept = {
        "any": is_distinct and size >= 2,
        "proper": is_proper and is_distinct and size >= 2,
        "quoted": quoted,
        "titled": quoted and row.word not in ("政策", "措施", "法"),
        "govern": quoted or (is_distinct and size >= 4 and _governed(text, left, opened)),
    }[need] or (row.subkind == "project" and capacity)
    if not accept:
        return None
    if row.kind == "enterprise" and row.word not in ("有限公司",) and not row.word.endswith("有限公司") and not is_proper:
        return None
    left, end = _quotes(text, left, end)
    return Candidate(left, end, row.kind, row.subkind, f"name.suffix.{row.subkind.replace(' ', '-')}")


def _quotes(text: str, left: int, end: int) -> tuple[int, int]:
    """Takes in an opening quote that the name began just after."""
    inner = text[left:end]
    if left and inner.count("”") > inner.count("“") and text[left - 1] == "“":
        return left - 1, end
    return left, end


def _governed(text: str, left: int, opened: int) -> bool:
    """Whether the words before the name govern initiatives (实施, 推进, 启动, ...)."""
    before = text[max(0, left - 4) : left]
    return any(before.endswith(verb) for verb in boundaries("govern")) or (left >= 1 and text[left - 1] in "、和" and left == opened)


def bodies(text: str) -> list[Candidate]:
    """Departments and organs, with the place or level before them."""
    automaton, rows = _bodies()
    found: list[Candidate] = []
    for index, at, end in automaton.find_matches_as_indexes(text):
        word, role = rows[index]
        left = at
        if role != "national":
            left = _place_before(text, at)
            if left == at and (role == "council" or (at and text[at - 1] not in HARD and "一" <= text[at - 1] <= "鿿")):
                continue
        if text[end : end + 1] in ("局", "厅", "部", "委", "院") or text[end : end + 2] in ("工作", "报告"):
            continue
        found.append(Candidate(left, end, "institution", "government body", "name.body"))
    return found


PLACE = re.compile(r"(?:(?:中共)?[一-鿿]{2,12}?)?(?:省|市|区|县|州|旗|新区|高新区|经开区)$")


def _place_before(text: str, at: int) -> int:
    """Where the place before a public body begins; `at` itself where none stands there."""
    opened = window(text, at, 16)
    words = cut(text[opened:at])
    left = at
    for word in reversed(words):
        piece = text[opened + word.start : opened + word.end]
        if word.tag == "ns" or (piece in LEVELS and left == at) or piece in PARK_ENDS:
            left = opened + word.start
        elif word.end - word.start == 1 and word.tag == "o" and left < at and text[left : left + 2] in PARK_ENDS:
            left = opened + word.start
        else:
            break
    return left


LEVELS = frozenset("省 市 区 县 州 旗 自治区 自治州 新区 省市 市县".split())
PARK_ENDS = frozenset("高新区 经开区 开发区 高新 经开 新区".split())


def famous(text: str) -> list[Candidate]:
    """Names that everyone knows; a common word among them is not sure by itself."""
    automaton, forms = _known_automaton()
    found: list[Candidate] = []
    for index, start, end in automaton.find_matches_as_indexes(text):
        _, kind, subkind, sure = known()[forms[index]]
        found.append(Candidate(start, end, kind, subkind, "name.known", sure))
    return found


def is_district(text: str) -> bool:
    """Whether the string is a district's name."""
    return text in districts()
