"""Firms that a clause shows without a list: quoted ones before 等企业, and the partner that is signed with.

In: the clean text of a paragraph. Out: candidates as in `candidates`. What stands in quotes is no firm where
it is a class (“专精特新”“瞪羚”等企业); a partner is one where no common word claims its name, or it ends as
groups do that trade abroad (与骐江国际签订协议).
"""

from __future__ import annotations

import re

from ingest.candidates import Candidate
from ingest.edges import campaign_words, generic, known, trades, window
from ingest.frames import other_kind, unclaimed
from ingest.lexicon import cut, districts
from ingest.opening import Seldom
from ingest.rows import QUOTED, left_edge

HAN = "[\u4e00-\u9fff]"
ROW = Seldom(
    rf"((?:“{HAN}{{2,8}}”[、和与及]?){{1,9}})等(?:\d+[余多]?家|[多数]家)?(?:一批)?{HAN}{{0,6}}?"
    r"(?:企业|公司|商户|门店|店铺)(?!梯队|培育|认定|称号|库|标准|试点|改革|行动|工程|资质)"
)
CLASS = re.compile("[专精特新优强小巨链规升转企级型类]{2}|[龙链领][主头航雁]|[独瞪羚]|企业$|工厂$|冠军")
WITH = Seldom(
    rf"(?:与|同|和|携手|联手|牵手)({HAN}{{2,8}}?)(?:国际)?(?:签订|签署|达成(?:战略)?合作|合资(?:成立|组建|建设|设立|打造)"
    rf"|共同出资|共建|共同(?:设立|成立)|在{HAN}{{2,4}}?(?:设立|成立|合资))"
)
# 以骐龙为链主的特种钢产业
CHAIN = Seldom(rf"以(?!及)({HAN}{{2,8}}?)(?:等)?为(链主|龙头|代表)")
# 继甲公司、乙重工之后又一家企业
AFTER = Seldom(rf"继({HAN}{{2,10}}(?:、{HAN}{{2,10}}){{0,5}}?)(?:等[^，。；、]{{0,6}})?之后")
METAL = re.compile(f"{HAN}{{2}}[铜铝钢药乳矿酒纸锌钛镍]业")  # 东南铜业
CHAIN_RULE = "name.frame.chain"
ABROAD = "国际"
FIRST_REACH = 14  # characters before 与 in which the other partner's name begins
BRAND = range(2, 5)  # characters of a group's name before 国际


def partners(text: str) -> list[Candidate]:
    """Every quoted firm of a row, and every partner."""
    found = [
        Candidate(*item.span(1), "enterprise", "company", "name.frame.quoted")
        for match in ROW.finditer(text)
        for item in QUOTED.finditer(text, *match.span(1))
        if not _class(item[1])
    ]
    for match in CHAIN.finditer(text):
        told = match[2] == "链主" or unclaimed(match[1])
        if METAL.fullmatch(match[1]) or (told and not _common(match[1])):
            found.append(Candidate(*match.span(1), "enterprise", "company", CHAIN_RULE))
    for match in AFTER.finditer(text):
        start = match.start(1)
        for item in match[1].split("、"):
            if unclaimed(item) and not _common(item):
                found.append(Candidate(start, start + len(item), "enterprise", "company", "name.frame.after"))
            start += len(item) + 1
    for match in WITH.finditer(text):
        start, end = match.span(1)
        if text.startswith(ABROAD, end):
            end += len(ABROAD)
        first = left_edge(text, window(text, match.start(), FIRST_REACH), match.start())
        other = text[first : match.start()]
        if "合资" in match[0] and unclaimed(other) and not _common(other):
            found.append(Candidate(first, match.start(), "enterprise", "company", "name.frame.partner"))
        if _partner(text[start:end]):
            found.append(Candidate(start, end, "enterprise", "company", "name.frame.partner"))
    return found


def _class(inner: str) -> bool:
    """Whether the quote tells a class of firms, or something that everyone knows."""
    said = inner in campaign_words("saying") or inner in generic("enterprise") or inner in districts()
    entry = known().get(inner)
    return said or CLASS.search(inner) is not None or (entry is not None and entry[1] != "enterprise")


def _common(name: str) -> bool:
    """Whether it tells a class of firms or a branch."""
    words = [name[w.start : w.end] for w in cut(name)]
    plain = generic("enterprise") | trades() | {"企业", "产业", "公司"}
    return other_kind(name) or name in districts() or "的" in name or all(word in plain for word in words)


def _partner(name: str) -> bool:
    if name in known() or name in districts() or other_kind(name):
        return False
    words = cut(name)
    if any(word.tag[0] in "pcudrqmt" or (word.tag[0] == "v" and word.end - word.start > 1) for word in words):
        return False
    if name.endswith(ABROAD) and len(name) - len(ABROAD) in BRAND:
        brand = name.removesuffix(ABROAD)
        return brand not in generic("enterprise") and (len(cut(brand)) > 1 or brand in districts())
    own = len(words) > 2 and name[words[-1].start :] in trades()  # 骊澄能源
    return len(name) in BRAND and all(word.tag == "o" for word in words[: -1 if own else None])
