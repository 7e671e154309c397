"""When a report speaks, told by its text alone."""

from __future__ import annotations

import pytest

from ingest.report import of_text

REST = "全区规上工业企业达到120家，产值增长8%。"
DATES = {
    "a line of its own": ("某区工业稳步增长\n2023年7月5日\n今年上半年，" + REST, "2023-07-05"),
    "beside its label": ("某区工业稳步增长\n发布时间：2023-07-05 来源：本站\n" + REST, "2023-07-05"),
    "with dots, the day first": ("某区工业稳步增长\n29.08.2016 14:39\n" + REST, "2016-08-29"),
    "a stamp before the text": ("2023-07-21，正文：上半年，" + REST, "2023-07-21"),
    "results of the year before": (
        "2月16日，市统计局公布2021年各县地区生产总值，名次有变。" + REST,
        "2022-02-16",
    ),
    "last year's months by two names": (
        "1月25日，市里通报情况。去年1-11月，工业增加值增长4.8%。2021年1-11月，投资下降0.6%。" + REST,
        "2022-01-25",
    ),
    "a month of the year that is over": (
        "近日，市里发布2021年11月月报。1-11月，产值增长9%。2022年1月29日，邻市也发布了数据。" + REST,
        "2022-01-29",
    ),
    "a month before the year was over": ("2024年5月，会议召开。2024年，接待游客增长8%。" + REST, "2024"),
    "a plan's first year": (
        "8月2日记者获悉，省里印发《降碳实施方案(2023-2030年)》。力争到2025年突破100项技术。" + REST,
        "2023-08-02",
    ),
    "the bulletin that is quoted": ("《2023 年某市统计公报》显示，农业稳中向好。" + REST, "2023"),
    "last year beside this one in a sentence": (
        "7月25日电 2022年双十二期间销量第一，今年上半年，销售额就有6000万元。去年，我们出了新品。" + REST,
        "2023-07-25",
    ),
    "a wire's day in the year of its event": (
        "8月8日电 8月8日，2023山海人才交流会在城里启动。今年上半年，引进青年1.2万人。" + REST,
        "2023-08-08",
    ),
    "averages over two years": ("11月1日电 前三季度，GDP增长9.8%，两年平均增长5.2%。" + REST, "2021-11-01"),
    "the third day of the new year": ("2019年，老厂改建。还是大年初五，工人已经到岗。" + REST, "2019"),
    "since a year alone": ("自2022年以来，已改造道路60公里。" + REST, "2022"),
    "a gap that narrowed to a year": ("人均寿命差距由2020年的2.4岁持续缩小至2024年的1.8岁。" + REST, "2024"),
    "the main tasks of a year": ("2005年主要任务 今年要办好十件实事。" + REST, "2005"),
    "games to come": ("2015年，城市获得2022年冬奥会承办资格。" + REST, "2015"),
    "a day of old": ("1368年11月12日建城。截至2018年末，全市辖9个区。" + REST, "2018-12"),
    "a span is no stamp": ("2023-07-21至2023-08-21公示。" + REST, None),
    "the half-year that came out": (
        "近日，各地2022年上半年数据出炉。今年下半年能否更进一步，尚待观察。" + REST,
        "2022-06",
    ),
    "a year that it rose to": ("产值由2019年的5亿元增至2023年的9亿元，位居全市前列。" + REST, "2023"),
    "years that are over": ("2016年至2018年，分别完成投资3亿元、4亿元、5亿元。" + REST, "2018"),
    "since when": ("中心自2015年4月运营以来，已入驻企业43家。" + REST, "2015-04"),
    "an event in quotes": (
        "8月9日，在“2023年全市振兴行动上半年工作情况”系列新闻发布会上，负责人作了介绍。" + REST,
        "2023-08-09",
    ),
    "a contest that opens": (
        "8月8日，2023年全省创新创业大赛鸣锣开赛，自今年5月启动以来报名踊跃。" + REST,
        "2023-08-08",
    ),
    "completion to come dates nothing": ("项目首台机组可望于2030年建成投产。" + REST, None),
    "a plan's end dates nothing": ("到2035年，基本建成现代化产业体系。" + REST, None),
    "a work report's year": ("2024年政府工作报告\n——在区人民代表大会上\n" + REST, "2024"),
    "what is to be spent in a year": ("园区2016年开建。该项目2021年计划投资7500万元。" + REST, "2021"),
    "a stamp that ends the trail of links": (
        "某某网 > 新闻 > 社会综合   2023-08-14 10:30:51\n2021年11月，小区加装电梯。" + REST,
        "2023-08-14",
    ),
    "nothing": (REST, None),
}


@pytest.mark.parametrize(("text", "date"), DATES.values(), ids=DATES)
def test_when_a_report_speaks(text: str, date: str | None) -> None:
    assert of_text(text, None, "500113").report.reference_date == date
