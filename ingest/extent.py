"""The whole of a name that a suffix ends: what belongs to it on either side, what only leads to it.

In: a text, a suffix's row, the edges that were found. Out: the name's edges. A project's phase, a
university's campus and a bonded centre's type belong to the name; 全资子公司 before a firm and 首批 before a
project do not.
"""

from __future__ import annotations

import re
from functools import cache

from ingest import evidence
from ingest.edges import begins_known, boundaries, walk, window
from ingest.further import whole_event
from ingest.lexicon import cut, districts
from ingest.parks import ALLIED, linked, park_end
from ingest.suffixes import Suffix, suffixes


def _begins_with_place(text: str, start: int, end: int) -> bool:
    """Whether a district and then a firm's name stand there, so that what is before it is where it lies."""
    return any(text[start : start + size] in districts() for size in SIZES if start + size < end)


SIZES = range(2, 8)  # characters of a district's name


def whole_name(text: str, row: Suffix, left: int, at: int, end: int) -> tuple[int, int]:
    """The accepted name's edges with what belongs to it on either side, and without what only leads to it."""
    allied = row.subkind == "event" or row.kind == "park"
    if allied and text[max(0, left - 3) : left] in ALLIED:
        left -= 3  # 中国—东盟矿业合作论坛
    elif row.kind == "park":
        left = linked(text, left)
    if row.subkind == "plant":
        left = _own_firm(text, left, at)
    if row.kind == "initiative":
        said = BEFORE_QUOTE.search(text, left, at)
        left = said.end() if said else left
        left = max(
            _quote_after_kind(text, left, at), text.rfind("”“", left, at) + 1
        )  # “三千工程”“两业融合”行动
    lead = FIRM_LEAD.match(text, left) if row.kind == "enterprise" else None
    if lead and at - lead.end() >= 2:
        left = lead.end()
    sited = FIRM_SITE.match(text, left, at) if row.word.endswith(FULL_FORMS) else None
    if sited and (_begins_with_place(text, sited.end(), at) or begins_known(text, sited.end())):
        left = sited.end()
    first = FIRST.match(text, left, at)
    if row.kind == "initiative" and first and at - first.end() >= 2:
        left = first.end()
    if row.subkind == "project":
        joined_at = max((m.end() for m in JOINED_AT.finditer(text, left, at - 2)), default=left)
        left = joined_at if joined_at < at - 1 else left
        left += int(row.need == "works" and text[left] in "离距" and at - left > 2)
        ended = DASHED.search(text, max(0, left - 6), left) if row.word in POWER else None
        left = ended.start(1) if ended else left  # 蒙西—京津冀特高压直流工程
        left = evidence.numbered(text, evidence.sized(text, left))
    if row.subkind == "event":
        left = whole_event(text, left)
    if row.subkind == "event" and left > 2 and text[left - 1] == "/":
        start, further = walk(text, window(text, left - 1), left - 1, row.kind)
        left = start if further and further[0].tag == "ns" else left  # 昌江高山/单板滑雪挑战赛
    return _quotes(text, left, _extended(text, end, row))


# What only leads to a firm: 全资子公司骊甲…, 以骊甲公司…为主, 经济开发区骊甲公司.
FIRM_LEAD = re.compile(
    r"(?<=的)有|原(?![子阳料平州创生始])|(?:(?:承办|主办|协办|施工|承建|参建|建设|运营|投资)?单位|经销商|制造商|供应商)|(?:全资|控股|参股)?[子母孙]公司|(?:以下)?(?:简称|下称)|以(?=[^，。；,;]{2,24}为)"
    r"|(?:经济|高新|工业)?(?:技术)?(?:开发区|集中区|集聚区)"
)

FIRM_SITE = re.compile(
    r"\w{0,12}?(?:股东|龙头|巨头|运营商|制造商|供应商|旗下|集团(?!有限|股份|公司)|(?<!上市)公司)|[\u4e00-\u9fff]{2,16}?(?:保税区|综保区|开发区|高新区|经开区|产业园|工业园区?|科技园|物流园|微电园|软件园|科学城)"
)

POWER = ("直流工程", "特高压工程", "特高压直流工程", "直流输电工程", "特高压直流输电工程")

DASHED = re.compile("(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2,4})[—-]$")

# 省政府有关“…”改革, 响应骐县“…”行动, 骐省委“…”战略
BEFORE_QUOTE = re.compile(
    "(?:有关|关于|相关|首创|推行|实行|发放|公示首批|公布首批|[省市区县州党]委|政府)(?=“)|(?:响应|参与|投身)[^“]{0,8}(?=“)"
)

FULL_FORMS = ("有限公司", "有限责任公司", "集团")  # a firm's name as it is registered opens with its place

FIRST = re.compile("[本此这]次|(?:全[国省市区县])?(?:首[个批]|第一[个批])")  # praise before a name

JOINED_AT = re.compile("[，站东西南北][接连起]|起于|止于")  # 北接骊洋铁路北骊站南接骐启铁路二期

WITHIN = re.compile("[\u4e00-\u9fff]{2,10}?工程(?=[，。；、,;]|$)")

PHASE = re.compile(r"[(（]?[一二三四五六]期[)）]?(?:[一二三]步)?(?:项目|工程)?")

# 青藏铁路格拉段电气化改造工程
SECTION = re.compile("(?!管理|养护|服务)[\u4e00-\u9fff]{2,6}?段[^，。；、的]{0,8}?工程(?![科师部处])")

CAMPUS = re.compile(r"[(（]([^()（）]{2,5})[)）]")  # 中国地质大学(武汉)

CAMPUS_OF = re.compile(r"[\u4e00-\u9fff]{2,4}?(?:校区|分校)")  # 西北工业大学太仓校区

PARTNERS = re.compile(r"[(（](?:有限|普通|特殊普通)合伙[)）]")  # their form stands behind

TYPE = re.compile(r"[(（](?!以下|简称|下称)[^()（）]{1,6}[)）]")


def _extended(text: str, end: int, row: Suffix) -> int:
    """Where the name really ends: a project's phase and a bonded centre's type belong to it."""
    if row.kind == "institution":
        if row.subkind in ("university", "school") and (part := CAMPUS_OF.match(text, end)):
            return part.end()
        campus = CAMPUS.match(text, end)
        return campus.end() if campus and campus[1] in districts() else end
    if row.kind == "park" and row.word.endswith("港") and text.startswith("片区", end):
        return end + 2  # 骐州国际陆港航空港片区
    if row.kind == "park" and (further := park_end(text, end, row.word)) > end:
        return further
    pattern = (
        PARTNERS if row.word == "合伙企业" else {"project": PHASE, "bonded centre": TYPE}.get(row.subkind)
    )
    match = pattern.match(text, end) if pattern else None
    if row.word == "项目" and (match is None or not match[0]) and (part := WITHIN.match(text, end)):
        inner = cut(part[0])
        governs = boundaries("stop") | boundaries("founds") | boundaries("govern")
        if not any(part[0][w.start : w.end] in governs for w in inner):
            return part.end()  # 骐县垃圾处理项目焚烧发电工程
    if match is None and row.need == "works":
        match = SECTION.match(text, end)
    return match.end() if match else end


def _own_firm(text: str, left: int, at: int) -> int:
    """Where a plant's name begins: at its firm, where that is known to all and only a zone stands before it
    (骐安新区|中粮骐州工厂)."""
    zone = ZONE_BEFORE.match(text, left, at)
    return zone.end() if zone and begins_known(text, zone.end()) else left


ZONE_BEFORE = re.compile("[\u4e00-\u9fff]{2,6}?(?:新区|开发区|高新区|经开区|园区)")


@cache
def _works() -> tuple[str, ...]:
    return tuple(row.word for row in suffixes()[1] if row.subkind == "project")


def _quote_after_kind(text: str, left: int, at: int) -> int:
    """The left edge taken to the opening quote where the kind stands before it (通道“陇电入鲁”工程)."""
    opening = text.rfind("“", left + 1, at) if text[at - 1] == "”" else -1
    return opening if opening > 0 and text[left:opening].endswith(_works()) else left


def _quotes(text: str, left: int, end: int) -> tuple[int, int]:
    """Takes in an opening quote that the name began just after."""
    inner = text[left:end]
    if left and inner.count("”") > inner.count("“") and text[left - 1] == "“":
        return left - 1, end
    return left, end
