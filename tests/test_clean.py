"""Cleaning: what each kind of damage becomes, and that every clean character knows where it came from."""

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.clean import clean
from ingest.model import Cleaned
from ingest.script import simplify

SEEDS = Path(__file__).parents[1].parent / "shared" / "seeds"
POLLUTED_TAIL = "\n創(chuàng )新驅動(dòng)發(fā)展，產(chǎn)業(yè)升級。"
OPENCC: Any = import_module("opencc").OpenCC
TO_TRADITIONAL = OPENCC("s2t")
PROSE = (
    "2023年，全市规模以上工业增加值1047.52亿元，比上年增长6.1%，其中高技术制造业增长9.3%。"
    "实际使用外资3.2亿美元；新增专精特新企业28家，累计达到213家，居全省第二位。"
    "发展动能持续增强，万元产值能耗下降0.85个百分点。"
)

CASES = [
    # widths and punctuation
    ("增长５．１％，达１２家。", "增长5.1%，达12家。"),
    ("规上工业（含电力）增长", "规上工业(含电力)增长"),
    ("2023年,完成1,234万元,增长7.4%,快;其中:工业", "2023年，完成1,234万元，增长7.4%，快；其中：工业"),
    ("上午9:30开工,产业结构为25.7:26.8:47.5", "上午9:30开工，产业结构为25.7:26.8:47.5"),
    ("与ABB (China) Co., Ltd签约", "与ABB (China) Co., Ltd签约"),
    ("如何破题?向创新要答案!", "如何破题？向创新要答案！"),
    ("1—8月增长5%—5.5%，投资50亿元～70亿元", "1-8月增长5%-5.5%，投资50亿元-70亿元"),
    ("2021——2025年", "2021-2025年"),
    ("占全区93.6%——2021年的成绩单", "占全区93.6%——2021年的成绩单"),
    ("二○二三年", "二〇二三年"),
    ("全\u200b区\ufeff工\u00ad业", "全区工业"),
    ("⼯业⼈口", "工业人口"),
    ("全区\r\n工业\r\n\r\n投资\r增长", "全区\n工业\n\n投资\n增长"),
    # spaces
    ("完成投资12. 5 亿 元，增长 7.4 %。", "完成投资12.5亿元，增长7.4%。"),
    ("产值1 234 亿元", "产值1234亿元"),
    ("产值1\u2009234.5 亿元", "产值1234.5亿元"),
    ("1. 2023年工作回顾", "1. 2023年工作回顾"),
    ("临海 以开放促发展", "临海 以开放促发展"),
    ("地区生产总值  1234.5  6.1", "地区生产总值  1234.5  6.1"),
    ("一、综  合\n目　　录", "一、综合\n目录"),
    ("总 投 资 额 稳 步 提 高", "总投资额稳步提高"),
    ("全区 2023 年新增企业 36 家，创新 动能持续增强。", "全区2023年新增企业36家，创新动能持续增强。"),
    # damaged characters
    ("园区己累计引进企业30家", "园区已累计引进企业30家"),
    ("企业自己成长", "企业自己成长"),
    ("2023年未，常住人口105万人", "2023年末，常住人口105万人"),
    ("年未来可期", "年未来可期"),
    ("产值达3干万元，装机5万干瓦", "产值达3千万元，装机5万千瓦"),
    ("投资2O亿元", "投资20亿元"),
    ("5G、P2O5和C919", "5G、P2O5和C919"),
    # brackets that are no noise
    ("国内生产总值(GDP)和研发(R&D)投入", "国内生产总值(GDP)和研发(R&D)投入"),
    ("保税物流中心(B型)、新能源汽车(NEV)", "保税物流中心(B型)、新能源汽车(NEV)"),
    ("科技园(Park)二期(Phase II)", "科技园(Park)二期(Phase II)"),
    ("细颗粒物(PM2.5)浓度(增长5.1%)", "细颗粒物(PM2.5)浓度(增长5.1%)"),
    ("一家企业(an)", "一家企业(an)"),
    ("面积(ha)和产量(kg)", "面积(ha)和产量(kg)"),
    # a page whose readings have no tone marks, some set twice
    ("全(quan)區(qu)(qu)新(xin)增規上企(qi)業36家", "全区新增规上企业36家"),
    # a reading set behind a rare character
    ("衢(qú)州", "衢州"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "expected"), CASES)
def test_damage_is_mended_and_the_rest_is_left(raw: str, expected: str) -> None:
    cleaned = clean(raw)
    assert cleaned.mapped.text == expected
    assert_mapped(raw, cleaned)


NOISE = [
    ("創(chuàng )新", "创新"),
    ("創（chuàng）新", "创新"),
    ("創(chuàng新", "创新"),
    ("創(CHUÀNG)新", "创新"),
    ("創( chuàng )新", "创新"),
    ("創chuàng)新", "创新"),
    ("創chuàng新", "创新"),
    ("900萬(wàn)元，0.85個(gè)百分點(diǎn)", "900万元，0.85个百分点"),
    ("綠(lǜ)色，戰略(lüè)", "绿色，战略"),
    ("我們(men)的(de)產品", "我们的产品"),
    ("國(ɡuó)家", "国家"),
    ("產(cha\u030cn)業", "产业"),
    ("生產總值(GDP)", "生产总值(GDP)"),
    ("新區(Park)", "新区(Park)"),
    ("產業(A)區", "产业(A)区"),
    ("增長(增長5.1%)", "增长(增长5.1%)"),
    ("創(chuàng)(chuàng )新", "创新"),
]


@pytest.mark.parametrize(("raw", "expected"), NOISE)
def test_pinyin_goes_from_a_polluted_page(raw: str, expected: str) -> None:
    cleaned = clean(raw + POLLUTED_TAIL)
    assert cleaned.script == "Hant"
    assert cleaned.mapped.text.partition("\n")[0] == expected


def test_bytes_out_of_step_are_put_in_step_and_reported() -> None:
    raw = "本網新聞?dòng)浾邚闹貞c出發(fā)，完成1000萬(wàn)元?,F該企業(yè)擴產(chǎn)。"
    cleaned = clean(raw + POLLUTED_TAIL)
    assert cleaned.mapped.text.startswith("本网新闻记者从重庆出发，完成1000万元。现该企业扩产。")
    assert [repair.corrected for repair in cleaned.repairs] == ["記者從重慶", "。現"]
    assert all(raw[repair.start : repair.end] == repair.found for repair in cleaned.repairs)


def test_repairs_carry_raw_offsets() -> None:
    raw = "　 投资2O亿元，园区己建成。"
    for repair in clean(raw).repairs:
        assert raw[repair.start : repair.end] == repair.found != repair.corrected


def assert_mapped(raw: str, cleaned: Cleaned) -> None:
    """Every character has an interval inside the raw text; unchanged ones have their own character."""
    text, starts, ends = cleaned.mapped.text, cleaned.mapped.starts, cleaned.mapped.ends
    assert len(text) == len(starts) == len(ends)
    assert all(0 <= start < end <= len(raw) for start, end in zip(starts, ends, strict=True))
    assert list(starts) == sorted(starts)
    assert list(ends) == sorted(ends)


@settings(deadline=None, max_examples=150)
@given(
    st.text(
        alphabet=st.sampled_from(
            "年元亿万家增長创業动國?!,;:.~—-（）() \u3000\n\r\t\u200b0123456789０％%OoāǎhuanɡɑA己“”"
        ),
        max_size=80,
    )
)
def test_any_text_keeps_its_digits_and_its_map(raw: str) -> None:
    cleaned = clean(raw + POLLUTED_TAIL)
    assert_mapped(raw + POLLUTED_TAIL, cleaned)
    digits = re.sub("[^0-9]", "", raw.replace("０", "0"))
    kept = re.sub("[^0-9]", "", cleaned.mapped.text)
    assert kept == digits or any(repair.found in "Oo" for repair in cleaned.repairs)


def test_traditional_script_gives_the_same_clean_text() -> None:
    traditional = clean(TO_TRADITIONAL.convert(PROSE))
    assert traditional.script == "Hant"
    assert traditional.mapped.text == clean(PROSE).mapped.text


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_injected_noise_leaves_the_same_clean_text(data: st.DataObject) -> None:
    readings = {"发": "fā", "产": "chǎn", "业": "yè", "动": "dòng", "个": "gè", "万": "wàn", "长": "cháng"}
    out = []
    for char in PROSE:
        out.append(TO_TRADITIONAL.convert(char))
        if char in readings:
            form = data.draw(st.sampled_from(("({})", "({} )", "（{}）", "( {})")))
            out.append(form.format(readings[char]))
    assert clean("".join(out)).mapped.text == clean(PROSE).mapped.text


def test_simplified_text_is_not_converted() -> None:
    text = "乾县和瞭望塔在昇腾产业园，" + PROSE
    assert clean(text).mapped.text == text


@pytest.mark.parametrize("text", ["乾隆年間乾縣瞭解於是", "鐘錶與一目瞭然的餘額", "臺灣著名裡程碑後面麵條"])
def test_simplifying_is_what_opencc_does(text: str) -> None:
    assert simplify(text) == OPENCC("t2s").convert(text)


def test_plain_text_is_mapped_by_ranges() -> None:
    mapped = clean(PROSE).mapped
    assert isinstance(mapped.starts, range)


def test_seed_with_noise_is_clean() -> None:
    found = sorted(SEEDS.glob("003_*.txt"))
    if not found:
        pytest.skip("the original reports are not beside the repository")
    raw = found[0].read_bytes().decode()
    cleaned = clean(raw)
    assert_mapped(raw, cleaned)
    assert not re.search("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]", cleaned.mapped.text)
    assert not re.search(r"\([a-z ]+\)", cleaned.mapped.text)
    assert re.sub("[^0-9]", "", raw) == re.sub("[^0-9]", "", cleaned.mapped.text)
