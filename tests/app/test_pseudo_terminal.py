"""The real program in a real (pseudo-)terminal: it starts, hears keys, and survives being killed."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from simulator.store import Store

LIMIT = 60.0


class Terminal:
    """The program and what it has drawn so far."""

    def __init__(self, pid: int, fd: int) -> None:
        self.pid, self.fd, self.drawn = pid, fd, b""

    def wait_for(self, text: str) -> None:
        """Read until some text has been drawn since the last wait."""
        until = time.monotonic() + LIMIT
        while text.encode() not in self.drawn:
            assert time.monotonic() < until, f"{text!r} was never drawn"
            if select.select([self.fd], [], [], 0.2)[0]:
                self.drawn += os.read(self.fd, 65536)
        self.drawn = self.drawn.split(text.encode(), 1)[1]

    def type(self, keys: str) -> None:
        os.write(self.fd, keys.encode())

    def drain(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if select.select([self.fd], [], [], 0.05)[0]:
                self.drawn += os.read(self.fd, 65536)


@contextmanager
def samtal(store: Path, config: Path) -> Iterator[Terminal]:
    """``samtal`` in a terminal of 100 by 30; killed in the end, as by a closed window."""
    program = [sys.executable, "-m", "simulator"]
    pid, fd = pty.fork()
    if pid == 0:
        os.environ.update(SAMTAL_STORE=str(store), SAMTAL_CONFIG=str(config), TERM="xterm-256color")
        os.execv(program[0], program)
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    try:
        yield Terminal(pid, fd)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(fd)


@pytest.mark.weights
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # fork, with threads in the parent
def test_kill_dash_nine_loses_nothing_not_even_the_draft(own_store: Path, whole_replies: Path) -> None:
    with samtal(own_store, whole_replies) as terminal:
        terminal.wait_for("Första samtalet")
        terminal.wait_for("Tre minuter")
        terminal.type("\r")
        terminal.wait_for("Det ringer")
        terminal.type("\x1b[15~")  # F5
        terminal.wait_for("Steg 1")
        terminal.type("Försäkringskassan, vad kan jag hjälpa dig med?\r")
        terminal.wait_for("Steg 2")
        terminal.wait_for("tur 2")
        terminal.type("Jag förstår, och")
        terminal.drain(2.0)
    (call,) = Store(own_store).calls()
    assert [turn for turn, _ in call.turns] == ["Försäkringskassan, vad kan jag hjälpa dig med?"]
    assert call.turns[0][1] is not None
    assert call.draft == "Jag förstår, och"
    assert call.waiting
    with samtal(own_store, whole_replies) as terminal:
        terminal.wait_for("Pausade samtal")
        terminal.wait_for("Jag förstår")
