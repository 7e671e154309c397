"""What every response of the site gets: headers that keep strangers' text inert, and CSV that Excel reads.

Comes in: an ASGI application. Goes out: one that sets a Content-Security-Policy with a nonce a request,
forbids sniffing and framing, tells caches what a page depends on, begins CSV downloads with a byte-order
mark, has downloads give all their rows, and shows tables with their chief columns where the address asks for
none. For the public it closes the pages on which Datasette tells of itself: its files, settings and threads.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from . import words
from .canned import all_queries

Scope = dict[str, Any]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[Scope, Any, Send], Awaitable[None]]

# The request that is being answered, for the templates: its nonce, and its address as it was asked.
asked: ContextVar[Scope] = ContextVar("asked", default={})  # noqa: B039 - the default is never changed

BOM = b"\xef\xbb\xbf"
ROWS_A_PAGE = "25"
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
# Datasette's own pages have inline styles, and style attributes on elements, which no nonce can cover.
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)


PAGING = frozenset({"_next", "_size", "_stream", "_extra", "_dl"})
# What Datasette tells of itself under /-/, file paths among it.
SELF = frozenset({"databases", "settings", "plugins", "versions", "metadata", "config", "threads", "actions"})


def wrapped(app: App, datasette: Any, public: bool) -> App:
    """The application with our headers, CSV and default columns."""

    async def site(scope: Scope, receive: Any, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        if public and _tells_of_itself(scope["path"]):
            await send({"type": "http.response.start", "status": 404, "headers": [*HEADERS]})
            await send({"type": "http.response.body", "body": b""})
            return
        nonce = secrets.token_urlsafe(16)
        told = {"nonce": nonce, "asked_query": scope.get("query_string", b"")}
        before = asked.set(scope | told)
        scope = _whole(scope, datasette)
        try:
            await app(
                scope | {"query_string": _with_columns(scope, datasette)},
                receive,
                _sender(send, nonce, scope["path"], datasette.setting("default_cache_ttl")),
            )
        finally:
            asked.reset(before)

    return site


def _tells_of_itself(path: str) -> bool:
    _, found, page = path.rpartition("/-/")
    return bool(found) and page.partition(".")[0].strip("/") in SELF


def _sender(send: Send, nonce: str, path: str, seconds: int) -> Send:
    """A sender that adds the headers, lets caches keep a page for so many seconds, and puts the mark before
    the first byte of CSV."""
    due = False

    async def sending(message: dict[str, Any]) -> None:
        nonlocal due
        if message["type"] == "http.response.start":
            headers = [*message.get("headers", ()), *HEADERS]
            headers.append((b"content-security-policy", POLICY.format(nonce=nonce).encode()))
            kind = next((value for name, value in headers if name.lower() == b"content-type"), b"")
            if kind.startswith(b"text/html"):
                headers += [(b"vary", b"Cookie, Accept-Language")]
                # Datasette says so of its own pages and not of a plugin's.
                told = any(name.lower() == b"cache-control" for name, _ in headers)
                if seconds and message["status"] == 200 and not told:
                    headers.append((b"cache-control", f"max-age={seconds}".encode()))
            # Datasette calls its CSV plain text unless a download was asked for.
            if kind.startswith((b"text/csv", b"text/plain")) and path.endswith("csv"):
                due = True
                headers = [(name, value) for name, value in headers if name.lower() != b"content-length"]
            message = message | {"headers": headers}
        elif message["type"] == "http.response.body" and due and message.get("body"):
            due = False
            if not message["body"].startswith(BOM):
                message = message | {"body": BOM + message["body"]}
        await send(message)

    return sending


def _addressed(scope: Scope, datasette: Any) -> tuple[str, ...]:
    """The parts of the path under the database that it names; none where it names none."""
    parts = scope["path"].removeprefix(datasette.setting("base_url")).strip("/").split("/")
    return tuple(parts[1:]) if parts[0] in datasette.databases else ()


def _whole(scope: Scope, datasette: Any) -> Scope:
    """The request, or where it asks for what Datasette would cut at its largest page, one that `downloads`
    answers with all rows. Our pages link JSON with `_stream=on`."""
    rest = "/".join(_addressed(scope, datasette))
    name, _, form = rest.rpartition(".")
    asked = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
    given = dict(asked)
    table = name in words.tables()
    if form not in ("csv", "xlsx", "json") or not (table or name in all_queries() or name == "-/query"):
        return scope
    shape = given.get("_shape", "objects")
    # What tells by itself that there is more is left to Datasette: JSON of a table has its next page's
    # address, JSON of anybody's own SQL says `truncated`, and errors in it are JSON.
    telling = table or (name == "-/query" and shape == "objects")
    if form == "json" and (
        shape not in ("objects", "array") or "_extra" in given or (telling and "_stream" not in given)
    ):
        return scope
    kept = [pair for pair in asked if pair[0] not in PAGING]
    kept += [("_extra", "query"), *([("_size", "1"), ("_nocount", "1"), ("_nofacet", "1")] if table else [])]
    path = scope["path"] if form == "xlsx" else scope["path"].removesuffix(form) + f"whole{form}"
    return scope | {"path": path, "raw_path": quote(path).encode(), "query_string": urlencode(kept).encode()}


def _with_columns(scope: Scope, datasette: Any) -> bytes:
    """The query string of a table's bare address with its chief columns, else as it is.

    A table of 25 columns is unreadable on any screen; the address that a reader sees stays short.
    """
    asked: bytes = scope.get("query_string", b"")
    rest = _addressed(scope, datasette)
    if asked or len(rest) != 1 or rest[0] not in words.tables():
        return asked
    columns = words.tables()[rest[0]]["columns"]
    return urlencode(
        [*(("_col", column) for column in columns), ("_size", ROWS_A_PAGE)], quote_via=quote
    ).encode()
