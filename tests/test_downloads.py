"""Downloads from the site: every row, however small a page is, in each form and shape, and told where not."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from queries import downloads, middleware, serve, workbook
from queries.database import Answer, named, opened
from tests.test_serve import LANGUAGES, Site

OWN = "-/query.{}?sql=select+id,+value+from+metrics+where+value+>+:least&least=0"


@pytest.fixture(scope="module", params=[False, True], ids=["own", "public"])
def small(request: pytest.FixtureRequest, path: Path) -> Iterator[Site]:
    """A site whose pages hold two rows, and no answer more than three."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(serve.SETTINGS, "max_returned_rows", 3)
        patch.setitem(serve.SETTINGS, "default_page_size", 2)
        patch.setattr(middleware, "ROWS_A_PAGE", "2")
        yield Site(path, public=request.param)


def rows_of(found: Any, form: str) -> list[Any]:
    """The rows under the heading, or the objects, of a download."""
    assert found.status_code == 200, found.text
    if form == "csv":
        assert found.content.startswith(b"\xef\xbb\xbf")
        return list(csv.reader(io.StringIO(found.content.decode("utf-8-sig"), newline="")))[1:]
    if form == "xlsx":
        from openpyxl import load_workbook  # type: ignore[import-untyped]  # noqa: PLC0415

        book = load_workbook(io.BytesIO(found.content))
        assert len(book.sheetnames) == 1
        return list(book.worksheets[0].iter_rows(values_only=True))[1:]
    data = found.json()
    assert (data["next"], data["truncated"]) == (None, False)
    return list(data["rows"])


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
@pytest.mark.parametrize("name", ["metrics", "metric_facts", "report_facts"])
@pytest.mark.parametrize("arguments", ["", "_size=max", "_size=2&_next=x"])
def test_nothing_is_cut(small: Site, path: Path, name: str, form: str, arguments: str) -> None:
    """Tables, views and canned queries, whatever page the link is on."""
    with opened(path) as connection:
        count = len(list(named(connection, name, {}).rows))
    assert count > 3
    found = small.get(f"/toy/{name}.{form}?_stream=on&{arguments}")
    assert len(rows_of(found, form)) == count


def test_filters_columns_and_names_are_kept(small: Site) -> None:
    asked = "?measure=growth&_sort_desc=value&_col=value&_col=district_id&_labels=on"
    tabled = rows_of(small.get(f"/toy/metrics.csv{asked}"), "csv")
    assert [line[1:] for line in tabled] == [["6.1", "990102", "白石区"], ["5.8", "990102", "白石区"]]
    booked = rows_of(small.get(f"/toy/metrics.xlsx{asked}"), "xlsx")
    assert [line[1:] for line in booked] == [(6.1, "990102", "白石区"), (5.8, "990102", "白石区")]
    listed = rows_of(small.get(f"/toy/metrics.json{asked}&_stream=on"), "json")
    assert [row["value"] for row in listed] == [6.1, 5.8]
    assert [row["district_id"] for row in listed] == [{"value": "990102", "label": "白石区"}] * 2


def test_shapes_of_json(small: Site) -> None:
    """An array, or an object a line, of all rows; a table's JSON without `_stream` tells its next page."""
    whole = rows_of(small.get("/toy/metrics.json?_stream=on"), "json")
    assert small.get("/toy/metrics.json?_stream=on&_shape=array").json() == whole
    lines = small.get("/toy/metrics.json?_stream=on&_shape=array&_nl=on").text.splitlines()
    assert [json.loads(line) for line in lines] == whole
    paged = small.get("/toy/metrics.json").json()
    assert len(paged["rows"]) == 2
    assert paged["next_url"]


@pytest.mark.parametrize(("form", "more"), [("csv", ""), ("xlsx", ""), ("json", "&_stream=on")])
def test_ones_own_sql_is_not_cut_and_not_for_strangers(small: Site, form: str, more: str) -> None:
    found = small.get("/toy/" + OWN.format(form) + more)
    if small.datasette.plugin_config("fangzhi")["public"]:
        assert found.status_code == 403
    else:
        assert len(rows_of(found, form)) > 3


def test_only_the_forms_that_are_linked_are_answered(small: Site) -> None:
    assert small.get("/toy/metrics.wholejson").status_code == 400


def test_a_row_as_a_workbook(small: Site, path: Path) -> None:
    with opened(path) as connection:
        ((key, value),) = connection.execute("select id, value from metrics order by id limit 1").fetchall()
    [row] = rows_of(small.get(f"/toy/metrics/{key}.xlsx"), "xlsx")
    assert row[0] == key
    assert value in row


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["/toy/metrics", "/toy/report_facts", "/toy/metric_facts"])
def test_the_links_of_a_page_give_all_rows(small: Site, address: str, language: str) -> None:
    """Each link to data on a page is to all of it."""
    import re  # noqa: PLC0415

    html = small.get(address, accept_language=language).text
    links = {link.replace("&amp;", "&") for link in re.findall(rf'href="({address}\.\w+[^"]*)"', html)}
    assert {link.partition("?")[0].rpartition(".")[2] for link in links} == {"csv", "xlsx", "json"}
    plain = [link for link in links if "_shape" not in link]
    counts = {len(rows_of(small.get(link), re.findall(r"\.(\w+)", link)[0])) for link in plain}
    assert len(counts) == 1
    assert counts.pop() > 3
    assert "_shape=object" not in html


def test_what_takes_too_long_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing half done is sent."""
    monkeypatch.setattr(downloads, "SECONDS", 0)
    found = Site(path).get("/-/download/report_facts.json")
    assert (found.status_code, "fangzhi export" in found.text) == (503, True)


def test_a_workbook_goes_on_in_a_further_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from openpyxl import load_workbook  # noqa: PLC0415

    monkeypatch.setattr(workbook, "ROW_LIMIT", 3)
    monkeypatch.setattr(workbook, "MEASURED", 2)
    file = tmp_path / "many.xlsx"
    workbook.write([Answer("many", ("n", "t"), ((n, "#N/A") for n in range(7)))], file)
    book = load_workbook(file)
    assert book.sheetnames == ["many", "many (2)", "many (3)"]
    cells = [row for sheet in book for row in sheet.iter_rows(min_row=2)]
    assert [row[0].value for row in cells] == list(range(7))
    assert {(row[1].value, row[1].data_type) for row in cells} == {("#N/A", "s")}
