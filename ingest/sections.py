"""What holds for a whole report and, until the next heading, for a section: subject, year, firmness.

In: the title, the headings, the speakers and the names of a report. Out: a `ReportScope`, entered paragraph
by paragraph. Refuses to guess: what no heading says is left to the paragraph, and at last to the report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ingest import opening, periods
from ingest.model import Name, Paragraph, Status, SubjectType
from ingest.periods import Reference
from ingest.wording import listed

if TYPE_CHECKING:
    from ingest.own import Own

_YEAR = re.compile(r"((?:19|20)\d\d)年")
_LAST_YEAR = re.compile(r"去年|上年|这一年|过去一年|一年来|20\d\d年[，是]|五年来")
_AIMS = re.compile("预期目标|主要目标是|奋斗目标是|工作安排|工作重点")
_WORK_REPORT = re.compile(r"((?:19|20)\d\d)年?[^，。\d]{0,16}政府工作报告")
LONGEST_PROJECT = 7
"""Characters that a park's project has beyond the park's name, one more (建设项目)."""
ENDING = 3
"""Characters that end a park's name and stand for it later: 集聚区, 开发区."""
LEAD = 8
"""Paragraphs that open a report and may present whom it speaks with."""
LONGEST_INTRODUCTION = 120
"""Characters of a line that may present speakers."""
_HEADS = (
    "(?:书记|主任|局长|区长|市长|县长|镇长|部长|会长|院长|行长|董事长|总经理|负责人|理事长|科长|处长|副总)"
)
_HEAD = opening.compile(_HEADS)
_PRESENTED = re.compile(
    rf"(?P<unit>[\u4e00-\u9fff（）()、，“”]{{3,36}}?{_HEADS})"
    r"[\s\u3000]*(?P<name>[\u4e00-\u9fff]{1,2}[\s\u3000]?[\u4e00-\u9fff]{1,2})"
    r"(?=$|[\s\u3000、，。；:：)）]|说|介绍|表示)"
)
_ZONE_OFFICE = re.compile(
    r"(?P<zone>[\u4e00-\u9fff（）()]{2,16}?"
    "(?:产业园|工业园|开发区|高新区|经开区|园区|新区|集聚区|保税区|示范区))"
    "(?:党工委|管委会|党委|管理委员会)"
)
# 回顾2024年，…: told early in the next year, or when it ends.
_REVIEWS_YEAR = re.compile(r"\s*(?:回顾|回望|回首|盘点)(?:即将|刚刚)?(?:过去的)?((?:19|20)\d\d)年?")
# A heading that is a thing's name, by what it ends in.
_KINDS: dict[SubjectType, tuple[str, ...]] = {
    "enterprise": ("公司", "集团", "厂"),
    "initiative": ("项目", "工程"),
    "institution": ("研究院", "中心", "孵化器", "学校", "医院", "实验室"),
    "park": ("园", "园区", "数码城", "科技城", "产业城", "基地", "小镇", "开发区", "循环区", "集聚区"),
    "district": ("镇", "乡", "街道"),
    "other": (
        "公园",
        "度假区",
        "旅游区",
        "景区",
        "纪念馆",
        "博物馆",
        "古城",
        "机场",
        "商圈",
        "大厦",
        "广场",
        "地块",
        "用地",
        "电站",
        "变电站",
        "商城",
        "大楼",
    ),
}
_THING = re.compile(
    r"(?![(第]|[\d一二三四五六七八九十]+[.、．]|.*(?:激活|培育|推进|加快|打造|建设|发展|做强|聚力|聚焦|强化|提升))[^，。；：、\s][^，。；：、]{1,22}?(?P<kind>"
    + "|".join(sorted((w for words in _KINDS.values() for w in words), key=len, reverse=True))
    + ")"
)
_THE_THING = re.compile(
    r"\s*(?:该|本|此)(?:项目|工程|公司|企业|机构|园区|园|基地|中心|地块|大厦|区|镇|乡|村|馆|景区|度假区)|国家A+级(?:旅游)?景区|位于|坐落|地处|始建于|(?:项目|公司|大厦|园区|基地)(?=[由位总占于规是为自建])"
)
LONGEST_PREFIX = 6
"""Characters of a district's name before that of the thing in it."""
_SPEAKS = re.compile(r"^(?P<name>[\u4e00-\u9fff·]{2,4})[：:]")
_OPENS_YEAR = re.compile(r"\s*(20\d\d|19\d\d)年，")
_OTHER_TIMES = re.compile(r"今年|本年|[一二三]季度|半年|1-\d{1,2}月")
OFTEN = 3
"""Times that a bulletin must say 全年 or 比上年 to be one of a year that it doesn't tell."""
# What a part of a work report that looks back says in every other sentence, and one of plans hardly ever.
_RESULTS = re.compile(
    r"同比|[较比](?:上年|去年)|累计|荣获|获[批评]|位[居列]|成功|圆满|顺利|跃居|首次|[成现到得升增降造破通施出设]了|净增"
    r"|(?:增长|下降|提高|达到?|突破)[\d.]+(?:%|万|亿|个百分点)(?!以上|左右|以内)|已(?!经济)"
)
_STOPS = re.compile("[。；]")
FEW = 3
"""Sentences that a part must have to be judged by what it says."""
SELDOM = 0.1
"""Results a sentence; of 70 parts of real work reports those that look back had 0.17 and more, plans 0.12 and
less."""
# 五年来，我们主要做了以下工作：
_LEADS_YEARS = re.compile(r"\s*(?:回顾|回望|总结)?(?:过去[的这]?|这|近)?[四五]年(?:来|间)?[^\d]*$")
_PAST_YEAR = re.compile("(?:过去的?一年|一年来|过去这一年)[^。]{0,30}[：:。]?$")
_OFFICIAL = re.compile(
    "政府工作报告|规划纲要|统计公报|运行情况|经济运行|新闻发布会|工作总结|情况通报|形势分析|运行分析|发布会"
)
# 持续推进…。扎实开展…: how a government's own report begins its sentences.
_DEEDS = re.compile(
    "[。；](?:持续|扎实|大力|加快|深入|全面|积极|着力|坚持|推动|推进|实施|加强|强化|完善|抓好|落实|统筹|聚焦|深化|优化|提升|做好"
    "|做优|做强|健全|严格|支持|鼓励|引导|打造|开展|巩固|充分|进一步|高质量|稳步|有序|启动|新建|改造)"
)
MANY, DEEDS = 15, 1 / 3
"""Sentences and parts of them in a text that may be judged, and the share of them that must be deeds."""
_NUMBERED = r"(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]\s*)?"
_OPENING_YEAR = re.compile(rf"^[^\w]*{_NUMBERED}((?:19|20)\d\d)年")
_CLUSTER_HEADING = re.compile(
    r"^\W*(?:[一二三四五六七八九十\d]{1,2}[)）、.．]\s*)?"
    "([^，。：、（()“”]{2,14}(?:产业|产业集群|产业链|集群))[。：:]?$"
)
BROAD = re.compile(listed("broad"))
"""What in the name of a cluster makes it none: 支柱产业, 一是坚定不移抓产业."""
_PLANS = re.compile(listed("heading_plans"))
_TASKS = re.compile(listed("heading_tasks"))
_REVIEW = re.compile(listed("heading_review"))
# 2026年主要工作, in a report of that January
_YEARS_WORK = re.compile(
    "年的?(?:主要|重点)?(?:工作|任务)$|年，[^，。]{0,12}(?:将|(?<![主重])要(?!闻)|力争|着力)"
)
_OFFICE = re.compile(
    "(?:局|委|委员会|办|中心|政府|部门|镇|街道|管委会)[^，。]{0,16}"
    "(?:书记|局长|主任|区长|市长|县长|镇长|负责人|部长|厅长|会长|院长|校长|行长|科长)"
)
SHORT = 40
"""Characters of a line that may be a heading though it is none by its form."""


def cluster_heading(text: str) -> Subject | None:
    """The cluster of industry whose name a heading is, numbered or not; None for other headings."""
    match = _CLUSTER_HEADING.match(text)
    return Subject(match[1], "cluster", None) if match and not BROAD.search(match[0].strip()) else None


class Subject(NamedTuple):
    """Whose figure it is: the name as the report has it, its type, and its entity's id where it has one."""

    name: str
    type: SubjectType
    id: str | None


# What stands for a thing later, by what its name ends in.
_GROUPS = (
    "集团",
    "集团)有限公司",
    "集团有限公司",
    "集团)有限责任公司",
    "集团)股份有限公司",
    "集团股份有限公司",
)
_MEANT_BY = {
    "集团": _GROUPS,
    "学校": ("大学", "学院", "学校", "中学", "小学"),
    "线路": ("铁路", "高铁", "专线", "城际", "新线", "高速", "快线", "号线", "轨道交通工程", "交通线"),
    "高速": ("高速", "高速公路"),
    "港口": ("港",),
    **{
        w: (w,)
        for w in (
            "平台",
            "基地",
            "景区",
            "机场",
            "港",
            "电站",
            "水库",
            "大桥",
            "铁路",
            "商圈",
            "市场",
            "煤矿",
        )
    },
    **{w: (w,) for w in ("度假区", "枢纽", "古城", "码头", "湿地公园", "保护区", "孵化器")},
    **{w: (w,) for w in ("小区", "工厂", "口岸", "隧道", "乐园", "街区", "小程序", "系统", "账号", "片区")},
    "场馆": ("馆", "剧院"),
    "train": ("班列", "专列", "列车", "快线"),
    "装备": ("”",),
    "设备": ("”",),
}
_EVENTS = ("会", "赛", "节", "展", "论坛", "仪式", "活动", "周")
_TOWNS = ("镇", "乡", "村", "街道", "社区")


def alike(subject: Subject) -> dict[str, Subject]:
    """The words that mean a subject later, each with it: its kind (公司 is the firm named last) and what its
    name ends in (该开发区, 集团, 此次展会, 全镇)."""
    kind, name = subject.type, subject.name
    words: list[str] = [kind] if kind != "other" and (kind != "district" or subject.id) else []
    if kind == "park":
        words += [name[-ENDING:], name[-1:]]
    if kind == "initiative" and name.endswith(_EVENTS):
        words.append("event")
    if kind in ("district", "other"):
        words += ["全" + town for town in _TOWNS if name.endswith(town)]
    words += [word for word, ends in _MEANT_BY.items() if name.endswith(ends)]
    return dict.fromkeys(words, subject)


@dataclass(slots=True)
class ReportScope:
    """What holds for a whole report and, until the next heading, for a section.

    `entry` is the title, which may be the first of a list of things presented; `section_years` the EDTF span
    of a section on several years (过去五年工作回顾, 今后五年的目标); `planned` the parts of a work report
    that are plans by what they say;
    `above` holds the ids of the units that its own district lies in; `district` gives the unit that 全市 or
    我区 means here; `entity` the subject behind a name's id.
    """

    reference: Reference
    home: Subject
    district: Callable[[str], Subject | None]
    entity: Callable[[Name], Subject]
    above: frozenset[str] = frozenset()
    title_year: int | None = None
    official: bool = False
    about: Subject | None = None
    section: str | None = None
    section_subject: Subject | None = None
    section_year: int | None = None
    section_years: str | None = None
    planned: frozenset[str] = frozenset()
    section_status: Status | None = None
    running: str | None = None
    work_report: bool = False
    entry: str = ""
    default_status: Status = "actual"
    intent: Status | None = None
    reviewed: int | None = None
    indicator: str = ""
    interview: bool = False
    begun: bool = False
    last: dict[str, Subject] = field(default_factory=dict)
    speakers: dict[str, Subject] = field(default_factory=dict)
    people: dict[str, Subject] = field(default_factory=dict)
    own: Own | None = None

    def introduce(self, paragraphs: Sequence[Paragraph], names: Sequence[Name]) -> None:
        """Who speaks for whom: 甲经开区管委会主任 张三 for the zone, a bureau's head for the district."""
        parks = [n for n in names if n.kind == "park"]
        zones = {paragraphs[n.paragraph].text[n.start : n.end]: self.entity(n) for n in parks}
        for paragraph in paragraphs:
            if paragraph.kind == "boilerplate" or len(paragraph.text) > LONGEST_INTRODUCTION:
                continue
            for match in _PRESENTED.finditer(paragraph.text) if _HEAD.search(paragraph.text) else ():
                unit = match["unit"]
                zone = max((z for z in zones if z in unit), key=len, default=None)
                if zone is None and (named := _ZONE_OFFICE.search(unit)):
                    zones[named["zone"]] = Subject(named["zone"], "park", None)
                    zone = named["zone"]
                name = re.sub(r"\s", "", match["name"])
                self.speakers.setdefault(name, zones[zone] if zone else self.home)

    def set_title(self, title: str | None) -> None:
        """A title that names one past year (2023年…统计公报) gives the report's figures that year."""
        times = periods.find(title or "")
        # 水鸟由2017年的36种增至75种: a year that figures are set against dates none of them.
        against = {t.year for t in times if t.kind in ("basis", "origin")}
        years = {int(y) for y in _YEAR.findall(title or "")} - against
        if len(years) == 1 and max(years) <= self.reference.year:
            self.title_year = years.pop()
        self.entry = (title or "").strip()
        # In a government's own report each sentence is the territory's again.
        self.official = bool(_OFFICIAL.search(title or ""))
        told = _WORK_REPORT.search(title or "")
        its_own = told is not None and told[1] == str(self.reference.year)
        self.work_report = its_own
        if its_own and self.reference.month is None:
            self.reference = self.reference._replace(early=True)
        if "工作报告" in (title or "") and (its_own or (self.reference.month or 12) <= 6):
            # Given early in a year, it tells of the year before until it comes to its plans.
            self.title_year = self.reference.year - 1

    def set_official(self, paragraphs: Sequence[Paragraph]) -> None:
        """A text whose sentences say again and again what we do or will do is the government's own."""
        body = "。" + "".join(p.text.strip() for p in paragraphs if p.kind == "body")
        sentences = body.count("。") + body.count("；")
        deeds = len(_DEEDS.findall(body))
        self.official = self.official or (sentences >= MANY and deeds > DEEDS * sentences)

    def set_plans(self, paragraphs: Sequence[Paragraph]) -> None:
        """The parts of a work report that no heading calls plans and that tell of no result are plans."""
        if not self.work_report:
            return
        parts: dict[str, str] = {}
        for paragraph in paragraphs:
            if paragraph.kind == "body":
                part = paragraph.section.split(" / ")[0]
                parts[part] = parts.get(part, "") + paragraph.text
        told = {
            part: (len(_STOPS.findall(text)), len(_RESULTS.findall(text))) for part, text in parts.items()
        }
        self.planned = frozenset(
            part
            for part, (sentences, results) in told.items()
            if sentences >= FEW and results < SELDOM * sentences and not _REVIEW.search(part)
        )

    def set_year(self, paragraphs: Sequence[Paragraph]) -> None:
        """A bulletin without a title is one by how it opens (2017年，…) and what it compares with."""
        first = next((p.text for p in paragraphs if p.kind == "body" and "，" in p.text), "")
        body = "\n".join(p.text for p in paragraphs if p.kind == "body")
        if self.work_report and _AIMS.search(body) and not _LAST_YEAR.search(body):
            # Of a report that looks back on nothing only the plans are at hand.
            self.title_year, self.default_status = self.reference.year, "target"
            return
        reviewed = _REVIEWS_YEAR.match(first)
        if (
            reviewed
            and not self.title_year
            and int(reviewed[1]) in (self.reference.year - 1, self.reference.year)
        ):
            self.title_year = int(reviewed[1])
        opening = _OPENS_YEAR.match(first)
        if self.title_year or not opening or int(opening[1]) != self.reference.year - 1:
            return
        text = "".join(p.text for p in paragraphs if p.kind == "body")
        if text.count("比上年") + text.count("全年") >= OFTEN and not _OTHER_TIMES.search(text):
            self.title_year = int(opening[1])

    def enter(self, paragraph: Paragraph, names: Sequence[Name]) -> None:
        """A new section sets its year, its status and its subject."""
        if paragraph.section != self.section:
            self.section = paragraph.section
            self.reviewed = None
            self._read_section(paragraph.section)
        cover = not self.begun and self.about is not None and self.about.name == self.entry
        self.begun = self.begun or (paragraph.kind == "body" and "，" in paragraph.text)
        speaking = _SPEAKS.match(paragraph.text)
        if speaking and speaking["name"] in self.speakers:
            self.section_subject = self.speakers[speaking["name"]]
        elif paragraph.kind == "heading" or (len(paragraph.text) <= SHORT and paragraph.text[-1:] in ":："):
            subject = self._speaker(paragraph, names)
            self.interview = self.interview or bool(_OFFICE.search(paragraph.text))
            if subject and not cover:
                self.section_subject = subject
        elif paragraph.kind == "body" and (self.section or self.entry) and not cover:
            self._read_entry(paragraph, names)
        short = len(paragraph.text) <= SHORT
        if short and not self.section_years and _LEADS_YEARS.match(paragraph.text):
            self.section_years = self._years_of(paragraph.text)
        if short and _PAST_YEAR.match(paragraph.text) and self.section_status != "target":
            self.section_year = self.reference.year - (1 if (self.reference.month or 12) <= 3 else 0)

    def _read_entry(self, paragraph: Paragraph, names: Sequence[Name]) -> None:
        """A heading that names a thing, whose paragraph begins with it or with 该项目: an entry of a list."""
        heading = (self.section or self.entry).rsplit(" / ", 1)[-1]
        told = _THE_THING.match(paragraph.text)
        if told and self.section_subject:
            self._set_entry(self.section_subject)
        thing = _THING.fullmatch(heading)
        bare = heading[:-1] if thing and thing["kind"] in "镇乡" else heading
        named_first = bare in paragraph.text[: len(heading) + LONGEST_PREFIX]
        if self.section_subject or thing is None or not (told or named_first):
            return
        named = next((n for n in names if paragraph.text.startswith(heading, n.start)), None)
        kind: SubjectType = next(k for k, words in _KINDS.items() if thing["kind"] in words)
        self._set_entry(self.entity(named) if named else Subject(heading, kind, None))

    def _set_entry(self, subject: Subject) -> None:
        """What a section is about is meant by 该项目 and 该机构 as well."""
        self.section_subject = self.last["initiative"] = self.last["institution"] = subject

    def note(self, subject: Subject) -> None:
        """A thing or town without a name in the tables stays at hand for 全镇, 该机场, 学校."""
        words = alike(subject)
        words.pop(subject.type, None)
        self.last.update(words)

    def leave(self, names: Sequence[Name]) -> None:
        """The last named of each kind stays at hand for 园区, 公司, 该项目; parks by their ending as well."""
        projects = {(n.start, n.end) for n in names if n.kind == "initiative"}
        for name in names:
            ahead = range(name.end + 1, name.end + LONGEST_PROJECT)
            if name.kind == "park" and any((name.start, end) in projects for end in ahead):
                continue  # a park that is yet to be built is spoken of as the project
            self.last.update(alike(self.entity(name)))

    def _read_section(self, section: str) -> None:
        self.section_year = self.section_years = self.section_status = self.section_subject = None
        headings = section.split(" / ")
        last = headings[-1]
        years = [y for part in headings for y in _OPENING_YEAR.findall(part)]
        if years and not re.fullmatch(r"[\s\d年月日]+", last):
            self.section_year = int(years[-1])
        self.section_years = next(filter(None, map(self._years_of, reversed(headings))), None)
        self.section_subject = cluster_heading(last)
        if self._plans(section) or headings[0] in self.planned:
            self.section_status = "target"
            self.section_year = self.section_year or self.reference.year
        elif re.search("过去一年|去年", section) and not years:
            self.section_year = self.reference.year - 1

    def _years_of(self, heading: str) -> str | None:
        """The several years that a heading is about; None where it also names one (2016年和过去五年)."""
        times = [t for t in periods.find(heading) if t.kind != "duration"]
        several = len(times) == 1 and times[0].kind in ("span", "within") and not times[0].month
        return periods.resolve(times[0], self.reference) if several else None

    def _plans(self, section: str) -> bool:
        """Whether a section tells of what is to come; the innermost heading that says so decides."""
        early = (self.reference.month or 1) <= 6
        for part in reversed(section.split(" / ")):
            year = next((int(y) for y in _YEAR.findall(part)), None)
            to_come = year is not None and (
                year > self.reference.year or (year == self.reference.year and early)
            )
            if to_come and _YEARS_WORK.search(part):
                return True
            if _REVIEW.search(part):
                return False
            ahead = year is None or to_come
            if ahead and (_PLANS.search(part) or (_TASKS.search(part) and (year is not None or early))):
                return True
        return False

    def _speaker(self, paragraph: Paragraph, names: Sequence[Name]) -> Subject | None:
        """The unit of the speaker whom a heading presents, or the park that it is about."""
        for kind in ("park", "enterprise"):
            found = [n for n in names if n.kind == kind]
            if found:
                return self.entity(found[0])
        return self.home if _OFFICE.search(paragraph.text) else None
