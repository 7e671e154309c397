"""Which figures tell a part of what their indicator names, so that no canonical indicator is theirs.

In: a statement, the one before it in its sentence and the text beside its figure. Out: whether it is of a
part: of those firms that did something (1600多家规上企业实现数字化转型), of a class that the sentence counts
(家具企业5200家，其中规上企业618家，从业人员5万人), of firms above size, of what was added. The words stay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest import nouns, phrase
from ingest.indicators import map_indicator

if TYPE_CHECKING:
    from ingest.relate import Statement

_NARROWS = re.compile(
    "(?:均|都|已|全部|成功|顺利)*(?:实现|完成|获|入选|通过|参[与加展]|上市|挂牌|在[A-Z\u4e00-\u9fff]{1,6}上市|上云|开展|享受|被|进入|跻身|签约|参保|建设|建有|设立|组建)"
)
_PART = re.compile("[左右余多以上]*，?(?:其中|\\()")
# 400余家陶瓷企业中，规上工业企业22家
_AMONG = re.compile("[^，。；、]{0,16}(?:企业|单位|公司|机构)(?:当)?中，[^，。；]*$")
_ITEM = re.compile("[左右余多以上]*(?:、|和|以及|及)[^，。；]*$")
_NO_END = re.compile("[^。；\\n]*$")
_ALL_FIRMS = re.compile(
    "(?:现有|拥有|共有|各类|全部|实有|注册|工业|入园|入驻|园区|集聚|存续|市场)*(?:企业|公司|单位|主体)(?:总数|总量|数量|数)?"
)
_ABOVE = re.compile("[规限]上|[规限][模额]以上")
# 是“十二五”的1.8倍, 为去年同期的2倍; what is held against people or areas is a ratio.
_OF_TIME = re.compile("[年月季期]|五”?|以前|之前|建国|当初|起初|原来|过去")
_CLASS = re.compile("(?:企业|工厂|厂|公司|店|合作社|机构|商户|作坊|茶企|药企|车企)$")
_OF_FIRMS = re.compile(
    "(?:直接|间接|吸纳|带动|安排|实现)*(?:从业(?:人员|人数)|就业(?:人员|人数)?|职工|税收|利税|利润)"
)


def narrowed(text: str, before: Statement | None, statement: Statement, left: str, right: str | None) -> bool:
    """Whether a statement is of a part of what its indicator names.

    `before` is the statement before it in its sentence; `left` is the text left of its figure, `right` that
    right of a figure whose noun stands there.
    """
    counts = statement.quantity.kind == "count"
    said = statement.indicator
    if counts and right is not None and _NARROWS.match(phrase.after(right)[1]):
        return True
    if _ABOVE.search(left) and not _ABOVE.search(said):
        return True  # 限额以上单位通过公共网络实现商品零售额
    if statement.rule == "growth.multiple" and statement.basis and not _OF_TIME.search(statement.basis):
        return True  # 接待游客是全县人口的40多倍
    if before is None or _NO_END.match(text, before.quantity.end, statement.quantity.start) is None:
        return False
    if said == before.indicator and (before.narrowed or _grown(before, statement)):
        return True
    return before.quantity.kind == "count" and _of_class(text, before, statement)


def _grown(before: Statement, statement: Statement) -> bool:
    """新增市场主体1249户，增长32%: those that were added grew."""
    return before.rule == "change.gain" and statement.measure == "growth"


def _of_class(text: str, before: Statement, statement: Statement) -> bool:
    """Whether a statement is of those that were counted before it."""
    said, start, end = statement.indicator, before.quantity.end, statement.quantity.start
    if statement.quantity.kind == "count":
        if _PART.match(text, start, end) or _AMONG.match(text, start, end):
            return _is_class(before) or bool(_ABOVE.match(before.indicator) and not _ABOVE.match(said))
        if _ITEM.match(text, start, end):
            return before.narrowed
    return statement.subject.type == "district" and bool(_OF_FIRMS.fullmatch(said)) and _is_class(before)


def _is_class(counted: Statement) -> bool:
    """Whether what was counted is a class of firms, or what was done, which no canonical indicator counts."""
    said = counted.indicator
    if counted.narrowed:
        return True
    if not (_CLASS.search(said) or nouns.done_alike(said)) or _ALL_FIRMS.fullmatch(said):
        return False
    return map_indicator(said, counted.unit, counted.measure)[0] is None
