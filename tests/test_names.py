"""Names: cases as data, who is who, and what holds for any text."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.firm_names import abbreviates, core, short_forms, without_place
from ingest.lexicon import cut, unknown
from ingest.model import Entity, MappedText, Name, Paragraph, ParagraphKind, Span
from ingest.names import find_names
from ingest.overrides import Override
from tests.clock import quickest

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "names.yaml").read_text(encoding="utf-8"))
KINDS = {
    "enterprises": "enterprise",
    "parks": "park",
    "institutions": "institution",
    "initiatives": "initiative",
}
HOME = "330604"


def paragraphs(*texts: str, kind: ParagraphKind = "body") -> list[Paragraph]:
    """Paragraphs whose map is the identity."""
    return [
        Paragraph(i, kind, "", MappedText(t, range(len(t)), range(1, len(t) + 1)), (Span(0, len(t)),))
        for i, t in enumerate(texts)
    ]


def find(*texts: str, home: str | None = HOME) -> tuple[list[Entity], list[Name]]:
    return find_names(paragraphs(*texts), home)


def surfaces(text: str, names: list[Name], kind: str) -> set[str]:
    return {text[n.start : n.end] for n in names if n.kind == kind}


def owner(text: str, *forms: str, home: str | None = HOME) -> list[set[str]]:
    """The ids that each form has where it stands in the text."""
    _, names = find(text, home=home)
    return [{n.id for n in names if text[n.start : n.end] == form} for form in forms]


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:18] for c in CASES])
def test_names_of_a_stretch(case: dict[str, object]) -> None:
    text = str(case["text"])
    _, names = find(text)
    found = {plural: surfaces(text, names, kind) for plural, kind in KINDS.items()}
    assert found == {plural: set(case.get(plural, ())) for plural in KINDS}  # type: ignore[call-overload]


SAME = [
    (
        "安徽华晟新能源科技股份有限公司(以下简称“华晟新能源”)投产。华晟新能源出口增长。",
        "安徽华晟新能源科技股份有限公司",
        "华晟新能源",
    ),
    (
        "重庆铭翔金泰生物制药股份有限公司投产。铭翔金泰生物产值增长。",
        "重庆铭翔金泰生物制药股份有限公司",
        "铭翔金泰生物",
    ),
    ("四川蜀珏智能装备有限公司投产,蜀珏智装负责人说。", "四川蜀珏智能装备有限公司", "蜀珏智装"),
    ("骊谊兄弟传媒股份有限公司签约,骊谊董事长出席。", "骊谊兄弟传媒股份有限公司", "骊谊"),
    (
        "走进科大骐盾量子技术股份有限公司,骐盾量子副总裁介绍研发历程。",
        "科大骐盾量子技术股份有限公司",
        "骐盾量子",
    ),
    ("宁海骐达旅游用品有限公司投产,骐达公司负责人说。", "宁海骐达旅游用品有限公司", "骐达公司"),
    ("平湖市六彩猫服装织造有限公司投产,六彩猫出口增长。", "平湖市六彩猫服装织造有限公司", "六彩猫"),
    (
        "浙江骐野生态农业有限公司投产,骐野生态农业有限公司负责人说。",
        "浙江骐野生态农业有限公司",
        "骐野生态农业有限公司",
    ),
    ("嵊州中国传感谷开园,嵊州传感谷企业达20家。", "嵊州中国传感谷", "嵊州传感谷"),
    (
        "杭州湾上虞经济技术开发区产值增长,杭州湾上虞经开区签约。",
        "杭州湾上虞经济技术开发区",
        "杭州湾上虞经开区",
    ),
    ("上虞区科技局发布名单,区科技局帮助企业申报。", "上虞区科技局", "区科技局"),
    ("新疆天业（集团）有限公司产值增长,天业集团扩产。", "新疆天业（集团）有限公司", "天业集团"),
    ("重庆国际免疫研究院揭牌,国际免疫研究院扩建。", "重庆国际免疫研究院", "国际免疫研究院"),
    ("县人民政府发布公告,县政府印发通知。", "县人民政府", "县政府"),
    ("嘉兴国家高新区外贸领跑,嘉兴高新区利用外资增长。", "嘉兴国家高新区", "嘉兴高新区"),
    ("中国(南京)软件谷挂牌,南京软件谷扩园。", "中国(南京)软件谷", "南京软件谷"),
    ("江骐产业集中区扩园,江骐新兴产业集中区签约。", "江骐产业集中区", "江骐新兴产业集中区"),
    ("甘骐堡工业园区治污。甘骐堡经济技术开发区扩园。", "甘骐堡工业园区", "甘骐堡经济技术开发区"),
    ("茂名滨海新区氢能产业园开工,茂名氢能产业园投产。", "茂名滨海新区氢能产业园", "茂名氢能产业园"),
    ("中国(山东)自由贸易试验区烟台片区揭牌,烟台片区改革。", "中国(山东)自由贸易试验区烟台片区", "烟台片区"),
    ("骐仁工业园区1994年起步，2023年更名为骊仁高新区。", "骐仁工业园区", "骊仁高新区"),
    ("萧山经济技术开发区扩园。开发区新引进项目60个。", "萧山经济技术开发区", "开发区"),
    ("骐吉高速开工建设，骐吉高速公路项目年底完工。", "骐吉高速", "骐吉高速公路项目"),
    ("南骐科技工业园扩园，南骐科技园产值增长。", "南骐科技工业园", "南骐科技园"),
    (
        "骐海集团骊县低空经济示范项目开工，骊县低空经济示范项目投产。",
        "骐海集团骊县低空经济示范项目",
        "骊县低空经济示范项目",
    ),
]
APART = [
    ("骐克电气、骐克电气绿能科技(苏州)有限公司投产。", "骐克电气", "骐克电气绿能科技(苏州)有限公司"),
    ("惠瓯、惠瓯金渝等企业投产。", "惠瓯", "惠瓯金渝"),
    ("骉马航空发动机有限公司、骉马电机有限公司投产。", "骉马航空发动机有限公司", "骉马电机有限公司"),
    ("京东、普洛斯等企业入驻,京东二期投运。", "京东", "京东二期"),
    (
        "绿巢新能源材料产业园由四川绿巢新材料股份有限公司投资建设。",
        "绿巢新能源材料产业园",
        "四川绿巢新材料股份有限公司",
    ),
    ("杭州高新区、宁波高新区产值增长。", "杭州高新区", "宁波高新区"),
    ("昆山开发区、昆山高新区产值增长。", "昆山开发区", "昆山高新区"),
    ("昆山高新区、综保区产值增长,昆山综保区扩区。", "昆山高新区", "综保区"),
    ("余杭良骐数字产业园、余杭数字产业园开园。", "余杭良骐数字产业园", "余杭数字产业园"),
    ("江苏产业技术研究院、浙江产业技术研究院挂牌。", "江苏产业技术研究院", "浙江产业技术研究院"),
    ("合肥骊骅光电有限公司、重庆骊骅光电有限公司扩产。", "合肥骊骅光电有限公司", "重庆骊骅光电有限公司"),
]


@pytest.mark.parametrize(("text", "one", "two"), SAME, ids=[row[1] for row in SAME])
def test_forms_of_one_entity(text: str, one: str, two: str) -> None:
    first, second = owner(text, one, two, home="330604")
    assert first and first == second


@pytest.mark.parametrize(("text", "one", "two"), APART, ids=[row[1] for row in APART])
def test_entities_that_stay_apart(text: str, one: str, two: str) -> None:
    first, second = owner(text, one, two)
    assert first and second and not first & second


def test_the_full_name_is_the_row_s_and_short_forms_are_aliases() -> None:
    entities, _ = find("江苏骊骅光电科技有限公司(简称“骊骅光电”)扩产,骊骅光电出口增长。")
    firm = next(e for e in entities if e.kind == "enterprise")
    assert (firm.name, firm.short_name) == ("江苏骊骅光电科技有限公司", "骊骅光电")
    assert firm.aliases == (("骊骅光电", "short"),)
    assert firm.weight == 3


def test_a_spelling_spoilt_by_scanning_is_an_alias() -> None:
    entities, _ = find(
        "锶盐新材料产业园开园。锶盐新材料产业园投产。锶盐新材料产业园扩建,鳃盐新材料产业园获批。"
    )
    park = next(e for e in entities if e.kind == "park")
    assert (park.name, park.aliases) == ("锶盐新材料产业园", (("鳃盐新材料产业园", "damaged"),))
    apart, _ = find("湘东机械研究院成立。湘东机械研究院揭牌,湘西机械研究院也揭牌。")
    assert len(apart) == 2


def test_a_short_form_alone_has_the_id_of_the_full_name() -> None:
    full = find("浙江骊骅光电科技有限公司扩产。")[0][0].id
    short = find("骊骅光电、蓝忻科技等企业扩产。")[0]
    assert full in {e.id for e in short}


SHEYANG, YANCHENG, GAOYAO, BANAN, BEIBEI = "320924", "320900", "441204", "500113", "500109"
LISTED = "骊骅食品、蓝忻科技等企业扩产。"
FIRST_FIRMS = [  # two reports with their homes; whether the first firm of both is one
    ("射阳骊骅食品有限公司扩产。", SHEYANG, "高要骊骅食品有限公司扩产。", GAOYAO, False),
    (LISTED, SHEYANG, LISTED, GAOYAO, False),
    (LISTED, SHEYANG, LISTED, None, False),
    ("江苏骊骅食品有限公司扩产。", SHEYANG, "广东骊骅食品有限公司扩产。", GAOYAO, False),
    ("射阳骊骅食品有限公司扩产。", SHEYANG, LISTED, SHEYANG, True),
    ("江苏骊骅食品有限公司扩产。", SHEYANG, LISTED, YANCHENG, True),
    ("射阳骊骅食品有限公司扩产。", SHEYANG, "射阳骊骅食品有限公司扩产。", GAOYAO, True),
    (LISTED, BANAN, LISTED, BEIBEI, True),
    ("骊骅旻食品、蓝忻科技等企业扩产。", SHEYANG, "骊骅旻食品有限公司扩产。", GAOYAO, True),
    ("华为、京东等企业入驻。", SHEYANG, "华为技术有限公司入驻。", GAOYAO, True),
    ("比亚迪扩产。", SHEYANG, "深圳市比亚迪有限公司扩产。", GAOYAO, True),
]


def first_firm(text: str, home: str | None, overrides: tuple[Override, ...] = ()) -> str:
    """The id of the firm that the text begins with."""
    entities, names = find_names(paragraphs(text), home, overrides)
    firms = {e.id for e in entities if e.kind == "enterprise"}
    return next(n.id for n in names if n.id in firms and n.start == 0)


@pytest.mark.parametrize(("one", "here", "other", "there", "same"), FIRST_FIRMS)
def test_a_short_name_in_two_districts(
    one: str, here: str, other: str, there: str | None, same: bool
) -> None:
    assert (first_firm(one, here) == first_firm(other, there)) == same


def test_a_person_may_say_that_firms_of_two_districts_are_one() -> None:
    merges = (Override("merge", "enterprise", "射阳骊骅食品有限公司", "骊骅食品"),)
    here = first_firm("射阳骊骅食品有限公司扩产。", SHEYANG, merges)
    assert here == first_firm(LISTED, GAOYAO, merges) == first_firm(LISTED, SHEYANG, merges)
    itself = (Override("merge", "enterprise", "骊骅食品", "骊骅食品"),)
    assert first_firm(LISTED, GAOYAO, itself) == first_firm(LISTED, SHEYANG, itself)


def test_two_firms_of_one_report_keep_their_ids_apart() -> None:
    text = "射阳骊骅食品有限公司扩产，高要骊骅食品有限公司和射阳骊骅纺织有限公司签约。"
    firms = {e.id for e in find(text, home=SHEYANG)[0] if e.kind == "enterprise"}
    assert len(firms) == 3
    assert first_firm("高要骊骅食品有限公司签约。", GAOYAO) in firms


@pytest.mark.parametrize(
    ("name", "rest", "places"),
    [
        ("湖北峡江锂能科技有限公司", "峡江锂能科技有限公司", ("湖北",)),  # 峡江 lies in 江西
        ("江苏射阳骊骅食品有限公司", "骊骅食品有限公司", ("江苏", "射阳")),
        ("中国重庆骊骅集团", "骊骅集团", ("中国", "重庆")),
    ],
)
def test_places_before_a_name_lie_in_one_another(name: str, rest: str, places: tuple[str, ...]) -> None:
    assert without_place(name) == (rest, places)


def test_a_park_without_a_place_belongs_to_the_home() -> None:
    here, there = (find("先进制造业开发区产值增长,经开区签约。", home=h)[0] for h in ("330604", "411329"))
    assert {e.district_id for e in here} == {"330604"}
    assert {e.district_id for e in there} == {"411329"}


def test_boilerplate_names_no_one_and_credits_no_firm() -> None:
    text = "江苏骊骅光电科技有限公司扩产。"
    for kind in ("boilerplate", "credit"):
        assert find_names(paragraphs(text, kind=kind), HOME) == ([], [])


def test_a_form_found_once_is_found_where_it_stands_alone() -> None:
    text = "骊骅、蓝忻等企业入驻。今年骊骅新增订单。"
    _, names = find(text)
    assert [n.start for n in names if text[n.start : n.end] == "骊骅"] == [0, 13]


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("浙江骊骅光电科技有限公司", "骊骅光电"),
        ("浙江骊骅光电科技有限公司", "骊骅"),
        ("青岛澔港(集团)有限公司", "澔港"),
        ("宁波舜昊集团股份有限公司", "舜昊集团"),
    ],
)
def test_short_forms(full: str, short: str) -> None:
    assert short in short_forms(full)


def test_an_abbreviation_keeps_the_brand() -> None:
    assert abbreviates("蜀珏智装", "四川蜀珏智能装备有限公司")
    assert not abbreviates("惠瓯", "重庆惠瓯金渝光电有限公司")
    assert not abbreviates("蜀珏化工", "四川蜀珏智能装备有限公司")


def test_core_keeps_what_tells_sister_firms_apart() -> None:
    assert core("重庆骉马航空发动机制造有限公司") != core("骉马集团")


ALPHABET = (
    "江苏骊骅光电科技有限公司集团、等企业项目一期“”()《》的和在与高新区经开产业园研究院大学"
    "实施工程行动计划年产10万吨,。市县A·"
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(alphabet=ALPHABET, max_size=80), max_size=4))
def test_any_text(texts: list[str]) -> None:
    entities, names = find(*texts)
    by_id = {e.id: e for e in entities}
    assert len(by_id) == len(entities)
    met = {n.id for n in names}
    assert met == set(by_id)
    for name in names:
        surface = texts[name.paragraph][name.start : name.end]
        assert len(surface) >= 2 and by_id[name.id].kind == name.kind
        assert surface in {by_id[name.id].name, *(a for a, _ in by_id[name.id].aliases)}


@given(st.text(alphabet=ALPHABET, max_size=60))
def test_words_tile_the_window(text: str) -> None:
    assert "".join(text[w.start : w.end] for w in cut(text)) == text


def test_unclaimed_characters_mark_a_proper_name() -> None:
    assert unknown("骊骅光电") and not unknown("先进制造业产业集群")


@pytest.mark.parametrize("unit", ["大学", "、企业", "“智改", "骊骅科技、", "(公司", "《关于", "年产1"])
def test_time_grows_with_length(unit: str) -> None:
    small, large = (quickest(partial(find, unit * times), runs=3) for times in (1500, 12000))
    assert large < 8 * small * 3 + 0.1
