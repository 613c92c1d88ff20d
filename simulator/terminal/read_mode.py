"""``samtal read``: turns in, readings out, one JSON object a line each way."""

from __future__ import annotations

import json
from typing import BinaryIO, TextIO

from simulator.language import _
from simulator.reading import Reader


def read_lines(reader: Reader, source: BinaryIO, sink: TextIO) -> int:
    """Read each line's turn; a line that cannot be used gets an ``error`` in its place and exit code 1."""
    code = 0
    for number, raw in enumerate(source, 1):
        if not raw.strip():
            continue
        out: dict[str, object]
        try:
            data = json.loads(raw.decode("utf-8"))
            turn, before = data["turn"], data.get("caller", "")
            if not isinstance(turn, str) or not isinstance(before, str):
                raise TypeError("turn, caller")
            reading = reader.read(turn, before)
            moves = [
                {"id": m.id, "p": m.p, "evidence": m.evidence, "unsure": m.unsure} for m in reading.moves
            ]
            out = {"turn": turn, "moves": moves, "reader": reading.version}
        except (ValueError, KeyError, TypeError, AttributeError):
            template = _('Rad {n}: här väntas {{"caller": text, "turn": text}} i UTF-8.')
            out, code = {"error": template.format(n=number)}, 1
        sink.write(json.dumps(out, ensure_ascii=False) + "\n")
        sink.flush()
    return code
