"""The Datasette plugin: our pages, words, search and headers, hung on Datasette's hooks.

Comes in: Datasette's calls. Goes out: what each hook asks for. It is registered by `queries.serve`, and
changes nothing of a Datasette that does not serve our database.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from weakref import WeakKeyDictionary

from datasette.hookspecs import hookimpl
from jinja2.ext import Extension
from markupsafe import Markup

from . import downloads, pages, search, words
from .canned import Language
from .facts import ENTITY_TABLES
from .middleware import asked, wrapped
from .wording import period, plain

NAME = "fangzhi"
# Above the longest report and far below what fills the memory: printf('%.*c', 300000000, 'x') is refused.
LENGTH_LIMIT = 16_000_000
IN_TEXTS = ("metrics", "source_spans", "mentions", "numerals", "corrections")
VOCABULARIES = frozenset(("measure", "status", "bound", "role", "outcome", "subject_type", "origin", "kind"))
VOCABULARIES |= {"subkind", "level", "category", "script", "relation", "explanation", "reference_basis"}
PERIODS = frozenset(("period", "actual_period", "other_period", "reference_date", "published_on"))
_ours: WeakKeyDictionary[Any, dict[Language, Any]] = WeakKeyDictionary()


SCRIPT = '<script nonce="{{ nonce() }}"'
HELP = r'<details class="fz-help"><summary>{{ say("column_help") }}</summary>\1'
# What is found in Datasette's templates, as a regular expression, and what takes its place.
REWRITTEN = (
    (r"<script", SCRIPT),
    # An inline handler has no nonce; our script listens instead.
    (r'onclick="openColumnChooser\(\)"', "data-fangzhi-columns"),
    (r"\{\{ column\.name \}\}(?=\s|&nbsp;|<|\{)", "{{ heading(column.name) }}"),
    (r"(<th[^>]*>)\{\{ column \}\}", r"\1{{ heading(column) }}"),
    (r"\{\{ (column(?:\.name)?)\|escape_css_string \}\}", r"{{ heading(\1)|escape_css_string }}"),
    (r"(<strong>)\{\{ facet_info\.name \}\}", r"\1{{ heading(facet_info.name) }}"),
    # Controls without a label, which a screen reader could not name.
    *(
        (rf'(<(?:select|input type="text")) (?=name="{name})', rf"\1 aria-label=\"{{{{ say('{key}') }}}}\" ")
        for name, key in {
            "_filter_column": "filter_column",
            "_filter_op": "filter_op",
            "_filter_value": "value",
            '_sort"': "sort",
        }.items()
    ),
    (r"\{\{ \(facet_value\.label \| string\(\)\) or", "{{ word(facet_value.label | string()) or"),
    (r"(<dt>)\{\{ column_name \}\}", r"\1{{ heading(column_name) }} <code>{{ column_name }}</code>"),
    (r"(<h1[^>]*>)\{\{ table \}\}:", r"\1{{ table_title(table) }}"),
    (r"\{\{ column_description \}\}", "{{ mine(column_description) }}"),
    (r'(<dl class="column-descriptions">)', HELP),
    (r"(?<=endfor %\}\n)</dl>", "</dl></details>"),
    (r'\{\{ metadata\.get\("title"\) or table \}\}', '{{ mine(metadata.get("title") or table) }}'),
    (r"\{\{ metadata\.(title or \w+|description) \}\}", r"{{ mine(metadata.\1) }}"),
    (r"(<h3><a[^>]*>)\{\{ table\.name \}\}", r"\1{{ table_title(table.name) }}"),
    (r"(/\{\{ view\.name\|urlencode \}\}\">)\{\{ view\.name \}\}", r"\1{{ table_title(view.name) }}"),
    (
        r"\{% for column in table\.columns %\}\{\{ column \}\}",
        "{% for column in table.columns %}{{ heading(column) }}",
    ),
    (r'value="Run SQL"', "value=\"{{ 'Ask' if stored_query else 'Run SQL' }}\""),
    (r"<h3>Custom SQL query(?=\{%)", "<h3>{{ 'Query' if stored_query else 'Custom SQL query' }}"),
    # The links to JSON are to all of it.
    (
        r'<a href="\{\{ url \}\}">\{\{ name \}\}</a>',
        '<a href="{{ url if name != "json" else all_of(url) }}">{{ FORMATS.get(name, name) }}</a>',
    ),
    (r"\{\{ renderers\['json'\] \}\}", "{{ all_of(renderers['json']) }}"),
    (
        r"append_querystring\(renderers\['json'\], '(_shape=array)",
        r"append_querystring(all_of(renderers['json']), '\1",
    ),
    (r"\{% if primary_keys %\},\s*<a href=[^\n]*_shape=object[^\n]*</a>\s*\{% endif %\}", ""),
    (r"\{% if next_url and settings\.allow_csv_stream %\}.*?\{% endif %\}", ""),
    (r"(<a href=\"\{\{ item\.href \}\}\">)\{\{ item\.label \}\}", r"\1{{ word(item.label) }}"),
    (r"\{\{ query\.title or query\.name \}\}", "{{ mine(query.title or query.name) }}"),
    (
        r'(<label for="[^"]*">)\{\{ parameter \}\}',
        r"\1{{ heading(parameter) }}"
        r"{% if heading(parameter) != parameter %} <code>{{ parameter }}</code>{% endif %}",
    ),
)


class Translated(Extension):
    """Rewrites Datasette's own templates as they are loaded: the phrases of `stock` in words.yaml get their
    translation, column names their headings, and every script the page's nonce."""

    language: Language = "en"

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        if name is None or name.startswith(("fangzhi_", "_fangzhi_")):
            return source.replace("<script", SCRIPT)
        for english, chinese in words.stock() if self.language == "zh" else ():
            source = source.replace(english, chinese)
        for found, ours in REWRITTEN:
            source = re.sub(found, ours, source)
        source = source.replace('<html lang="en">', f'<html lang="{self.language}">')
        if name.endswith("row.html"):
            source = source.replace("@media only screen and (max-width: 576px)", "@media all")
        return source


class _TranslatedToChinese(Translated):
    language: Language = "zh"


@hookimpl
def register_output_renderer() -> list[dict[str, Any]]:
    return downloads.renderers()


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
    base = str(datasette.urls.path("/"))  # its own kind of str is slow
    ours = env.overlay(extensions=[_TranslatedToChinese if language == "zh" else Translated], cache_size=400)
    ours.globals = env.globals | {
        "language": language,
        "say": lambda key, **values: words.say(key, language, **values),
        "heading": lambda name: words.column(name, language),
        "table_title": lambda name: words.table_title(name, language),
        "mine": lambda text: words.mine(text, language),
        "word": lambda key: words.value(key, language),
        "base": base,
        "FORMATS": {"json": "JSON", "xlsx": "Excel"},
        "all_of": lambda address: f"{address}{'&' if '?' in address else '?'}_stream=on",
        "nonce": lambda: asked.get().get("nonce", ""),
        "here": lambda: _here(base),
        "our_database": pages.our_database(datasette)[0],
        "urls": datasette.urls,
    }
    return ours


def _here(base: str) -> str:
    """The path and query of the page, to come back to it, with the prefix that a proxy may have stripped."""
    scope = asked.get()
    path: str = scope.get("raw_path", b"/").decode("latin-1").partition("?")[0]
    query: str = scope.get("asked_query", b"").decode("latin-1")
    return (path if path.startswith(base) else base + path.lstrip("/")) + (f"?{query}" if query else "")


@hookimpl
def render_cell(
    value: Any, column: str, table: str | None, request: Any, datasette: Any
) -> Markup | str | None:
    """Links of the canned queries, and a fact's id in a view, lead to its sentence, on our own pages only;
    words of a fixed vocabulary, dates and periods are in the visitor's language; whole numbers have no
    fraction, and large ones separators."""
    language = pages.language_of(request)
    if isinstance(value, str):
        told = column.endswith("metric_id") or (table, column) == ("metric_facts", "id")
        if told or (column.endswith("link") and value.startswith("/-/")):
            address = datasette.urls.path(f"/-/fact/{quote(value)}" if told else value)
            return Markup('<a href="{}">{}</a>').format(address, words.say("see_sentence", language))
        if column in VOCABULARIES:
            return words.value(value, language) or " "
        if column in PERIODS:
            return period(value, language) or value
    if isinstance(value, float) and column not in ("latitude", "longitude"):
        return plain(value)
    return None


@hookimpl
def top_row(datasette: Any, request: Any, database: str, table: str, row: Any) -> Markup | None:
    """On the page of a row that stands in a text, or has a page of ours, the way there."""
    kinds = {plural: kind for kind, plural in ENTITY_TABLES.items()}
    kinds |= {"reports": "report", "indicators": "indicator"} | dict.fromkeys(IN_TEXTS, "fact")
    if table not in kinds:
        return None
    address = datasette.urls.path(f"/-/{kinds[table]}/{row['id']}")
    return Markup('<p><a href="{}">{}</a></p>').format(
        address, words.say("show_in_text" if table in IN_TEXTS else "its_page", pages.language_of(request))
    )


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    public = bool((datasette.plugin_config(NAME) or {}).get("public"))
    return lambda app: wrapped(app, datasette, public)
