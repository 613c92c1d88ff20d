"""What tests of the corpus and of training share: the command line, and the sources of a small corpus."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from simulator.cli import app

SOURCES = "files:\n  - file: a.jsonl\n    written: aimed\n    hands: two writers for this project\n"


def run(*arguments: str | Path) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of ``samtal`` with these arguments."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.stdout, result.stderr
