"""Where a report names provinces, prefectures and counties, and how these lie within one another.

In: clean text and the district that the report is about. Out: intervals with six-digit codes of
GB/T 2260, and the places whose name fits several units. It refuses to guess: a short name that is also
an ordinary word, or a name that several units bear, counts only with evidence from the text or the home.

The tables are `districts` (units, present and former), `district_names` (former and common forms) and
`district_words` (what the names are mistaken for), each entry with its source or reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from ingest import lexicon
from seeds import lookup

Level = Literal["province", "prefecture", "county"]

# Municipalities directly under the central government: their 全市 is a province.
MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})
AUTONOMOUS_REGIONS = frozenset({"150000", "450000", "540000", "640000", "650000"})
_LEVELS = {"省": "province", "州": "prefecture", "盟": "prefecture", "县": "county", "旗": "county"}
LONGEST = 12  # characters of the longest name that is looked for inside a refused one
IDIOM = 4  # characters of a set phrase, which may end in a name's first (因地制宜兴业)
_CONTEXT = 4  # characters on either side that tell where words part
# Words after which a name that is easily part of another word (和县, 范县) may begin.
_OPENERS = frozenset("在与和及为是到从对向将由的于以如")


@dataclass(frozen=True, slots=True)
class District:
    """A unit of GB/T 2260. Degrees are those of the source; years are None where open or unknown."""

    id: str
    name: str
    short_name: str
    level: Level
    parent_id: str | None
    latitude: float | None
    longitude: float | None
    valid_from: int | None
    valid_to: int | None
    successor_id: str | None


class Place(NamedTuple):
    """A district named at `[start, end)` of the text with index `text`."""

    text: int
    start: int
    end: int
    id: str


class Open(NamedTuple):
    """A name at `[start, end)` of a text that fits all `candidates` and that nothing there settles."""

    text: int
    start: int
    end: int
    candidates: tuple[str, ...]


@dataclass(slots=True)
class Form:
    """A string that names units: in full (with its suffix), in short, or only seemingly (a trap)."""

    full: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    uses: frozenset[str] = frozenset()

    @property
    def trap(self) -> bool:
        return not (self.full or self.short)


class Match(NamedTuple):
    """A form found in a text before it is decided which unit it means."""

    start: int
    end: int
    candidates: tuple[str, ...]
    full: bool
    uses: frozenset[str]


@dataclass(frozen=True)
class Districts:
    """The table of units. Made by `load()`; never changed."""

    units: dict[str, District]
    forms: dict[str, Form]
    after: frozenset[str]
    suffixes: frozenset[str]
    _strings: list[str] = field(repr=False)
    _automaton: AhoCorasick = field(repr=False)

    # ---- the tree ----

    def __getitem__(self, id: str) -> District:
        """The unit with this code. Raises KeyError for a code that no unit ever had."""
        return self.units[id]

    def __contains__(self, id: object) -> bool:
        return id in self.units

    def get(self, id: str | None) -> District | None:
        return self.units.get(id) if id else None

    def parents(self, id: str) -> tuple[str, ...]:
        """The codes above a unit, the nearest first; () for a province."""
        above: list[str] = []
        parent = self.units[id].parent_id
        while parent:
            above.append(parent)
            parent = self.units[parent].parent_id
        return tuple(above)

    def is_within(self, id: str, ancestor: str) -> bool:
        """Whether a unit is `ancestor` or lies in it."""
        return id == ancestor or ancestor in self.parents(id)

    def full_name(self, id: str) -> str:
        """All names from the province down, 四川省成都市锦江区."""
        return "".join(self.units[i].name for i in (*reversed(self.parents(id)), id))

    def by_name(self, name: str) -> tuple[str, ...]:
        """The codes that bear a name, full or short, present units first; () where there is none."""
        form = self.forms.get(name)
        return (*form.full, *form.short) if form else ()

    def enclosing(self, home: str | None, word: str) -> str | None:
        """The unit that 全市, 我县, 该区, 本省 and the like mean in a report about `home`.

        None where home has no such unit (全县 in a city's report), and for 全国, which is no unit.
        """
        unit = self.get(home)
        if unit is None or not word:
            return None
        line = (unit.id, *self.parents(unit.id))
        last = word[-1]
        if last == "市":
            return self._city(unit, line)
        if last == "区":
            named = [i for i in line if self.units[i].name.endswith("区") and self.units[i].level == "county"]
            return next(iter(named + [i for i in line if i in AUTONOMOUS_REGIONS]), None)
        level = _LEVELS.get(last)
        alike = (i for i in line if self.units[i].level == level and self.units[i].name.endswith(last))
        # 我县 in an old report: the county that is a city or a district today.
        renamed = unit.id if last == "县" and unit.level == "county" else None
        return next(alike, renamed)

    def _city(self, unit: District, line: Sequence[str]) -> str | None:
        """A county-level city's 全市 is itself; a district's and a county's is the city above."""
        if unit.name.endswith("市"):
            return unit.id
        return next((i for i in line[1:] if self.units[i].name.endswith("市")), None)

    # ---- names in prose ----

    def matches(self, text: str) -> Iterator[Match]:
        """The forms in a text that stand where a name may stand, longest first from the left."""
        reach = -1
        for index, start, stop in self._automaton.find_matches_as_indexes(text):
            if start < reach:
                continue
            string = self._strings[index]
            if _FEATURE.match(text, stop) and self._of_counties(string):
                reach = stop + 1
                continue
            match = self._match(text, string, start, stop, start == reach)
            if match is None:
                match = self._hidden(text, stop - 1 if self.forms[string].trap else start + 1, stop)
            if match:
                reach = match.end
                yield match

    def _match(self, text: str, string: str, start: int, stop: int, begins: bool) -> Match | None:
        """The form as a match, or None; `begins` says that a word begins at `start` for certain."""
        form, end = self.forms[string], stop
        if form.full and text[end - 1 : end + 1] in self.suffixes:
            end = stop - 1
            form = self.forms.get(text[start:end], Form())
        if form.trap or (not form.full and (self._followed(text, end) or _TOWN_OF_NAME.match(text, end))):
            return None
        if not stands_alone(text, start, end, begins, bool(form.full)):
            return None
        if text[start] in _SCALES and text[start - 1 : start].isdigit():
            return None  # 6万全球客商
        return Match(start, end, form.full or form.short, bool(form.full), form.uses)

    def _of_counties(self, string: str) -> bool:
        """Whether a form is the short name of counties only."""
        form = self.forms[string]
        return bool(form.short) and not form.full and all(self.units[i].level == "county" for i in form.short)

    def _hidden(self, text: str, start: int, stop: int) -> Match | None:
        """A name that begins within a refused one: 江苏 in 美丽江苏, where 丽江 came first."""
        for index, first, last in self._automaton.find_matches_as_indexes(text[start : stop + LONGEST]):
            if start + first >= stop:
                break
            match = self._match(text, self._strings[index], start + first, start + last, True)
            if match:
                return match
        return None

    def _followed(self, text: str, end: int) -> bool:
        return text[end : end + 1] in self.after or text[end : end + 2] in self.after

    def read(self, texts: Sequence[str]) -> list[list[Match]]:
        """The matches of each text: what `survey` and `home.home` both go by."""
        return [list(self.matches(text)) for text in texts]

    def find(self, texts: Sequence[str], home: str | None) -> list[Place]:
        """Where districts are named in the paragraphs of one report about `home`."""
        return self.survey(texts, home)[0]

    def survey(
        self, texts: Sequence[str], home: str | None, read: Sequence[Sequence[Match]] | None = None
    ) -> tuple[list[Place], list[Open]]:
        """`find`, and with it the names that fit several units and that nothing settles. `read` is what
        `self.read(texts)` gave, where that was asked before."""
        found = self.read(texts) if read is None else read
        judge = _Judge(self, home, self._named(found))
        places: list[Place] = []
        unsettled: list[Open] = []
        for index, (text, matches) in enumerate(zip(texts, found, strict=True)):
            last: Place | None = None
            for match in matches:
                before = last.id if last and last.end == match.start else None
                ids = judge.read(match, text, before)
                if not ids and last and last.end + 1 == match.start and text[last.end] in LISTING:
                    ids = judge.listed(match, last.id)
                if len(ids) == 1:
                    last = Place(index, match.start, match.end, ids[0])
                    places.append(last)
                elif ids:
                    unsettled.append(Open(index, match.start, match.end, ids))
        return places, unsettled

    def _named(self, found: Iterable[Iterable[Match]]) -> frozenset[str]:
        """The units that the report names beyond doubt."""
        return frozenset(
            match.candidates[0]
            for matches in found
            for match in matches
            if not match.uses
            and (
                (match.full and len(match.candidates) == 1)
                or (not match.full and self.units[match.candidates[0]].level != "county")
            )
        )


_SCALES = "万千百亿"
LISTING = "、至"  # between places of a list or the ends of a line (临沂、日照; 白山至临江)
MARKETS = frozenset(["710000", "810000", "820000"])
_MARKET_REACH = 12  # characters around a market in which a country is named
_LISTED_BEFORE = re.compile(r"([\u4e00-\u9fff]{2,3})、$")
# 张店乡, 平陆运河: a town or a canal that shares its name with a district elsewhere.
_TOWN_OF_NAME = re.compile("乡(?![乡镇村企宁])|镇(?![乡域级企海江原赉平宁巴康远沅坪雄安])|运河(?![区县])")
_RIVER = re.compile("河(?![东西南北口间津源池曲道长湖网]|流(?!域))")  # 长沙河道, 天津河东区
# 五台山, 贺兰山东麓, 鄱阳湖; but not 平邑山东…, 云梦湖北…
_FEATURE = re.compile(
    "山(?![西东](?![麓坡侧部])|[区城村镇乡里阳海庄])|湖(?![北南](?!岸)|[州口滨区镇村里广])|岭(?![南东西])"
)
_LISTED_AFTER = re.compile(r"、([\u4e00-\u9fff]{1,2}[河江湖山])(?=[、，。的等])")


class _Judge:
    """Decides which unit a match means, by what one report says and is about."""

    def __init__(self, table: Districts, home: str | None, named: frozenset[str]) -> None:
        self.table = table
        self.home = table.get(home)
        self.named = named
        self.line = (self.home.id, *table.parents(self.home.id)) if self.home else ()

    def read(self, match: Match, text: str, before: str | None) -> tuple[str, ...]:
        """The unit meant; several where it stays open; () where no unit is meant."""
        inside = [i for i in match.candidates if before and i != before and before in self.table.parents(i)]
        if inside:
            return self.settle(inside)
        if "noun" in match.uses or _abroad(match, text) or self._river(match, text):
            return ()
        if match.full:
            return self._full(match, text, before)
        return self._short(match)

    def _river(self, match: Match, text: str) -> bool:
        """Whether a short name stands in a list of rivers, lakes or mountains (滦河、黑河), or begins the
        name of a river (浏阳河)."""
        kind = text[match.end - 1]
        if not match.full and _RIVER.match(text, match.end):
            return True
        if match.full or kind not in "河江湖山":
            return False
        before = _LISTED_BEFORE.search(text[max(0, match.start - 5) : match.start])
        after = _LISTED_AFTER.match(text, match.end)
        near = [m[1] for m in (before, after) if m]
        return any(name.endswith(kind) and name not in self.table.forms for name in near)

    def _full(self, match: Match, text: str, before: str | None) -> tuple[str, ...]:
        ids = match.candidates
        if "generic" in match.uses:
            ids = tuple(i for i in ids if self.near(i))
        if match.end - match.start == 2 and not (before or self._opens(text, match.start)):
            return ()
        return self.settle(ids)

    @staticmethod
    def _opens(text: str, start: int) -> bool:
        """Whether a word may begin here: after no character, a sign, or a word that opens one."""
        return start == 0 or text[start - 1] in _OPENERS or not "一" <= text[start - 1] <= "鿿"

    def _short(self, match: Match) -> tuple[str, ...]:
        if "common" in match.uses:
            return ()
        units = self.table.units
        wide = [i for i in match.candidates if units[i].level != "county"]
        if wide:
            return (wide[0],)
        if "known" in match.uses:
            return self.settle(match.candidates)
        return self.settle([i for i in match.candidates if i in self.named or self.near(i)])

    def listed(self, match: Match, beside: str) -> tuple[str, ...]:
        """The unit of a short name that is a common word too, listed after one of its own province."""
        parents = self.table.parents
        above = parents(beside)
        if "common" not in match.uses or "noun" in match.uses or not above:
            return ()
        return self.settle([i for i in match.candidates if parents(i) and parents(i)[-1] == above[-1]])

    def near(self, id: str) -> bool:
        """Whether a unit is the home, lies in it, or shares its parent below the province."""
        if self.home is None:
            return False
        parent = self.table.units[id].parent_id
        if id in self.line or self.home.id in self.table.parents(id):
            return True
        return parent == self.home.parent_id and (parent in MUNICIPALITIES or self.home.level == "county")

    def settle(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Narrow several units down by ever weaker evidence; each kind counts only where it leaves some."""
        parents = self.table.parents
        tests: tuple[Callable[[str], bool], ...] = (
            lambda i: i in self.line,
            self.near,
            lambda i: bool(self.line) and self.line[-1] in parents(i),
            lambda i: bool(self.named.intersection(parents(i)[:-1])),
            lambda i: bool(self.named.intersection(parents(i))),
            lambda i: self.table.units[i].valid_to is None,
        )
        left = tuple(ids)
        for test in tests:
            if len(left) <= 1:
                break
            left = tuple(i for i in left if test(i)) or left
        return left


def _abroad(match: Match, text: str) -> bool:
    """Whether Hong Kong, Macao or Taiwan is listed among countries, as a market."""
    if not MARKETS.intersection(match.candidates):
        return False
    stretch = text[max(0, match.start - _MARKET_REACH) : match.end + _MARKET_REACH]
    return "、" in stretch and any(name in stretch for name in _countries())


@cache
def _countries() -> frozenset[str]:
    return frozenset(row["name"] for row in lookup("countries")) - {"中国"}


def stands_alone(text: str, start: int, end: int, begins: bool, full: bool) -> bool:
    """Whether a name is a word by itself, not a piece of the words around it (其中山区, 集中卫生).

    Words are cut only where a word of the lexicon runs over an edge of the name. Of two places that overlap
    the first stands (上海南站), and a full name does not mind what follows (福州市委).
    """
    known = lexicon.words()
    left = not begins and (
        text[start - 1 : start + 1] in known or text[start - IDIOM + 1 : start + 1] in known
    )
    right = not full and text[end - 1 : end + 1] in known
    if not (left or right):
        return True
    first = max(0, start - _CONTEXT)
    for word in lexicon.cut(text[first : end + _CONTEXT]):
        begin, stop = first + word.start, first + word.end
        if (left and begin < start < stop) or (right and begin < end < stop and word.tag != "ns"):
            return False
    return True


def _units() -> dict[str, District]:
    return {
        row["id"]: District(
            id=row["id"],
            name=row["name"],
            short_name=row["short_name"],
            level=row["level"],  # type: ignore[arg-type]
            parent_id=row["parent_id"] or None,
            latitude=float(row["latitude"]) if row["latitude"] else None,
            longitude=float(row["longitude"]) if row["longitude"] else None,
            valid_from=int(row["valid_from"]) if row["valid_from"] else None,
            valid_to=int(row["valid_to"]) if row["valid_to"] else None,
            successor_id=row["successor_id"] or None,
        )
        for row in lookup("districts")
    }


def _forms(units: dict[str, District], words: list[dict[str, str]]) -> dict[str, Form]:
    """Each string to look for, with the units it may mean: present before former, higher before lower."""
    order = {"province": 0, "prefecture": 1, "county": 2}
    forms: dict[str, Form] = {}

    def bears(string: str, id: str, full: bool) -> None:
        form = forms.setdefault(string, Form())
        if id in form.full or id in form.short:
            return
        if full:
            form.full = (*form.full, id)
        else:
            form.short = (*form.short, id)

    for unit in sorted(units.values(), key=lambda u: (u.valid_to is not None, order[u.level], u.id)):
        bears(unit.name, unit.id, True)
        if unit.short_name != unit.name:
            bears(unit.short_name, unit.id, False)
    for row in lookup("district_names"):
        bears(row["name"], row["id"], True)
    for row in words:
        if row["kind"] == "trap":
            forms[row["word"]] = Form()
        elif row["word"] in forms:
            form = forms[row["word"]]
            form.uses = form.uses | {row["kind"]}
    return forms


@cache
def load() -> Districts:
    """The table, read once from the lookups."""
    units = _units()
    words = lookup("district_words")
    forms = _forms(units, words)
    strings = list(forms)
    return Districts(
        units=units,
        forms=forms,
        after=frozenset(row["word"] for row in words if row["kind"] == "after"),
        suffixes=frozenset(row["word"] for row in words if row["kind"] == "suffix"),
        _strings=strings,
        _automaton=AhoCorasick(strings, matchkind=MatchKind.LeftmostLongest),
    )
