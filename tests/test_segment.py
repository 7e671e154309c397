"""Paragraphs: their kinds, their headings, what is sewn together, and that nothing is lost."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.clean import clean
from ingest.model import Paragraph
from ingest.segment import segment

SEEDS = Path(__file__).parents[1].parent / "shared" / "seeds"


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    return segment(clean(text))


BODY = (
    "上半年，临江区规上工业总产值达到412.6亿元，同比增长8.3%，"
    "工业投资增长15.2%，技改投资占比提高3.1个百分点。"
)
KINDS = [
    ("title", "临江区加快建设先进制造业基地", f"@\n\n{BODY}"),
    ("title", "临江 以工业立区迈出新步伐", f"奋进新征程·临江特刊\n\n@\n\n{BODY}"),
    ("title", "临江 老工业区长出新赛道", f"以创建省级高新区为契机\n\n@\n\n{BODY}"),
    ("heading", "建强平台 增添后劲", f"临江区加快发展\n\n{BODY}\n\n@\n\n{BODY}"),
    ("heading", "二、固定资产投资", f"2023年统计公报\n\n一、综合\n\n{BODY}\n\n@\n\n{BODY}"),
    ("heading", "区科技局局长周敏：把企业推上创新主位", f"访谈\n\n{BODY}\n\n@\n\n{BODY}"),
    ("heading", "(一)聚力产业升级。", f"政府工作报告\n\n{BODY}\n\n@\n\n{BODY}"),
    ("caption", "临江港集装箱码头", f"临江区加快发展\n\n{BODY}\n\n\n\n@\n\n{BODY}\n\n{BODY}"),
    ("caption", "图为江城机械的智能车间。", f"临江区加快发展\n\n{BODY}\n\n@\n\n{BODY}"),
    ("caption", "江城机械智能车间一角。 周敏 摄", f"临江区加快发展\n\n{BODY}\n\n@\n\n{BODY}"),
    ("caption", "临江港集装箱码头 摄/周敏", f"临江区加快发展\n\n{BODY}\n\n@\n\n{BODY}"),
    ("credit", "本报记者 周敏 通讯员 李晓光", f"临江区加快发展\n\n@\n\n{BODY}"),
    ("credit", "2022年11月29日 星期二 责编 孙倩 美编 赵磊", f"@\n临江区加快发展\n\n{BODY}"),
    ("title", "临江区加快发展", f"04 县域纵横\n\n@\n\n{BODY}"),
    ("title", "临江 聚焦主业  强链补链  打造新高地", f"@\n\n《临江日报》（2024年3月5日第 6 版）\n\n{BODY}"),
    ("credit", "《临江日报》(2024年03月05日第 06 版)", f"临江区加快发展\n\n@\n\n{BODY}"),
    ("credit", "周敏 李晓光", f"临江区加快发展\n\n{BODY}\n\n@"),
    ("credit", "(图片由临江区委宣传部提供)", f"临江区加快发展\n\n{BODY}\n\n@"),
    ("credit", "发布时间：2024-03-18 来源：临江区统计局", f"统计公报\n@\n{BODY}"),
    ("credit", "临江区统计局", f"统计公报\n@\n{BODY}"),
    ("credit", "2024年3月18日", f"统计公报\n@\n{BODY}"),
    ("boilerplate", "当前位置：首页 > 政务公开 > 统计公报", f"@\n统计公报\n{BODY}"),
    ("boilerplate", "上一篇：全区经济工作会议召开", f"统计公报\n{BODY}\n@"),
    ("boilerplate", "江ICP备12345678号-1", f"统计公报\n{BODY}\n@"),
    ("boilerplate", "去年外贸进出口增长12%", f"统计公报\n{BODY}\n相关新闻\n- 一季度开门红\n- @"),
    ("boilerplate", "为您推荐", f"统计公报\n{BODY}\n今日热点\n@\n某地最低工资调整为2360元/月"),
    (
        "boilerplate",
        "外县项目动工 总投资9.2亿 2012-03-18",
        f"统计公报\n{BODY}\n采购资讯\n- 邻市再投3亿元修路 2012-03-19\n- @\n- 糖价下调300元 2012-03-17",
    ),
    ("body", "粮食产量 128.36 3.4", f"统计公报\n{BODY}\n夏粮产量 41.07 1.2\n@\n秋粮产量 87.29 4.5"),
    ("boilerplate", "- 3 -", f"统计公报\n{BODY}\n@\n{BODY}"),
    ("heading", "记者：去年临江区的工业经济表现如何？", f"访谈\n{BODY}\n@\n{BODY}"),
    ("body", "水泥 万吨 132.5 -3.1", f"统计公报\n\n{BODY}\n\n@\n\n{BODY}"),
    ("body", "- 完成工业投资32亿元，增长12%。", f"工作简报\n{BODY}\n- 新增企业8家。\n@\n- 培育企业3家。"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "line", "page"), KINDS)
def test_kind(kind: str, line: str, page: str) -> None:
    expected = clean(line).mapped.text
    found = {p.text.removeprefix("- "): p.kind for p in paragraphs(page.replace("@", line))}
    assert found[expected.removeprefix("- ")] == kind


SEWN = [
    # behind a signed box
    (
        [
            "龙头昂起来，配套跟上来。在临江汽车零部件公司的压铸车间，",
            "企业有呼",
            "全区减免税费3.67亿元。(韦琳)",
            "14台压铸机排开。",
        ],
        [(0, 3)],
    ),
    # a word of the dictionary, behind the heading of another column
    (
        ["为补短板，县里与高校共建研究院，首期投入2600万元，引进设", "园区传真", "计师41人，服务企业9家。"],
        [(0, 2)],
    ),
    # the character that nearly always follows
    (
        [
            "1—10月，全县412家规上工业企业实现营业收入638.5亿元，增长9.4%，其中，工业增加值增",
            "“飞地”有了新药园，投资增长5%，税收增长3%，用电量增长4%。",
            "长8.7%，高出全市平均水平1.9个百分点。",
        ],
        [(0, 2)],
    ),
    # a quantity over a paragraph break
    (["全区为企业发放信用贷款，今年以来累计达到7.52亿", "元，引导贷款2.78亿元。"], [(0, 1)]),
    # a word that the report uses elsewhere
    (
        ["全区瞄准主导产业，引导企业成立软件产业技术创新联", "盟等组织。", "产业联盟等组织已有30家。"],
        [(0, 1)],
    ),
    # a line without a comma looks like a headline
    (
        ["全力打造智能网联汽车和摩托车及其零部件以及新材", "料两个主导产业。", "新材料产值增长5%。"],
        [(0, 1)],
    ),
    # a list that a page break cut
    (["园区坚持特色化、", "集群化、绿色化发展，引进企业12家。"], [(0, 1)]),
    # across a picture and another column
    (
        [
            "本届博览会上，临江机械、江城重工等多家企业带着新产品亮相，向海内外客商集中展示",
            "5月，新材料项目正式开工，总投资12亿元。",
            "了装备制造领域的技术实力。",
        ],
        [(0, 2)],
    ),
    # a quotation that the other column closes
    (
        ["全区推行一窗通办，率先设立“江快", "6月，区里又出台12条措施。", "办”自助服务点，办结率达100%。"],
        [(0, 2)],
    ),
    # numbers torn in short lines
    (["减税降费18.", "3亿元，惠及企业36家。"], [(0, 1)]),
    (["综合产值660", "亿元。"], [(0, 1)]),
    (["完成投资26", "8亿元，增长较快。"], [(0, 1)]),
    (["新增企业423", "家企业代表走进临江。"], []),
    # whole paragraphs stay apart
    (["全区新增企业66家。", "以软件为主的园区已有企业12家。"], []),
    (["他说：", "我们要把园区建成产业高地，力争产值达到100亿元。"], []),
    # a torn line whose rest is not there stays as it is
    (["全区已经形成以装备制造为龙头的产业集群，带动上下", "2023年，全区新增企业66家。"], []),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "pairs"), SEWN)
def test_torn_paragraphs_are_sewn(lines: list[str], pairs: list[tuple[int, int]]) -> None:
    texts = [p.text for p in paragraphs("临江区加快发展\n\n" + BODY + "\n\n" + "\n\n".join(lines))][2:]
    joined = {first: clean(lines[first] + lines[second]).mapped.text for first, second in pairs}
    gone = {second for _, second in pairs}
    expected = [joined.get(at, clean(line).mapped.text) for at, line in enumerate(lines) if at not in gone]
    assert texts == expected


def test_column_after_a_heading_follows_its_paragraph() -> None:
    page = [
        "临江区加快发展", BODY, "优化服务", "全区把25个部门的836项事项放进一个窗口，率先设立“江快",
        "核心提示", "临江区是老工业区。", "产业兴区", BODY,
        "办”服务点，办结率达100%。", "在政策上，全区出台文件35个。", "周敏 李晓光",
    ]  # fmt: skip
    found = {p.text: p for p in paragraphs("\n\n".join(page))}
    sewn = found["全区把25个部门的836项事项放进一个窗口，率先设立“江快办”服务点，办结率达100%。"]
    after = found["在政策上，全区出台文件35个。"]
    assert (sewn.section, after.section) == ("优化服务", "优化服务")
    assert after.index == sewn.index + 1


@pytest.mark.parametrize("width", [30, 38])
@pytest.mark.parametrize("blank", ["\n", "\n\n"])
@pytest.mark.parametrize("indent", ["", "　　"])
def test_hard_wraps_are_undone(width: int, blank: str, indent: str) -> None:
    whole = [indent + BODY * 2 + "全区新增规上企业36家。" * at for at in range(2, 6)]
    wrapped = [blank.join(text[at : at + width] for at in range(0, len(text), width)) for text in whole]
    texts = [p.text for p in paragraphs(blank.join(["临江区加快发展", *wrapped]))]
    assert "".join(texts[1:]) == "".join(text.strip() for text in whole)
    # A line that ends just where a sentence does may begin a paragraph of its own, no other may.
    assert all(text.endswith("。") for text in texts[1:])
    if indent:
        assert len(texts) == 1 + len(whole)


def test_one_paragraph_a_line_is_left_alone() -> None:
    lines = [BODY + "新增企业3家。" * count for count in (0, 3, 1, 2, 0, 1, 2, 0)]
    assert [p.text for p in paragraphs("\n".join(["临江区加快发展", *lines]))][1:] == lines


def test_sections_nest_by_their_numbering() -> None:
    page = (
        f"政府工作报告\n一、2023年工作回顾\n(一)聚力产业升级。{BODY}\n{BODY}\n(二)聚力改革。{BODY}\n"
        f"二、2024年工作安排\n{BODY}\n链接\n{BODY}"
    )
    assert [p.section for p in paragraphs(page) if p.kind == "body"] == [
        "一、2023年工作回顾 / (一)聚力产业升级",
        "一、2023年工作回顾 / (一)聚力产业升级",
        "一、2023年工作回顾 / (二)聚力改革",
        "二、2024年工作安排",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("产值增长5.1%。“能否达标？”他问。", ["产值增长5.1%。", "“能否达标？”", "他问。"]),
        ("他说：“要快。”企业(含小微)增加；税收……", ["他说：“要快。”", "企业(含小微)增加；税收……"]),
        ("与ABB Co. Ltd. 签约3.5亿元。 另有两家。", ["与ABB Co. Ltd. 签约3.5亿元。", "另有两家。"]),
        ("保护全链条……产业园聚集企业5家。", ["保护全链条……", "产业园聚集企业5家。"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    (paragraph,) = paragraphs(text)
    assert [paragraph.text[start:end] for start, end in paragraph.sentences] == expected


ALPHABET = st.sampled_from(
    [
        "全区", "新增企业12家", "增长5.1%", "，", "。", "、", "“", "”", "\n", "\n\n", "一、", "(一)",
        " ", "相关新闻", "- ", "亿", "元", "记者 ", "...", "表1", "盟", "联", "\t3.2", "：", "2023年",
    ]
)  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(st.lists(ALPHABET, max_size=60).map("".join))
def test_every_character_is_in_one_paragraph(text: str) -> None:
    cleaned = clean(text)
    found = segment(cleaned)
    assert [p.index for p in found] == list(range(len(found)))
    places = sorted(
        (start, char)
        for p in found
        for start, char in zip(p.mapped.starts, p.text, strict=True)
        if not char.isspace()
    )
    kept = [
        (start, char)
        for start, char in zip(cleaned.mapped.starts, cleaned.mapped.text, strict=True)
        if not char.isspace()
    ]
    assert places == kept
    for p in found:
        covered = "".join(p.text[start:end] for start, end in p.sentences)
        assert "".join(covered.split()) == "".join(p.text.split())


@pytest.mark.parametrize(
    "text",
    [
        "产值增长7.4%，" * 30_000,
        "目前，全区持续做大做强链主企业并且\n" * 10_000,
        "“" * 200_000,
        "一\n" * 50_000,
        "中(ch" * 50_000,
    ],
    ids=["one sentence", "torn lines", "quotes", "short lines", "brackets"],
)
def test_long_reports_take_linear_time(text: str) -> None:
    # Anything superlinear takes minutes at this length, and the runner's time limit ends it.
    assert sum(len(p.text) for p in paragraphs(text)) > 0


@pytest.mark.parametrize(
    ("seed", "joins"),
    [
        ("000", ["亮相,集中展|了巴南区在高端", "惠科金渝、重庆铃耀、|宗申集团等"]),
        ("001", ["液晶面板4家，|惠科金渝等智能", "品种的开|发孵化", "科技创|新对高", "研发机|构和明星"]),
        ("002", ["创新联|盟、信息", "“渝快|办”商圈", "在完善科技|创新服务体系"]),
        ("004", ["新材|料2个主导", "年营业|收入10亿元", "7.52亿|元,引导", "总体规|划、", "科技成|功认定"]),
    ],
)
def test_breaks_of_the_original_reports_are_sewn(seed: str, joins: list[str]) -> None:
    found = sorted(SEEDS.glob(f"{seed}_*.txt"))
    if not found:
        pytest.skip("the original reports are not beside the repository")
    texts = [p.text for p in paragraphs(found[0].read_bytes().decode())]
    for join in joins:
        seam = join.replace("|", "").replace(",", "，")
        assert any(seam in text for text in texts), join
