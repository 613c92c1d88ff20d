"""``samtal serve``: the same app in a browser. The browser is Chromium where the machine has one."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from typer.testing import CliRunner

from simulator.app.web.server import GUEST, SamtalServer, is_own_machine
from simulator.cli import app
from simulator.store import Store

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
LIMIT = 60.0


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def served(store: Path, config: Path) -> Iterator[str]:
    port = free_port()
    environment = os.environ | {"SAMTAL_STORE": str(store), "SAMTAL_CONFIG": str(config)}
    command = [sys.executable, "-m", "simulator", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert process.stdout
    try:
        line = process.stdout.readline().decode()
        assert f"http://127.0.0.1:{port}" in line, line
        until = time.monotonic() + LIMIT
        while time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


def test_the_page_fetches_nothing_from_elsewhere(own_store: Path, whole_replies: Path) -> None:
    with served(own_store, whole_replies) as url:
        page = urllib.request.urlopen(url, timeout=10).read().decode()
    assert "Samtal" in page
    assert "://" not in page


def test_another_page_in_the_browser_may_not_drive_the_app(own_store: Path, whole_replies: Path) -> None:
    async def knock(url: str, origin: str) -> int:
        async with aiohttp.ClientSession() as session:
            try:
                async with session.ws_connect(f"{url}/ws", headers={"Origin": origin}) as line:
                    await line.close()
                    return 101
            except aiohttp.WSServerHandshakeError as error:
                return error.status

    with served(own_store, whole_replies) as url:
        assert asyncio.run(knock(url, "https://elsewhere.example")) == 403
        assert asyncio.run(knock(url, url)) == 101


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("x.se", False)],
)
def test_visitors_from_other_machines_are_guests(host: str, own: bool) -> None:
    assert is_own_machine(host) is own


@pytest.mark.parametrize(
    ("origin", "host", "own"),
    [
        ("http://127.0.0.1:8000", "127.0.0.1:8000", True),
        ("http://localhost:8000", "localhost:8000", True),
        ("http://192.0.2.7:8000", "192.0.2.7:8000", True),
        ("http://[::1]:8000", "[::1]:8000", True),
        ("http://evil.example:8000", "evil.example:8000", False),
        ("http://evil.example", "127.0.0.1:8000", False),
        ("null", "127.0.0.1:8000", False),
        ("", "127.0.0.1:8000", False),
    ],
)
def test_only_a_page_of_our_own_is_let_in(origin: str, host: str, own: bool) -> None:
    assert SamtalServer("127.0.0.1", 8000, "http://127.0.0.1:8000").is_own_page(origin, host) is own


@pytest.mark.parametrize(
    ("options", "guests"),
    [
        (["--host", "127.0.0.1"], False),
        (["--host", "0.0.0.0"], True),
        (["--url", "https://samtal.example.se"], True),
        (["--url", "http://localhost:9000"], False),
    ],
)
def test_where_others_can_reach_it_visitors_are_guests(
    options: list[str], guests: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(GUEST, "")
    monkeypatch.setenv("SAMTAL_LANG", "sv")
    monkeypatch.setattr(SamtalServer, "serve", lambda self: None)
    assert CliRunner().invoke(app, ["serve", *options]).exit_code == 0
    assert bool(os.environ[GUEST]) is guests


def test_a_public_address_that_is_none_is_refused() -> None:
    result = CliRunner().invoke(app, ["serve", "--url", "samtal.example.se"])
    assert result.exit_code == 1
    assert "ingen adress" in result.output


def test_a_port_in_use_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [sys.executable, "-m", "simulator", "serve", "--port", str(taken.getsockname()[1])]
        run = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT)
    assert run.returncode == 1
    assert "Välj en annan med --port" in run.stderr
    assert "Traceback" not in run.stderr


def test_an_impossible_port_is_refused() -> None:
    assert CliRunner().invoke(app, ["serve", "--port", "0"]).exit_code == 2


# ---- a real browser ------------------------------------------------------------------------------


class Page:
    """One page of a headless Chromium, driven over its debugging socket; ``drawn`` is what the server sent it."""

    def __init__(self, line: aiohttp.ClientWebSocketResponse) -> None:
        self.line, self.drawn = line, b""
        self.answered: set[int] = set()
        self.asked = 0
        self.listening = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        async for message in self.line:
            said: dict[str, Any] = message.json()
            if "id" in said:
                self.answered.add(said["id"])
            elif said.get("method") == "Network.webSocketFrameReceived":
                frame = said["params"]["response"]
                data = frame["payloadData"]
                self.drawn += base64.b64decode(data) if frame["opcode"] == 2 else data.encode()

    async def _until(self, holds: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + LIMIT
        while not holds():
            assert time.monotonic() < until, f"{what} never came; last drawn: {self.drawn[-500:]!r}"
            await asyncio.sleep(0.02)

    async def ask(self, method: str, **values: object) -> None:
        self.asked += 1
        number = self.asked
        await self.line.send_json({"id": number, "method": method, "params": values})
        await self._until(lambda: number in self.answered, method)

    async def wait_for(self, wanted: str) -> None:
        """Until some text has been drawn since the last wait."""
        await self._until(lambda: wanted.encode() in self.drawn, repr(wanted))
        self.drawn = self.drawn.split(wanted.encode(), 1)[1]

    async def type(self, text: str) -> None:
        await self.ask("Input.insertText", text=text)

    async def press(self, key: str, code: int) -> None:
        for kind in ("rawKeyDown", "keyUp"):
            await self.ask("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, code=key)


@contextmanager
def chromium() -> Iterator[int]:
    assert CHROMIUM
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        port = free_port()
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--window-size=1200,800", "--no-first-run"]
        command = [
            CHROMIUM,
            *flags,
            f"--remote-debugging-port={port}",
            f"--user-data-dir={profile}",
            "about:blank",
        ]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield port
        finally:
            process.terminate()
            process.wait(10)


async def new_page(session: aiohttp.ClientSession, port: int) -> str:
    until = time.monotonic() + LIMIT
    while time.monotonic() < until:
        with contextlib.suppress(aiohttp.ClientError):
            async with session.put(f"http://127.0.0.1:{port}/json/new") as answer:
                address: str = json.loads(await answer.text())["webSocketDebuggerUrl"]
                return address
        await asyncio.sleep(0.1)
    raise AssertionError("Chromium did not start")


@pytest.mark.weights
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_a_call_in_a_browser_from_answer_to_scorecard(own_store: Path, whole_replies: Path) -> None:
    async def visit(port: int, url: str) -> None:
        async with aiohttp.ClientSession() as session:
            address = await new_page(session, port)
            async with session.ws_connect(address, max_msg_size=0) as line:
                page = Page(line)
                await page.ask("Network.enable")
                await page.ask("Page.navigate", url=url)
                await page.wait_for("Tre minuter")
                focus = "document.querySelector('.xterm-helper-textarea').focus()"
                await page.ask("Runtime.evaluate", expression=focus)
                await page.press("Enter", 13)
                await page.wait_for("Det ringer")
                await page.press("F5", 116)
                await page.wait_for("Steg 1")
                for n, turn in enumerate(
                    ("Försäkringskassan, vad kan jag hjälpa dig med?", "Berätta gärna mer."), 2
                ):
                    await page.type(turn)
                    await page.press("Enter", 13)
                    await page.wait_for(f"din tur · tur {n}")
                await page.press("F8", 119)
                await page.wait_for("Se hur det gick")
                await page.press("Enter", 13)
                await page.wait_for("Översikt")

    with served(own_store, whole_replies) as url, chromium() as port:
        asyncio.run(visit(port, url))
    (call,) = Store(own_store).summaries()
    assert call.length == 2
    assert call.ended_by == "handler"
