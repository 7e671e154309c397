"""Brands: runs of characters that no common word claims, with a trade after them (蓝思科技).

In: the clean text of a paragraph. Out: candidates as in `candidates`, none of them sure by itself; and where
a brand ends that common words follow.
"""

from __future__ import annotations

import re
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from ingest.candidates import Candidate
from ingest.edges import boundaries, known, proper, trades, window
from ingest.evidence import ABBREVIATED
from ingest.lexicon import Word, cut
from seeds import lookup


@cache
def _trade_automaton() -> tuple[AhoCorasick, tuple[str, ...]]:
    rows = tuple(row["word"] for row in lookup("firm_trades") if row["mark"] == "1")
    return AhoCorasick(list(rows), matchkind=MatchKind.LeftmostLongest), rows


def brand_end(text: str, start: int, end: int) -> int:
    """The end of the firm's name where common words follow it (蓝思科技智能车间)."""
    edge, brand = end, False
    for word in cut(text[start:end]):
        piece = text[start + word.start : start + word.end]
        if brand and word.tag == "ns":
            return start + word.start
        if word.tag in ("o", "ns", "x"):
            brand = brand or word.tag != "ns"
        elif brand and piece not in trades():
            return start + word.start
        edge = start + word.end
    return edge


AFTER_TRADE = frozenset("员城谷港镇园区局厅部化型类展业街路")
BRANCH = re.compile(
    "(?:、[\u4e00-\u9fff]{2,8}){0,4}(?:产业(?!园|基地)|行业|领域|板块|赛道|风格|市场|大市场)"
)  # 锂钾新材料产业 is a branch
_PLAIN = (
    "(?![是为在有的等和与及将已就]|带动|延伸|牵头|融入|拉动|聚焦|引领|推动|加入|布局|完善|打造|服务|赋能|入驻|投资|落户"
    "|围绕|深耕|嵌入|补齐|参与|形成|构建|支撑|链主|龙头)[\u4e00-\u9fff]"
)
# 骐南特钢材料、光电显示等3个…集群; 铟族金属和钒产业链
CLUSTER = re.compile(
    f"(?:{_PLAIN}){{0,4}}(?:(?:[、和与及](?:{_PLAIN}){{1,8}}){{1,5}})?"
    f"(?:等?[\\d两三四五六七八九十]+[个大条](?:{_PLAIN}){{0,10}})?(?:产业)?(?:集群|产业链)"
)
# 骐青科技人才, 骐江路科技创新带
OF_SCIENCE = re.compile(
    "(?:高端)?(?:人才|特派员|小院|工作者|副总|副县长|副镇长)|(?:创新|成果|金融|文化|服务|影视)?(?:走廊|带(?![动来头领])|片区)"
    "|(?:创新|攻关|成果)(?:人才|高地|策源地|走廊|生态)"
)
GOODS_BEFORE = re.compile(
    "(?:研发|生产|制造|开发|研制|产|制|合成)出$|\\d[余多]?万?[吨件台套只米]的$"
)  # 年产50万吨的骐墨钢铁
FARMED = ("养殖", "种植", "种养")
FARM = re.compile("基地|园区?|场|区|小区|示范|大户|户|合作社|业")
SUBSTANCES = frozenset(
    "铂铱铑钯锇钌铟锗镓铼铌钽锆铪铀铋锑汞砷碲硒铯铷锶钡族铝铜铁锂钾钠钙硼钒钼钨锰铬硅镁钛锌铅锡镍钴钢碳氢氧氨醇盐金银磷硫氟氯基"
)  # 铝铜材料 is no brand


def branded(text: str) -> list[Candidate]:
    """A run of unclaimed characters with a trade after it, standing free at its left (蓝思科技)."""
    automaton, _ = _trade_automaton()
    found: list[Candidate] = []
    for _, at, end in automaton.find_matches_as_indexes(text):
        if _no_trade(text, at, end):
            continue
        low = window(text, at, 10)
        words = cut(text[low:end])
        while words and low + words[-1].start >= at:
            words.pop()
        if not words or low + words[-1].end != at:
            continue
        kept: list[Word] = []
        for word in reversed(words):
            if (
                word.tag not in ("o", "x")
                or not text[low + word.start].isalnum()
                or (word.tag == "x" and text[low + word.start].isdigit())
            ):
                break
            kept.append(word)
        kept.reverse()
        if len(kept) > 2 and text[low + kept[0].start] in boundaries("stop") | {"如", "继", "即"}:
            kept.pop(0)
        if all(text[low + w.start] in SUBSTANCES for w in kept):
            continue
        start = low + kept[0].start if kept else at
        if not 2 <= at - start <= 4 or len(kept) < 2 or _thing(text, start, at, end):
            continue
        before = words[len(words) - len(kept) - 1] if len(words) > len(kept) else None
        if before is not None and before.tag == "ns":
            start = low + before.start
        elif before is not None and not _free(text[low + before.start : low + before.end], before.tag):
            continue
        if proper(text, low, kept):
            sized = text[end : end + 1].isdigit()  # 骐望科技2.4万头生猪养殖项目
            found.append(Candidate(start, end, "enterprise", "company", "name.frame.brand", sized))
    return found


# What is done to goods, before the machine that does it (熬制设备, 拧紧设备, 直驱电机).
WORKING = frozenset("制紧建驱压焊切磨烤烘炼榨洗铸锻喷涂网牙钢")
MACHINES = ("设备", "电机", "电梯", "卫星", "机械", "装备", "芯片", "玻璃", "机床", "仪器", "材料", "汽车")
GOODS_ONLY = ("设备", "材料", "服饰")  # goods before firms: a firm only among firms, or where one goes on
OF_POWER = re.compile("装机|负荷|消费|供应|系统|市场|设施|保障|外送|需求")
FIRST_OF_KIND = re.compile("(?:首[个款台套辆颗架批]|[一二两三几这那][个款台套辆颗架种])$")
ROUTES = re.compile("(?:大?通道|走廊|枢纽|航线|环线|线路|[“‘]双?枢纽)")  # 骊昌物流通道 joins two places
AT_SEA = re.compile("[岛湾滩洋海](?=风电|光伏|核电)")


def _thing(text: str, start: int, at: int, end: int) -> bool:
    """Whether a machine, one thing of a kind, a route or a verb and its object stands there, and no firm."""
    if GOODS_BEFORE.search(text[max(0, start - 12) : start]):
        return True
    brand, trade = text[start:at], text[at:end]
    if brand in known() and text.startswith("汽车", end):
        return True  # 比骐迪新能源|汽车
    told = FIRM_GOES_ON.match(text, end) is not None
    if trade.startswith(MACHINES) and brand[-1] in WORKING and not told:
        return True
    if trade in GOODS_ONLY and not told and "、" not in (text[start - 1 : start], text[end : end + 1]):
        return True  # 综采设备, 一阶材料
    if trade.endswith("电力") and OF_POWER.match(text, end):
        return True
    if not told and FIRST_OF_KIND.search(text[max(0, start - 3) : start]):
        return True  # 首个骊端侧汽车智能助手
    if ABBREVIATED.issuperset(brand) or ROUTES.match(text, end) or AT_SEA.match(text, at - 1):
        return True
    previous = max(text.rfind(mark, max(0, start - ALIKE), start - 1) for mark in "、，")
    return text[start - 1 : start] == "、" and text[previous + 1] == text[start]  # 投小、投骐科技


ALIKE = 8  # characters of a list's member that begins as the next


# A branch of the economy where a place stands before it: 骊阳机械制造远销海外, 骐湾电子信息集聚.
WHOLE = ("机械制造", "装备制造", "汽车零部件", "电子信息", "智能制造", "生物医药", "通用设备")
FIRM_GOES_ON = re.compile(
    "有限|股份|集团|公司|项目|总|董|负责|厂|车间|等[^，。；、]{0,6}(?:企业|公司)|投|[)）]"
)


def _no_trade(text: str, at: int, end: int) -> bool:
    """Whether the trade is part of another word (通讯员, 智造城), or a whole branch's and no firm goes on."""
    if text[end : end + 1] in AFTER_TRADE or BRANCH.match(text, end) or CLUSTER.match(text, end):
        return True
    if (text.startswith("科技", at) and OF_SCIENCE.match(text, end)) or (
        text.startswith(FARMED, at) and FARM.match(text, end)
    ):
        return True
    branch = next((word for word in WHOLE if text.startswith(word, at)), None)
    return branch is not None and FIRM_GOES_ON.match(text, at + len(branch)) is None


def _free(piece: str, tag: str) -> bool:
    """Whether a name may begin right after this word."""
    return piece in boundaries("stop") or tag[0] in "vpcudmqrt"
