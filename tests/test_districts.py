"""The table of units, the names of units in prose, and the district that a report is about."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.districts import Districts, load
from ingest.home import home
from seeds import lookup

TABLE = load()
PRESENT = sorted(id for id, unit in TABLE.units.items() if unit.valid_to is None)
LEVELS = ("province", "prefecture", "county")


@pytest.fixture
def table() -> Districts:
    return TABLE


def test_the_table_is_a_tree_of_unique_codes(table: Districts) -> None:
    assert len(table.units) == len(lookup("districts")), "a code stands twice"
    for unit in table.units.values():
        assert len(unit.id) == 6 and unit.id.isdigit()
        above = table.get(unit.parent_id)
        assert (above is None) == (unit.level == "province")
        if above:
            assert LEVELS.index(above.level) < LEVELS.index(unit.level)
            assert above.id[:2] == unit.id[:2]
        if unit.successor_id:
            assert unit.successor_id in table
        if unit.latitude is not None and unit.longitude is not None:
            assert 3 < unit.latitude < 54 and 73 < unit.longitude < 136


def test_the_table_holds_the_units_in_force(table: Districts) -> None:
    count = {level: sum(table[i].level == level for i in PRESENT) for level in LEVELS}
    assert count["province"] == 34
    assert count["prefecture"] == 334, "333 of GB/T 2260, and 雄安新区 of the statistical division codes"
    assert count["county"] > 2840


def test_side_tables_point_into_the_table(table: Districts) -> None:
    assert all(row["id"] in table for row in lookup("district_names"))
    assert all(row["source"] for row in lookup("district_names"))
    assert all(row["reason"] for row in lookup("district_words"))


@given(st.sampled_from(PRESENT))
def test_a_name_from_the_province_down_is_read_as_its_units(id: str) -> None:
    text = TABLE.full_name(id)
    assert [place.id for place in TABLE.find([text], None)] == [*reversed(TABLE.parents(id)), id]


READINGS = [
    # home, text, the names found with their codes
    (None, "四川省成都市锦江区", "四川省 510000 成都市 510100 锦江区 510104"),
    (None, "重庆巴南区与云南河口", "重庆 500000 巴南区 500113 云南 530000 河口 532532"),
    (None, "阿坝州和恩施州结对", "阿坝州 513200 恩施州 422800"),
    (None, "秀山县、峨边县", "秀山县 500241 峨边县 511132"),
    (None, "襄樊市汽车产业", "襄樊市 420600"),
    (None, "郫县撤县设区", "郫县 510117"),
    (None, "吴江市与昆山市", "吴江市 320509 昆山市 320583"),
    (None, "崇文区的老字号", "崇文区 110103"),
    (None, "对接上海、杭州、深圳", "上海 310000 杭州 330100 深圳 440300"),
    (None, "义乌市场繁荣", "义乌 330782"),
    (None, "苏州市场份额", "苏州 320500"),
    (None, "上海南站开工", "上海 310000"),
    (None, "学习海南经验", "海南 460000"),
    (None, "吉林的企业", "吉林 220000"),
    ("340300", "固镇、怀远两县", "固镇 340323 怀远 340321"),
    ("340300", "蚌山区和禹会区", "蚌山区 340303 禹会区 340304"),
    ("320100", "鼓楼区增速最快", "鼓楼区 320106"),
    ("350100", "鼓楼区增速最快", "鼓楼区 350102"),
    ("350102", "鼓楼区增速最快", "鼓楼区 350102"),
    (None, "北京市朝阳区", "北京市 110000 朝阳区 110105"),
    (None, "长春的朝阳区", "长春 220100 朝阳区 220104"),
    ("510100", "新津、蒲江、大邑", "新津 510118 蒲江 510131 大邑 510129"),
    ("410900", "创建示范县,范县、台前县通过验收", "范县 410926 台前县 410927"),
    ("370400", "市中区、薛城区", "市中区 370402 薛城区 370403"),
    ("150000", "呼伦贝尔市鄂温克旗", "呼伦贝尔市 150700 鄂温克旗 150724"),
]


@pytest.mark.parametrize(("where", "text", "expected"), READINGS)
def test_names_in_prose(table: Districts, where: str | None, text: str, expected: str) -> None:
    found = table.find([text], where)
    assert " ".join(f"{text[p.start : p.end]} {p.id}" for p in found) == expected


NO_PLACES = [
    "加强合作与互助,推动资源整合", "培育朝阳产业和东方文化", "白银产量和日照时数", "公安机关和前进的动力",
    "推广安全生产经验", "创新乡村治理", "建设美丽水乡", "融通化解风险", "强大连接能力", "黄河南岸的滩区",
    "沿海口岸通关", "其中山区面积", "注重庆典实效", "城区和郊区的矿区", "幸福建设者", "保持平衡水位",
    "来自南京大学的团队", "重庆日报报道", "位于中山东路", "一批平原县和富裕县", "和平与解放的年代",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_PLACES)
def test_what_only_looks_like_a_place(table: Districts, text: str) -> None:
    assert table.find([text], "500113") == []


def test_a_name_that_begins_inside_a_refused_one_is_found(table: Districts) -> None:
    assert [p.id for p in table.find(["建设美丽江苏"], None)] == ["320000"]


def test_a_county_in_short_needs_evidence(table: Districts) -> None:
    assert table.find(["与尤溪签约"], None) == []
    assert [p.id for p in table.find(["与尤溪签约", "尤溪县在三明"], None)] == ["350426", "350426", "350400"]
    assert [p.id for p in table.find(["福建尤溪"], None)] == ["350000", "350426"]


def test_a_name_that_nothing_settles_is_left_open(table: Districts) -> None:
    found, unsettled = table.survey(["西湖区的企业"], None)
    assert found == []
    assert [(o.text, o.start, o.end) for o in unsettled] == [(0, 0, 3)]
    assert set(unsettled[0].candidates) == {"330106", "360103"}
    assert table.survey(["西湖区的企业", "在南昌举行"], None)[1] == []


@given(
    st.lists(st.sampled_from([row[1] for row in READINGS] + NO_PLACES + ["𠮷🀄", "", "2023年"]), max_size=6)
)
def test_places_are_ordered_and_apart_and_inside_their_text(texts: list[str]) -> None:
    found, unsettled = TABLE.survey(texts, "500113")
    spans = sorted([(p.text, p.start, p.end) for p in found] + [(o.text, o.start, o.end) for o in unsettled])
    assert all(0 <= start < end <= len(texts[text]) for text, start, end in spans)
    for (text, _, end), (later, start, _) in itertools.pairwise(spans):
        assert later > text or start >= end


ENCLOSING = [
    ("500113", "全市", "500000"),
    ("500113", "全区", "500113"),
    ("320583", "全市", "320583"),
    ("320508", "全市", "320500"),
    ("330326", "全县", "330326"),
    ("330326", "全市", "330300"),
    ("330326", "我省", "330000"),
    ("450100", "全区", "450000"),
    ("450000", "全区", "450000"),
    ("513200", "全州", "513200"),
    ("150700", "全旗", None),
    ("150724", "全旗", "150724"),
    ("110000", "全市", "110000"),
    ("440000", "全市", None),
    ("500113", "全国", None),
    (None, "全市", None),
]


@pytest.mark.parametrize(("where", "word", "expected"), ENCLOSING)
def test_the_unit_that_a_word_means_seen_from_home(
    table: Districts, where: str | None, word: str, expected: str | None
) -> None:
    assert table.enclosing(where, word) == expected


HOMES = [
    # title, paragraphs, publisher, code, whether there is an issue
    ("南京市2023年国民经济和社会发展统计公报", ["玄武区、鼓楼区、江宁区增长"], None, "320100", False),
    ("昆山市政府工作报告", ["苏州市委部署", "苏州市领先", "全市上下"], None, "320583", False),
    ("鼓楼区政府工作报告", ["福州市委", "全区"], None, "350102", False),
    ("鼓楼区政府工作报告", ["全区上下"], None, None, True),
    ("平安 聚力打造高原硅谷", ["海东市委"], None, "630203", False),
    ("平安建设再上台阶", ["余杭区公安局", "全区", "杭州市余杭区"], None, "330110", False),
    ("广西壮族自治区统计公报", ["南宁市增长", "柳州市增长", "全区"], None, "450000", False),
    ("深圳市福田区2021年统计公报", [], None, "440304", False),
    (None, ["义乌市代表大会", "浙江省", "金华市", "义乌"], None, "330782", False),
    (None, ["全州旅游", "恩施州", "恩施州", "利川市", "恩施市"], None, "422800", False),
    (None, ["全市工业"], "桐乡市统计局", "330483", False),
    ("草莓带动增收", ["无", "无", "无", "5日，在山东省滨州市博兴县的大棚里忙。"], None, "371625", True),
    ("草莓带动增收", ["无", "无", "无", "5日，我市的队伍到博兴县参加评审。"], None, None, True),
    (
        "浙江做优海岛旅游",
        ["舟山嵊泗县，民宿开张，增收。", "宁波象山县，渔船归港。", "浙江全省增长"],
        None,
        "330000",
        False,
    ),
    (
        "一个GDP在四川排第50的县修路",
        ["四川达州宣汉县发文。", "宣汉县上半年增长，宣汉县"],
        None,
        "511722",
        False,
    ),
    (
        None,
        ["浙江省湖州市吴兴区埭溪镇交出答卷。", "获浙江省评估，浙江省特色小镇", "吴兴区"],
        None,
        "330502",
        False,
    ),
    ("经济运行情况", ["全县"], None, None, True),
]


@pytest.mark.parametrize(("title", "texts", "publisher", "expected", "doubt"), HOMES)
def test_the_district_that_a_report_is_about(
    title: str | None, texts: list[str], publisher: str | None, expected: str | None, doubt: bool
) -> None:
    answer = home(title, texts, publisher)
    assert answer.id == expected
    assert (answer.issue is not None) == doubt


SAMPLE = sorted(i for i in PRESENT if TABLE[i].level != "province" and len(TABLE.by_name(TABLE[i].name)) == 1)


@given(st.sampled_from(SAMPLE))
def test_any_unit_can_be_home(id: str) -> None:
    name, above = TABLE[id].name, TABLE[TABLE.parents(id)[0]].name
    texts = [f"{above}领导到{name}调研。", f"{name}完成投资。", f"全{name[-1]}增长。"]
    assert home(f"{name}2023年国民经济和社会发展统计公报", texts, None).id == id
