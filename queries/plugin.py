"""The Datasette plugin: our pages, words, search and headers, hung on Datasette's hooks.

Comes in: Datasette's calls. Goes out: what each hook asks for. It is registered by `queries.serve`, and
changes nothing of a Datasette that does not serve our database.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from datasette.hookspecs import hookimpl
from jinja2.ext import Extension
from markupsafe import Markup, escape

from . import pages, search, words
from .canned import Language
from .middleware import asked, wrapped

NAME = "fangzhi"
# Above the longest report and far below what fills the memory: printf('%.*c', 300000000, 'x') is refused.
LENGTH_LIMIT = 16_000_000
_ours: WeakKeyDictionary[Any, dict[Language, Any]] = WeakKeyDictionary()


class Translated(Extension):
    """Rewrites Datasette's own templates as they are loaded: every script gets the page's nonce, column
    names get their headings, and the phrases in `stock` of words.yaml their translation."""

    language: Language = "en"

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        source = source.replace("<script", '<script nonce="{{ nonce() }}"').replace(
            '<html lang="en">', f'<html lang="{self.language}">'
        )
        source = re.sub(r"\{\{ column\.name \}\}(?=\s|&nbsp;|</)", "{{ heading(column.name) }}", source)
        source = re.sub(r"(<th[^>]*>)\{\{ column \}\}", r"\1{{ heading(column) }}", source)
        source = source.replace("{{ facet_info.name }}{%", "{{ heading(facet_info.name) }}{%")
        for english, chinese in words.stock() if self.language == "zh" else ():
            source = source.replace(english, chinese)
        return source


class _TranslatedToChinese(Translated):
    language: Language = "zh"


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    return pages.routes()


# trylast: Datasette's own escape_fts is registered first, and the later one stays.
@hookimpl(trylast=True)
def prepare_connection(conn: sqlite3.Connection) -> None:
    search.register(conn)
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LENGTH_LIMIT)


@hookimpl
def jinja2_environment_from_request(datasette: Any, request: Any, env: Any) -> Any:
    made = _ours.setdefault(datasette, {})
    language = pages.language_of(request)
    if language not in made:
        made[language] = _environment(datasette, env, language)
    return made[language]


def _environment(datasette: Any, env: Any, language: Language) -> Any:
    """Datasette's environment in one language. What templates call is in its globals, since Datasette's page
    of an error is rendered without a plugin's variables."""
    ours = env.overlay(extensions=[_TranslatedToChinese if language == "zh" else Translated], cache_size=400)
    ours.globals = env.globals | {
        "language": language,
        "say": lambda key, **values: words.say(key, language, **values),
        "heading": lambda name: words.column(name, language),
        "word": lambda key: words.value(key, language),
        "base": datasette.urls.path("/"),
        "nonce": lambda: asked.get().get("nonce", ""),
        "here": _here,
        "our_database": pages.our_database(datasette)[0],
        "urls": datasette.urls,
    }
    return ours


def _here() -> str:
    """The path and query of the page, for coming back to it."""
    scope = asked.get()
    query = scope.get("asked_query", b"").decode("latin-1")
    return str(scope.get("raw_path", b"/").decode("latin-1").partition("?")[0]) + (
        f"?{query}" if query else ""
    )


@hookimpl
def render_cell(value: Any, column: str, datasette: Any) -> Markup | None:
    """Links of the canned queries become links; they lead only to our own pages."""
    if column.endswith("link") and isinstance(value, str) and value.startswith("/-/"):
        address = datasette.urls.path(value)
        return Markup('<a href="{}">{}</a>').format(address, escape("原文 · source"))
    return None


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    return lambda app: wrapped(app, datasette)
