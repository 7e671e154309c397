"""A small database from facts made by hand, for tests that need rows and no reading of texts.

`database(path)` writes it; `FACTS` are the two reports in it: one sets a target and counts 153 enterprises,
the other, a year later, tells how the target came out and counts 140 for the same time.
"""

from __future__ import annotations

import csv
import hashlib
import re
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from db import load, schema
from ingest.model import (
    Correction,
    Entity,
    Issue,
    Mention,
    Metric,
    Numeral,
    Report,
    ReportFacts,
    SourceSpan,
)

DISTRICTS = list(
    csv.DictReader(
        """id,name,short_name,level,parent_id,latitude,longitude
990000,云岭省,云岭,province,,,
990100,清川市,清川,prefecture,990000,30.1,105.2
990102,白石区,白石,county,990100,30.2,105.3
""".splitlines()
    )
)
INDICATORS = list(
    csv.DictReader(
        """id,name,name_en,category,unit,definition
gdp,地区生产总值,Gross regional product,综合,元,一个地区一定时期内生产活动的最终成果。
high_tech_enterprises,高新技术企业数,High-tech enterprises,科技,家,在有效期内的高新技术企业的数量。
""".splitlines()
    )
)
FIRST = """白石区2022年政府工作报告
2022年，白石区地区生产总值达501.2亿元，同比增长6.1%，居全市第二。
截至2022年底，全区高新技术企业达153家。
白石高新区的远山精密机械有限公司投资2.6亿元。2023年力争高新技术企业达到180家以上。
来源：清川曰报 电话 023-555
"""
SECOND = """清川市2023年统计公报
2023年，白石区地区生产总值550亿元，增长5.8%。年末白石区高新技术企业175家。
2022年末白石区高新技术企业为140家。远山精密在<白石高新区>投产<script>alert(1)</script>。𠮷
"""


class Maker:
    """Builds the facts of one text; places are told by quoting: the nth `quote` after `after`."""

    def __init__(self, name: str, text: str, **source: str) -> None:
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        self.text, self.id = text, sha256[:12]
        self.facts = ReportFacts(
            Report(
                id=self.id,
                file_name=name,
                sha256=sha256,
                media_type="text/plain",
                title=text.split("\n", maxsplit=1)[0],
                publisher=source.get("publisher"),
                published_on=source.get("published_on"),
                reference_date=source["reference_date"],
                reference_basis="manifest",
                district_id=source["district_id"],
                script="Hans",
                origin="original",
                text=text,
                char_count=len(text),
            )
        )
        for paragraph, line in enumerate(re.finditer(r".+", text)):
            for match in re.finditer(r"[^。]+。?", line[0]):
                start = line.start() + match.start()
                span = SourceSpan(
                    f"{self.id}-s{start}",
                    self.id,
                    start,
                    start + len(match[0]),
                    match[0],
                    match[0],
                    None,
                    paragraph,
                )
                self.facts.spans.append(span)
        for match in re.finditer(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*", text):
            number = Numeral(
                f"{self.id}-d{match.start()}", self.id, match.start(), match.end(), match[0], "other", None
            )
            self.facts.numerals.append(number)

    def place(self, quote: str, after: str = "") -> tuple[int, int, str]:
        """Start, end and the id of the span in which a quote stands."""
        start = self.text.index(quote, self.text.index(after))
        span = next(span for span in self.facts.spans if span.start_char <= start < span.end_char)
        return start, start + len(quote), span.id

    def metric(self, quote: str, after: str, **columns: Any) -> None:
        start, end, span = self.place(quote, after)
        row: dict[str, Any] = {
            "id": f"{self.id}-m{start}",
            "report_id": self.id,
            "span_id": span,
            "value_start": start,
            "value_end": end,
            "value_text": quote,
            "indicator_id": None,
            "indicator": "地区生产总值",
            "subject": "白石区",
            "subject_type": "district",
            "subject_id": "990102",
            "district_id": "990102",
            "measure": "level",
            "value": 0.0,
            "value_max": None,
            "unit": "元",
            "bound": "exact",
            "basis": None,
            "period": "2022",
            "period_start": "2022-01-01",
            "period_end": "2022-12-31",
            "status": "actual",
            "rule": "toy",
            "confidence": 0.9,
        }
        metric = Metric(**(row | columns))
        self.facts.metrics.append(metric)
        for numeral in self.facts.numerals:
            if start <= numeral.start_char < end:
                numeral.role, numeral.metric_id = "metric", metric.id

    def entity(self, entity: Entity, *surfaces: str) -> None:
        self.facts.entities.append(entity)
        for surface in surfaces:
            start, end, span = self.place(surface)
            self.facts.mentions.append(
                Mention(f"{self.id}-n{start}", self.id, span, start, end, surface, entity.kind, entity.id)
            )


def _first() -> ReportFacts:
    made = Maker(
        "first.txt",
        FIRST,
        publisher="清川日报",
        published_on="2023-01-10",
        reference_date="2023-01",
        district_id="990102",
    )
    stock: dict[str, Any] = {
        "indicator_id": "high_tech_enterprises",
        "indicator": "高新技术企业",
        "unit": "家",
        "period_start": None,
    }
    made.metric("501.2亿元", "", indicator_id="gdp", value=5.012e10)
    made.metric("6.1%", "", indicator_id="gdp", value=6.1, unit="%", measure="growth", basis="同比")
    made.metric("第二", "", indicator_id="gdp", value=2.0, unit="名", measure="rank", basis="全市")
    made.metric("153家", "", value=153.0, period="../2022", **stock)
    target = {"period": "2023", "period_end": "2023-12-31", "status": "target", "bound": "min"}
    made.metric("180家", "", value=180.0, **stock, **target)
    made.entity(
        Entity("p-1111111111", "park", "白石高新区", subkind="开发区", district_id="990102", weight=1),
        "白石高新区",
    )
    firm = Entity(
        "e-2222222222",
        "enterprise",
        "远山精密机械有限公司",
        "远山精密",
        industry="装备制造",
        district_id="990102",
        park_id="p-1111111111",
        aliases=(("远山精密", "short"),),
        weight=1,
    )
    made.entity(firm, "远山精密机械有限公司")
    made.metric(
        "2.6亿元",
        "",
        indicator="投资",
        subject="远山精密机械有限公司",
        subject_type="enterprise",
        subject_id="e-2222222222",
        value=2.6e8,
        period=None,
        period_start=None,
        period_end=None,
        confidence=0.6,
    )
    start, end, _ = made.place("清川曰报")
    mended = Correction(f"{made.id}-c{start}", made.id, start, end, "清川曰报", "清川日报", "look-alike")
    made.facts.corrections.append(mended)
    made.facts.numerals[-1].role = "unexplained"
    unsure = Issue(
        f"{made.id}-i0", "first.txt", made.id, "ambiguous-district", "Two districts are so named.", 0, 3
    )
    made.facts.issues.append(unsure)
    return made.facts


def _second() -> ReportFacts:
    made = Maker(
        "second.txt",
        SECOND,
        publisher="清川市统计局",
        published_on="2024-03-20",
        reference_date="2024-03",
        district_id="990100",
    )
    year = {"period": "2023", "period_start": "2023-01-01", "period_end": "2023-12-31"}
    made.metric("550亿元", "", indicator_id="gdp", value=5.5e10, **year)
    made.metric("5.8%", "", indicator_id="gdp", value=5.8, unit="%", measure="growth", basis="同比", **year)
    stock: dict[str, Any] = {
        "indicator_id": "high_tech_enterprises",
        "indicator": "高新技术企业",
        "unit": "家",
        "period_start": None,
    }
    made.metric("175家", "", value=175.0, period="../2023", period_end="2023-12-31", **stock)
    made.metric("140家", "", value=140.0, period="../2022", **stock)
    made.entity(Entity("p-1111111111", "park", "白石高新区", district_id="990102", weight=1), "白石高新区")
    made.entity(Entity("e-2222222222", "enterprise", "远山精密", weight=1), "远山精密")
    return made.facts


FACTS: tuple[ReportFacts, ...] = (_first(), _second())


def database(path: Path | str | None = None, facts: tuple[ReportFacts, ...] = FACTS) -> Database:
    """Write the toy database to `path`, or to memory, and return it open."""
    toy = Database(path, execute_plugins=False) if path else Database(memory=True, execute_plugins=False)
    schema.create(toy)
    with toy.atomic():
        for report in sorted(facts, key=lambda one: one.report.id):
            load.insert(toy, load.tabulate(report))
        load.complete(toy, DISTRICTS, INDICATORS)
        load.insert(toy, {"build": [("tool_version", "toy")]})
    schema.finish(toy)
    toy.execute("pragma foreign_keys = on")
    return toy
