"""Parks that end with a common word: 基地, 城 or 园 after a place and a trade.

In: the clean text of a paragraph and the candidates found in it by their endings. Out: candidates as in
`candidates`. 基地 is as often a plant, a farm or an aim (打造骐州新能源汽车基地), 城 a town and 园 a garden:
so a place or a brand stands first and a trade last, and nothing says that the thing is only striven for.
A declared short form shows a name too (国家算网创新基地(简称“算网基地”)).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ingest.candidates import Candidate, park_words
from ingest.edges import boundaries, generic, proper, walk, window
from ingest.evidence import HONOURED, provinces_many, refused
from ingest.lexicon import Word, cut, districts, words
from ingest.model import EntityKind
from ingest.park_classes import likened
from ingest.parks import TRADE_ZONES

RULE = "name.common"
WORD = re.compile(
    "基地(?!项目|[的型化])|(?<=[^公田校果花乐家庄\\W])园(?![区林艺内中外里地丁子博])"
    "|(?<=[^县古新老都江山水长京名文\\W])城(?![市镇区乡际管投建中东西南北关郊墙商里内外轨县融改农居铁高海交控邦隍池楼堡门防步])"
)
DECLARED = re.compile(r"(?<=[地园城区谷港镇])(?=[(（](?:以下)?(?:简称|下称|统称))")
# 名叫未来里的园区
CALLED = re.compile(
    r"名[叫为](?:做|作)?[“‘]?([^“”‘’，。；、的]{3,10})[”’]?的"
    r"[^，。；、]{0,6}?(?:园区|产业园|科技园|小镇|开发区|大平台)"
)
VALLEY = re.compile("(?:中国|中华)[^大小河山峡深稻五国硅的\\W]{1,2}谷(?![地物雨歌类穗仓])")  # 中国牙谷
NESTED = re.compile("“[^“”]{0,4}(?:园中园|区中园)”")  # 骐川五金“共享式园中园”
# “骊力高地”等创新孵化社区: a place for founders under a name of its own
HOUSED = re.compile(
    "“([\u4e00-\u9fffA-Za-z]{3,8})”(?:[、“”\u4e00-\u9fffA-Za-z]{0,20}等)?[^，。；、“”]{0,8}?(?:孵化|双创|创业|创客|OPC|创新)"
    "[^，。；、“”]{0,6}?(?:社区|园区|载体|街区)"
)
SHORTEST = 4  # characters of a declared park's full name
AIMED = re.compile(
    r"(?:打造|建设|建成|成为|作为|创建|争创|争当|叫响|擦亮|迈向)(?:了|为|成)?[^，。；、]{0,4}$"
)
IDLE = ("老工业", "总部", "清洁能源", "新能源", "教育", "培训", "商品粮")  # last words of more than one
COUNTRIES = ("中国", "全国", "世界", "全球", "国际", "亚洲")
KINDS = {"基": "industrial park", "园": "industrial park", "城": "market"}
BESIDE: tuple[EntityKind, ...] = ("park", "enterprise", "institution")


def sites(text: str, formed: Sequence[Candidate]) -> list[Candidate]:
    """Every park of a common ending that what stands before it, or its declared short form, makes a name."""
    ends = {c.end for c in formed if c.kind in BESIDE and c.sure}
    found: list[Candidate] = []
    for match in WORD.finditer(text):
        at, end = match.span()
        left = None if end in ends else _site(text, at, end)
        if left is not None:
            found.append(Candidate(left, end, "park", KINDS[text[at]], RULE))
            ends.add(end)
    for match in DECLARED.finditer(text) if "称" in text else ():
        end = match.start()
        left = None if end in ends else _declared(text, end)
        if left is not None:
            found.append(Candidate(left, end, "park", "industrial park", RULE + ".declared"))
    for match in VALLEY.finditer(text) if "谷" in text else ():
        if match.end() not in ends and not likened(text, *match.span()):
            found.append(Candidate(*match.span(), "park", "science park", RULE + ".valley"))
    for match in NESTED.finditer(text) if "中园" in text else ():
        opened = window(text, match.start())
        left, before = walk(text, opened, match.start(), "park") if opened < match.start() else (0, [])
        if before and text[match.start() - 1].isalnum() and proper(text, opened, before):
            found.append(Candidate(left, match.end(), "park", "industrial park", RULE + ".nested"))
    for match in HOUSED.finditer(text) if "”" in text else ():
        found.append(Candidate(*match.span(1), "park", "industrial park", RULE + ".housed"))
    found.extend(_areas(text, ends))
    found.extend(_summed(text, {c.end for c in (*formed, *found) if c.kind == "park" and c.sure}))
    for match in CALLED.finditer(text) if "名" in text else ():
        found.append(Candidate(*match.span(1), "park", "industrial park", RULE + ".called"))
    return found


def _site(text: str, at: int, end: int) -> int | None:
    """Where the name begins that ends with 基地, 城 or 园 at `at`."""
    opened = window(text, at)
    if opened >= at or text[at - 1 : end] in words() or text.endswith(park_words(), opened, end):
        return None
    left, before = walk(text, opened, at, "park")
    if len(before) < 2 or not proper(text, opened, before):
        return None
    if refused("park", text[at:end], text, opened, before, end):
        return None
    last = before[-1]
    trade = text[opened + last.start : at]
    branded = text[at] == "基" and last.tag == before[-2].tag == "o"  # 骐县油服基地
    named = last.tag[0] in "nvb" and last.tag != "ns" and len(trade) >= 2
    if text[at] == "城" and before[0].tag == "ns" and len(trade) == 1 and before[-2].tag == "n":
        named = len(before) > 2  # 骐县功能糖城
    if not (named or branded) or trade in boundaries("idle-site"):
        return None
    if text[at] == "基" and text[left:at].endswith(IDLE):
        return None
    name = text[left:end]
    if name.startswith(COUNTRIES) or _first(text, opened, before) in provinces_many():
        return None
    near = text[max(0, left - 14) : left]
    if AIMED.search(near) or HONOURED.search(near.rstrip("“")):
        return None
    sited = text[at] != "基" or (any(w.tag == "ns" for w in before) and name not in districts())
    return left if sited else None


def _areas(text: str, ends: set[int]) -> list[Candidate]:
    """The areas of a free trade zone that go by their cities (开封片区、郑州片区)."""
    if "片区" not in text or not any(zone in text for zone in TRADE_ZONES):
        return []
    return [
        Candidate(match.start() - size, match.end(), "park", "bonded centre", RULE + ".area")
        for match in re.finditer("片区", text)
        for size in (3, 2)
        if match.end() not in ends and text[max(0, match.start() - size) : match.start()] in districts()
    ]


def _summed(text: str, ends: set[int]) -> list[Candidate]:
    """The other members of a list with a park that 等特色园区 sums up (骐湾、骊飞机园、海洋园等特色园区)."""
    found: list[Candidate] = []
    for match in SUMMED.finditer(text) if "等" in text else ():
        row: list[tuple[int, int]] = []
        end = match.start()
        while len(row) < MEMBERS and (item := MEMBER.search(text, max(0, end - MEMBER_MOST), end)):
            row.append((item.start(1), end))
            end = item.start()
        if len(row) > 1 and not any(last in ends for _, last in row):
            placed = [(_placed(text, start, last), last) for start, last in row]
            if all(start is not None for start, _ in placed):
                found.extend(
                    Candidate(start, last, "park", "industrial park", RULE + ".summed")
                    for start, last in placed
                    if start is not None
                )
        elif any(last in ends for _, last in row):
            found.extend(
                Candidate(start, last, "park", "industrial park", RULE + ".summed")
                for start, last in row
                if last not in ends and _may_be(text[start:last])
            )
    return found


def _placed(text: str, start: int, end: int) -> int | None:
    """Where a list's member begins that tells a place and a trade (文山三七、楚雄医药等工业园区)."""
    said = cut(text[start:end])
    at = next((i for i, w in enumerate(said) if w.tag == "ns"), len(said))
    rest = said[at + 1 :]
    named = bool(rest) and end - start - rest[0].start >= 2 and all(w.tag != "ns" for w in rest[-1:])
    lead = all(w.tag == "v" for w in said[:at])
    plain = all(w.tag[0] in "noav" and w.tag != "v" for w in rest)
    return start + said[at].start if named and lead and plain else None


def _may_be(name: str) -> bool:
    """Whether a list's member can be a park's name: no district, nothing general, no verb in it."""
    common = name in districts() or name in generic("park") or name in boundaries("idle-site")
    return not common and name.isalpha() and all(w.tag[0] not in "vdpuct" or w.tag == "vn" for w in cut(name))


SUMMED = re.compile(
    "等(?:特色|重点|主要|专业|专业化|精品|省级|国家级|市级|产业|工业|科技|主题)+(?:园区|功能区|产业园|开发区)(?!的?企业)"
)
MEMBER = re.compile("(?:^|[、，,和及。；：])([^、，。；：,和及的\\d]{2,7})$")
MEMBERS, MEMBER_MOST = 12, 9  # members looked at, and the characters of one with its mark


def _first(text: str, opened: int, before: Sequence[Word]) -> str:
    return text[opened + before[0].start : opened + before[0].end]


def _declared(text: str, end: int) -> int | None:
    """Where the name begins that ends at `end` with a declared short form behind it."""
    tail = next((word for word in _tails() if text.endswith(word, 0, end)), None)
    if tail is None:
        return None
    at = end - len(tail)
    opened = window(text, at)
    if opened >= at:
        return None
    left = at
    for word in reversed(cut(text[opened:at])):
        piece = text[opened + word.start : opened + word.end]
        joins = piece in JOINS and left < at
        if not joins and (word.tag[0] in "vpcurtd" and word.tag != "vn" and piece not in boundaries("pass")):
            break
        left = opened + word.start
    return left if end - left >= SHORTEST and text[left] not in JOINS else None


JOINS = "与和及"


@cache
def _tails() -> tuple[str, ...]:
    return ("基地", "产业园", "园区", "园", "小镇", "新城", "示范区", "试验区", "开发区")
