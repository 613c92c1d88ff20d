"""``python -m tests.capture``: writes the captured call and the captured trial into the README anew, from real runs.

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
TRIED_BEGIN, TRIED_END = "<!-- captured trial: begin -->\n```text\n", "```\n<!-- captured trial: end -->"
TRIED = (
    "vantar-pa-beslut",
    "--seeds",
    "2",
    "--handler",
    "skilled",
    "--handler",
    "average",
    "--handler",
    "hurried",
)
CUT = "\n[…]\n"


def played() -> str:
    """What the terminal shows, from the ringing to the first strategy, cut where it grows long."""
    given = "\n" + TURNS.read_text("utf-8") + "\n"
    text = _shown("ring", "underhall-indraget", "--seed", "1", "--no-store", given=given)
    call = text[text.index("1 Du:") : text.index("Samtalet är slut.")]
    card = text[text.index("SÅ GICK SAMTALET") :]
    more = card.index("MER ATT ÖVA PÅ")
    return call.rstrip() + "\n\n" + card[:more].rstrip() + "\n" + CUT


def tried() -> str:
    """What ``samtal try`` shows, without the lines never said."""
    text = _shown("try", *TRIED)
    lines = [line.rstrip() for line in text[: text.index("Aldrig sagda:")].strip().splitlines()]
    verdicts = text[text.rindex("\n\n") :].strip()
    return "\n".join(lines) + "\n" + CUT + "\n" + verdicts + "\n"


def _shown(*arguments: str, given: str = "") -> str:
    command = [sys.executable, "-m", "simulator", *arguments]
    environment = os.environ | {"COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}
    run = subprocess.run(
        command, input=given, capture_output=True, text=True, encoding="utf-8", check=True, env=environment
    )
    return run.stdout


def main() -> None:
    """Put the call and the trial into the README."""
    text = README.read_text("utf-8")
    for begin, finish, made in ((BEGIN, END, played), (TRIED_BEGIN, TRIED_END, tried)):
        start, end = text.index(begin) + len(begin), text.index(finish)
        text = text[:start] + made() + text[end:]
    README.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
