"""The starter reports: complete against the originals they digest, and written anew.

The originals are their publishers' and lie outside the project; without them the comparisons are skipped.
"""

import json
import re
import tomllib
from collections import Counter
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from opencc.opencc import OpenCC

SEEDS = Path(__file__).parents[1] / "seeds"
SHARED = Path(__file__).parents[1].parent / "shared"
MANIFEST: list[dict[str, Any]] = tomllib.loads((SEEDS / "reports.toml").read_text("utf-8"))["report"]

TO_SIMPLIFIED: Any = OpenCC("t2s")  # type: ignore[no-untyped-call]
PINYIN = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+ ?\)")
FURNITURE = re.compile(r"^(?:关键词:|您可能也感兴趣)", re.MULTILINE)
NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
YEAR = re.compile(r"20\d\d")
TITLED = re.compile(r"《[^》]*》|“[^”]*”")
BREAK = re.compile(r"[0-9、\n]+")
PUNCTUATION = re.compile(r"[\s“”()（）·]")
NOT_HAN = re.compile(r"[^|一-鿿]")

# Scanning took the salt that Dazu is known for, strontium, for boring; the digest mends it.
MENDED = ("镗盐", "锶盐")
# A run of characters that original and digest share may be as long as a name with its title.
LONGEST_COMMON_RUN = 20
# Of all eight-character runs of a digest, names included, at most this share may stand in its original.
SHARED_RUNS = 0.3

every_report = pytest.mark.parametrize("report", MANIFEST, ids=lambda report: report["file"])


def article(text: str) -> str:
    """A page's own article in simplified characters: no pinyin in brackets, no list of links below it."""
    simplified: str = TO_SIMPLIFIED.convert(PINYIN.sub("", text))
    return FURNITURE.split(simplified)[0]


@cache
def digest(file: str) -> str:
    return article((SEEDS / "reports" / file).read_text("utf-8"))


@cache
def original(file: str) -> str:
    path = SHARED / "seeds" / file
    if not path.exists():
        pytest.skip(f"the original {file} is not beside this checkout")
    return article(path.read_text("utf-8")).replace(*MENDED)


def numerals(text: str) -> Counter[str]:
    """How often each numeral stands in the text; a year and a slogan (“246”) count once however often."""
    found: Counter[str] = Counter()
    for match in NUMERAL.finditer(text):
        numeral = match.group()
        once = YEAR.fullmatch(numeral) or text[match.start() - 1 : match.start()] == "“"
        found[numeral] = 1 if once else found[numeral] + 1
    return found


def prose(text: str) -> str:
    """The Han characters of a text, `|` where a title, quoted phrase, figure, list item or line ends."""
    return NOT_HAN.sub("", BREAK.sub("|", TITLED.sub("|", text)))


def runs(text: str, length: int) -> set[str]:
    windows = (text[i : i + length] for i in range(len(text) - length + 1))
    return {window for window in windows if "|" not in window}


def test_every_starter_report_is_in_the_manifest() -> None:
    assert {report["file"] for report in MANIFEST} == {path.name for path in (SEEDS / "reports").iterdir()}


@every_report
def test_manifest_tells_origin_and_place(report: dict[str, Any]) -> None:
    original_of = {"origin", "original_file", "original_sha256"}
    required = {"file", "title", "reference_date", "district_id"} | original_of
    assert required <= report.keys() <= required | {"publisher", "published_on"}
    year, month, day = ([int(part) for part in report["reference_date"].split("-")] + [1, 1])[:3]
    assert date(year, month, day)
    assert report["title"] in digest(report["file"])


@every_report
def test_manifest_knows_its_original(report: dict[str, Any]) -> None:
    original(report["original_file"])
    raw = (SHARED / "seeds" / report["original_file"]).read_bytes()
    assert sha256(raw).hexdigest() == report["original_sha256"]


@every_report
def test_digest_states_every_figure_of_its_original_and_no_other(report: dict[str, Any]) -> None:
    told, ours = numerals(original(report["original_file"])), numerals(digest(report["file"]))
    assert not told - ours, "figures of the original that the digest lacks"
    assert not ours.keys() - told.keys(), "figures that the original does not hold"


@every_report
def test_digest_is_written_in_its_own_words(report: dict[str, Any]) -> None:
    source, ours = prose(original(report["original_file"])), prose(digest(report["file"]))
    copied = runs(source, LONGEST_COMMON_RUN) & runs(ours, LONGEST_COMMON_RUN)
    assert not copied
    shared = runs(source, 8) & runs(ours, 8)
    assert len(shared) <= SHARED_RUNS * len(runs(ours, 8))


def test_a_starter_page_is_as_polluted_as_its_original() -> None:
    text = (SEEDS / "reports" / "banan-2021-innovation.txt").read_text("utf-8")
    body = FURNITURE.split(TO_SIMPLIFIED.convert(text))[0]
    assert len(PINYIN.findall(body)) > 100
    assert re.search(r"\([a-zāáǎà]+ \)", body), "the irregular form with a space before the bracket"
    assert TO_SIMPLIFIED.convert(text) != text, "traditional characters"


@pytest.mark.parametrize("file", ["banan-2022-industry.txt", "qijiang-2022-transition.txt"])
def test_a_starter_page_has_broken_columns(file: str) -> None:
    """A paragraph stops in mid-sentence and goes on after other paragraphs."""
    paragraphs = [line for line in digest(file).splitlines() if line.strip()]
    broken = [i for i, line in enumerate(paragraphs) if len(line) > 40 and line[-1] not in "。：:”)!?"]
    assert broken


@every_report
def test_digest_names_every_entity_and_document_of_its_original(report: dict[str, Any]) -> None:
    ours = PUNCTUATION.sub("", digest(report["file"]))
    wanted = [(title,) for title in re.findall(r"《([^》]+)》", original(report["original_file"]))]
    gold = SHARED / "gold" / Path(report["original_file"]).with_suffix(".json").name
    facts = json.loads(gold.read_text("utf-8")) if gold.exists() else {}
    for kind in ("enterprises", "parks", "institutions", "initiatives"):
        named = (entity for entity in facts.get(kind, []) if not entity.get("optional"))
        wanted += [(entity["name"], *entity.get("aliases", ())) for entity in named]
    assert not [forms for forms in wanted if not any(PUNCTUATION.sub("", form) in ours for form in forms)]
