"""How firm a figure is: actual, forecast, target, or a thing's planned size.

In: a paragraph's scope and a quantity in its sentence. Out: a status. The last marker before a figure holds,
but a forecast outranks 将, and what comes after a semicolon with a date of its own stands by itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest import amounts, lexicon, opening
from ingest.model import Quantity, Span, Status
from ingest.periods import UNDATED, Time
from ingest.sections import Subject
from ingest.timing import LOOK_BACK, upon_completion
from ingest.wording import any_of, listed, members, words

if TYPE_CHECKING:
    from ingest.scope import ParagraphScope

# 确定了烟叶6万亩、蔬菜10万亩的目标
_AIM_AFTER = re.compile(
    r"(?:以上|左右|以内)?(?:、[^，。；]{1,80})?的(?:年度|全年|预期|发展|奋斗|增长)?(?:目标|任务)"
)
_BINDING = re.compile(r"(?:(?:不得?低于|不得?少于|不得?高于|不得?超过)\S{0,1}|控制在)$")
_KEPT = re.compile("(?:保持|总体|持续|形势)[^，。；]{0,6}(?:稳定|平稳|向好|良好)，")
_WILL_NOUNS = tuple(members("will_noun"))
_GRANTS = re.compile("给予|补助|奖励|奖补|补贴|授信|放贷|利率|贴息|担保")
REACH = 40
"""Characters before a bound in which its policy may be told."""
PART = 400
"""Characters that a part of a sentence between semicolons may have."""
MARKERS: tuple[tuple[Status, opening.Seldom], ...] = (
    ("target", opening.Seldom(listed("target"))),
    ("forecast", opening.Seldom(listed("forecast"))),
    ("actual", opening.Seldom(listed("actual"))),
)
"""What says, up to the end of its sentence, how firm the figures after it are."""
OPENING = 24
"""Characters of a sentence in which 将 speaks of all that it tells."""
# 新增上市公司30家: an order to do it, where the sentence names nobody who did.
_TO_DO = opening.compile(
    rf"全年|(?:全面|加快|持续|积极|全力|再|计划)*(?:{any_of([*words('gain'), *words('flow')])})"
)
_RESULT = re.compile("[成现到得立增升降少出施完]了|取得|已经?|累计|同比|比上年|较上年|去年|上年")
# 同时，着力提升…: a paragraph that goes on with what the one before it intended.
_GOES_ON = re.compile("[\\s　]*(?:(?:与此)?同时，|此外，|另外，|还将|还要|[一二三四五六七八九十]是)")
FIRM = re.compile(listed("firm"))
"""What ends a row of a project's planned sizes."""
_TO_FIGURE = "(?:将|约|近|超过|超|达到?|为|突破|共|合计)*$"
_OF_PROJECTS = re.compile("项目|工程|(?:总|计划)投资")
_SCHEDULED = opening.compile(
    r"(?<![已妥])安排了?[^，。；]{0,30}?(?:项目|工程)|(?:项目|工程)(?:计划)?(?:总?共)?安排了?(?=\d)"
)
_OF_THE_YEAR = re.compile(f"年度计划(?:完成)?(?:总?投资)?{_TO_FIGURE}")
SCHEDULED = 120
"""Characters before a figure in which the plan that it is of may be told."""
_OF_LAST_YEAR = re.compile("[去上前]年")
# What was arranged and has been done since.
_UNDERTAKEN = re.compile("(?<!计划)完成|已|目前|截至|竣工|投产|建成|去年|预计|。")
_PLANNED = opening.compile(
    "(?:总投资额?|计划总?投资|计划投入(?:资金)?|拟投资|投资总额"
    "|规划(?:年产(?!值)|总?产能|建设|用地|总?面积|总?占地|总建筑面积|控制面积|布局)?[^，；。]{0,8}"
    "|设计(?:年|日|产能|能力|生产|总|使用)[^，；。]{0,14}|总占地(?:面积)?|概算总?投资|估算总?投资|拟建[^，；。]{0,10}"
    "|(?<!年度)计划(?:建设|新?建|用地|占地|播种|种植|种|栽|养|造林|维修|维护|储|收购)[^，；。]{0,10}"
    f"|[一二三首]期(?:总?投资|用地|占地|兴建|拟?新?建)){_TO_FIGURE}"
)
# Of a project these are planned sizes, of anything else they are as they are.
_PROJECT_SIZE = opening.compile(
    "(?:协议(?:总?投资|引资)|占地(?:面积)?|用地(?:总?面积)?|总?建筑(?:总?面积)?|建设规模"
    "|新建[^，；。]{0,6}(?:厂房|车间|生产线)|可?年产(?!值)[^，；。]{0,14}|(?<!项目)(?<!累计)(?<!已)建设(?![^，；。]{0,8}的(?:单位|企业|部门))[^，；。]{0,12}"
    r"|(?:^|[，；、\0 ])(?:由[^，；]{2,16})?(?:加快|全力|积极|抓好|推进|推动|实施|谋划)*(?:固定资产)?投资)"
    f"{_TO_FIGURE}"
)
# 占地约1000亩，计划投资30亿元: what is yet to be paid for is yet to be built.
_YET_TO_PAY = re.compile("[^，。；]{0,4}，(?:计划总?|拟|预计总?)投资")
_PROJECT_AFTER = re.compile("(?:的|建设的?)[^，。；]{0,24}(?:项目|工程|基地|产业园|生产线)")
# 新建年产2万吨负极材料生产线
_LINE_BEFORE = re.compile("(?:[新拟在兴]建|建设|新上|投资|上马|规划)[^，。；\\d]{0,6}年(?:产|加工|处理)$")
_LINE_AFTER = re.compile("[^，。；、\\d]{2,20}?(?:生产线|产线|项目|工程|基地|装置)")
# 年产5万吨铝箔项目开工
_YEARLY_BEFORE = re.compile("年(?:产|加工|处理)$")
_PROJECT_OF = re.compile("[^，。；、\\d]{2,20}?项目(?![^，。；]{0,6}(?:投产|竣工|建成|投运|投用|达产|已))")
_POWER_PROJECT = re.compile(
    "[^，。；、\\d的]{2,20}?(?:项目|工程|基地)(?![^，。；]{0,6}(?:投产|竣工|建成|投运|投用|并网|已))"
)
LINE_BEFORE = 14
"""Characters before an amount in which the building of what makes it a year may be told."""
# 建设内容包括…: what follows in the sentence is yet to be built.
_CONTENTS = opening.compile(
    "(?:建设|改造|工程|项目)(?:主要)?(?:内容|规模)(?:主要)?(?:包括|为|是|：|有)|[首一二三]期(?:建设|工程)?(?:项目)?(?:主要)?包括"
)
# The sizes of a work, planned where its paragraph tells that it is being built.
_WORK_SIZE = opening.compile(
    "(?:全长|总长度?|线路长度?|里程|主跨|占地(?:面积)?|用地(?:面积)?|建筑面积|总面积|库容|装机(?:容量)?"
    "|(?<!完成)(?<!完成了)总?投资(?:额|概算|估算)?|概算|(?:年产|日产|日处理)(?![值量能])[^，。；]{0,14}"
    "|(?:特?大桥|[中小]桥|桥梁|隧道|涵洞|通道|互通|立交桥?|服务区|收费站|车站|站点|匝道|泊位|跑道)[^，。；\\d]{0,4}"
    f"|(?:新建|改建|拆除|加固|征地|拆迁)[^，。；]{{0,12}}){_TO_FIGURE}"
)
_THE_PROJECT = re.compile("[该本此]项目[^。；]*$")
_WHEN_DONE = "[^，。；]{0,14}(?:建成|投产|通车|完工|竣工|投用|投运|开工|动工)"
_UNDER_WAY = opening.compile(
    "在建|正在(?:加紧|加快|紧张|全力)?(?:建设|施工)|开工建设|破土动工|奠基|工期|(?:建成|投产|达产|通车|完工|竣工)[之以]?后"
    f"|(?:预计|计划|力争|将于|拟于){_WHEN_DONE}|拟建"
)
# 总投资6亿元的某某产业园二期, but not 总投资20亿元的项目5个 or 投资10亿元的两个项目.
_ONE_THING = re.compile(
    r"的(?!(?:[一二两三四五六七八九十\d]+[个家项座]|项目|重点项目|工程))(?P<thing>(?:\d{1,4}(?:\.\d)?(?:万?千瓦|兆瓦|万吨|GWh?|MW))?[^，。；、\d]{2,24}"
    "(?:项目|工程|基地|园区?|生产线|中心|工厂|电站|公路|铁路|高速|大桥|综合体|小镇|医院|学校|[一二三]期))"
    r"(?![^，。；]{0,2}\d|等|等\d)"
)
_DONE = opening.compile(
    "已(?:于[^，。；]{1,8}?)?(?:全面|正式|顺利)?(?:建成|投产|投用|竣工|完工|交付)|月启用|(?:建成投[产用运]|正式投[产用运]|竣工投产)(?![之以]?后)"
    "|投入(?:使用|运营)"
    r"|(?<![将计划拟望争到底])(?:于)?(?<!\d)(?:19|20)\d\d年(?:\d{1,2}月)?(?:正式|全面|顺利)*(?:建成|竣工|投产|投用|完工|开业)(?![之以]?[后前]|达产)"
    r"|(?<!预计)(?<!计划)(?<!有望)(?<!将于)今年\S{0,4}投产|(?:日前|近日|不久前)(?:正式|顺利|全面|建成)*投产"
)
LOOK_AHEAD = 6
"""Characters after 将 that tell what follows it."""
_OVER_YEARS = re.compile("(?<=年)累计|累计(?:下降|降低|减少|提高|增长)")
_RECKONED = re.compile("(?<!不)预计")
RECKONED = 8
"""Characters that open a sentence in which 预计 speaks of all its figures."""
AROUND = 200
"""Characters before and after a figure in which its sentence may say that the thing is there."""


def markers(text: str) -> list[tuple[int, Status]]:
    """Where a text says how firm the figures after it are, and what it says of them."""
    found = (
        (match.start(), status)
        for status, pattern in MARKERS
        for match in pattern.finditer(text)
        if match[0] != "将" or not _takes(text, match.end())
    )
    return sorted(found)


def _takes(text: str, at: int) -> bool:
    """Whether 将 before `at` means 把: a thing follows it and no verb (将6颗卫星送入轨道, 将效率提高10倍)."""
    ahead = text[at : at + LOOK_AHEAD]
    if not ahead or ahead.startswith(_WILL_NOUNS):
        return False
    word = lexicon.cut(ahead)[0]
    return ahead[0].isdigit() or (word.tag[0] == "n" and word.end - word.start > 1)


def status(scope: ParagraphScope, quantity: Quantity, year: int | None) -> Status:
    """How firm a figure is, by the last marker before it in its sentence; a forecast outranks 将."""
    position = quantity.start
    text = scope.text
    if _AIM_AFTER.match(text, quantity.end):
        return "target"
    if _bound_to(scope, position, year):
        return "target"
    if upon_completion(scope, position):
        return "forecast"
    said = scope.times_before(position)
    this_year = scope.report.reference.year
    held = _marked(scope, position, said, year is not None and year > this_year)
    if year is not None and year < this_year and scope.report.reference is not UNDATED:
        # 2021年，…预计为9500亿元: told before the year was reckoned up.
        start = scope.starts[scope.clause(position)]
        if _RECKONED.search(text, scope.sentence.start, scope.sentence.start + RECKONED):
            # 预计全年…，…；…: what opens the sentence holds for its whole list.
            start = scope.sentence.start
        return "forecast" if _RECKONED.search(text, max(start, position - AROUND), position) else "actual"
    if held is not None:
        return held
    if year is not None and year > this_year:
        return "target"
    if any(t.kind == "span" and (t.year or 0) > this_year for t in said):
        return "target"
    ahead = [t for t in said if t.kind in ("within", "until")]
    if ahead and (ahead[-1].kind == "within" or text.startswith("前", ahead[-1].end)):
        return "target"
    return scope.report.section_status or _intended(scope, position, said) or scope.report.default_status


def _bound_to(scope: ParagraphScope, position: int, year: int | None) -> bool:
    """不低于10万元/亩 binds; what a policy grants (单户最高不超过300万元) is as it is, and so is a rate that
    was kept (失业率控制在5%左右) where nothing in the sentence is aimed at."""
    low = scope.sentence.start
    match = _BINDING.search(scope.text, max(low, position - 8), position)
    if not match or _GRANTS.search(scope.text, max(low, position - REACH), position):
        return False
    if match[0] == "控制在" and year is not None and year < scope.report.reference.year:
        return False
    if match[0] == "控制在" and _KEPT.search(scope.text, low, position):
        return False  # 就业形势保持稳定，失业率控制在3%以内
    aimed = scope.report.section_status == "target" or any(status == "target" for _, status in scope.markers)
    if match[0] == "控制在" and not aimed and scope.first < position:
        # 新增就业8600人，失业率控制在2.8%以内: one result among others.
        return False
    return match[0] != "控制在" or aimed or not _RESULT.search(scope.text, *scope.sentence)


def intent(scope: ParagraphScope, before: Status | None) -> Status | None:
    """What the sentence makes of the figures after it that say nothing of their own (将推动项目落地。开工5个)

    `before` is what the sentences before it made of them.
    """
    text = scope.text
    kinds = {status for _, status in scope.markers}
    if "actual" in kinds or _RESULT.search(text, *scope.sentence):
        return None
    opening = scope.sentence.start + OPENING
    if any(status == "target" and at < opening for at, status in scope.markers):
        return "target"
    first = scope.sentence.start == scope.paragraph.sentences[0].start
    return before if not first or _GOES_ON.match(text, scope.sentence.start) else None


def _intended(scope: ParagraphScope, position: int, said: Sequence[Time]) -> Status | None:
    """What the sentences before leave to a figure whose own tells neither time nor result."""
    reference = scope.report.reference
    now = any(
        t.kind in ("now", "as-of", "since")
        or (t.kind == "period" and 0 < t.last_month <= (reference.month or 12))
        for t in said
    )
    start = scope.starts[scope.clause(position)]
    ordered = _TO_DO.match(scope.text, start, position) and not scope.strong
    return scope.report.intent if ordered and not now else None


def _marked(scope: ParagraphScope, position: int, said: Sequence[Time], ahead: bool) -> Status | None:
    """What the last marker says that holds at `position`; None where there is none. `said` are the times of
    the sentence up to there, `ahead` whether the figure's year is to come."""
    text = scope.text
    semicolon = text.rfind("；", max(scope.sentence.start, position - PART), position)
    dated = semicolon >= 0 and any(t.start > semicolon and t.kind in ("period", "as-of", "now") for t in said)
    held: Status | None = None
    at = bisect_left(scope.markers, (position, ""))
    for where, status in scope.markers[max(0, at - LOOK_BACK) : at]:
        opens = where <= scope.sentence.start + 6 or text[where - 1] == "："
        if where < semicolon and (dated or (status == "forecast" and not opens)):
            continue
        if (
            status == "actual"
            and (ahead or held in ("target", "forecast"))
            and _OVER_YEARS.match(text, where)
        ):
            # 力争…能耗累计下降14%: reckoned over the years to come.
            continue
        if status == "target" and held == "forecast" and scope.text[where] == "将":
            continue
        held = status
    return held


def sized(left: str, text: str, sentence: Span, quantity: Quantity, subject: Subject) -> bool:
    """Whether a figure is a thing's planned or built size: 总投资, 规划面积, a project's 占地."""
    if quantity.kind not in ("money", "count", "measure"):
        return False
    low = max(0, quantity.start - AROUND)
    if _PLANNED.search(left) or _CONTENTS.search(text, max(low, sentence.start), quantity.start):
        return True
    building = subject.type == "initiative" and _WORK_SIZE.search(left)
    if building and _UNDER_WAY.search(text, low, quantity.end + AROUND):
        return True
    if quantity.unit in amounts.POWER and _POWER_PROJECT.match(text, quantity.end):
        return True
    for after, before in ((_LINE_AFTER, _LINE_BEFORE), (_PROJECT_OF, _YEARLY_BEFORE)):
        start = quantity.start
        if after.match(text, quantity.end) and before.search(text, max(0, start - LINE_BEFORE), start):
            return True
    of_project = (
        subject.type == "initiative"
        or "项目" in left[:-2]
        or _PROJECT_AFTER.match(text, quantity.end)
        or _YET_TO_PAY.match(text, quantity.end)
    )
    return bool(of_project and _PROJECT_SIZE.search(left))


def scheduled(text: str, sentence: Span, quantity: Quantity, indicator: str) -> bool:
    """Whether a figure is of projects that a year's plan puts down: 今年安排项目64个，年度计划投资30亿元."""
    low = max(sentence.start, quantity.start - LINE_BEFORE)
    if quantity.kind == "money" and _OF_THE_YEAR.search(text, low, quantity.start):
        return True
    if not _OF_PROJECTS.search(indicator):
        return False
    told = _SCHEDULED.search(text, max(sentence.start, quantity.start - SCHEDULED), quantity.end)
    if told is None:
        return False
    low = max(sentence.start, told.start() - SCHEDULED)
    past = _OF_LAST_YEAR.search(text, low, told.start())
    return not (past or _UNDERTAKEN.search(text, told.end(), quantity.start))


def one_thing(text: str, quantity: Quantity) -> str:
    """The one thing, named right of an amount, whose size it is; '' where there is none."""
    match = _ONE_THING.match(text, quantity.end) if quantity.kind == "money" else None
    return match["thing"] if match else ""


def of_one_thing(text: str, quantity: Quantity) -> bool:
    """Whether a size is of one project: 总投资6亿元的某某产业园, 年产20万套某某项目, 该项目规划年产8万吨."""
    start = quantity.start
    if _THE_PROJECT.search(text, max(0, start - REACH), start):
        return True
    yearly = _YEARLY_BEFORE.search(text, max(0, start - LINE_BEFORE), start)
    return bool(one_thing(text, quantity) or (yearly and _PROJECT_OF.match(text, quantity.end)))


def finished(text: str, sentence: Span, position: int) -> bool:
    """Whether the sentence, or its part between semicolons, says that the thing is there already."""
    low, high = max(sentence.start, position - AROUND), min(sentence.end, position + AROUND)
    low, end = max(low, text.rfind("；", low, position)), text.find("；", position, high)
    return bool(_DONE.search(text, low, end if end >= 0 else high))
