"""Our pages' routes: an address, its template, and the reader of what it shows.

Comes in: Datasette's request. Goes out: its response. Datasette's own permission to view the database is
asked first, since it doesn't do so for routes of plugins. Each reader runs on one of Datasette's reading
connections, under its time limit.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from datasette.resources import DatabaseResource
from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import NotFound, Response

from . import (
    compare_page,
    correction_page,
    downloads,
    entity_page,
    front_page,
    indicator_page,
    place_page,
    report_page,
    words,
)
from .canned import Language, QueryError, find
from .facts import ENTITY_TABLES, Row, Visit

COOKIE = "language"
TIME_LIMIT_MS = 5000
HTML = "text/html; charset=utf-8"
# Datasette is not typed.
response: Any = Response
redirect: Any = response.redirect
View = Callable[[Any, Any], Any]
Reader = Callable[[sqlite3.Connection, Visit], Row | None]

_ID = r"(?P<key>[0-9A-Za-z_.\-]+)"
_PHRASE = r"(?P<key>[^/]+)"
PAGES: tuple[tuple[str, str, Reader], ...] = (
    (r"^/$", "fangzhi_home.html", front_page.home),
    (r"^/-/search$", "fangzhi_search.html", front_page.found),
    (r"^/-/compare$", "fangzhi_compare.html", compare_page.compare),
    (rf"^/-/report/{_ID}$", "fangzhi_report.html", report_page.read),
    (rf"^/-/district/{_ID}$", "fangzhi_district.html", place_page.read),
    (rf"^/-/indicator/{_PHRASE}$", "fangzhi_indicator.html", indicator_page.read),
    (rf"^/-/correct/{_ID}$", "fangzhi_correct.html", correction_page.read),
    *(
        (rf"^/-/{kind}/{_ID}$", "fangzhi_entity.html", entity_page.reader(kind))
        for kind in ENTITY_TABLES
        if kind != "district"
    ),
    *(
        (f"^/-/{table}$", "fangzhi_list.html", front_page.listing(table, kind))
        for kind, table in {**ENTITY_TABLES, "indicator": "indicators", "report": "reports"}.items()
    ),
)


def routes() -> list[tuple[str, View]]:
    """What Datasette registers."""
    return [
        *((pattern, _page(template, reader)) for pattern, template, reader in PAGES),
        (rf"^/-/fact/{_ID}$", _fact),
        (rf"^/-/download/{_ID}\.(?P<form>csv|xlsx|json)$", _download),
        (r"^/-/language/(?P<key>zh|en)$", _language),
    ]


def our_database(datasette: Any) -> tuple[str, Any]:
    """The name and the database that the pages show: the first that is served."""
    for name, database in datasette.databases.items():
        if name != "_memory":
            return name, database
    raise NotFound("no database is served")


def language_of(request: Any) -> Language:
    """The visitor's language, by cookie, else by what the browser asks for."""
    if request is None:
        return "en"
    return words.from_browser(request.cookies.get(COOKIE), request.headers.get("accept-language", ""))


async def _visit(datasette: Any, request: Any) -> tuple[Visit, Any]:
    name, database = our_database(datasette)
    await datasette.ensure_permission(
        action="view-database", resource=DatabaseResource(name), actor=request.actor
    )
    arguments = {key: request.args.getlist(key) for key in request.args}
    key = unquote(request.url_vars.get("key", ""))
    # Datasette's addresses are a kind of str whose every operation is ten times as slow.
    base, home = str(datasette.urls.path("/")), str(datasette.urls.database(name))
    visit = Visit(language_of(request), arguments, key, base, home)
    return visit, database


async def _read(database: Any, reader: Callable[[sqlite3.Connection, Visit], Any], visit: Visit) -> Any:
    def run(connection: sqlite3.Connection) -> Any:
        # Datasette decodes each text in Python, for files that are no UTF-8; that is half the time of a page.
        before, connection.text_factory = connection.text_factory, str
        try:
            with sqlite_timelimit(connection, TIME_LIMIT_MS):
                return reader(connection, visit)
        finally:
            connection.text_factory = before

    return await database.execute_fn(run)


def _page(template: str, reader: Reader) -> View:
    """The view of a page: read, then render."""

    async def view(datasette: Any, request: Any) -> Any:
        visit, database = await _visit(datasette, request)
        context = await _read(database, reader, visit)
        if context is None:
            return await _missing(datasette, request, visit)
        html = await datasette.render_template(template, {**context, "visit": visit}, request=request)
        return response(html, content_type=HTML)

    return view


async def _missing(datasette: Any, request: Any, visit: Visit) -> Any:
    """The answer where there is no such row; Datasette would print a traceback for its own."""
    context = {"title": visit.say("not_found")}
    html = await datasette.render_template("fangzhi_missing.html", context, request=request)
    return response(html, status=404, content_type=HTML)


async def _fact(datasette: Any, request: Any) -> Any:
    """From a row's id to its place in the text."""
    visit, database = await _visit(datasette, request)
    address = await _read(database, report_page.fact_address, visit)
    if address is None:
        return await _missing(datasette, request, visit)
    return redirect(address)


async def _download(datasette: Any, request: Any) -> Any:
    """All rows of a canned query."""
    visit, database = await _visit(datasette, request)
    try:
        query = find(visit.key)
        arguments = query.arguments({name: visit.argument(name) for name in visit.arguments})
    except QueryError:
        return await _missing(datasette, request, visit)
    form = request.url_vars["form"]
    return await downloads.of_sql(datasette, request, database, query.name, query.sql, arguments, form)


async def _language(datasette: Any, request: Any) -> Any:
    """Keep the language in a cookie and go back to where the visitor was, on this site only."""
    chosen = request.url_vars["key"]
    back = request.args.get("next") or ""
    # Browsers read // and \\ after the first slash as another host.
    if not back.startswith("/") or back[1:2] in ("/", "\\") or any(ord(character) < 33 for character in back):
        back = datasette.urls.path("/")
    answer = redirect(back)
    answer.set_cookie(COOKIE, chosen, max_age=365 * 24 * 3600, samesite="lax")
    return answer
