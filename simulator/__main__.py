"""Entry point of the ``samtal`` command."""

from __future__ import annotations

import io
import sys

from simulator.language import LANGUAGES, set_language
from simulator.settings import wanted_language


def main() -> None:
    """Choose the language before the commands and their help texts are made, then run."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal of another encoding is no reason to stop
    arguments = sys.argv[1:]
    set_language(_wanted_language(arguments))
    if not arguments and sys.stdin.isatty() and sys.stdout.isatty():
        # the app needs no command line: a tenth of a second less to wait
        from simulator.app.start import start

        start()
        return
    from simulator.cli import run

    run()


def _wanted_language(arguments: list[str]) -> str:
    """``--lang`` on the command line, else what is chosen elsewhere; the command refuses a bad value."""
    wanted = wanted_language()
    for place, argument in enumerate(arguments):
        if argument == "--lang" and place + 1 < len(arguments):
            wanted = arguments[place + 1]
        elif argument.startswith("--lang="):
            wanted = argument.removeprefix("--lang=")
    return wanted if wanted in LANGUAGES else "sv"


if __name__ == "__main__":
    main()
