"""A language model's way in: the endpoint that the extra `mcp` adds to `fangzhi serve`."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("datasette_mcp", reason="datasette-mcp is not installed")
HEADERS = {"accept": "application/json, text/event-stream", "content-type": "application/json"}
CLIENT = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}


class Server:
    """`fangzhi serve` in a process of its own, since the endpoint needs a server's start and end."""

    def __init__(self, database: Path, *options: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "fangzhi", "serve", "-d", str(database), "--port", str(self.port)]
        self.process = subprocess.Popen([*command, *options], stderr=subprocess.PIPE)
        self.session = ""
        self.ask("initialize", CLIENT)
        self.ask("notifications/initialized", None)

    def ask(self, method: str, told: dict[str, Any] | None) -> Any:
        message: dict[str, Any] = {"jsonrpc": "2.0", "method": method}
        message |= {} if told is None else {"id": 1, "params": told}
        headers = HEADERS | ({"mcp-session-id": self.session} if self.session else {})
        for _ in range(300):
            connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
            try:
                connection.request("POST", "/-/mcp", json.dumps(message), headers)
                break
            except ConnectionRefusedError:
                assert self.process.poll() is None
                time.sleep(0.1)
        answer = connection.getresponse()
        self.session = answer.getheader("mcp-session-id") or self.session
        text = answer.read().decode()
        body = text.partition("data: ")[2] if text.startswith("event:") else text
        return json.loads(body) if body.strip() else None

    def call(self, tool: str, **arguments: Any) -> Any:
        result = self.ask("tools/call", {"name": tool, "arguments": arguments})["result"]
        return bool(result.get("isError")), json.dumps(result, ensure_ascii=False)

    def stop(self) -> None:
        self.process.terminate()
        self.process.communicate(timeout=20)


@pytest.fixture(scope="module")
def server(path: Path) -> Iterator[Server]:
    started = Server(path)
    yield started
    started.stop()


def test_sql_is_answered_and_nothing_is_written(server: Server) -> None:
    sql = "select sentence from metric_facts where indicator_id = 'gdp' and period = '2023'"
    failed, told = server.call("execute_sql", database="toy", sql=sql)
    assert not failed and "白石区地区生产总值550亿元" in told
    failed, _ = server.call("execute_sql", database="toy", sql="delete from metrics")
    assert failed
    assert not server.call("execute_sql", database="toy", sql="select 1 from metrics")[0]


def growth_leader(server: Server) -> tuple[bool, str]:
    told: tuple[bool, str] = server.call(
        "execute_canned_query", database="toy", query="growth_leaders", parameters={"top": "1"}
    )
    return told


def test_canned_queries_are_asked(server: Server) -> None:
    assert "growth_leaders" in server.call("list_canned_queries")[1]
    failed, told = growth_leader(server)
    assert not failed and "6.1" in told


def test_strangers_ask_canned_queries_only(path: Path) -> None:
    public = Server(path, "--public")
    try:
        assert public.call("execute_sql", database="toy", sql="select 1")[0]
        failed, told = growth_leader(public)
        assert not failed and "6.1" in told
    finally:
        public.stop()
