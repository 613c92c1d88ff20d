"""Walking through the texts of a file's plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.sourcefile import Key


def each_text(data: Any, key: Key = ()) -> Iterator[tuple[Key, str]]:
    """Every text in plain data, with its key."""
    if isinstance(data, str):
        yield key, data
    elif isinstance(data, dict):
        for name, value in data.items():
            yield from each_text(value, (*key, name))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from each_text(value, (*key, number))
