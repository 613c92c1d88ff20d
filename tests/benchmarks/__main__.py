"""``python -m tests.benchmarks``: start-up, answer times and memory of the real program, as a table.

Nothing here is asserted: figures depend on the machine. The bars are the project's own.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

import yaml

from tests.benchmarks import app

REPEATS = 7
PLAYERS = Path(__file__).parent.parent / "players"
SAMTAL = [sys.executable, "-m", "simulator"]


def seconds_to_end(*arguments: str) -> float:
    """Wall time of a command, run to its end."""
    start = time.perf_counter()
    subprocess.run([*SAMTAL, *arguments], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def seconds_to_text(wanted: bytes, *arguments: str) -> float:
    """Wall time until a command has written something."""
    start = time.perf_counter()
    process = subprocess.Popen([*SAMTAL, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout
    seen = b""
    while wanted not in seen:
        part = os.read(process.stdout.fileno(), 4096)
        if not part:
            break
        seen += part
    taken = time.perf_counter() - start
    process.kill()
    process.wait()
    return taken


def answers(scenario: str) -> list[float]:
    """Seconds from each turn sent to the caller's answer, in one call with the skilled player."""
    turns = yaml.safe_load((PLAYERS / f"{scenario}.yaml").read_text("utf-8"))["skilled"]
    command = [*SAMTAL, "ring", scenario, "--json", "--seed", "1"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin and process.stdout
    _next(process.stdout, "case")
    taken = []
    for turn in turns:
        start = time.perf_counter()
        process.stdin.write(turn["say"].encode() + b"\n")
        process.stdin.flush()
        _next(process.stdout, "caller")
        taken.append(time.perf_counter() - start)
    process.stdin.close()
    process.stdout.read()
    process.wait()
    return taken


def _next(stream: IO[bytes], event: str) -> None:
    for line in stream:
        if json.loads(line)["event"] == event:
            return
    raise SystemExit("the program ended early")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SAMTAL_STORE"] = os.environ["SAMTAL_CONFIG"] = folder
        seconds_to_end("--help")
        rows = [
            ("samtal --help", statistics.median(seconds_to_end("--help") for _ in range(REPEATS)), 0.5),
            ("samtal (list)", statistics.median(seconds_to_end() for _ in range(REPEATS)), None),
            (
                "first prompt of a call",
                statistics.median(
                    seconds_to_text(b"Tryck Enter", "ring", "underhall-indraget") for _ in range(REPEATS)
                ),
                1.5,
            ),
        ]
        taken = [t for path in sorted(PLAYERS.glob("*.yaml")) for t in answers(path.stem)]
        rows.append(("a turn answered, median", statistics.median(taken), 0.15))
        rows.append(("a turn answered, slowest", max(taken), None))
        rows += app.rows(REPEATS)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    for name, value, bar in rows:
        print(f"{name:28} {value * 1000:8.0f} ms" + (f"   bar {bar * 1000:.0f} ms" if bar else ""))
    print(f"{'memory, peak':28} {memory:8.0f} MB   bar 700 MB")


if __name__ == "__main__":
    main()
