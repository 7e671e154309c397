"""Kinds of files: the text that comes out of each, what is known beside it, and every refusal in one line."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import zipfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

import fangzhi
from db import reading
from db.build import Summary, build
from ingest.model import Document, ReadError, ReportFacts
from ingest.read import read
from ingest.readers import docx, ocr

TITLE = "清川县2023年国民经济和社会发展统计公报"
FIRST = "2023年，全县实现地区生产总值852.4亿元，比上年增长6.2%。其中，第一产业增加值40.1亿元，增长3.5%。"
SECOND = "年末全县常住人口67.0万人，比上年末增加0.4万人；城镇化率65.2%，提高0.8个百分点，居全市第二位。"
ROWS = (
    ("指标", "单位", "2022年", "2023年"),
    ("粮食产量", "万吨", "12.1", "12.5"),
    ("财政收入", "亿元", "80.2", "85.3"),
)
TABLE = [" | ".join(row) for row in ROWS]

PAGE = f"""<!DOCTYPE html><html><head><meta charset="CHARSET"><title>公报_清川县人民政府</title>
<meta name="PubDate" content="2024-03-15 10:00"><meta name="ContentSource" content="清川县统计局">
<script>var text = "全县生产总值1亿元，增长99%。";</script></head><body>
<div class="menu"><ul><li><a href="/">首页</a><li><a href="/d">统计数据</a></ul></div>
<div><h1>{TITLE}</h1><div>来源：清川县统计局 <span>2024-03-15</span></div>
<div><p>&nbsp;&nbsp;　　2023年，全县实现地区生产总值<b>852.4</b>
亿元，比上年增长6.2%。其中，第一产业增加值40.1亿元，增长3.5%。<p>{SECOND}<br>完。
<table>{"".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in ROWS)}</table></div></div>
<div>友情链接：<a href="1">省统计局</a> <a href="2">市统计局</a></div></body></html>"""


def one(path: Path) -> Document:
    [document] = read(path)
    assert isinstance(document, Document)
    return document


def made(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def word(body: str) -> bytes:
    """A Word document with this body."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
    return packed.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def row(cells: tuple[str, ...]) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"


WORD = word(
    paragraph(TITLE)
    + paragraph(FIRST)
    + f"<w:p><w:del><w:r><w:delText>删去9.9%</w:delText></w:r></w:del><w:r><w:t>{SECOND}</w:t></w:r></w:p>"
    + f"<w:tbl>{''.join(map(row, ROWS))}</w:tbl>"
)


def printed(draw: Callable[[Canvas], None], **options: object) -> bytes:
    """A PDF of one page, 595 by 842 points."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842), invariant=1, **options)
    canvas.setFont("STSong-Light", 10)
    draw(canvas)
    canvas.save()
    return file.getvalue()


def wrapped(canvas: Canvas, text: str, width: float) -> list[str]:
    """The lines of a text, as full as the width allows."""
    lines = [""]
    for char in text:
        if canvas.stringWidth(lines[-1] + char, "STSong-Light", 10) > width - (12 if len(lines) == 1 else 0):
            lines.append("")
        lines[-1] += char
    return lines


def newspaper(canvas: Canvas) -> None:
    """A headline, two columns whose lines aren't level, a table and a page number."""
    canvas.drawString(200, 800, TITLE)
    for left, drop, text in ((50, 0, FIRST), (320, 6, SECOND)):
        for number, line in enumerate(wrapped(canvas, text, 160)):
            canvas.drawString(left + (0 if number else 12), 760 - drop - 15 * number, line)
    for number, cells in enumerate(ROWS):
        for place, cell in enumerate(cells):
            canvas.drawString(60 + 110 * place, 600 - 20 * number, cell)
    canvas.drawString(290, 20, "- 1 -")


PRINTED = printed(newspaper)


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_a_page_gives_its_report_and_what_its_header_tells(tmp_path: Path, charset: str) -> None:
    data = PAGE.replace("CHARSET", charset).encode(charset)
    document = one(made(tmp_path, "page.html", data))
    lines = document.text.split("\n")
    assert lines[0] == TITLE
    assert "2023年，全县实现地区生产总值852.4 亿元" in lines[1]
    assert lines[2:] == [SECOND, "完。", *TABLE]
    source = document.source
    assert (source.title, source.publisher, source.published_on) == (TITLE, "清川县统计局", "2024-03-15")
    assert document.origin is not None and document.origin.html is not None
    assert "统计数据" in document.origin.html and "99%" not in document.origin.html


def test_a_report_in_parts_stays_whole(tmp_path: Path) -> None:
    page = (
        f"<html><body><div>{'<p>'.join([FIRST] * 3)}</div><div>{'<p>'.join([SECOND] * 3)}</div></body></html>"
    )
    assert one(made(tmp_path, "page.html", page.encode())).text.split("\n") == [FIRST] * 3 + [SECOND] * 3


def test_a_page_of_unclosed_elements_keeps_most_of_its_text(tmp_path: Path) -> None:
    page = "<html><body>" + f"<div><p>{FIRST}" * 500
    assert one(made(tmp_path, "page.html", page.encode())).text.count(FIRST) >= 350


def test_a_word_document_gives_its_paragraphs_and_tables(tmp_path: Path) -> None:
    assert one(made(tmp_path, "a.docx", WORD)).text.split("\n") == [TITLE, FIRST, SECOND, *TABLE]


def test_a_printed_page_is_read_column_by_column(tmp_path: Path) -> None:
    document = one(made(tmp_path, "a.pdf", PRINTED))
    assert document.text.split("\n") == [TITLE, FIRST, SECOND, *TABLE]


def test_a_figure_is_found_on_its_page(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    made(reports, "a.pdf", PRINTED)
    assert built(reports, tmp_path / "x.db").reports == 1
    with sqlite3.connect(tmp_path / "x.db") as database:
        [(page, left, right, top)] = database.execute(
            "select page, x0, x1, y0 from places p join metrics m on m.id = metric_id and value_text = '85.3'"
        )
    assert page == 1
    # The last cell: 390 points from the left, 640 from the bottom of 842.
    assert 389 <= left <= 391 < right <= 412
    assert 842 - 560 - 12 <= top <= 842 - 560


def test_where_each_page_begins_is_told(tmp_path: Path) -> None:
    """A page that holds nothing has no row; what goes on from page to page stays one line."""

    def pages(canvas: Canvas) -> None:
        for text in (TITLE, "", FIRST):
            canvas.setFont("STSong-Light", 10)
            for number, line in enumerate(wrapped(canvas, text, 400)):
                canvas.drawString(50, 700 - 15 * number, line)
            canvas.showPage()

    reports = tmp_path / "reports"
    reports.mkdir()
    made(reports, "a.pdf", printed(pages))
    assert built(reports, tmp_path / "x.db").reports == 1
    with sqlite3.connect(tmp_path / "x.db") as database:
        found = database.execute(
            "select page, substr(text, start_char + 1, 4)"
            " from page_starts p join reports r on r.id = report_id order by page"
        ).fetchall()
    assert found == [(1, TITLE[:4]), (3, FIRST[:4])]


def test_a_table_of_reports_is_read_row_by_row(tmp_path: Path) -> None:
    table = (
        "正文,标题,发布日期,地区\n"
        + f'"{FIRST}","公报",2024年3月15日,锦江区\n'
        + ",空,2024,\n"
        + f'"{SECOND}",乙,昨天,某地\n'
    )
    first, empty, third = read(made(tmp_path, "many.csv", table.encode("gb18030")))
    assert isinstance(first, Document) and isinstance(third, Document) and isinstance(empty, ReadError)
    assert (first.text, first.source.title, first.source.published_on) == (FIRST, "公报", "2024-03-15")
    assert first.source.district_id == "510104"
    assert (empty.kind, str(empty)[:18]) == ("empty", "many.csv: entry 2 ")
    assert [kind for kind, _ in third.notes] == ["metadata", "metadata"]


@pytest.mark.parametrize("name", ["many.jsonl", "many.json"])
def test_json_is_read_object_by_object(tmp_path: Path, name: str) -> None:
    told = [{"text": FIRST, "date": 20240315}, {"text": "\ud800"}, {"text": SECOND}]
    lines = [json.dumps(item) for item in told]
    data = "[" + ",".join(lines) + "]" if name.endswith("json") else "\n".join(lines)
    found = [
        item if isinstance(item, Document) else item.kind
        for item in read(made(tmp_path, name, data.encode()))
    ]
    assert [item.text if isinstance(item, Document) else item for item in found] == [FIRST, "binary", SECOND]


BOMB = word("<w:p/>" * 400_000)
REFUSED = [
    ("a.pdf", PRINTED[: len(PRINTED) // 2], "damaged"),
    ("a.pdf", printed(newspaper, encrypt=StandardEncryption("secret")), "encrypted"),
    ("a.pdf", PAGE.encode(), "mislabelled"),
    ("a.pdf", FIRST.encode(), "mislabelled"),
    ("a.pdf", printed(lambda canvas: None), "empty"),
    ("a.txt", PRINTED, "mislabelled"),
    ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted"),
    ("a.docx", WORD[:-60], "damaged"),
    ("a.docx", BOMB, "too-large"),
    ("a.docx", word('<!DOCTYPE a [<!ENTITY b "b">]>'), "damaged"),
    ("a.docx", word("<w:p>" * 5000 + "</w:p>" * 5000), "damaged"),
    ("a.html", b"<!DOCTYPE html><html><body><div id='app'></div></body></html>", "empty"),
    ("a.html", b"<html><frameset></frameset></html>", "empty"),
    ("a.csv", "甲,乙\n1,2\n".encode(), "no-text-column"),
    ("a.jsonl", b"1\n{}\n", "no-text-column"),
    ("a.png", b"\x89PNG\r\n\x1a\nrest", "damaged" if ocr.available() else "needs-extra"),
]


@pytest.mark.parametrize(("name", "data", "kind"), REFUSED)
def test_what_cannot_be_read_is_refused_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, kind: str
) -> None:
    monkeypatch.setattr(docx, "MAX_BYTES", 2**20)
    with pytest.raises(ReadError) as caught:
        list(read(made(tmp_path, name, data)))
    assert caught.value.kind == kind
    assert str(caught.value).startswith(f"{name}: ") and "\n" not in str(caught.value)


def test_pictures_of_pages_ask_for_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def scanned(canvas: Canvas) -> None:
        canvas.rect(50, 50, 100, 100, fill=1)

    monkeypatch.setattr(ocr, "available", lambda: False)
    with pytest.raises(ReadError) as caught:
        list(read(made(tmp_path, "scan.pdf", printed(scanned))))
    assert caught.value.kind == "needs-extra"
    assert "fangzhi[ocr]" in str(caught.value)


@pytest.mark.skipif(not ocr.available(), reason="the extra ocr is not installed")
def test_a_picture_is_recognised(tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image").new("RGB", (900, 120), "white")
    fonts = list(Path("/usr/share/fonts").rglob("NotoSansCJK-Regular.ttc"))
    if not fonts:
        pytest.skip("no Chinese font to draw with")
    font = pytest.importorskip("PIL.ImageFont").truetype(str(fonts[0]), 32)
    pytest.importorskip("PIL.ImageDraw").Draw(image).text(
        (20, 30), "地区生产总值852.4亿元，增长6.2%", "black", font
    )
    image.save(tmp_path / "a.png")
    document = one(tmp_path / "a.png")
    assert "852.4亿元" in document.text and "6.2%" in document.text
    assert [kind for kind, _ in document.notes] == ["ocr"]


def built(folder: Path, output: Path, reuse: bool = False) -> Summary:
    extract = partial(fangzhi.extract, reference_date=None, district_id=None)
    return build([folder], output, extract, jobs=1, reuse=reuse)


def test_bad_files_and_entries_cost_themselves_and_reuse_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    made(folder, "page.html", PAGE.replace("CHARSET", "utf-8").encode())
    made(folder, "a.docx", WORD)
    made(folder, "cut.docx", WORD[:-60])
    made(folder, "a.pdf", PRINTED)
    made(folder, "many.jsonl", "\n".join(json.dumps({"text": text}) for text in (FIRST, "", SECOND)).encode())
    made(folder, "same.txt", SECOND.encode())
    fresh = built(folder, tmp_path / "one.db")
    assert (fresh.reports, fresh.issues["damaged"], fresh.issues["empty"], fresh.issues["duplicate"]) == (
        5,
        1,
        1,
        1,
    )
    made(folder, "more.txt", FIRST.replace("6.2", "6.3").encode())
    built(folder, tmp_path / "one.db", reuse=True)
    built(folder, tmp_path / "two.db")
    assert (tmp_path / "one.db").read_bytes() == (tmp_path / "two.db").read_bytes()


def fatal(source: Path | Document, name: str) -> Iterable[ReportFacts | ReadError]:
    """As the program reads, but that an entry of a file of many may end the process."""
    if isinstance(source, Document) and "祸" in source.text:
        os._exit(9)
    return fangzhi.extract(source, name, reference_date=None, district_id=None)


@pytest.mark.parametrize("extension", ["csv", "jsonl"])
def test_a_large_file_of_many_is_shared_out_and_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extension: str
) -> None:
    texts = [FIRST.replace("852", str(number)) for number in range(800, 830)]
    texts[7], texts[11] = "", texts[3]  # one entry without a text, one with that of another
    if extension == "csv":
        lines = ["text,title", *(f'"{text}",公报' for text in texts), '"broken "quotes"']
    else:
        lines = [*(json.dumps({"text": text}) for text in texts), "{broken"]
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in (f"many.{extension}", f"same.{extension}"):
        made(folder, name, "\n".join(lines).encode())
    whole = built(folder, tmp_path / "whole.db")
    assert (whole.reports, whole.issues["duplicate"], whole.issues["empty"]) == (28, 2, 1)
    assert whole.issues["damaged"] == 1
    monkeypatch.setattr(reading, "BATCH_BYTES", 500)
    monkeypatch.setattr("db.build.BATCH_BYTES", 500)
    for jobs in (1, 2):
        output = tmp_path / f"{jobs}.db"
        assert build([folder], output, fatal, jobs=jobs, entries=fangzhi.entries).failures == whole.failures
        assert output.read_bytes() == (tmp_path / "whole.db").read_bytes()


def test_an_entry_that_kills_what_reads_it_costs_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [FIRST, SECOND, "祸" + SECOND, FIRST.replace("6.2", "6.3")]
    many = made(tmp_path, "many.jsonl", "\n".join(json.dumps({"text": text}) for text in texts).encode())
    monkeypatch.setattr(reading, "BATCH_BYTES", 500)
    summary = build([many], tmp_path / "x.db", fatal, jobs=2, entries=fangzhi.entries)
    assert (summary.reports, summary.issues["crashed"]) == (3, 1)
    assert summary.failures[0].startswith("many.jsonl: entry 3: ")
