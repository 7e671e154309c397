"""A large database of made-up facts, for tests and measurements of speed: the same rows at every run.

`database(path, reports)` writes it, 20 metrics a report. `python -m tests.big PATH REPORTS` does so by hand;
5,000 reports make the 100,000 metrics that the budgets of the pages and queries speak of.
"""

from __future__ import annotations

import random
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from db import load, schema
from ingest.model import Mention, Metric, Numeral, Report, ReportFacts, SourceSpan

METRICS_A_REPORT = 20
TAIL = "全区上下共同努力,高质量发展取得新成效。"
Table = list[tuple[Any, ...]]

PROVINCES: Table = [
    (f"{50 + p}0000", f"云岭{p}省", f"云岭{p}", "province", None, 30.0, 105.0) for p in range(10)
]
COUNTIES: Table = [
    (f"{50 + p}01{c:02d}", f"白{chr(n)}区", f"白{chr(n)}", "county", f"{50 + p}0000", 28 + c / 10, 101.0 + p)
    for p in range(10)
    for c in range(1, 41)
    for n in (0x4E00 + p * 40 + c,)
]
INDICATORS: Table = [
    (f"i{k}", f"指标{chr(0x5E00 + k)}投资额", f"Indicator {k}", "综合", "元", "释义。") for k in range(60)
]
# measure -> weight, unit, how it is printed, the factor of the printed number
MEASURES: dict[str, tuple[int, str, str, float]] = {
    "level": (60, "元", "{}亿元", 1e8),
    "growth": (25, "%", "{}%", 1),
    "share": (6, "%", "{}%", 1),
    "rank": (5, "名", "第{}", 1),
    "change": (4, "元", "{}亿元", 1e8),
}


def _entities(random_: random.Random) -> dict[str, Table]:
    places = [row[0] for row in COUNTIES]
    parks = [
        (f"p-{k:010x}", f"{chr(0x7000 + k)}高新区", None, "高新区", "national", random_.choice(places))
        for k in range(300)
    ]
    firms = [
        (
            f"e-{k:010x}",
            f"{chr(0x6000 + k)}山机械有限公司",
            f"{chr(0x6000 + k)}山",
            "制造",
            random_.choice(places),
            random_.choice([None, random_.choice(parks)[0]]),
        )
        for k in range(3000)
    ]
    actions = [
        (f"n-{k:010x}", f"{chr(0x7800 + k)}倍增行动", "action", random_.choice(places), None, None, None)
        for k in range(1000)
    ]
    return {"parks": parks, "enterprises": firms, "initiatives": actions}


class Writer:
    """Writes one report, sentence by sentence, and keeps its rows."""

    def __init__(self, number: int, random_: random.Random, entities: dict[str, Table]) -> None:
        self.random, self.entities = random_, entities
        self.district, self.year = random_.choice(COUNTIES), random_.randint(2015, 2024)
        sha = sha256(str(number).encode()).hexdigest()
        self.id, title = sha[:12], f"{self.district[1]}{self.year}年经济运行情况"
        self.text = title + "\n"
        self.facts = ReportFacts(
            Report(
                id=self.id,
                file_name=f"{number}.txt",
                sha256=sha,
                media_type="text/plain",
                title=title,
                publisher="清川日报",
                published_on=f"{self.year}-12-01",
                reference_date=f"{self.year}-12-01",
                reference_basis="dateline",
                district_id=self.district[0],
                script="Hans",
                origin="original",
                text="",
                char_count=0,
            )
        )
        for paragraph in range(METRICS_A_REPORT):
            self.sentence(paragraph)
        self.facts.report.text, self.facts.report.char_count = self.text, len(self.text)

    def holder(self) -> tuple[Any, Any, Any]:
        """Whose figure it is: subject type, id, name."""
        kinds = ["district", "enterprises", "parks", "initiatives", "cluster"]
        kind = self.random.choices(kinds, [60, 20, 8, 8, 4])[0]
        if kind == "district":
            return kind, self.district[0], self.district[1]
        if kind == "cluster":
            return kind, None, "汽车产业"
        row = self.random.choice(self.entities[kind])
        return kind.removesuffix("s"), row[0], row[1]

    def sentence(self, paragraph: int) -> None:
        start, indicator = len(self.text), self.random.choice(INDICATORS)
        kind, entity, subject = self.holder()
        measure: Any = self.random.choices(list(MEASURES), [row[0] for row in MEASURES.values()])[0]
        status: Any = self.random.choices(["actual", "target", "forecast", "planned"], [85, 8, 4, 3])[0]
        _, unit, printed, factor = MEASURES[measure]
        number = self.random.randint(1, 9 if measure == "rank" else 999)
        value_text = printed.format(number)
        head = f"{self.year}年,{subject}{indicator[1]}达到"
        value, named = start + len(head), start + len(f"{self.year}年,")
        sentence = f"{head}{value_text},{TAIL}"
        span, told = f"{self.id}-s{start}", self.year + (status == "target")
        end = start + len(sentence)
        self.facts.spans.append(
            SourceSpan(span, self.id, start, end, sentence, sentence, "一、总体情况", paragraph)
        )
        metric = Metric(
            id=f"{self.id}-m{value}",
            report_id=self.id,
            span_id=span,
            value_start=value,
            value_end=value + len(value_text),
            value_text=value_text,
            indicator_id=indicator[0],
            indicator=indicator[1],
            subject=subject,
            subject_type=kind,
            subject_id=entity,
            district_id=self.district[0],
            measure=measure,
            value=number * factor,
            value_max=None,
            unit=unit,
            bound="exact",
            basis="同比" if measure == "growth" else None,
            period=str(told),
            period_start=f"{told}-01-01",
            period_end=f"{told}-12-31",
            status=status,
            rule="made-up",
            confidence=round(self.random.random(), 2),
        )
        self.facts.metrics.append(metric)
        if entity:
            self.facts.mentions.append(
                Mention(
                    f"{self.id}-n{named}", self.id, span, named, named + len(subject), subject, kind, entity
                )
            )
        self.numeral(start, str(self.year), "date", None)
        known = self.random.random() > 0.02
        at = value + printed.index("{")
        self.numeral(at, str(number), "metric" if known else "unexplained", metric.id if known else None)
        self.text += sentence + "\n"

    def numeral(self, start: int, text: str, role: Any, metric: str | None) -> None:
        self.facts.numerals.append(
            Numeral(f"{self.id}-d{start}", self.id, start, start + len(text), text, role, metric)
        )


def database(path: Path, reports: int) -> None:
    """Write a database of so many reports to `path`, which must not exist."""
    random_ = random.Random(1)
    entities = _entities(random_)
    made = Database(path, execute_plugins=False)
    schema.create(made)
    with made.atomic():
        load.insert(made, {"districts": PROVINCES + COUNTIES, "indicators": INDICATORS, **entities})
        for number in range(reports):
            load.insert(made, load.tabulate(Writer(number, random_, entities).facts))
    schema.finish(made)
    made.analyze()
    made.close()


if __name__ == "__main__":
    database(Path(sys.argv[1]), int(sys.argv[2]))
