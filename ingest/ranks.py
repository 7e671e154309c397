"""Which place in an order: what is ranked and among whom, from the words left of a rank.

In: the text left of a rank, times and holders blanked. Out: the text that should hold the indicator, the
rule's name and the basis. Refuses to look further back than the clause.
"""

from __future__ import annotations

import re

from ingest import nouns, opening, phrase
from ingest.wording import any_of, members

ORIGIN = "rank.from"
"""The rule of a rank that another rose or fell from."""
# 位次由全省第9位前移到第7位
_FROM_PLACE = re.compile("(?:由|(?<![自来])从)\0*(?P<whole>全[国省市区县州])?的?$")
WHOLE_TERRITORY = re.compile("全[国省市区县州]$")
_RANK = opening.compile(
    rf"(?!居[民住家委]|占有)(?P<verb>{any_of(members('order'))})(?P<basis>[^，；。：]{{0,18}}?)"
    r"(?:的|排名|位列|位居|居|列|排|综合|持续|继续|稳居|保持|前列|分别|均|并列|、|同类[\u4e00-\u9fff]{0,4})*$"
)
_STRONG_ORDER = re.compile(
    "(?!居[民住家委])(?:重返|重回|蝉联|稳居|位居|跃居|位列|名列|排名|排在|排到|排第|升至|进入|跻身|冲进|挺进|闯入|迈进|排位|排名|位次|列|居|排)"
    "(?P<basis>[^，；。：]{0,20}?)$"
)
_CONTEST = re.compile(
    "(?:[家个县]|[在于])(?P<what>[^，。；家个]{2,24}(?:评价|考核|考评|测评|评比|评估|竞赛))中$"
)
# 在全国169家国家高新区综合排名中列第46位
_IN_CONTEST = re.compile(
    r"[在于][^，。；]{0,12}?(?:\d+[家个])?(?P<what>[^，。；\d]{2,24}(?:排名|榜单?|评价|考核|评估))"
    "(?:[中上里](?:位列|名列|位居|排在|列|居|排)|[中上里]?(?:跃升|上升|提升|前移|跃居|升)[至到]?)$"
)
# 在全国知识产权保护考核中位居前10
_OF_TERRITORY = re.compile("[在于](全[国省市区县州])")
_ENTERS = re.compile(
    "^(?:(?:前移|上升|提升|跃升|前进|攀升|晋升|升)[到至]?$|进入|跻身|迈进|挺进|冲进|位居|稳居)"
)
_AMONG = re.compile("[在于][^，。；]{2,24}中$")
_ALL_OF = re.compile(r"\d|所有|省会城市|同类|副省级|地级市|县级市|全[国省市区县州]|[一二三四五六七八九十]县")
_RANK_PLACE = re.compile(
    r"(?P<basis>全[国省市区县州球]|(?:中心|主)城区|[\u4e00-\u9fff]{2,6}(?:地区|开发区|同类))[^，；。]{0,6}$"
)
_RANKED_IN = re.compile(
    r"在(?P<basis>全[国省市区县州]|整个[\u4e00-\u9fff]{2,6}|[长珠]三角|京津冀|[\u4e00-\u9fff]{2,8}(?:市|省|区|县|州|地区))\0*$"
)
_FOR_YEARS = re.compile(
    r"(?:已?连续[\0多几数\d一二三四五六七八九十个年月]*|继续|持续|仍|分别|均|综合|稳|\0)+$"
)


def read(left: str) -> tuple[str, str, str | None]:
    """What should hold the indicator of the rank right of a text, the rule's name, and among whom it is."""
    if risen := _FROM_PLACE.search(left):
        head, whole = left[: risen.start()], risen["whole"]
        if among := _AMONG.search(head):
            # 在全省107个县中由第36位…
            head, whole = head[: among.start()], whole or phrase.plain(among[0][1:-1])
        return head, ORIGIN, whole
    if contest := _IN_CONTEST.search(left):
        territory = _OF_TERRITORY.match(contest[0])
        return contest["what"], "rank", territory[1] if territory else None
    found = _STRONG_ORDER.search(left) or _RANK.search(left)
    if found is None:
        place = _RANK_PLACE.search(left)
        head, basis = (left[: place.start()], place["basis"]) if place else (left, None)
        return head, "rank.bare", basis
    head = left[: found.start()]
    if not found["basis"] and (placed := _RANKED_IN.search(head)):
        # 增速在全市排名第15位
        return head[: placed.start()], "rank", phrase.plain(placed["basis"])
    among = _AMONG.search(head)
    whole = phrase.plain(among[0][1:-1]) if among and not found["basis"] and _ALL_OF.search(among[0]) else ""
    if among:
        if contest := _CONTEST.search(among[0]):
            head = contest["what"]
            territory = _OF_TERRITORY.match(among[0])
            whole = territory[1] if territory and not found["basis"] else whole
        elif not nouns.vague(phrase.before(head[: among.start()])) or _ALL_OF.search(among[0]):
            head = head[: among.start()]
    basis = _ENTERS.sub("", phrase.plain(found["basis"])) or whole
    if of_all := WHOLE_TERRITORY.search(basis):
        basis = of_all[0]  # 蝉联大米类全国第一
    return _FOR_YEARS.sub("", head), "rank", basis or None
