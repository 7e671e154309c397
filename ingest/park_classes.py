"""What an ending of parks is beside a verb, a zone or a slogan: works, a title, a class, and no park's name.

In: a text, where the stretch before the ending opens, the modifier's words, where the ending ends. Out:
whether no one park is named there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.edges import boundaries, generic, known, proper
from ingest.lexicon import Word, cut

TOGETHER = ("共建产业园", "共建园区")
WITH = ("与", "和", "同", "跟", "及", "联合", "携手")
TIES = ("协作", "合作", "帮扶", "对口", "结对", "东西部协作")
LEGAL_FORMS = ("公司", "集团", "企业")
ZONE_ENDS = ("开发区", "高新区", "经开区", "保税区", "综保区", "工业园区")
# “一廊多园”市域科创走廊: a plan's figure and common words
FIGURE = re.compile("[“‘][一二三四五六七八九十两\\d][^”’]{1,7}[”’]")
VALLEY_AIM = re.compile("(?:打造|建设|建成|成为|争创|叫响|创建)(?:为|成)?“?$")
WIDE = ("中国", "美国", "世界", "东方", "亚洲", "全球", "国际")
CALLED_SO = re.compile("(?:称为|誉为|称作|喻为|素称|人称)“?$")  # 被称为“中国车谷”: a likeness
CROSSES = re.compile(  # a word begins with the ending's last character (工业园林, 开发区域, 科技城市)
    "园(?:林(?![立业草])|艺(?!术)|丁)|区(?:域|划(?![定分归入出转拨])|块(?!状)|位(?![于居列次处]))"
    "|城(?:市(?![场值民政])|镇(?!江)|乡|际|域)|谷[物雨底地]|港(?:口(?!岸)|湾|澳)|岛屿|镇长(?![期足远])"
)
CLASS_BEFORE = re.compile(
    "(?:一批|各类|若干|多个|一系列|诸多|部分|更多|重点|全[国省市县区州]|(?:国家|省|市|县|区)级)$"
)
FIRM = re.compile(
    "(?:城市|产业|投资|建设|发展|开发|控股|运营|资产|资本|国有|实业|文旅|交通|经营|管理|科技|股份)+(?:集团|公司|有限)"
)
EACH = re.compile("[一每][省市县区乡镇村企业]{1,2}[一多]$")  # “一县一园区”
CALLED_AFTER = re.compile("”?(?:之称|的?美誉|的?美名|的?称号)")
STREET = re.compile(
    "[东西南北中]?[一二三四五]?路(?![网灯演径段线桥由])|[东西南北中][一二三四五]?街(?![道区头])"
)


def common_park(suffix: str, text: str, opened: int, words: list[Word], end: int) -> bool:
    """Whether the ending is a verb's object, a title of a zone's, a street, or a plan's class."""
    left, at = opened + words[0].start, opened + words[-1].end
    if suffix in TOGETHER and _built_together(text, opened, words):
        return True
    if CROSSES.match(text, end - 1):
        return True
    if STREET.match(text, end) or FIRM.match(text, end):
        return True  # 新港东路, 骐阳高新区城市运营集团
    if suffix == "总部基地" and text.startswith("项目", end) and all(w.tag != "ns" for w in words):
        return True  # a firm's own
    if CLASS_BEFORE.search(text[max(0, left - 4) : left]) and not proper(text, opened, words):
        return True  # 一批冷链物流园
    if len(words) > 1 and text[left:at] in generic("park"):
        return True  # 农村产业融合发展示范园
    if EACH.search(text[max(0, at - 4) : at]):
        return True
    if suffix in CITIES and _aim(text, opened, words, left):
        return True  # 高水平建设新能源汽车城
    if (suffix == "硅谷" and text[left:at] in WIDE) or likened(text, left, end):
        return True
    if any(_titled_zone(text, opened, one, two) for one, two in pairwise(words)):
        return True
    figure = FIGURE.match(text, left, at)
    return figure is not None and _plain(text[figure.end() : at], text, opened, words, figure.end())


CITIES = ("汽车城", "钢城", "铝城", "家居城", "锂电城", "服装城", "智造城", "科技城", "新材料城")
AIM = re.compile("(?:打造|建设|建成|迈向|叫响|争创|崛起)(?:成|为|一座|的)*$")


def _aim(text: str, opened: int, words: list[Word], left: int) -> bool:
    """Whether a city of a trade is what a place strives to be, no place and no brand being named."""
    return AIM.search(text[max(0, left - 6) : left]) is not None and not proper(text, opened, words)


def likened(text: str, left: int, end: int) -> bool:
    """Whether a valley of a country's is a likeness or an aim (被称为“中国车谷”, 打造中国氢谷)."""
    if not text.startswith(WIDE, left):
        return False
    before = text[max(0, left - 6) : left]
    aimed = text.endswith("谷", left, end) and VALLEY_AIM.search(before)
    return bool(aimed or CALLED_SO.search(before) or CALLED_AFTER.match(text, end))


def class_said(said: str) -> bool:
    """Whether what stands before a quoted ending is a rule for all or common words (“一县一园区”)."""
    return EACH.search(said) is not None or all(
        said[w.start : w.end] in generic("park") | boundaries("park-sort") for w in cut(said)
    )


def _built_together(text: str, opened: int, words: Sequence[Word]) -> bool:
    """Whether 共建 is the verb: no two places stand before it (与骐都咖啡共建产业园)."""
    left, at = opened + words[0].start, opened + words[-1].end
    last = text[opened + words[-1].start : at]
    partner = text[:left].endswith(WITH) or any(word in text[left:at] for word in ("联合", "携手"))
    firm = last.endswith(LEGAL_FORMS) or last in known() or text[left:at] in known()
    return partner or firm or (words[-1].tag not in ("ns", "o") and last not in TIES)


def _titled_zone(text: str, opened: int, one: Word, two: Word) -> bool:
    """Whether a zone and then a grade stand there (骐州经济技术开发区国家级零碳园区)."""
    graded = text[opened + two.start : opened + two.end] in boundaries("grade")
    return graded and text.endswith(ZONE_ENDS, opened + one.start, opened + one.end)


def _plain(rest: str, text: str, opened: int, words: Sequence[Word], start: int) -> bool:
    """Whether all words from `start` on are common ones."""
    said = [text[opened + w.start : opened + w.end] for w in words if opened + w.start >= start]
    return bool(rest) and all(piece in generic("park") for piece in said)
