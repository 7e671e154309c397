"""Every single-statement case against the rules as they stand; the list of what is not read yet is exact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from tests.casebook import KNOWN, Case, cases, faults, known

REWRITE = "python -m tests.casebook writes the list anew"


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.key)
def test_a_case_is_read_or_its_failure_known(
    case: Case, record_property: Callable[[str, object], None]
) -> None:
    found = {fault.line: fault for fault in faults(case)}
    record_property("case", not found)
    listed = known().get(case.key, set())
    new = [
        f"{f.quantity} {f.field}: expected {f.expected!r}, found {f.found!r}"
        for line, f in found.items()
        if line not in listed
    ]
    mended = [line.partition("\t")[2].replace("\t", " ") for line in sorted(listed - found.keys())]
    assert not new, f"{case.text}\n" + "\n".join(new)
    assert not mended, f"now right, remove from {KNOWN.name}: {'; '.join(mended)} ({REWRITE})"


def test_each_case_has_a_key_of_its_own() -> None:
    assert [key for key, times in Counter(case.key for case in cases()).items() if times > 1] == []


def test_every_listed_failure_belongs_to_a_case() -> None:
    assert known().keys() - {case.key for case in cases()} == set(), REWRITE
