"""Figures of the app: time to the first screen and to the list, and how long a word or a scroll takes."""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import termios
import time
from collections.abc import Iterator

from textual.app import App, ComposeResult

from simulator.app.widgets.transcript import Transcript


def seconds_to_draw(*wanted: str) -> list[float]:
    """Wall time from the start of the program until each text stands on a terminal of 100 by 30."""
    program = [sys.executable, "-m", "simulator"]
    start = time.perf_counter()
    pid, fd = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "xterm-256color"
        os.execv(program[0], program)
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    drawn, taken = b"", []
    for text in wanted:
        while text.encode() not in drawn and time.perf_counter() - start < 20:
            if select.select([fd], [], [], 0.01)[0]:
                drawn += os.read(fd, 65536)
        taken.append(time.perf_counter() - start)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(fd)
    return taken


class _Host(App[None]):
    def compose(self) -> ComposeResult:
        yield Transcript("Johanna", "Du")


async def _written(turns: int) -> tuple[float, float]:
    words = "ett ord till om det som hände då " * 5
    async with _Host().run_test(size=(120, 40)) as pilot:
        transcript = pilot.app.query_one(Transcript)
        for n in range(1, turns + 1):
            transcript.handler_says(n, words)
            transcript.caller_says(n, words)
        await pilot.pause()
        said, scrolled = [], []
        for n in range(20):
            start = time.perf_counter()
            transcript.caller_says(turns, words[: 20 + n * 6], done=False)
            await pilot.pause()
            said.append(time.perf_counter() - start)
        for n in range(20):
            start = time.perf_counter()
            transcript.scroll_to(y=n * 7 % (turns * 4), animate=False)
            await pilot.pause()
            scrolled.append(time.perf_counter() - start)
        return statistics.median(said), statistics.median(scrolled)


def rows(repeats: int) -> Iterator[tuple[str, float, float | None]]:
    """Name, seconds and bar of each figure."""
    runs = [seconds_to_draw("antyds", "köksskåpet", "Förslag till dig") for _ in range(repeats)]
    for name, times, bar in zip(
        ("app, first screen", "app, list of calls", "app, what to practise next"),
        zip(*runs, strict=True),
        (0.6, None, None),
        strict=True,
    ):
        yield name, statistics.median(times), bar
    for turns in (5, 200):
        said, scrolled = asyncio.run(_written(turns))
        yield f"a word said, {turns} turns", said, None
        yield f"a page scrolled, {turns} turns", scrolled, None
