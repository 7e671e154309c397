"""The pages, asked as a browser asks them: right in both languages, inert, quick, and closed to strangers."""

from __future__ import annotations

import asyncio
import gc
import logging
import re
import sqlite3
from collections.abc import Iterator
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from queries import alignment, chart, place_map, viewer, wording, words
from queries.canned import all_queries
from queries.database import opened, tables
from queries.pages import PAGES
from queries.serve import make
from queries.viewer import Mark
from seeds import lookup
from tests import big, toy
from tests.clock import SLOWER, quickest

FIRST, SECOND = (facts.report.id for facts in toy.FACTS)
LANGUAGES = ("zh-CN,zh;q=0.9,en;q=0.5", "en-GB,en;q=0.9")
BUDGET = 0.15 * SLOWER  # seconds a page may take


class Site:
    """Datasette on a database, asked without a network."""

    def __init__(self, path: Path, public: bool = False, base_url: str = "/") -> None:
        # The MCP extra sets up a log that renders each request of this client: no part of a page's time.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        self.loop = asyncio.new_event_loop()
        self.datasette = make(path, public=public, base_url=base_url)
        self.loop.run_until_complete(self.datasette.invoke_startup())

    def get(self, path: str, **headers: str) -> Any:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.loop.run_until_complete(self.datasette.client.get(path, headers=given))


@pytest.fixture(scope="module")
def site(path: Path) -> Site:
    return Site(path)


@pytest.fixture(scope="module")
def public(path: Path) -> Site:
    return Site(path, public=True)


ADDRESSES = [
    "/",
    "/-/search?q=高新",
    "/-/compare",
    "/-/compare?district=990102&indicator=gdp",
    "/-/compare?district=990102&district=990100&indicator=gdp&indicator=high_tech_enterprises",
    f"/-/report/{FIRST}",
    f"/-/report/{SECOND}?view=clean",
    f"/-/correct/{toy.FACTS[0].metrics[0].id}",
    f"/-/correct/{toy.FACTS[0].numerals[-1].id}",
    "/-/district/990102",
    "/-/indicator/gdp",
    "/-/indicator/gdp?measure=growth",
    "/-/indicator/投资",
    "/-/enterprise/e-2222222222",
    "/-/park/p-1111111111",
    "/-/reports",
    "/-/districts",
    "/-/indicators?q=生产",
    "/-/enterprises?page=2",
    "/-/parks",
    "/-/institutions",
    "/-/initiatives",
]
STOCK = [
    "/toy",
    "/toy/metrics",
    "/toy/metric_facts",
    f"/toy/reports/{FIRST}",
    "/toy/source_spans?_search=白石",
    *(f"/toy/{name}" for name in all_queries()),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ADDRESSES + STOCK)
def test_page(site: Site, address: str, language: str) -> None:
    found = site.get(address, accept_language=language)
    assert found.status_code == 200
    assert f'lang="{language[:2]}' in found.text
    assert words.say("search", "zh" if language.startswith("zh") else "en") in found.text


def test_every_route_is_asked() -> None:
    """The addresses above leave no page of ours out."""
    paths = [address.partition("?")[0] for address in ADDRESSES]
    unasked = [pattern for pattern, _, _ in PAGES if not any(re.match(pattern, path) for path in paths)]
    assert [
        pattern for pattern in unasked if "institution" not in pattern and "initiative" not in pattern
    ] == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_all_links_lead_somewhere(site: Site, address: str) -> None:
    """Every link on our pages to a page of ours is answered, and every anchor is there."""
    html = site.get(address, accept_language=LANGUAGES[0]).text
    for link in set(re.findall(r'href="(/-/[^"]*)"', html)):
        target, _, anchor = link.replace("&amp;", "&").partition("#")
        found = site.get(target)
        assert found.status_code in (200, 302), link
        if anchor:
            assert f'id="{anchor}"' in found.text, link


@pytest.mark.parametrize(
    "address", ["/-/report/none", "/-/fact/none", "/-/district/000000", "/-/download/no.csv"]
)
def test_what_is_not_there(site: Site, address: str) -> None:
    assert site.get(address).status_code == 404


def test_the_text_is_shown_whole_and_inert(site: Site) -> None:
    """What the reader sees is the report, character for character; its markup is text."""
    html = site.get(f"/-/report/{SECOND}").text
    article = re.search(r"<article[^>]*>(.*?)</article>", html, re.DOTALL)
    assert article
    from html import unescape  # noqa: PLC0415

    assert unescape(re.sub(r"<[^>]*>", "", article[1])) == toy.SECOND
    assert "<script>alert" not in html


def test_a_fact_leads_to_its_characters(site: Site) -> None:
    metric = toy.FACTS[0].metrics[0]
    found = site.get(f"/-/fact/{metric.id}")
    assert found.status_code == 302
    assert found.headers["location"] == f"/-/report/{FIRST}#{metric.id}"


@pytest.mark.parametrize(
    ("cookie", "accepted", "language"),
    [
        ("", "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("", "en-US,en;q=0.9,zh;q=0.8", "en"),
        ("", "fr,zh;q=0.5,en;q=0.4", "zh"),
        ("", "en;q=nonsense,zh;q=0.1", "zh"),
        ("", "zh;q=0", "en"),
        ("", "", "en"),
        ("en", "zh-CN", "en"),
        ("klingon", "zh-CN", "zh"),
    ],
)
def test_language(cookie: str, accepted: str, language: str) -> None:
    assert words.from_browser(cookie, accepted) == language


@pytest.mark.parametrize(
    ("back", "address"),
    [
        ("/-/reports?page=2", "/-/reports?page=2"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/a%0d%0aset-cookie:x", "/"),
        ("", "/"),
    ],
)
def test_language_goes_back_on_this_site_only(site: Site, back: str, address: str) -> None:
    found = site.get(f"/-/language/zh?next={back}")
    assert (found.status_code, found.headers["location"]) == (302, address)
    assert "language=zh" in found.headers["set-cookie"]


def test_headers(site: Site) -> None:
    for address in ("/", "/toy/metrics", "/-/report/none"):
        found = site.get(address)
        policy = found.headers["content-security-policy"]
        nonce = re.search(r"'nonce-([^']+)'", policy)
        assert nonce
        scripts = re.findall(r"<script([^>]*)>", found.text)
        assert scripts and all(f'nonce="{nonce[1]}"' in script for script in scripts)
        assert not re.search(r"<[^>]+\son\w+=", found.text)
        assert found.headers["x-content-type-options"] == "nosniff"
        assert {"Cookie", "Accept-Language"} <= set(found.headers["vary"].split(", "))
    assert (
        site.get("/").headers["content-security-policy"] != site.get("/").headers["content-security-policy"]
    )


def test_csv_has_its_mark_and_all_rows(site: Site) -> None:
    for address in ("/toy/metrics.csv", "/-/download/indicator_over_time.csv?indicator=gdp"):
        content = site.get(address).content
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.count(b"\xef\xbb\xbf") == 1
    assert len(site.get("/-/download/indicator_over_time.csv?indicator=gdp").text.splitlines()) == 6


def test_search_in_datasette_finds_two_characters(site: Site) -> None:
    found = site.get("/toy/source_spans.json?_search=投产&_shape=array").json()
    assert ["投产" in row["clean_quote"] for row in found] == [True]


@pytest.mark.parametrize(
    "address",
    [
        "/-/databases.json",
        "/-/settings",
        "/-/threads.json",
        "/-/plugins",
        "/toy.db",
        "/toy/-/query?sql=select+1",
        "/toy?sql=select+1",
        "/toy/metrics?_where=1=1",
    ],
)
def test_closed_to_the_public(public: Site, path: Path, address: str) -> None:
    found = public.get(address)
    assert found.status_code in (400, 403, 404) or "select 1" not in found.text.replace("+", " ")
    assert str(path.parent) not in found.text


def test_open_to_the_public(public: Site) -> None:
    for address in ("/", f"/-/report/{FIRST}", "/toy/scorecard_of_district", "/toy/metrics.csv"):
        assert public.get(address).status_code == 200


def test_memory_bomb_is_stopped(site: Site) -> None:
    assert len(site.get("/toy/-/query.json?sql=select+printf('%25.*c',300000000,'x')").content) < 10_000


def test_under_a_prefix(path: Path) -> None:
    """Behind a proxy that strips the prefix every link of the site has it, and so has the way back."""
    prefixed = Site(path, base_url="/economy/")
    for address in ("/", "/-/districts", f"/-/report/{FIRST}", "/toy/metrics"):
        html = prefixed.get(address).text
        links = re.findall(r'(?:href|src|action)="(/[^"]*)"', html)
        assert [link for link in links if not link.startswith("/economy/")] == []
        assert f"next=/economy{address}" in html


def test_caches_may_keep_public_pages(public: Site) -> None:
    for address in ("/", "/toy/metrics"):
        assert public.get(address).headers["cache-control"] == "max-age=60"


HOSTILE = "<img src=x onerror=alert(1)>\"'&{{7*7}}"


@pytest.mark.parametrize(
    "address", ["/-/search?q={}", "/-/reports?q={}", "/-/compare?indicator={}&district={}"]
)
def test_hostile_question(site: Site, address: str) -> None:
    html = site.get(address.replace("{}", "%3Cimg%20src=x%20onerror=alert(1)%3E%22'%26%7B%7B7*7%7D%7D")).text
    assert "<img" not in html
    assert "49" not in re.sub(r"nonce=\"[^\"]*\"", "", html)


def test_hostile_report(tmp_path: Path) -> None:
    """A report whose title, file name, publisher and names are markup shows them as text everywhere."""
    file = tmp_path / "hostile.db"
    toy.database(file).close()
    connection = sqlite3.connect(file)
    for column in ("reports.title", "reports.file_name", "reports.publisher", "districts.name", "parks.name"):
        table, name = column.split(".")
        connection.execute(f"update {table} set {name} = ?", (HOSTILE,))
    connection.execute("update metrics set subject = ?, indicator = ?, basis = ?", (HOSTILE,) * 3)
    connection.execute("update enterprises set name = ?, industry = ?", (HOSTILE,) * 2)
    connection.execute("update indicators set name = ?, definition = ?", (HOSTILE,) * 2)
    connection.commit()
    connection.close()
    hostile = Site(file)
    for address in [*ADDRESSES, "/hostile/metrics", "/hostile/reports", "/hostile/rankings"]:
        assert "<img" not in hostile.get(address).text, address


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    file = tmp_path_factory.mktemp("big") / "big.db"
    big.database(file, 1000)
    yield Site(file)


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/-/districts",
        "/-/district/500101",
        "/-/indicator/i7",
        "/-/park/p-0000000007",
        "/-/enterprise/e-0000000007",
        "/-/compare?district=500101&district=500102&indicator=i7&indicator=i8",
        "/-/search?q=成效",
    ],
)
def test_quick(large: Site, address: str) -> None:
    assert large.get(address).status_code == 200
    assert quickest(lambda: large.get(address)) < BUDGET


@pytest.mark.parametrize("view", ["raw", "clean"])
@pytest.mark.parametrize(("figures", "tails"), [(260, 3), (500, 1)])
def test_a_long_report_is_quick(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, view: str, figures: int, tails: int
) -> None:
    """20,000 characters with a figure in every 80, as bulletins have, or in every 40, as tables do."""
    monkeypatch.setattr(big, "METRICS_A_REPORT", figures)
    monkeypatch.setattr(big, "TAIL", big.TAIL * tails)
    big.database(tmp_path / "long.db", 1)
    with opened(tmp_path / "long.db") as connection:
        ((report, size),) = connection.execute("select id, length(text) from reports").fetchall()
    assert size > 20_000
    site = Site(tmp_path / "long.db")
    assert site.get(f"/-/report/{report}?view={view}").status_code == 200
    gc.collect()
    gc.freeze()  # as the server does
    assert quickest(lambda: site.get(f"/-/report/{report}?view={view}"), runs=9) < 0.06 * SLOWER


# ---- the parts that are pure ----

marks = st.lists(
    st.builds(
        Mark, st.integers(-2, 22), st.integers(-2, 22), st.sampled_from(["figure", "sentence"]), st.just("a")
    )
)


@given(st.text(max_size=20), marks)
def test_pieces_cover_the_text_once(text: str, marks: list[Mark]) -> None:
    """Whatever marks there are, nested, crossing or outside, the pieces are the text, and each is under
    just the marks that cover it."""
    pieces = viewer.pieces(len(text), marks)
    assert "".join(text[start:end] for start, end, _ in pieces) == text
    kept = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    for start, end, over in pieces:
        covering = [mark for mark in kept if mark.start <= start and end <= mark.end]
        assert sorted(over, key=repr) == sorted(covering, key=repr)


def test_viewer_keeps_up() -> None:
    """Two million characters with 10,000 marks."""
    text = "甲𠮷" * 1_000_000
    marks = [Mark(at * 200, at * 200 + 60, "figure", f"m{at}", f"#m{at}") for at in range(10_000)]
    assert viewer.html(text, marks).count("<a id=") == 10_000
    assert quickest(lambda: viewer.html(text, marks), runs=2) < 2 * SLOWER


def test_unread_lines() -> None:
    text = "题\n正文。\n\n广告 1\n一、工业\n"
    found = viewer.unread(text, [(0, 1), (2, 5)], frozenset({"一、工业"}))
    assert [(mark.start, mark.end) for mark in found] == [(7, 12)]


# raw sentence, how it was read, the quantity in the first, what it is in the second
ALIGNED = [
    ("实现2,550.13亿元，增长3%。", "实现2,550.13亿元，增长3%。", "2,550.13亿元", "2,550.13亿元"),
    ("新獲評兩家機構，占22%", "新获评两家机构，占22%", "兩家", "两家"),
    ("實(shí)現(xiàn)產(chǎn)值12億元,增長(cháng)7%", "实现产值12亿元，增长7%", "7%", "7%"),
    ("實(shí)現(xiàn)產(chǎn)值12億元,增長(cháng)7%", "实现产值12亿元，增长7%", "12億元", "12亿元"),
    ("增长\n\n１２．５％，达到12家", "增长12.5%，达到12家", "１２．５％", "12.5%"),
    ("广告 电话 123456 增长6.1%，高6.1个点", "增长6.1%，高6.1个点", "6.1个点", "6.1个点"),
]


@pytest.mark.parametrize(("raw", "clean", "quantity", "expected"), ALIGNED)
def test_a_figure_is_found_in_the_clean_sentence(raw: str, clean: str, quantity: str, expected: str) -> None:
    at = raw.index(quantity)
    map_ = alignment.places(raw, clean)
    start, end = alignment.quantity(raw, clean, map_, at, at + len(quantity))
    assert clean[start:end] == expected


@given(st.text(alphabet="甲乙12(a) ", max_size=40), st.text(alphabet="甲乙12 ", max_size=40))
def test_alignment_goes_forward_and_stays_inside(raw: str, clean: str) -> None:
    map_ = alignment.places(raw, clean)
    assert len(map_) == len(raw) + 1
    assert map_ == sorted(map_)
    assert map_[-1] == len(clean)
    assert alignment.places(clean, clean) == list(range(len(clean) + 1))


def _place(name: str, east: float, north: float, size: float) -> place_map.Place:
    return place_map.Place("500000", east, north, size, name, f"<{name}>", "/-/fact/x")


def test_map() -> None:
    """Only the provinces of the places are drawn, every circle is inside, and names don't overlap."""
    places = [_place(f"甲{n}", 106 + n % 7 / 10, 29 + n // 7 / 10, n - 3) for n in range(40)]
    svg = place_map.place_map(places, "图")
    assert svg.count("<path") == 1
    assert "<甲" not in svg
    height = float(re.search(r'viewBox="0 0 760 (\d+)"', svg)[1])  # type: ignore[index]
    circles = [tuple(map(float, found)) for found in re.findall(r'cx="(.*?)" cy="(.*?)"', svg)]
    assert len(circles) == 40
    assert all(0 <= x <= 760 and 0 <= y <= height for x, y in circles)
    names = [tuple(map(float, found)) for found in re.findall(r'<text x="(.*?)" y="(.*?)"', svg)]
    assert 10 < len(names) <= 40
    assert all(abs(x - z) >= 24 or abs(y - w) >= 14 for (x, y), (z, w) in combinations(names, 2))


def test_provinces_have_outlines() -> None:
    """The keys are provinces of GB/T 2260, and each ring is closed and where China is."""
    provinces = {row["id"] for row in lookup("districts") if row["level"] == "province"}
    assert place_map.outlines().keys() <= provinces
    for ring in chain.from_iterable(place_map.outlines().values()):
        assert ring[0] == ring[-1]
        assert all(73 <= east <= 136 and 18 <= north <= 54 for east, north in ring)


@example(0.0, 5e-324)
@given(st.floats(-1e12, 1e12), st.floats(-1e12, 1e12))
def test_ticks_span_the_values(one: float, other: float) -> None:
    low, high = min(one, other), max(one, other)
    found = chart.ticks(low, high)
    assert 2 <= len(found) <= 9
    assert found == sorted(set(found))
    step = found[1] - found[0]
    assert found[0] <= low + step * 1e-6
    assert found[-1] >= high - step * 1e-6


QUANTITIES = [
    (5.012e10, "元", "501.2亿元", "50.12 billion yuan"),
    (1.5e12, "元", "1.5万亿元", "1.5 trillion yuan"),
    (153.0, "家", "153家", "153"),
    (-18.1, "%", "-18.1%", "-18.1%"),
    (2.0, "名", "第2", "no. 2"),
    (0.0035, "%", "0.0035%", "0.0035%"),
    (61.0, "千克标准煤/万元", "61千克标准煤/万元", "61 千克标准煤/万元"),
]


@pytest.mark.parametrize(("value", "unit", "chinese", "english"), QUANTITIES)
def test_quantity(value: float, unit: str, chinese: str, english: str) -> None:
    assert wording.quantity(value, unit, "zh") == chinese
    assert wording.quantity(value, unit, "en") == english


PERIODS = [
    ("2021", "2021年", "2021"),
    ("2022-01/2022-09", "2022年1月—9月", "Jan–Sep 2022"),
    ("2021/2025", "2021年—2025年", "2021 – 2025"),
    ("../2022-11", "截至2022年11月", "as of Nov 2022"),
    ("2021-08-10", "2021年8月10日", "10 Aug 2021"),
    ("2021-W03", "2021-W03", "2021-W03"),
    (None, "", ""),
]


@pytest.mark.parametrize(("edtf", "chinese", "english"), PERIODS)
def test_period(edtf: str | None, chinese: str, english: str) -> None:
    assert wording.period(edtf, "zh") == chinese
    assert wording.period(edtf, "en") == english


def test_words_of_datasette_still_occur() -> None:
    """Each phrase that is translated is still in Datasette's templates, else the translation is dead."""
    import datasette  # noqa: PLC0415

    templates = Path(datasette.__file__).parent / "templates"
    text = "\n".join(file.read_text(encoding="utf-8") for file in templates.glob("*.html"))
    assert [phrase for phrase, _ in words.stock() if phrase not in text] == []


def test_rewritten_markup_still_occurs() -> None:
    """Each pattern that the plugin rewrites is still found in Datasette's templates."""
    import datasette  # noqa: PLC0415

    from queries.plugin import REWRITTEN  # noqa: PLC0415

    templates = Path(datasette.__file__).parent / "templates"
    text = "\n".join(file.read_text(encoding="utf-8") for file in templates.glob("*.html"))
    assert [pattern for pattern, _ in REWRITTEN if not re.search(pattern, text)] == []


def test_every_column_and_kind_has_words(path: Path) -> None:
    """No heading or value of a fixed vocabulary is in the other language for want of words."""
    headings = words.columns().keys()
    with opened(path) as connection:
        for name in tables(connection):
            assert {row[1] for row in connection.execute(f"pragma table_info({name})")} <= headings, name
        for query in all_queries().values():
            columns = connection.execute(query.sql, query.arguments({})).description
            assert {column[0] for column in columns} | query.parameters.keys() <= headings, query.name
    kinds = {row["subkind"] or row["kind"] for row in lookup("name_suffixes")}
    for kind in kinds | {row["category"] for row in lookup("indicators")}:
        assert [words.value(kind, language).isascii() for language in ("zh", "en")] == [False, True], kind


def test_one_is_no_plural() -> None:
    assert [words.say("figures_n", "en", n=n) for n in (1, 2)] == ["1 figure", "2 figures"]


def test_pages_of_a_pdf_are_shown(tmp_path: Path) -> None:
    """Each page's first character begins with its number, which is no part of the text; a fact tells its
    page, and where on it."""
    file = tmp_path / "pages.db"
    toy.database(file).close()
    metric = toy.FACTS[0].metrics[4]
    connection = sqlite3.connect(file)
    starts = [(f"{FIRST}-{page}", FIRST, page, start) for page, start in ((1, 0), (2, metric.value_start))]
    connection.executemany("insert into page_starts values (?, ?, ?, ?)", starts)
    connection.execute("insert into places values ('x', ?, ?, 2, 71.6, 90, 99, 99)", (FIRST, metric.id))
    connection.commit()
    connection.close()
    shown = Site(file)
    html = shown.get(f"/-/report/{FIRST}", accept_language="zh").text
    assert re.findall(r'data-before="(第 \d 页)"', html) == ["第 1 页", "第 2 页"]
    item = html.partition(f'id="fact-{metric.id}"')[2].partition("</li>")[0]
    assert '<span title="第 2 页，距页左 72、距页顶 90（单位：点，图片为像素）">第 2 页</span>' in item
    assert "data-before" not in shown.get(f"/-/report/{FIRST}?view=clean").text
    assert "data-before" not in shown.get(f"/-/report/{SECOND}").text


def test_cells_are_in_the_visitors_language(site: Site) -> None:
    """Periods in words, and a fact's id in a view leads to its sentence."""
    chinese, english = (
        site.get("/toy/metric_facts", accept_language=language).text for language in LANGUAGES
    )
    assert "截至2023年" in chinese
    assert "as of 2023" in english
    assert f'<a href="/-/fact/{toy.FACTS[0].metrics[0].id}">原文</a>' in chinese


def test_every_table_has_words(path: Path) -> None:
    with opened(path) as connection:
        assert set(tables(connection)) == set(words.tables())
        for name, table in words.tables().items():
            columns = {row[1] for row in connection.execute(f"pragma table_info({name})")}
            assert {*table["columns"], *table["facets"]} <= columns, name
