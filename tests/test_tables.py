"""Tables that stand as lines: what row, column, header and caption make of a figure."""

import pytest

from ingest.model import Document, Source
from ingest.pipeline import parse

CASES = {
    "periods as columns": (
        "指标 | 单位 | 2022年 | 2023年1-9月\n地区生产总值 | 亿元 | 800.5 | 652.4",
        [
            ("地区生产总值", 800.5e8, "元", "2022", "长兴县"),
            ("地区生产总值", 652.4e8, "元", "2023-01/2023-09", "长兴县"),
        ],
    ),
    "years without 年": (
        "指标 | 2022 | 2023\n粮食产量（万吨） | 12.1 | 12.5",
        [("粮食产量", 121000.0, "吨", "2022", "长兴县"), ("粮食产量", 125000.0, "吨", "2023", "长兴县")],
    ),
    "districts as columns": (
        "指标 | 德清县 | 长兴县\n粮食产量（万吨） | 10.1 | 12.5",
        [("粮食产量", 101000.0, "吨", "2023", "德清县"), ("粮食产量", 125000.0, "吨", "2023", "长兴县")],
    ),
    "districts as rows": (
        "地区 | 地区生产总值（亿元） | 增长（%）\n德清县 | 690.3 | 5.1",
        [("地区生产总值", 690.3e8, "元", "2023", "德清县"), ("地区生产总值", 5.1, "%", "2023", "德清县")],
    ),
    "a header of two rows": (
        "指标 | 2022年 | \n | 绝对量 | 增长（%）\n进出口总额（亿元） | 310.6 | -2.4",
        [("进出口总额", 310.6e8, "元", "2022", "长兴县"), ("进出口总额", -2.4, "%", "2022", "长兴县")],
    ),
    "an empty cell keeps its place": (
        "指标 | 单位 | 2021年 | 2022年\n进出口总额 | 亿元 |  | 310.6",
        [("进出口总额", 310.6e8, "元", "2022", "长兴县")],
    ),
    "Markdown": (
        "| 指标 | 2022年 |\n|---|---|\n| 粮食产量（万吨） | 12.1 |",
        [("粮食产量", 121000.0, "吨", "2022", "长兴县")],
    ),
    "one space between cells": (
        "指标名称　单位　1—9月累计　同比增长（%）\n粮食产量　万吨　12.1　-0.4",
        [
            ("粮食产量", 121000.0, "吨", "2023-01/2023-09", "长兴县"),
            ("粮食产量", -0.4, "%", "2023-01/2023-09", "长兴县"),
        ],
    ),
    "prose with a space is no table": ("招商引资 到位资金增长，共 12", []),
    "no header, no facts": ("进出口总额 | 310.6 | -2.4", []),
}


@pytest.mark.parametrize("case", CASES)
def test_a_table_is_read(case: str) -> None:
    table, expected = CASES[case]
    text = f"长兴县2023年主要指标\n{table}\n"
    facts = parse(
        Document("a.txt", "0" * 64, "text/plain", text), Source(None, None, None, "2024-03", "330522")
    )
    assert [(m.indicator, m.value, m.unit, m.period, m.subject) for m in facts.metrics] == expected
    assert all(text[m.value_start : m.value_end] == m.value_text for m in facts.metrics)
