"""How firm a figure is: actual, forecast, target, or a thing's planned size.

In: a paragraph's scope and a quantity in its sentence. Out: a status. The last marker before a figure holds,
but a forecast outranks 将, and what comes after a semicolon with a date of its own stands by itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from ingest import opening
from ingest.model import Quantity, Span, Status
from ingest.sections import Subject
from ingest.timing import LOOK_BACK, upon_completion

if TYPE_CHECKING:
    from ingest.scope import ParagraphScope

_AIM_AFTER = re.compile(r"(?:以上|左右|以内)?的(?:年度|全年|预期|发展|奋斗|增长)?(?:目标|任务)")
_BINDING = re.compile(r"(?:(?:不得?低于|不得?少于|不得?高于|不得?超过)\S{0,1}|控制在)$")
PART = 400
"""Characters that a part of a sentence between semicolons may have."""
MARKERS: tuple[tuple[Status, re.Pattern[str]], ...] = (
    (
        "target",
        opening.compile(
            r"年内(?=再|力争|确保|要|将|计划)|年底前|力争|争取(?=认定|创建|获批|建成|培育|引进|入选|落地|开工|投产|实现|完成|年|今年|在|全|达|新增|早日|再|突破|用)|确保|(?:预期|主要|奋斗|发展|工作|增长|年度)?目标(?:是|为|定为|确定|任务是|增长|[^，。]{0,6}[：:])|努力(?:实现|达到|完成|使)|(?<!年度|五年|行动)计划(?=实施|引进|新增|新建|完成|建设|培育|招引|开工|推进|安排|再|到|用|筹|在|投入|投产|年内|全年|新|组织|开展|改造|发展)|"
            r"拟(?!上市|入选|推荐|出让|建|投资|合)|(?<![需主重首必紧纪摘概只])要(?=突破|达到|实现|完成|超过)|(?:(?<=[，。；：“们年区市县省镇还也都就\0])|^|必须|一定)要(?=达|打|再|做好|坚|突|落|实现|完成|突破|新增|培育|建|确保|力争|保持|控制|提高|超过|引进|签约|驻|组|争|推|打造|开|招|在|全|新|培|加|把|继|抓|盘|发)|(?<![即必])将(?!近|军|其|原|于|这|该|以|[^，。；]{0,24}(?:纳入|列入|转化|作为|打造成|建设成))|原则上|应当|必须|奋斗目标|冲刺|努力迈|(?<!超)预期(?!寿命)|推动[^，。；]{0,12}(?:达到|突破|超过)|安排(?=新|专项)"
        ),
    ),
    (
        "forecast",
        opening.compile(
            r"预计|有望|可望|预测|可达|可实现|可带动|可新增|可提供|可容纳|可年产|可集聚|可形成|可创造|可吸纳|可解决|可完成|可满足|能够?(?:实现|达到)|初步预计|(?:达产|投产|建成|投用|运营|投运|完工|竣工|投入使用|满产|达效|投入运营|全部建成)[之以]?后|届时"
        ),
    ),
    ("actual", opening.compile(r"目前|截至(?!到?20\d\d年底前)|(?<![不])已(?:经)?(?=[^签])|累计(?!将)|去年")),
)
FIRM = re.compile(r"已|完成|目前|截至|实现|同比|竣工|投产|[。；]|今年|去年|预计|达产|可|建成|现有|拥有|常住|下辖")
_TO_FIGURE = r"(?:约|近|超过|超|达到?|为|突破|共|合计)*$"
_PLANNED = re.compile(
    rf"(?:总投资额?|计划总?投资|拟投资|投资总额|规划(?:建设|用地|总?面积|总?占地|总建筑面积|控制面积|布局)?[^，；。]{{0,8}}|"
    rf"设计(?:年|日|产能|能力|生产|总|使用)[^，；。]{{0,14}}|总占地(?:面积)?|概算总?投资|估算总?投资|拟建[^，；。]{{0,10}}|"
    rf"(?<!年度)计划(?:建设|新?建|用地|占地)[^，；。]{{0,10}}|[一二三]期(?:总?投资|用地|占地)){_TO_FIGURE}"
)
# Of a project these are planned sizes, of anything else they are as they are.
_PROJECT_SIZE = re.compile(
    rf"(?:协议(?:总?投资|引资)|占地(?:面积)?|用地(?:总?面积)?|总?建筑(?:总?面积)?|建设规模|新建[^，；。]{{0,6}}(?:厂房|车间|生产线)|可?年产[^，；。]{{0,14}}|建设[^，；。]{{0,12}}|"
    rf"(?:^|[，；、\0 ])(?:由[^，；]{{2,16}})?(?:固定资产)?投资){_TO_FIGURE}"
)
_PROJECT_AFTER = re.compile(r"(?:的|建设的?)[^，。；]{0,24}(?:项目|工程|基地|产业园|生产线)")
_DONE = re.compile(r"已(?:全面|正式|顺利)?(?:建成|投产|投用|竣工|完工|交付)|月启用|建成投[产用运]|正式投[产用运]|竣工投产|投入(?:使用|运营)|(?<!预计)(?<!计划)(?<!有望)(?<!将于)今年\S{0,4}投产")


def status(scope: ParagraphScope, quantity: Quantity, year: int | None) -> Status:
    """How firm a figure is, by the last marker before it in its sentence; a forecast outranks 将."""
    position = quantity.start
    text = scope.paragraph.text
    if _AIM_AFTER.match(text, quantity.end):
        return "target"
    if _BINDING.search(text, max(scope.sentence.start, position - 8), position):
        return "target"
    if upon_completion(scope, position):
        return "forecast"
    semicolon = text.rfind("；", max(scope.sentence.start, position - PART), position)
    before = bisect_left(scope.times, position, key=lambda t: t.start)
    said = [t for t in scope.times[max(0, before - LOOK_BACK) : before] if t.start >= scope.sentence.start]
    dated = semicolon >= 0 and any(t.start > semicolon and t.kind in ("period", "as-of", "now") for t in said)
    held: Status | None = None
    at = bisect_left(scope.markers, (position, ""))
    for where, status in scope.markers[max(0, at - LOOK_BACK) : at]:
        if where < semicolon and (dated or (status == "forecast" and where > scope.sentence.start + 6)):
            continue
        if status == "target" and held == "forecast" and scope.paragraph.text[where] == "将":
            continue
        held = status
    if year is not None and year < scope.report.reference.year:
        return "actual"
    if held is None:
        if year is not None and year > scope.report.reference.year:
            return "target"
        ahead = [t for t in said if t.kind in ("within", "until")]
        if any(t.kind == "span" and (t.year or 0) > scope.report.reference.year for t in said):
            return "target"
        if ahead and (ahead[-1].kind == "within" or text[ahead[-1].end : ahead[-1].end + 1] == "前"):
            return "target"
        held = scope.report.section_status
    return held or "actual"


def sized(left: str, text: str, quantity: Quantity, subject: Subject) -> bool:
    """Whether a figure is a thing's planned or built size: 总投资, 规划面积, a project's 占地."""
    if quantity.kind not in ("money", "count", "measure"):
        return False
    if _PLANNED.search(left):
        return True
    project = subject.type == "initiative" or "项目" in left[:-2] or bool(_PROJECT_AFTER.match(text, quantity.end))
    return project and bool(_PROJECT_SIZE.search(left))


def finished(text: str, sentence: Span, position: int) -> bool:
    """Whether the sentence says that the thing is there already."""
    return bool(_DONE.search(text, max(sentence.start, position - 200), min(sentence.end, position + 200)))
