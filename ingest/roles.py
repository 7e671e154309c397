"""The role of a run of digits that is in no metric and no date.

In: the paragraph, the clean offset of the run, and the names there. Out: name, ordinal, boilerplate, other
(with a reason in the pattern's comment) or unexplained.
"""

import re
from collections.abc import Sequence

from ingest.model import Name, Paragraph, Role
from ingest.wording import listed

_NUMBER = re.compile(r"\d+(?:[.,]\d+){0,6}")
_ORDINAL_BEFORE = re.compile(r"(?:第|No\.?|№|NO\.?|Top|TOP|排名前|前)\s*$", re.I)
_ORDINAL_AFTER = re.compile(f"(?:{listed('ordinal_after')})")
_NAME_BEFORE = re.compile(r"[A-Za-z+\-/.“‘《]$")
_NAME_AFTER = re.compile(r"[A-Za-z+\-/”’》]|\.[A-Za-z]")
# A duration, an age, a clock, a ratio, a dimension, a phone number, a list's number measure no region.
_OTHER_AFTER = re.compile(
    r"(?:年|个月|个?工作日|天|日|小时|分钟|秒|周|岁|时|点|:|：|/|[x×*]|名以上|[\.、．)）]|-\d|\s)"
)
_RATIO = re.compile(r"(?<!\d)\d{1,9}(?:\.\d{1,6})?(?:[:：︰∶]\d{1,9}(?:\.\d{1,6})?)+")
_ROAD = re.compile(r"(?:[、和]\d{3})*(?:国道|省道|县道)")
_CONTACT = re.compile(f"(?:{listed('contact')})[^，。]{{0,12}}$")
_LIST = re.compile(r"^[\s(（\[【]*\d{1,3}[\s.、．)）\]】]")
# 在全国169家国家高新区综合排名中列第46位: how many are ranked
_RANKED = re.compile(
    r"[家个][\u4e00-\u9fff]{0,16}?(?:排名|中|评价|考核)[^，。；\d]{0,8}第?(?:\d|[一二三四五六七八九十])"
)
# 投资过10亿元项目, 产值超亿元企业
_OVER = re.compile(
    r".{0,12}[过超逾]\d+(?:\.\d+)?[万亿]*元的?[\u4e00-\u9fff]{0,4}(?:企业|项目|产业|集群|园区)"
)
_CLASS = re.compile(
    r"[余多]?[万亿千百]*[美欧日港]?[元亩吨个家人㎡平方米]*(?:及?以[上下]|级|(?<=元)的?(?:项目|企业)\d)"
)


def role_of(paragraph: Paragraph, start: int, names: Sequence[Name]) -> Role:
    """The role of the digits that stand at clean offset `start`."""
    if paragraph.kind in ("boilerplate", "credit"):
        return "boilerplate"
    text = paragraph.text
    match = _NUMBER.match(text, start)
    end = match.end() if match else start + 1
    if any(n.start <= start < n.end for n in names):
        return "name"
    before, after = text[max(0, start - 16) : start], text[end : end + 8]
    if _ORDINAL_BEFORE.search(before) or _ORDINAL_AFTER.match(after):
        return "ordinal"
    if before[-1:] in ("[", "【") or (_LIST.match(text) and start < 6):
        return "ordinal"
    if _NAME_BEFORE.search(before) or _NAME_AFTER.match(after) or _ROAD.match(after):
        return "name"
    opened = max(before.rfind("“"), before.rfind("《"))
    if opened >= 0 and not re.search("[”》]", before[opened:]):
        return "name"
    if _CONTACT.search(before) or paragraph.kind == "caption":
        return "other"
    ratios = _RATIO.finditer(text, max(0, start - 30), min(len(text), end + 30))
    if any(ratio.start() <= start < ratio.end() for ratio in ratios):
        return "other"
    if _OTHER_AFTER.match(after) or _threshold(text, end):
        return "other"
    return "unexplained"


def _threshold(text: str, end: int) -> bool:
    """5000万元以上工业项目, 500亿级: a class of things, not an amount."""
    if _RANKED.match(text[end : end + 30]):
        return True
    return bool(_CLASS.match(text[end : end + 12]) or _OVER.match(text[max(0, end - 12) : end + 14]))
