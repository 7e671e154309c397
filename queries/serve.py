"""Datasette on a finished database: our configuration of it, and the server.

Comes in: the path of a database. Goes out: a Datasette with our words, labels, facets, canned queries and
pages; `run` serves it until it is stopped. `public` is for strangers: the file is taken to be immutable,
nobody may send SQL of their own or fetch the file, and no file path or setting is shown.
"""

from __future__ import annotations

import gc
from importlib.resources import files
from pathlib import Path
from typing import Any

from datasette import app
from datasette.plugins import pm

from seeds import lookup

from . import plugin, words
from .canned import all_queries
from .words import both

HERE = Path(str(files(__package__)))
STATIC = "-/fangzhi"  # where our style sheet and script are

SETTINGS: dict[str, Any] = {
    "default_page_size": 25,
    "max_returned_rows": 5000,
    "truncate_cells_html": 120,
    "suggest_facets": False,
    "allow_signed_tokens": False,
    "sql_time_limit_ms": 3000,
    "facet_time_limit_ms": 1000,
    "default_cache_ttl": 0,
}
PUBLIC_SETTINGS: dict[str, Any] = {
    "allow_download": False,
    "default_allow_sql": False,
    "sql_time_limit_ms": 1500,
    "max_csv_mb": 50,
    "default_cache_ttl": 60,
}


def make(path: Path, *, public: bool = False, base_url: str = "/") -> Any:
    """A Datasette on the database, with our plugin."""
    if not pm.has_plugin(plugin.NAME):
        pm.register(plugin, plugin.NAME)
    settings = SETTINGS | (PUBLIC_SETTINGS if public else {}) | {"base_url": base_url}
    database = path.stem
    untyped: Any = app.Datasette
    return untyped(
        files=[] if public else [str(path)],
        immutables=[str(path)] if public else [],
        settings=settings,
        metadata=metadata(database),
        config=config(database, public),
        template_dir=str(HERE / "templates"),
        static_mounts=[(STATIC, str(HERE / "static"))],
    )


def metadata(database: str) -> dict[str, Any]:
    """The words about tables and columns, in both languages at once: Datasette has no translation."""
    meanings = {
        (row["table"], row["column"]): both([row["meaning_zh"], row["meaning"]]) for row in lookup("columns")
    }
    return {
        "title": both([words.say("site", "zh"), words.say("site", "en")]),
        "databases": {
            database: {
                "title": both([words.say("tables", "zh"), words.say("tables", "en")]),
                "tables": {
                    name: {
                        "title": both(table["title"]),
                        "description": both(table["about"]),
                        "columns": {
                            column: meanings.get((name, column)) or meanings.get(("*", column)) or column
                            for column in table["columns"]
                        },
                    }
                    for name, table in words.tables().items()
                },
            }
        },
    }


def config(database: str, public: bool) -> dict[str, Any]:
    """Labels, facets and canned queries."""
    return {
        "plugins": {plugin.NAME: {"public": public}, "datasette-mcp": {"canned_queries": True}},
        "databases": {
            database: {
                "tables": {
                    name: {
                        "facets": table.get("facets", []),
                        **({"label_column": table["label"]} if "label" in table else {}),
                    }
                    for name, table in words.tables().items()
                },
                "queries": {
                    query.name: {
                        "sql": query.sql,
                        "title": both([query.title["zh"], query.title["en"]]),
                        "description": both([query.description["zh"], query.description["en"]]),
                        "params": list(query.parameters),
                        "hide_sql": True,
                    }
                    for query in all_queries().values()
                },
            }
        },
    }


def run(path: Path, *, host: str, port: int, public: bool, base_url: str) -> None:
    """Serve until interrupted."""
    import uvicorn  # noqa: PLC0415 - only a running server needs it

    datasette = make(path, public=public, base_url=base_url)
    # What is loaded by now stays: collecting it again and again takes longer than a page.
    gc.freeze()
    uvicorn.run(datasette.app(), host=host, port=port, lifespan="on", server_header=False)
