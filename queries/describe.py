"""The canned queries described for a reader, from their own heads.

In: nothing but the files of SQL. Out: the Markdown of docs/queries.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from .canned import Query, all_queries


def page() -> str:
    """Every query: what it answers in both languages, its parameters, its SQL."""
    return "\n".join(line for query in all_queries().values() for line in _section(query))


def _section(query: Query) -> Iterator[str]:
    yield f"## {query.name}\n"
    yield f"**{query.title['zh']}** {query.description['zh']}\n"
    yield f"**{query.title['en']}.** {query.description['en']}\n"
    yield "| parameter | meaning |\n| --- | --- |"
    for name, words in query.parameters.items():
        yield f"| `{name}` | {words['zh']}<br>{words['en']} |"
    yield ""
    yield f"<details><summary>SQL</summary>\n\n```sql\n{query.sql}\n```\n\n</details>\n"
