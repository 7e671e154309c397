"""What the clause around a name says of it: works being built, campaigns run, policies issued.

In: a text and the name's place in it. Out: whether the words around it are such as stand beside works or
initiatives (`name_boundaries.csv`).
"""

from __future__ import annotations

import re

from ingest.edges import boundaries

SCOPE = re.compile(
    r"(?:(?:全[市省区县国])?首[个批创]|新一轮|全[市省区县国]|一批|一系列|[我本][市省区县]|(?:\d+|[一二三四五六七八九十]+)[大项个])$"
)
ADVERB = re.compile(r"(?:全面|深入|扎实|积极|大力|持续|有序|统筹|加快|全力|继续)$")
CLAUSE_END = re.compile("[，。；！？,;\n]")


def being_built(text: str, left: int, end: int) -> bool:
    """Whether the clause speaks of building: a railway that only says where a place lies is no project."""
    after = CLAUSE_END.search(text, end, end + 30)
    before = text[max(0, left - 12) : left]
    if before.endswith(("、", "和", "及")):
        verb = LIST_VERB.search(text, max(0, left - LIST_MOST), left)
        before = verb[0] if verb else before  # 加快建成甲港、乙铁路、丙机场
    stretch = before + text[end : after.start() if after else end + 30]
    return any(cue in stretch for cue in boundaries("works"))


LIST_MOST = 60  # characters of a list before one of its works
LIST_VERB = re.compile(
    "[^，。；！？,;\n]{0,12}?(?:建成|开工建设|建设|推进|启动|实施|新建|扩建|改造)[^，。；！？,;\n]*$"
)


def governed(text: str, left: int) -> bool:
    """Whether the words before the name govern initiatives (实施, 推进, 启动, ...)."""
    before = text[max(0, left - 8) : left].rstrip("了好新的")
    before = ADVERB.sub("", SCOPE.sub("", before))
    if before.endswith(tuple(boundaries("govern"))):
        return True
    if not before.endswith(("、", "和", "与", "及")):
        return False
    stretch = text[max(0, left - 24) : left]
    # 开工的项目涵盖…: a verb that only tells what kind of thing is spoken of governs nothing.
    return any(verb in stretch and verb + "的" not in stretch for verb in boundaries("govern"))


def issuing(text: str, left: int) -> bool:
    """Whether a policy is issued right before its name (率先出台…政策)."""
    return text[max(0, left - 5) : left].rstrip("了").endswith(("出台", "印发", "颁布"))


def campaigned(text: str, end: int) -> bool:
    """Whether what follows the name is said of campaigns (取得, 深入推进, 收官)."""
    return text.startswith(tuple(boundaries("campaign")), end)
