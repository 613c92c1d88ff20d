"""``python -m tests.capture``: writes the captured call into the README anew, from a real run.

The call is the one in ``players/readme-call.txt``, played by the program as it is.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
TURNS = ROOT / "tests" / "players" / "readme-call.txt"
BEGIN, END = "<!-- captured call: begin -->\n```text\n", "```\n<!-- captured call: end -->"
CUT = "\n[…]\n"


def played() -> str:
    """What the terminal shows, from the ringing to the first strategy, cut where it grows long."""
    given = "\n" + TURNS.read_text("utf-8") + "\n"
    command = [sys.executable, "-m", "simulator", "ring", "underhall-indraget", "--seed", "1", "--no-store"]
    environment = os.environ | {"COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}
    run = subprocess.run(
        command, input=given, capture_output=True, text=True, encoding="utf-8", check=True, env=environment
    )
    text = run.stdout
    call = text[text.index("1 Du:") : text.index("Samtalet är slut.")]
    card = text[text.index("SÅ GICK SAMTALET") :]
    more = card.index("MER ATT ÖVA PÅ")
    return call.rstrip() + "\n\n" + card[:more].rstrip() + "\n" + CUT


def main() -> None:
    """Put the call into the README."""
    text = README.read_text("utf-8")
    start, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    README.write_text(text[:start] + played() + text[end:], "utf-8")


if __name__ == "__main__":
    main()
