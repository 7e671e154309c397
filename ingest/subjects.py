"""Whose a figure is: the name before it that holds it, or what its paragraph, section or report is about.

In: a paragraph's scope, in the sentence of the figure, and the figure. Out: its subject. Looking back is
bounded by the sentence, and within it by `LOOK_BACK` names.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from ingest import firmness
from ingest.anaphors import WIDER
from ingest.holders import ASIDE, LEAD_IN, acts, compared
from ingest.model import Quantity
from ingest.phrase import BLANK
from ingest.scope import AND, CLAUSE, LOOK_BACK, ParagraphScope
from ingest.sections import Subject
from ingest.things import Mark
from ingest.wording import listed

_MACRO = re.compile(listed("macro"))
_SIZE = re.compile(
    r"(?:^|[，；、\0 ])(?:计划|一期|二期|概算|估算)?"
    "(?:总投资|投资额|占地|用地|建筑面积|计划投资|总占地|总建筑面积)(?:面积)?(?:约|近|达|超|为|达到|超过)*$"
)
_SIZES = ("投资", "额", "占地", "用地", "面积")
_TO_FIGURE = "约近达超为到过"
"""What a size ends in, and the characters that may stand between it and its figure."""
_FROM = re.compile("(?:来自|面向|融入|对接|辐射|位于|毗邻|紧邻|临近|靠近|距离?|沿|连接|衔接)$")
_BLANKS = BLANK + "，, \u3000"
TOLD = 8
"""Characters before a name that are clauses of their own."""
LONG_PART = 160
"""Characters between two semicolons in which the theme of a part may open."""
_ADVERBIAL = re.compile(
    "随着|依托|作为|在|围绕|为|通过|自|以|从|面对|按照|近年|今年|去年|当前|目前|如今|据|记者|走进"
)
_TOLD_WHOLE = re.compile(
    "(?:更加|日益|持续|不断|进一步|显著|明显)[\u4e00-\u9fff]{2,4}[，；]|(?:成为|打造|跻身|建成|获批|揭牌|启用|通车|投用)"
    "[^，；]{0,24}[，；]|(?:排名|位居|位列|名列|列|居)[^，；]{0,8}第[一二三四五六七八九十]+[，；]|(?:加快|全面|有序|深入|稳步)(?:推进|建设|展开|提升|发展)[，；]"
)
_DEPARTMENT = re.compile(
    "(?:局|委|委员会|办|办公室|政府|厅|部|税务|海关|调查队|商务|经信|大队|服务中心|统计)$"
)
_MEMBERS = re.compile(
    "(?:[、和][^，。；]{1,16})*等(?:[^，。；]{0,12})?|(?:、[^，。；、]{1,16})+(?:和[^，。；]{1,16})?|"
)
_PROGRESS = re.compile(
    "(?:全面|全线|顺利|正式|成功|加快|加速|有序|如期|相继|提前|即将|正在|抓紧)*"
    "(?:投入使用|投入运营|开工|建设|建成|通车|洞通|贯通|投产|投用|投运|运营|竣工|完工|启动|推进|开园|开馆|开通|签约|落地|封顶|获批|达产|落户|揭牌|成立)+[，；。]"
)
_PROJECT_OF = re.compile("[\u4e00-\u9fff]{2,12}(?:工程|项目)[^，；\\d]{0,10}[，；]")
_OF_SEVERAL = ("enterprise", "institution", "initiative")
_WORKS = re.compile(
    "[，；][^，。；、]+、[^，。；]*等(?:\\d+个)?[^，。；\\d]{0,4}(?:项目|工程)[^，。；\\d]*，"
)
_TOLD_OFF = re.compile(
    "(?:[(][^()]{1,8}[)])?(?:从这里|由此|从此)?(?:始发|应运而生|首发|入驻办学|启动建设|建成开学|挂牌|揭牌)[，；]"
    "|通过[^，；。]{0,8}验收[，；]|与[^，；。]{2,12}(?:结为|签约|签署|建立|达成)[^，；。]{0,8}[，；]"
)
# 甲县落户首个特种滤纸生产项目，总投资…
_SETTLED = re.compile(
    "(?:落户|引进|引入|签约|规划建设|开工建设|新建|启动)(?:了|的)?(?:首个|一个|全[国省市]首个|[^，。；、\\d]{2,4}首个)?"
    "(?P<thing>[^，。；、\\d的]{4,20}(?:项目|工程))，(?:项目)?(?:计划|预计|概算|估算)?总?(?:投资|占地)[^，。；\\d]{0,6}$"
)
# 甲中心…，为省内企业对接服务1000家次，其中实地走访企业100家
_FOR_OTHERS = re.compile(
    "(?:其中|并|还|也|已|累计|同时|先后)*(?:为[^，。；]{2,30}(?:提供|服务|对接|解决|办理)|(?:实地)?走访|帮扶|服务)"
)
# 每5双运动鞋中有1双来自晋江
_FROM_THERE = ("来自", "产自", "出自", "产于")
_ONE_IN = re.compile("每[^，。；]{1,16}[中里]?就?有$")
LONGEST_SETTLED = 48
"""Characters before a size in which the thing stands that settled."""
# 江苏省发布氢能行动方案，提出到2030年，…；建成加氢站100座
_PLANS_FOR = re.compile("(?:人民政府|政府|近日|日前|正式)?(?:发布|印发|出台|公布)[^。；]{2,48}?提出")
_APPROVES = re.compile(
    "[^，；。]{0,16}(?:审查|复审|评审|批复|批准|核准|验收|下达|组织专家|评估|立项|编制|印发|公布|通报|表扬|表彰|命名|授予)"
)
# 398个实验室入驻英歌石科学城
_MOVED_IN = re.compile("[^，。；]{1,24}(?:入驻|落户|进驻|扎根)[于在]?")
# 占地80亩的甲公园和占地120亩的乙公园
_SITE_OF_SIZE = re.compile(
    "的(?P<site>[一-鿿]{2,10}?(?:公园|广场|湿地|[会展]展中心|展览中心|体育中心|体育馆|体育场|展览馆|图书馆|停车场|小学|中学|医院|水库|大桥|隧道|泵站|污水处理厂))"
    "(?=[和与及、，。；向正已建开将于免全投启也])"
)
_ONE_OF = re.compile("[^，。；\\d]{2,20}之一")
_SIZED = re.compile("(?:占地|面积|投资|投入|全长|长|跨度|库容)(?:约|近|达|超|为)?$")
# 其中，重庆境内112公里: a stretch of the line that the sentence is about.
_STRETCH = re.compile("(?:境内|段)(?:全?长|线路长?|里程)?(?:约|近|超)?")
_OF_PROJECT = re.compile(
    "投资|占地|用地|面积|产能|年产|日产|产值|税|就业|岗位|全长|里程|长度|装机|库容|能力|泊位|规模|进度|工程量|销售|收入|座|床位|车位"
)


def of(scope: ParagraphScope, quantity: Quantity) -> Subject:
    """Whose figure a quantity is."""
    report = scope.report
    if after := _of_it(scope, quantity):
        return after
    before = _before(scope, quantity)
    if (thing := firmness.one_thing(scope.text, quantity)) and (not before or before.type == "initiative"):
        # 投资8亿元的光伏发电项目: it has no name of its own, and isn't the project named before it.
        return Subject(thing, "initiative", None)
    spoken = (s.subject for s in scope.speeches if s.start <= quantity.start < s.end)
    speaker = next(spoken, None)
    if before and not (speaker and speaker.type == "park" and _the_park(scope, before)):
        return before
    if speaker:
        return _spoken_of(scope, quantity, speaker)
    return _holder(
        scope, scope.topic or scope.heading or report.section_subject or report.about or report.home
    )


def _spoken_of(scope: ParagraphScope, quantity: Quantity, speaker: Subject) -> Subject:
    """Whom the words of a speaker's firm tell of: itself, or the airport that the text is about and that they
    name."""
    about = scope.report.about
    if about is None or about.type != "other" or speaker.type != "enterprise":
        return speaker
    low = max(scope.sentence.start, quantity.start - LONG_PART)
    said = scope.text.find(about.name, low, quantity.start) >= 0
    return about if said else speaker


def _the_park(scope: ParagraphScope, subject: Subject) -> bool:
    """Whether a sentence tells of a park only by 园区: in its head's mouth that is his own."""
    told = [m for m in scope.strong if m.subject == subject]
    return (
        subject.type == "park"
        and bool(told)
        and all(scope.text[m.end - 2 : m.end] == "园区" and m.end - m.start < 4 for m in told)
    )


def _of_it(scope: ParagraphScope, quantity: Quantity) -> Subject | None:
    """投资5亿元的甲项目: the thing right of an amount that the amount is of."""
    text = scope.text
    if quantity.kind == "rank" and text.startswith("的", quantity.end):
        # 排名第6位的南通市
        at = bisect_left(scope.mark_starts, quantity.end)
        return next((m.subject for m in scope.marks[at : at + 1] if m.start == quantity.end + 1), None)
    if quantity.kind not in ("money", "measure", "count"):
        return None
    if quantity.kind == "count" and _ONE_OF.match(text, quantity.end):
        # 作为上海市12家孵化器之一: they are the place's, whoever is one of them.
        at = bisect_left(scope.mark_starts, quantity.start)
        place = next((m for m in scope.marks[max(0, at - 1) : at] if m.end == quantity.start), None)
        if place and place.subject.type == "district":
            return place.subject
    at = bisect_left(scope.mark_starts, quantity.end)
    for mark in scope.marks[at : at + 3]:
        between = text[quantity.end : min(mark.start, quantity.end + 40)]
        if mark.start - quantity.end > 30 or CLAUSE.search(between):
            return None
        if quantity.kind == "count" and mark.subject.type == "park" and _MOVED_IN.fullmatch(between):
            return mark.subject
        if between in _FROM_THERE and _ONE_IN.search(text, max(0, quantity.start - 24), quantity.start):
            return mark.subject
        of_it = between.endswith("的") if not between.startswith("的") else quantity.kind != "count"
        town = mark.subject.type == "district" and mark.subject.id is None and between == "的"
        if of_it and (town or mark.subject.type not in ("district", "cluster")):
            return mark.subject
    site = _SITE_OF_SIZE.match(text, quantity.end) if quantity.kind != "count" else None
    sized = site and _SIZED.search(text, max(scope.sentence.start, quantity.start - 8), quantity.start)
    return Subject(site["site"], "other", None) if site and sized else None


def _before(scope: ParagraphScope, quantity: Quantity) -> Subject | None:
    """The last name before a figure in its sentence that holds it; of several in a clause the first."""
    text = scope.text
    clause = scope.clause(quantity.start)
    at = bisect_left(scope.strong, quantity.start, key=lambda m: m.start)
    near = scope.strong[max(0, at - LOOK_BACK) : at]
    passed = False
    for mark in reversed(near):
        where = scope.clause(mark.start)
        first = next(m for m in near if scope.clause(m.start) == where)
        its_own = text[mark.start - 1 : mark.start] == "、" and acts(text, mark)
        led = text[mark.start - 1 : mark.start] == "的" or (
            # 该项目金乡段 is the project's
            mark.start == first.end and not (where == clause and text.startswith("段", mark.end))
        )
        best = mark if led or its_own else first
        parted = "；" in text[mark.end : min(quantity.start, mark.end + 200)]
        told = not (best.subject.type in ("district", "park") or WIDER.fullmatch(best.subject.name)) or (
            best.subject != scope.report.about
            and (_PROGRESS.match(text, best.end) or _TOLD_OFF.match(text, best.end))
        )
        if where not in (0, clause) and parted and told and not _leads(scope, best):
            # A name inside one part of a sentence holds nothing beyond the semicolon.
            passed = True
            continue
        if parted and where != clause and _new_theme(scope, best.subject, quantity.start):
            # 科技城企业增加到175家；汽车工业较快增长，整车生产突破50万辆
            passed = True
            continue
        plans = _PLANS_FOR.match(text, best.end)
        if parted and where != clause and not plans and _elsewhere(scope, best.subject):
            # 一是秦皇岛港煤价…；二是民间投资…: another place's name ends with its part.
            continue
        if passed and parted and best.subject.type == "park" and best.subject != scope.report.about:
            # 综合保税区…；创新中心…；转化成果23项: the parts tell of one holder after another.
            continue
        if where != clause and (where or scope.themed) and _one_of_many(scope, best):
            continue
        if where not in (0, clause) and _in_passing(scope, best, quantity):
            continue
        if where != clause and _approves(scope, best, near[0]):
            continue
        if where != clause and text.startswith("外，", scope.clause_end(best.start) - 2):
            continue  # 除了深圳…之外，其他城市…
        stretch = best.subject.type == "district" and _STRETCH.fullmatch(text, best.end, quantity.start)
        if stretch and (line := next((m.subject for m in near if m.subject.type == "initiative"), None)):
            return line
        if where != clause and (compared(scope, best) or _overtaken(scope, best, quantity.start)):
            continue
        if where != clause or not _member(scope, best, quantity.start):
            return _holder(scope, best.subject)
    return None


def _new_theme(scope: ParagraphScope, subject: Subject, position: int) -> bool:
    """Whether the part of a sentence that a figure stands in opens with a theme of the whole territory."""
    report = scope.report
    if subject.type == "district" or subject in (report.about, report.section_subject, scope.topic):
        return False
    part = scope.text.rfind("；", max(scope.sentence.start, position - LONG_PART), position) + 1
    return bool(part) and scope.new_theme(part, position)


def _approves(scope: ParagraphScope, mark: Mark, first: Mark) -> bool:
    """甲工程，水利部组织专家复审，总投资达52亿元: an office that approves what the sentence is about."""
    office = mark.subject.type == "institution" and bool(_DEPARTMENT.search(mark.subject.name))
    told_of = first.start < mark.start and first.subject.type in ("initiative", "enterprise", "park")
    return office and told_of and bool(_APPROVES.match(scope.text, mark.end))


def _in_passing(scope: ParagraphScope, mark: Mark, quantity: Quantity) -> bool:
    """河北银行在我县设立支行，…，全年贷款余额54亿元: whom a government's report names on the way holds
    no more than sizes beyond its clause."""
    if not scope.report.official or mark.subject in (scope.report.home, scope.report.about):
        return False
    start = max(scope.starts[scope.clause(quantity.start)], quantity.start - ASIDE)
    return not _OF_PROJECT.search(scope.text, start, quantity.end)


def _overtaken(scope: ParagraphScope, mark: Mark, position: int) -> bool:
    """甲城改造工程即将完工，乙公司、丙中心等项目加快推进，完成投资14亿元: one of several told of on the
    way holds nothing beyond its clause."""
    text = scope.text
    if mark.subject.type in _OF_SEVERAL and text[mark.end : mark.end + 1] in AND:
        at = bisect_left(scope.mark_starts, mark.end)
        following = scope.marks[at : at + 1]
        if following and following[0][0] == mark.end + 1 and following[0].subject.type == mark.subject.type:
            return True
    if mark.subject.type not in ("initiative", "park") or mark.subject == scope.report.about:
        return False
    told = mark.subject.type == "initiative" or _PROJECT_OF.match(text, mark.end)
    return bool(told and _WORKS.search(text, mark.end, position))


def _leads(scope: ParagraphScope, mark: Mark) -> bool:
    """Whether nothing but 据悉 and its like stands between a name and the head of its sentence."""
    start = scope.sentence.start
    near = mark.start - start <= ASIDE and mark.subject.type != "cluster"
    said = scope.masked[start : mark.start] if near else ""
    return bool(said) and bool(LEAD_IN.match(said.replace("，", "")))


def _one_of_many(scope: ParagraphScope, mark: Mark) -> bool:
    """改革纵深推进，滨海新区作用更加突出，上市公司增至88家: one clause of a list of achievements, told
    to its end, that names a part of the territory."""
    subject = mark.subject
    own = (scope.report.home, scope.report.about, scope.report.section_subject, scope.topic)
    if subject.type not in ("district", "park") or subject in own:
        return False
    low = max(scope.sentence.start, mark.start - ASIDE)
    said = scope.masked[low : mark.start].rpartition("：")[2].strip(_BLANKS)
    alone = not said and scope.themed
    if not alone and (len(said) < TOLD or _ADVERBIAL.match(said)):
        return False
    rest = scope.text[mark.end : min(mark.end + ASIDE, scope.clause_end(mark.start))]
    return bool(_TOLD_WHOLE.search(rest)) and not any(c.isdigit() for c in rest)


def _elsewhere(scope: ParagraphScope, subject: Subject) -> bool:
    """Whether a subject is a district that is neither the report's nor of its first clause."""
    own = (scope.report.home, scope.report.about, scope.report.section_subject, scope.topic)
    first = scope.strong[0] if scope.strong else None
    at = scope.clause(first.start) if first is not None and first.subject == subject else None
    opens = at == 0 or (at == 1 and scope.text.startswith("其中，", scope.sentence.start))
    return subject.type == "district" and subject not in own and not opens


def _member(scope: ParagraphScope, mark: Mark, position: int) -> bool:
    """A、B等6家 lists members of the figure, not its holders."""
    between = scope.text[mark.end : min(position, mark.end + 60)]
    if not between and mark.subject.type in ("enterprise", "park", "district", "other"):
        # 甲公司8条生产线, 甲县2.5%的增速; but 甲、乙2家企业.
        return scope.text[mark.start - 1 : mark.start] in AND
    return bool(_MEMBERS.fullmatch(between))


def _holder(scope: ParagraphScope, subject: Subject) -> Subject:
    """A department reports for its territory: the figure is the district's."""
    if subject.type == "institution" and subject.name.endswith(("管委会", "管理委员会")):
        return scope.report.last.get("park") or scope.report.about or subject
    if subject.type == "institution" and _DEPARTMENT.search(subject.name):
        return scope.report.about or scope.report.home
    return subject


def sized_of(scope: ParagraphScope, quantity: Quantity, left: str, subject: Subject) -> Subject:
    """盯紧X项目，总投资22亿元: a thing's size is that of the thing named last, be it an object."""
    sized = left.rstrip(_TO_FIGURE).endswith(_SIZES) and _SIZE.search(left)
    if subject.type not in ("district", "park") or not sized:
        return subject
    at, text = bisect_left(scope.mark_starts, quantity.start), scope.text
    right = bisect_left(scope.mark_starts, quantity.end)
    if text.startswith("的", quantity.end) and any(
        m.start == quantity.end + 1 and m.subject == subject for m in scope.marks[right : right + 1]
    ):
        # 总投资30亿元的甲产业园、总投资20亿元的乙产业园
        return subject
    for mark in reversed(scope.marks[max(0, at - 4) : at]):
        if mark.start < scope.sentence.start or quantity.start - mark.end > 60:
            break
        if text.startswith("等", mark.end) or _FROM.search(text, max(0, mark.start - 3), mark.start):
            # 甲产业园等9个项目总投资26亿元, 来自大湾区的项目总投资60亿元
            continue
        if mark.subject == subject:
            break
        if mark.subject.type in ("initiative", "park"):
            return mark.subject
    settled = _SETTLED.search(
        text, max(scope.sentence.start, quantity.start - LONGEST_SETTLED), quantity.start
    )
    return Subject(settled["thing"], "initiative", None) if settled else subject


def territory(scope: ParagraphScope, subject: Subject, indicator: str, position: int) -> Subject:
    """A macro indicator in a clause that names no holder is the territory's, not the last firm's."""
    scope.began = scope.began or subject
    if subject.type in ("initiative", "institution") and _only_told(scope, subject, position, indicator):
        return scope.report.section_subject or scope.report.about or scope.report.home
    if subject.type in ("district", "cluster") or WIDER.fullmatch(subject.name):
        return subject
    if not _MACRO.search(indicator):
        return subject
    if subject.type in ("enterprise", "institution") and _FOR_OTHERS.match(
        scope.text, scope.starts[scope.clause(position)]
    ):
        return subject
    if subject.type == "park" and (subject == scope.report.about or not _of_territory(scope, position)):
        return subject
    start = scope.starts[scope.clause(position)]
    if any(m.start >= start for m in scope.strong if m.start < position):
        return subject
    return scope.report.section_subject or scope.report.about or scope.report.home


def _only_told(scope: ParagraphScope, subject: Subject, position: int, indicator: str) -> bool:
    """天眉乐高速开工建设，新增债券…: how a project gets on is told, and then something else."""
    if _OF_PROJECT.search(indicator):
        return False
    clause = scope.clause(position)
    told = [m for m in scope.strong if m.subject == subject and m.start < position]
    if not told and subject == scope.topic and subject.type == "initiative":
        # 甲枢纽开工建设。全年…: a sentence that tells no more
        end = scope.text.find("。", scope.topic_end) + 1
        return bool(_PROGRESS.fullmatch(scope.text, scope.topic_end, end))
    if not told or scope.clause(told[-1].start) == clause:
        return False
    at, end = told[-1].end, scope.clause_end(told[-1].start)
    after = bisect_left(scope.mark_starts, at)
    for mark in scope.marks[after : after + LOOK_BACK]:
        if mark.start != at + 1 or scope.text[at] not in "、和与及":
            break
        at = mark.end  # 甲中心、乙中心顺利落户
    return bool(_PROGRESS.fullmatch(scope.text, at, end) or _TOLD_OFF.fullmatch(scope.text, at, end))


def _of_territory(scope: ParagraphScope, position: int) -> bool:
    """Whether the paragraph began with the district, which a zone named on the way only interrupts:
    its sentence, or its part of it up to the semicolon, is over."""
    text, start = scope.text, scope.sentence.start
    semicolon = text.rfind("；", start, position)
    here = [m for m in scope.strong if max(start, semicolon) <= m.start < position]
    own = scope.began is not None and scope.began.type == "district"
    return own and not any(m.subject.type == "park" for m in here)
