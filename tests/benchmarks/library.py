"""``python -m tests.benchmarks.library``: the whole library held to its bars with the shipped reader.

Slow (a minute or two a scenario): the scripted handlers of ``samtal try`` take every call with many seeds. One row a
scenario, and a file of JSON lines with everything counted.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable
from multiprocessing import get_context
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = "1"

from simulator.scenario import find, load
from simulator.scenario.library import scenario_files
from simulator.session import load_reader
from simulator.terminal.try_mode import as_json, chosen_handlers
from simulator.trying import try_out


def tried(job: tuple[str, int]) -> str:
    """Play one scenario; the result as a JSON line."""
    name, seeds = job
    loaded = load(find(name))
    return as_json(loaded, list(try_out(loaded, chosen_handlers([]), range(1, seeds + 1), load_reader())))


def row(line: str) -> str:
    """One scenario's result in a row."""
    data = json.loads(line)
    of = {one["handler"]: one for one in data["handlers"]}
    means = " > ".join(f"{of[name]['mean'] or 0:3.0f}" for name in ("skilled", "average", "hurried"))
    bars = "".join("✓" if verdict["fine"] else "✗" for verdict in data["verdicts"])
    reached = f"{100 * of['skilled']['all_reached']:3.0f} {100 * of['hurried']['any_reached']:3.0f}"
    return f"{data['scenario']:32} {reached}  {means}  {100 * data['said_share']:3.0f}  {bars}"


def main(arguments: Iterable[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenarios", nargs="*", help="ids; left out: all")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args(arguments if arguments is None else list(arguments))
    names = chosen.scenarios or list(scenario_files())
    print(f"{'scenario':32} skilled reaches all %, hurried any %; mean totals; lines said %; bars held")
    with get_context("spawn").Pool(chosen.processes) as pool:
        for line in pool.imap(tried, [(name, chosen.seeds) for name in names]):
            print(row(line), flush=True)
            if chosen.out:
                with chosen.out.open("a", encoding="utf-8") as file:
                    file.write(line + "\n")


if __name__ == "__main__":
    main()
