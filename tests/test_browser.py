"""The pages in a real Chromium: reading, deep links, hovering and clicking both ways, small screens,
the dark, without scripts, and by axe-core's rules of accessibility.

Skipped, with the reason, where Chromium or playwright is absent. With FANGZHI_SCREENSHOTS set, the pictures
of README are made anew in docs/images.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from tests import toy

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = "axe-core@4.14.1"
FIRST, SECOND = (facts.report.id for facts in toy.FACTS)
TARGET = toy.FACTS[0].metrics[4]  # 180家
OURS = [
    "/",
    f"/-/report/{FIRST}",
    f"/-/report/{FIRST}?view=clean",
    "/-/district/990102",
    "/-/indicator/gdp",
    "/-/enterprise/e-2222222222",
    "/-/park/p-1111111111",
    "/-/reports",
    "/-/search?q=" + quote("高新"),
    "/-/compare?district=990102&indicator=gdp",
    "/-/compare?district=990102&district=990100&indicator=gdp&indicator=high_tech_enterprises",
]
COMPARED = (
    "/-/compare?district=500113&district=500111&district=500110"
    "&indicator=hightech_firms&indicator=industrial_output_above&indicator=industrial_firms_above"
)
STOCK = ["/toy", "/toy/metrics", f"/toy/metrics/{TARGET.id}", "/toy/rankings"]


def serve(database: Path) -> Iterator[str]:
    """The address of `fangzhi serve` on the database, in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "fangzhi", "serve", "-d", str(database), "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(150):
            try:
                urlopen(address).close()
                break
            except (URLError, ConnectionError):
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    file = tmp_path_factory.mktemp("toy") / "toy.db"
    toy.database(file).close()
    yield from serve(file)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


class Page:
    """A page of the site, and what went wrong on it: errors, dialogs, requests to other hosts."""

    def __init__(self, browser: Any, site: str, **options: Any) -> None:
        options.setdefault("locale", "zh-CN")
        self.site = site
        self.page = browser.new_page(**options)
        self.troubles: list[str] = []
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", self._heard)
        self.page.on("dialog", self._asked)
        self.page.on("request", lambda request: self._requested(request.url))

    def _heard(self, said: Any) -> None:
        if said.type == "error" and "404" not in said.text:
            self.troubles.append(said.text)

    def _asked(self, dialog: Any) -> None:
        self.troubles.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _requested(self, url: str) -> None:
        if not url.startswith((self.site, "data:")):
            self.troubles.append(f"request to {url}")

    def open(self, path: str) -> Any:
        self.page.goto(self.site + path)
        return self.page


@pytest.fixture
def visit(browser: Any, site: str) -> Iterator[Any]:
    """Opens pages with given options; at the end none of them may have had trouble."""
    opened: list[Page] = []

    def start(path: str, **options: Any) -> Any:
        opened.append(Page(browser, site, **options))
        return opened[-1].open(path)

    yield start
    for page in opened:
        page.page.close()
    assert [trouble for page in opened for trouble in page.troubles] == []


def test_deep_link_shows_and_flashes(visit: Any) -> None:
    page = visit(f"/-/report/{FIRST}#{TARGET.id}", viewport={"width": 1280, "height": 300})
    piece = page.locator(f'.fz-text [data-ids~="{TARGET.id}"]')
    assert piece.inner_text() == "180家"
    assert "flash" in piece.get_attribute("class")
    page.wait_for_function(
        "id => { const box = document.querySelector(`.fz-text [data-ids~='${id}']`).getBoundingClientRect();"
        " return box.top >= 0 && box.bottom <= innerHeight }",
        arg=TARGET.id,
    )


def test_hover_and_focus_show_the_row(visit: Any) -> None:
    page = visit(f"/-/report/{FIRST}")
    card, piece = page.locator("#fz-card"), page.locator(f'.fz-text [data-ids~="{TARGET.id}"]')
    assert not card.is_visible()
    piece.hover()
    assert card.is_visible()
    assert "高新技术企业" in card.inner_text()
    page.mouse.move(0, 0)
    assert not card.is_visible()
    piece.focus()
    assert card.is_visible()
    page.keyboard.press("Escape")
    assert not card.is_visible()


def test_click_goes_both_ways(visit: Any) -> None:
    page = visit(f"/-/report/{FIRST}")
    page.locator(f'.fz-text [data-ids~="{TARGET.id}"]').click()
    assert "flash" in page.locator(f"#fact-{TARGET.id}").get_attribute("class")
    page.locator(f"#fact-{toy.FACTS[0].metrics[0].id} .value").click()
    piece = page.locator(f'.fz-text [data-ids~="{toy.FACTS[0].metrics[0].id}"]')
    page.wait_for_function("element => element.classList.contains('flash')", arg=piece.element_handle())
    assert page.url.endswith(f"#{toy.FACTS[0].metrics[0].id}")


def test_filter(visit: Any) -> None:
    page = visit(f"/-/report/{FIRST}")
    page.locator("#fz-filter").fill("目标")
    assert [item.is_visible() for item in page.locator(".fz-side li").all()].count(True) == 1


@pytest.mark.parametrize(("report", "text"), [(FIRST, toy.FIRST), (SECOND, toy.SECOND)])
def test_reads_without_scripts(visit: Any, report: str, text: str) -> None:
    page = visit(f"/-/report/{report}", java_script_enabled=False)
    assert page.locator("article").text_content() == text
    assert page.locator(".fz-side li").count() == len(toy.FACTS[[FIRST, SECOND].index(report)].metrics)
    page.locator(".fz-side .value").first.click()
    assert "#" in page.url


def test_language_is_kept(browser: Any, site: str) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site}/-/districts")
    assert page.locator("h1").inner_text() == "地区"
    page.locator(".fz-language").click()
    assert page.url == f"{site}/-/districts"
    assert page.locator("h1").inner_text() == "Districts"
    page.goto(f"{site}/toy/metrics")
    assert page.locator("h1").inner_text() == "Metrics"
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", OURS + STOCK)
def test_fits_the_screen(visit: Any, path: str, width: int) -> None:
    page = visit(path, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone_a_row_is_a_card(visit: Any) -> None:
    """Nothing of a table is beyond the edge: neither of ours nor, on the page of a row, its headings."""
    phone = {"width": 390, "height": 800}
    page = visit("/-/district/990102", viewport=phone)
    cells = page.locator(".cards tbody td").all()
    boxes = [box for cell in cells if (box := cell.bounding_box())]
    assert boxes and all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
    page = visit(f"/toy/metrics/{TARGET.id}", viewport=phone)
    assert page.evaluate(
        "[...document.querySelectorAll('.rows-and-columns td')].every(cell =>"
        " parseFloat(getComputedStyle(cell, '::before').marginLeft) >= 0)"
    )


@pytest.mark.parametrize("path", ["/", *STOCK])
def test_dark(visit: Any, path: str) -> None:
    """Dark ground and light words, on Datasette's own pages too."""
    page = visit(path, color_scheme="dark")
    for of, property_, dark in [("body", "backgroundColor", True), ("h1", "color", False)]:
        red = page.evaluate(f"getComputedStyle(document.querySelector('{of}')).{property_}.match(/\\d+/)[0]")
        assert (int(red) < 60) == dark


def test_print_shows_the_text_alone(visit: Any) -> None:
    """On paper there are the marked text and the title, without lists and controls, and nothing is cut."""
    page = visit(f"/-/report/{FIRST}")
    page.emulate_media(media="print")
    assert page.locator("article").is_visible()
    for gone in (".fz-masthead", ".fz-side", ".fz-tools", ".fz-footer"):
        assert not page.locator(gone).is_visible()
    assert page.evaluate(
        "(() => { const text = document.querySelector('.fz-text');"
        " return text.scrollHeight <= text.clientHeight + 1 })()"
    )


def test_unexplained_numerals_are_shown(visit: Any) -> None:
    """A reader sees what the program did not understand, and each leads to its place."""
    page = visit(f"/-/report/{FIRST}")
    page.locator(".fz-ledger summary").click()
    link = page.locator(".fz-ledger li a").first
    link.click()
    page.wait_for_function(
        "id => document.querySelector(`.fz-text [data-ids~='${id}']`).classList.contains('flash')",
        arg=page.url.partition("#")[2],
    )


def test_compare_by_keyboard(visit: Any) -> None:
    """Districts and indicators are picked with the space bar and compared with Enter."""
    page = visit("/-/compare")
    for name in ("district", "indicator"):
        page.locator(f"input[name={name}]").first.focus()
        page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare?district=*")
    assert page.locator(".compared tbody tr").count() == 1


def test_keyboard_reaches_the_text(visit: Any) -> None:
    page = visit(f"/-/report/{FIRST}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "fz-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("path", STOCK)
def test_datasettes_pages_work_under_the_policy(visit: Any, path: str) -> None:
    assert visit(path).locator(".fz-masthead").is_visible()


@pytest.fixture(scope="session")
def axe(request: pytest.FixtureRequest) -> str:
    """axe-core's script (MPL-2.0), fetched once by npm and kept in pytest's cache."""
    folder = request.config.cache.mkdir("axe-core")
    script = folder / "package" / "axe.min.js"
    if not script.exists():
        npm = shutil.which("npm")
        packed = npm and subprocess.run(
            [npm, "pack", AXE], cwd=folder, capture_output=True, timeout=60, check=False
        )
        if not packed or packed.returncode:
            pytest.skip("npm can't fetch axe-core")
        with tarfile.open(next(folder.glob("*.tgz"))) as archive:
            archive.extract("package/axe.min.js", folder, filter="data")
    return script.read_text(encoding="utf-8")


def faults(page: Any, axe: str, impacts: tuple[str, ...]) -> list[str]:
    """What axe-core finds, as `rule: place`."""
    page.evaluate(axe)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    assert found["passes"]
    return [
        f"{fault['id']}: {node['target'][0]} {node['html'][:90]}"
        for fault in found["violations"]
        if fault["impact"] in impacts
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", OURS)
def test_accessible(visit: Any, axe: str, path: str, scheme: str) -> None:
    page = visit(path, color_scheme=scheme, reduced_motion="reduce")
    assert faults(page, axe, ("critical", "serious")) == []


@pytest.mark.parametrize("path", STOCK)
def test_datasettes_pages_are_usable(visit: Any, axe: str, path: str) -> None:
    assert faults(visit(path), axe, ("critical",)) == []


@pytest.mark.skipif("FANGZHI_SCREENSHOTS" not in os.environ, reason="FANGZHI_SCREENSHOTS is not set")
def test_screenshots(browser: Any, tmp_path: Path) -> None:
    """The pictures of README, of the starter reports."""
    database = tmp_path / "starter.db"
    subprocess.run(
        [sys.executable, "-m", "fangzhi", "build", "-o", database, "--quiet"], cwd=ROOT, check=True
    )
    IMAGES.mkdir(exist_ok=True)
    server = serve(database)
    site = next(server)
    view = {"width": 1280, "height": 860}
    pictures: list[tuple[str, str, str, dict[str, Any]]] = [
        ("home", "/", "", {}),
        ("report", "/-/reports", ".fz-list a", {}),
        ("report-dark", "/-/reports", ".fz-list a", {"color_scheme": "dark"}),
        ("report-phone", "/-/reports", ".fz-list a", {"viewport": {"width": 390, "height": 860}}),
        ("district", "/-/districts", ".fz-list a", {}),
        ("park", "/-/parks", ".fz-list a", {}),
        ("indicator", "/-/indicator/hightech_firms", "", {}),
        ("compare", COMPARED, "", {}),
    ]
    for name, path, click, options in pictures:
        page = Page(browser, site, **{"viewport": view, **options}).open(path)
        if click:
            page.locator(click).first.click()
        if name == "report":
            page.locator(".fz-text .figure").nth(3).hover()
        page.screenshot(path=IMAGES / f"{name}.png")
        page.close()
    server.close()  # type: ignore[attr-defined]
