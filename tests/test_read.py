"""Reading: the encodings of Chinese reports, and every refusal with a line that says what to do."""

import hashlib
from pathlib import Path

import pytest

from ingest import read as reading
from ingest.model import Document, ReadError
from ingest.read import read

SENTENCE = "2023年，全市实现地区生产总值1214.68亿元，比上年增长2.8%。\r\n其中，第二产业增加值增长3.4%。\n"
SHORT = "全市生产总值增长5%。"
TRADITIONAL = "2023年，全市實現地區生產總值1214.68億元，比上年增長2.8%。工業企業增加到163家。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SENTENCE, "utf-8"),
        (SENTENCE, "utf-8-sig"),
        (SENTENCE, "utf-16"),
        (SENTENCE, "utf-16-le"),
        (SENTENCE, "utf-16-be"),
        (SENTENCE, "gb18030"),
        (SHORT, "gb18030"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "gbk"),
        (TRADITIONAL, "utf-8"),
    ],
)
def test_text_is_decoded_and_left_as_it_stands(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(text.encode(encoding))
    [document] = read(path)
    assert isinstance(document, Document)
    assert document.text == text
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", "\ufeff \n\u3000\n".encode(), "empty"),
        ("a.txt", bytes(range(256)) * 20, "binary"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + b"\0\1\2\3" * 200, "mislabelled"),
        ("a.txt", b"\0" * 400, "binary"),
        ("a.txt", b"\xff\xfe\x00\xd8a", "binary"),
        ("a.xyz", SENTENCE.encode(), "unknown-extension"),
        ("a", SENTENCE.encode(), "unknown-extension"),
    ],
)
def test_what_is_no_report_is_refused_in_one_line(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReadError) as caught:
        list(read(path, "sub/given name.txt"))
    assert caught.value.kind == kind
    assert str(caught.value).startswith("sub/given name.txt: ")
    assert "\n" not in str(caught.value)


def test_missing_and_folder_are_unreadable(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    for name in ("none.txt", "folder.txt"):
        with pytest.raises(ReadError) as caught:
            list(read(tmp_path / name))
        assert caught.value.kind == "unreadable"


def test_too_large_is_refused_before_it_is_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 2**20)
    path = tmp_path / "dump.txt"
    path.write_bytes(b"0" * (2**20 + 1))
    with pytest.raises(ReadError) as caught:
        list(read(path))
    assert caught.value.kind == "too-large"
    assert "1 MiB" in str(caught.value)
