"""Phrases and the canonical indicators that they mean, or that they must not be taken for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import read_report
from ingest.indicators import glossary, map_indicator, normal
from seeds import lookup

PHRASES = lookup("indicator_phrases")


def test_the_lookup_is_whole() -> None:
    rows = lookup("indicators")
    assert len({row["id"] for row in rows}) == len({row["name"] for row in rows}) == len(rows) >= 150
    assert all(row["name_en"] and row["category"] and row["unit"] for row in rows)
    assert all(row["definition"] and row["source"] for row in rows)
    assert {row["indicator_id"] for row in PHRASES} == {row["id"] for row in rows}, (
        "an indicator has no phrase"
    )


def test_no_phrase_means_two_indicators() -> None:
    meanings: dict[str, set[str]] = {}
    for row in PHRASES:
        meanings.setdefault(normal(row["phrase"]), set()).add(row["indicator_id"])
    assert {phrase: ids for phrase, ids in meanings.items() if len(ids) > 1} == {}


MAPPED = [
    ("GDP", "元", "level", "gdp"),
    ("全市地区生产总值", "元", "level", "gdp"),
    ("地区生产总值(GDP)", "%", "growth", "gdp"),
    ("GDP总量", "名", "rank", "gdp"),
    ("人均GDP", "美元", "level", "gdp_per_capita"),
    ("规模以上工业增加值", "%", "growth", "industrial_value_added_above"),
    ("优良天数", "%", "share", "air_good_days_ratio"),
    ("全社会固定资产投资", "元", "level", "fixed_asset_investment_whole"),
    ("规模以上工业企业", "家", "level", "industrial_firms_above"),
    ("规上工业企业数量", "户", "level", "industrial_firms_above"),
    ("新增规上工业企业", "家", "change", "industrial_firms_above"),
    ("新增规上工业企业", "家", "level", "industrial_firms_above_new"),
    ("规模以上工业企业研发投入", "元", "level", "industrial_rd"),
    ("国家级专精特新“小巨人”企业", "家", "level", "srdi_giants"),
    ("国家专精特新小巨人企业", "户", "level", "srdi_giants"),
    ("市级“专精特新”中小企业", "家", "level", "srdi_municipal"),
    ("有效期内高新技术企业", "家", "level", "hightech_firms"),
    ("社零总额", "%", "growth", "retail_sales"),
    ("外贸进出口总值", "元", "level", "trade_total"),
    ("固定资产投资(不含农户)", "%", "growth", "fixed_asset_investment"),
    ("研发投入强度", "百分点", "change", "rd_intensity"),
    ("R&D经费投入强度", "%", "level", "rd_intensity"),
    ("Ｒ＆Ｄ经费", "元", "level", "rd_expenditure"),
    ("城镇新增就业人数", "人", "level", "urban_new_jobs"),
    ("全体居民人均可支配收入", "元", "level", "income_all"),
    ("空气质量优良天数比例", "%", "level", "air_good_days_ratio"),
    ("空气质量优良天数", "天", "level", "air_good_days"),
    ("细颗粒物(PM2.5)平均浓度", "微克/立方米", "level", "pm25"),
    ("快递业务量", "件", "level", "express_volume"),
    ("年末常住人口", "人", "level", "resident_population"),
    ("累计实现税收", "元", "level", "tax_revenue"),
    ("税收收入", "%", "share", "tax_revenue"),
    ("第三产业增加值占GDP的比重", "%", "share", "tertiary_share"),
    # points of its growth or of its share
    ("规模以上工业增加值", "百分点", "change", "industrial_value_added_above"),
    ("固定资产投资增速", "百分点", "change", "fixed_asset_investment"),
    # the narrower one has its own
    ("境内上市公司", "家", "level", "listed_firms_domestic"),
    ("公共停车位", "个", "level", "public_parking_spaces"),
    ("养老机构床位", "张", "level", "elderly_institution_beds"),
    ("企业职工基本养老保险参保人数", "人", "level", "pension_enterprise_employees"),
    ("营造林", "亩", "level", "forest_cultivation_area"),
    ("人工造林", "亩", "level", "afforestation_artificial"),
    ("规上工业战略性新兴产业增加值", "%", "growth", "industrial_emerging_value_added"),
    ("离岸服务外包执行额", "美元", "level", "service_outsourcing_offshore"),
    ("公交客运量", "人次", "level", "bus_passengers"),
    ("项目总投资", "元", "level", "project_total_investment"),
    ("新增学位", "个", "change", "school_places"),
    ("新建高标准农田", "亩", "level", "farmland_high_standard_new"),
    ("自然增长率", "‰", "level", "natural_growth_rate"),
    ("公路客运量", "%", "growth", "road_passengers"),
    ("农林水支出", "元", "level", "agri_water_expenditure"),
    ("市本级一般公共预算收入", "元", "level", "general_budget_revenue_own"),
    ("规模以上工业发电量", "千瓦时", "level", "power_generation_above"),
    ("贫困村出列", "个", "level", "poor_villages_lifted"),
    ("规上工业开票销售", "元", "level", "industrial_invoiced_sales_above"),
    ("外贸进出口值", "元", "level", "trade_total"),
    # gross output in short, and with the verb in front
    ("夏粮总产", "吨", "level", "summer_grain_output"),
    ("生鲜乳总产量", "吨", "level", "milk_output"),
    ("生产原煤", "吨", "level", "coal_output"),
    # a ratio and an index print no unit
    ("城乡收入比", "", "level", "income_ratio"),
    ("居民消费价格指数", "", "level", "cpi"),
    # the name of a flow without its 新增, which the measure tells
    ("城镇就业", "人", "change", "urban_new_jobs"),
]


@pytest.mark.parametrize(("phrase", "unit", "measure", "expected"), MAPPED)
def test_what_a_phrase_means(phrase: str, unit: str, measure: str, expected: str) -> None:
    assert map_indicator(phrase, unit, measure)[0] == expected


REFUSED = [
    ("规上工业增加值增速", "名", "rank"),
    # a longer phrase measures something else
    ("规上工业企业数字化改造覆盖率", "%", "level"),
    ("高新技术企业产值", "元", "level"),
    ("高新技术企业税收", "元", "level"),
    ("申报知识价值信用贷款科技型企业", "家", "level"),
    ("常住人口增长贡献", "%", "level"),
    ("地区生产总值增速目标", "%", "level"),
    ("新建智能工厂", "个", "level"),
    # the unit belongs to something else
    ("地区生产总值", "%", "level"),
    ("规上工业企业", "元", "level"),
    ("粮食产量", "亩", "level"),
    ("城镇化率", "人", "level"),
    ("地区生产总值", "位", "change"),
    ("地区生产总值", "元", "growth"),
    ("总投资", "吨", "level"),
    ("地区生产总值增速", "%", "level"),
    # wider than any one indicator, or another's
    ("上市挂牌企业", "家", "level"),
    ("建成高标准农田", "亩", "level"),
    ("公共交通客运量", "人次", "level"),
    ("城镇就业", "人", "level"),
    ("城镇就业", "百分点", "change"),
    ("生产车间", "个", "level"),
    ("工业总产", "元", "level"),
    ("地区生产总值", "", "level"),
    # too bare to say what is meant
    ("高校", "所", "level"),
    ("新增企业", "家", "level"),
    ("产值", "元", "level"),
    ("投资", "元", "level"),
    ("企业", "家", "level"),
    ("项目", "个", "level"),
    ("增加值", "元", "level"),
    ("全市", "元", "level"),
    ("累计", "元", "level"),
    ("", "元", "level"),
]


@pytest.mark.parametrize(("phrase", "unit", "measure"), REFUSED)
def test_what_is_left_unmapped(phrase: str, unit: str, measure: str) -> None:
    assert map_indicator(phrase, unit, measure) == (None, None)


SHARED = [
    ("城乡居民人均可支配收入分别达到3.4万元和1.7万元。", ["income_urban", "income_rural"]),
    ("城乡居民人均可支配收入分别增长6%以上、7.5%左右。", ["income_urban", "income_rural"]),
    ("城乡低保标准分别为每月820元、640元。", ["urban_dibao_standard", "rural_dibao_standard"]),
    # one figure stands for both, or is an earlier one
    ("城乡居民人均可支配收入达到2.6万元。", ["income_all"]),
    ("各项贷款余额328.6亿元。", ["loans_all"]),
    ("城乡居民人均可支配收入由2.1万元提高到2.6万元。", ["income_all", "income_all"]),
]


@pytest.mark.parametrize(("sentence", "expected"), SHARED)
def test_what_town_and_country_share(sentence: str, expected: list[str]) -> None:
    text = f"清河县经济运行情况\n\n2023年，{sentence}"
    facts = read_report(text)
    assert [metric.indicator_id for metric in facts.metrics] == expected


IN_THEIR_SENTENCE = [
    # a ratio by its own name, and the points that it moved by
    ("研发经费支出占GDP比重为2.94%，提高0.31个百分点。", ["rd_intensity", "rd_intensity"]),
    # only those of which something is said
    ("全市1600多家规上企业实现数字化转型。", [None]),
    ("全市有46家规上企业。", ["firms_above"]),
    ("全市接待游客人次和旅游收入分别增长13.6%、12.4%。", ["tourists", "tourism_revenue"]),
    ("全年新增市场主体1249户，同比增长32%。", ["market_entities_new", None]),
    (
        "规上工业增加值增长8%。其中，战略性新兴产业增加值增长5%。",
        ["industrial_value_added_above", "industrial_emerging_value_added"],
    ),
    ("全市战略性新兴产业增加值增长5%。", ["strategic_emerging_value_added"]),
    ("地区生产总值名义增长率达到17.6%，居全省第一。", ["gdp", None]),
    ("2024年城镇居民人均可支配收入4.3万元。其中，工资性收入2.6万元。", ["income_urban", None]),
    ("全市400余家陶瓷企业中，规上工业企业22家、高新技术企业19家。", [None, None, None]),
    (
        "规上工业增加值增长8%，全市制造业增加值500亿元。",
        ["industrial_value_added_above", "manufacturing_value_added"],
    ),
    ("全市实施重点项目20个，税收增长8%。", [None, "tax_revenue"]),
    ("净减少规上工业企业5家。", ["industrial_firms_above"]),
    ("全市限额以上单位通过公共网络实现商品零售额32亿元，增长14%。", [None, None]),
    ("去年，接待游客是全县人口的40倍。", [None]),
    ("全市有建筑企业262家，总产值增长2.6%。房屋施工面积下降17.5%。", [None, None, None]),
    # parts of a class of firms that the sentence counts
    ("全县有陶瓷企业430家，其中规上企业52家、上市公司2家，从业人员3.1万人。", [None, None, None, None]),
    ("全县有企业430家，其中规上企业52家、上市公司2家。", [None, "firms_above", "listed_firms"]),
    ("全县培育“链主”企业20家、上市公司3家。", [None, None]),
    ("全县有规上企业52家，其中高新技术企业30家。", ["firms_above", None]),
]


@pytest.mark.parametrize(("sentence", "expected"), IN_THEIR_SENTENCE)
def test_what_the_sentence_adds(sentence: str, expected: list[str | None]) -> None:
    assert [metric.indicator_id for metric in read_report(sentence).metrics] == expected


@given(st.sampled_from(PHRASES), st.sampled_from(["", "全市", "全区", "全年", "我省", "累计"]), st.booleans())
def test_a_listed_phrase_keeps_its_meaning_in_other_print(
    row: dict[str, str], before: str, quoted: bool
) -> None:
    indicator = glossary().indicators[row["indicator_id"]]
    phrase = row["phrase"].replace("规上", "规模以上")
    phrase = before + (f"“{phrase}”" if quoted else phrase)
    found, evidence = map_indicator(phrase, indicator.unit, "level")
    assert found == indicator.id
    assert evidence in {other["phrase"] for other in PHRASES if other["indicator_id"] == indicator.id}


@given(st.sampled_from(PHRASES), st.sampled_from(["企业占地", "产业园", "服务站", "带动增收", "配套资金"]))
def test_a_listed_phrase_inside_a_longer_one_says_nothing(row: dict[str, str], tail: str) -> None:
    assert map_indicator(row["phrase"] + tail, row["indicator_id"], "rank") == (None, None)


@given(st.text(max_size=40), st.sampled_from(["元", "%", "家"]), st.sampled_from(["level", "growth", "rank"]))
def test_any_phrase_has_an_answer(phrase: str, unit: str, measure: str) -> None:
    found, evidence = map_indicator(phrase, unit, measure)
    assert (found is None) == (evidence is None)
