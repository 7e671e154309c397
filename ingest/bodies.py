"""Government bodies and institutes of the academy, by the list of them and what stands around.

In: the clean text of a paragraph. Out: candidates as in `candidates`. A body that only lends its
leadership, its decisions or its name to a formula (在市委、市政府的坚强领导下) neither acts nor holds
anything, and is left out.
"""

from __future__ import annotations

import re
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from ingest.candidates import Candidate
from ingest.edges import boundaries, proper, walk, window
from ingest.lexicon import cut, districts, words
from ingest.opening import Seldom
from seeds import lookup

# What follows a body that is named but neither acts nor holds anything.
BESIDE = (
    r"(?:[、和及与，]?(?:[省市区县州旗]委|[省市区县]?党工委|[省市区县州旗](?:人民)?政府|国务院|党中央"
    r"|[省市区县]?(?:人大|政协))){0,9}"
)
UNACTED = re.compile(
    BESIDE + r"(?:的?(?:坚强|正确|统一|亲切|监督|大力|有力|关心){0,3}(?:领导|支持下|关怀)"
    r"|的?(?:正县级|副县级|正处级)?派出机构|(?:办公厅|办公室)(?:副?主任)|(?:常务)?副?(?:部长|省长|市长|区长|县长|秘书长)|党组"
    r"|(?:[和与及][^，。；]{1,6})?的(?:大力|精心|有力)?(?:帮助|指导|支持|指引)下"
    r"|(?:主要|有关|分管|相关)?领导|常务会|全体会|办公会|[^，。；]{0,4}院士"
    r"|的?(?:各项|重大|中心)?(?:决策|部署(?!的|开展|实施)|工作)|的(?:要求|安排|精神)|报告)"
)
SPOKEN_FOR = re.compile(r"代表(?:[省市区县州旗]委[、和]?)?$")  # 代表市委、市政府 welcomes guests
# 市委、市政府 and the like are those in charge, named as one; with its place's name a government acts.
PAIRED = re.compile(r"(?:党|工|[省市区县州旗])委[、和及]?$")
PARTY = Seldom(r"中共([\u4e00-\u9fff]{1,7}?[省市区县州旗盟])委(?:员会)?")
LED = re.compile(r"(?:常委|副?书记|委员|[^，。；]{0,4}部长)")  # what follows is a person's office
MONEY = re.compile("采购|债券|补助|补贴|性基|投资|引导")  # 政府采购 and the like name no government
# No firm.
CENTRAL = Seldom(r"(?:中国)?人民银行[\u4e00-\u9fff]{2,8}?(?:分行|中心支行|支行|营业管理部)")
# A central body's own office for a part of the country: 民航骊北地区管理局.
REGIONAL = Seldom(
    r"(?:民航|国家金融监督管理总局|中国证监会|中国银保监会|国家药品监督管理局|国家矿监局|国家粮食和物资储备局|国家统计局|国家能源局|国家税务总局|国家矿山安全监察局|国家外汇管理局|财政部|海关总署|水利部|生态环境部|自然资源部|国家铁路局)"
    r"[\u4e00-\u9fff]{2,6}?(?:监管局|监管办|管理局|税务局|监察局|监督管理局|调查总?队|委员会|海关|督察局|分署|分局)"
)
# 民革陕西省委会, 民建中央: the eight parties beside the ruling one.
PARTIES = Seldom(
    "(?:民革|民盟|民建|民进|农工党|致公党|九三学社|台盟)(?:中央(?![精指])|[\u4e00-\u9fff]{1,7}?[省市区县州旗]委(?:员?会)?)"
)
CORPS = Seldom(r"(?:新疆生产建设)?兵团第[一二三四五六七八九十]{1,2}师(?![生傅])")
# 国家超级计算骐州中心: the place stands within.
SITED = Seldom(r"国家[^\W的第\d]{2,12}?中心")
BRACKETED = Seldom(r"[(（]([\u4e00-\u9fff]{2,4})[)）][\u4e00-\u9fff]{0,4}?(?<!数据)中心")
# 骊州三中, 骊阳一小
NUMBERED = Seldom(
    r"[一二三四五六七八九十]{1,2}(?:中(?![学心队全国部标路块步医时型城巷间旬央期层介等])|小(?![学时区型康企组微龙巨]))(?:分校|[东西南北]校区)?"
)
OWN = re.compile("(?:^|[^\u4e00-\u9fff])[\u4e00-\u9fff]{2}$")
BUILT = re.compile("改扩建|新建|迁建|扩建|改建|项目|校区|分校")
ATTACHED = Seldom("(?:师范|大学|师大|学院)?附[中小](?![加近件])")
ACADEMY = Seldom(r"(?:中国科学院|中科院)[\u4e00-\u9fff]{2,9}?所(?![有在以需谓])")  # 中科院微电子所


# A body of common words that is founded here is one: 成立全域旅游创建工作领导小组.
FOUNDED = Seldom(
    "(?:成立|组建|发起成立|牵头成立)了?((?!全[国省市县区]|[由以])[\u4e00-\u9fff]{4,18}?(?:领导小组|联盟|协会|商会|指挥部))"
    "(?![和、]|办公室)"
)
_ONE = "(?:(?![的、和与及了])[\u4e00-\u9fff]){2,12}?(?:协会|商会)"
FOUNDED_ROW = Seldom(f"(?:成立|组建)了?((?:{_ONE}[、和与及]){{1,6}}{_ONE})(?![办会])")
TWO = re.compile("(?:联盟|协会|商会)[和与及]")  # 成立辣椒协会和西瓜协会
OF_EACH = re.compile("[各两三四五六七八九十][省市区县州盟][市区县州旗]$")
NAMED_LEAST = 4  # characters of a centre's name before its place
STAFFED = {"hospital": "hospital", "institute": "research institute"}  # role -> kind of what is no office
JOINT = Seldom("[省市区县州旗]委[省市区县州旗](?:人民)?政府")  # 骐川市委市政府 decide as one
COLLEGE = Seldom("(?:农|师|工|科|交|医|财|林|海|理工|农林|师范)大(?!学)")


@cache
def _bodies() -> tuple[AhoCorasick, tuple[tuple[str, str], ...]]:
    rows = tuple((row["word"], row["role"]) for row in lookup("public_bodies"))
    return AhoCorasick([word for word, _ in rows], matchkind=MatchKind.LeftmostLongest), rows


def bodies(text: str) -> list[Candidate]:
    """Departments and organs, with the place or level before them."""
    automaton, rows = _bodies()
    found: list[Candidate] = []
    for index, at, end in automaton.find_matches_as_indexes(text):
        role = rows[index][1]
        left = at
        if role != "national":
            left = _place_before(text, at)
            joined = at > 0 and "一" <= text[at - 1] <= "鿿"
            if left == at and (joined or role == "council" or role in STAFFED):
                continue
            if left == at - 1 and text[left] == "州" and "一" <= text[left - 1 : left] <= "鿿":
                continue  # 巴西骐伊亚州政府
            if left == at - 1 and left and text[left - 1] in "一二两三四五六七八九十各":
                continue  # 两省一市政府
        if OF_EACH.search(text[max(0, left - 3) : left + 1]):
            continue  # 各市州政府
        if role != "national" and any(text[at - k : end] in districts() for k in (1, 2) if at >= k):
            continue  # 山海关
        if left == at - 1 and SPOKEN_FOR.search(text[max(0, left - 6) : left]):
            continue
        if role == "council" and left == at - 1 and PAIRED.search(text[max(0, left - 4) : left]):
            continue
        if text[end - 1] == "部" and text[end : end + 1] == "门":
            continue  # 四省人社部门
        if UNACTED.match(text, end) or (role == "council" and MONEY.match(text, end)):
            continue
        found.append(Candidate(left, end, "institution", STAFFED.get(role, "government body"), "name.body"))
    return [*found, *_by_form(text), *_universities(text), *_schools(text)]


def _by_form(text: str) -> list[Candidate]:
    """Committees, branches of the central bank, institutes of the academy and pairs of organs."""
    found: list[Candidate] = []
    for pattern in (PARTY, CENTRAL, REGIONAL, PARTIES):
        for match in pattern.finditer(text):
            if pattern in (CENTRAL, REGIONAL) or _party(match):
                kind = "party" if pattern is PARTIES else "government body"
                found.append(Candidate(*match.span(), "institution", kind, "name.body"))
    for match in SITED.finditer(text):
        inner = cut(text[match.start() + 2 : match.end() - 2])
        if len(inner) > 1 and inner[-1].tag == "ns":
            found.append(Candidate(*match.span(), "institution", "research institute", "name.centre"))
    found.extend(_bracketed(text))
    found.extend(_posts(text))
    found.extend(_founded(text))
    for match in CORPS.finditer(text):
        found.append(Candidate(*match.span(), "institution", "government body", "name.body"))
    for match in ACADEMY.finditer(text):
        found.append(Candidate(*match.span(), "institution", "research institute", "name.academy"))
    for match in JOINT.finditer(text):
        left = _place_before(text, match.start() + 1)
        if left < match.start() and not UNACTED.match(text, match.end()):
            found.append(Candidate(left, match.end(), "institution", "government body", "name.body"))
    return found


# 友骊关海关, 骐港出入境边防检查站; 骐埔区电梯办主任
POST = Seldom(r"([\u4e00-\u9fff]{1,5}?(?:关|港|口岸|机场|岛))(?:海关(?!总署)|(?:出入境)?边防?检查?总?站)")
PORT_MOST = 6  # characters of a port's name
POSTED = frozenset("，。；：、“”（）() \n据在与和由经")
SMALL = Seldom(r"([省市区县州旗])[\u4e00-\u9fff]{2,4}办(?=(?:副?主任|工作人员|负责人|相关负责人))(?<!公办)")


def _posts(text: str) -> list[Candidate]:
    """Customs houses and border posts by their port, and offices by who heads them."""
    found: list[Candidate] = []
    for match in POST.finditer(text):
        at = match.end(1)
        left, said = walk(text, window(text, at), at, "institution")
        opens = left == 0 or text[left - 1] in POSTED
        if opens and 2 <= at - left <= PORT_MOST and all(w.tag[0] in "no" for w in said):
            found.append(Candidate(left, match.end(), "institution", "government body", "name.post"))
    for match in SMALL.finditer(text):
        left = _place_before(text, match.start() + 1)
        if left <= match.start():
            found.append(Candidate(left, match.end(), "institution", "government body", "name.post"))
    return found


def _party(match: re.Match[str]) -> bool:
    """Whether a committee of a party is named there and not an office in it."""
    seated = match.re.groups == 0 or match[1] in districts()
    return seated and not LED.match(match.string, match.end())


def _founded(text: str) -> list[Candidate]:
    """Bodies of common words that are founded here, one or several."""
    found: list[Candidate] = []
    for match in FOUNDED.finditer(text):
        if "的" not in match[1] and not TWO.search(match[1]) and cut(match[1])[0].tag[0] not in "pcudrmq":
            office = match[1].endswith(("领导小组", "指挥部"))
            kind = "government body" if office else "association"
            found.append(Candidate(*match.span(1), "institution", kind, "name.founded"))
    for match in FOUNDED_ROW.finditer(text):
        at = match.start(1)
        for item in re.split("[、和与及]", match[1]):
            found.append(Candidate(at, at + len(item), "institution", "association", "name.founded"))
            at += len(item) + 1
    return found


def _universities(text: str) -> list[Candidate]:
    """Universities by the short names that have their place before them (湖南农大)."""
    found: list[Candidate] = []
    for match in COLLEGE.finditer(text):
        left = _place_before(text, match.start())
        if left < match.start() and text[match.end() - 1 : match.end() + 1] not in words():
            found.append(Candidate(left, match.end(), "institution", "university", "name.university"))
    return found


def _bracketed(text: str) -> list[Candidate]:
    """Centres with their place in brackets: 京骊协同创新(骐州)中心."""
    found: list[Candidate] = []
    for match in BRACKETED.finditer(text):
        left, said = walk(text, window(text, match.start()), match.start(), "institution")
        if match[1] in districts() and match.start() - left >= NAMED_LEAST and said:
            found.append(Candidate(left, match.end(), "institution", "research institute", "name.centre"))
    return found


def _schools(text: str) -> list[Candidate]:
    """Schools that go by their place and number."""
    found: list[Candidate] = []
    for match in NUMBERED.finditer(text):
        left = _place_before(text, match.start())
        if (
            left == match.start()
            and BUILT.match(text, match.end())
            and OWN.search(text[max(0, left - 3) : left])
        ):
            left -= 2  # a place that no list knows
        if left < match.start():
            found.append(Candidate(left, match.end(), "institution", "school", "name.school"))
    for match in ATTACHED.finditer(text):
        left, said = walk(text, window(text, match.start()), match.start(), "institution")
        if said and proper(text, window(text, match.start()), said):
            found.append(Candidate(left, match.end(), "institution", "school", "name.school"))
    return found


def _place_before(text: str, at: int) -> int:
    """Where the place before a public body begins; `at` itself where none stands there."""
    opened = window(text, at, 16)
    before = cut(text[opened:at])
    left = at
    for word in reversed(before):
        piece = text[opened + word.start : opened + word.end]
        if word.tag == "ns" or (piece in boundaries("level") and left == at) or piece in boundaries("zone"):
            left = opened + word.start
        else:
            break
    return left
