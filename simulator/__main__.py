"""Entry point of the ``samtal`` command."""

from __future__ import annotations

import io
import os
import sys

from simulator.language import LANGUAGES, set_language


def main() -> None:
    """Choose the language before the commands and their help texts are made, then run."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal of another encoding is no reason to stop
    set_language(_wanted_language(sys.argv[1:]))
    from simulator.cli import run

    run()


def _wanted_language(arguments: list[str]) -> str:
    """``--lang`` on the command line, else ``SAMTAL_LANG``, else Swedish; the command refuses a bad value."""
    wanted = os.environ.get("SAMTAL_LANG", "sv")
    for place, argument in enumerate(arguments):
        if argument == "--lang" and place + 1 < len(arguments):
            wanted = arguments[place + 1]
        elif argument.startswith("--lang="):
            wanted = argument.removeprefix("--lang=")
    return wanted if wanted in LANGUAGES else "sv"


if __name__ == "__main__":
    main()
