"""What all commands share: their language, and how anything that goes wrong is told."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated

import typer

from simulator.language import ToldError, _


class Lang(StrEnum):
    """Languages of the interface."""

    sv = "sv"
    en = "en"


class ModeName(StrEnum):
    """How a call is practised."""

    coach = "coach"
    call = "call"
    exam = "exam"


LangOption = Annotated[Lang, typer.Option(help=_("Språk i programmet; inringare talar svenska."))]


@contextmanager
def told() -> Iterator[None]:
    """Tell what went wrong in words, and exit with 1; nothing ends in a traceback."""
    from simulator.scenario import UnknownScenarioError
    from simulator.sourcefile import SourceError

    try:
        yield
    except SourceError as error:
        for problem in error.problems:
            typer.echo(str(problem), err=True)
        typer.echo(_("{n} fel. Samtalet kan inte spelas.").format(n=len(error.problems)), err=True)
    except UnknownScenarioError as error:
        typer.echo(str(error.message), err=True)
        typer.echo(_("Skriv samtal för att se vilka som finns."), err=True)
    except ToldError as error:
        typer.echo(str(error.message), err=True)
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as error:
        typer.echo(str(error), err=True)
    else:
        return
    raise typer.Exit(1)
