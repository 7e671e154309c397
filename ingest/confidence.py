"""How sure a row is: what rows of its rule and its evidence have shown in the annotated reports.

In: the rule that read a figure, and whether the figure's sentence states its subject and its time. Out: the
share of such rows that were right in every field, 0 to 1, from the lookup `confidence`. Refuses nothing: a
rule that the lookup does not have yet counts as the average rule.
"""

from __future__ import annotations

from functools import cache

import seeds

Key = tuple[str, str, str]


@cache
def _shares() -> dict[Key, float]:
    """(rule, subject, period) -> share; an empty part stands for any."""
    return {
        (row["rule"], row["subject"], row["period"]): float(row["confidence"])
        for row in seeds.lookup("confidence")
    }


@cache
def confidence(rule: str, subject_own: bool, period_own: bool) -> float:
    """The confidence of a row that `rule` made.

    `subject_own`: the row's sentence names its subject; `period_own`: it holds an expression of time. Where
    the combination was never seen, the rule alone decides, then the evidence alone, then the average.
    """
    subject, period = ("own" if own else "inherited" for own in (subject_own, period_own))
    shares = _shares()
    keys: tuple[Key, ...] = ((rule, subject, period), (rule, "", ""), ("", subject, period), ("", "", ""))
    return next(shares[key] for key in keys if key in shares)
