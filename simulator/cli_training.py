"""The commands around the reader: ``samtal corpus``, ``train``, ``evaluate`` and ``bakeoff``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from simulator.language import N_, ToldError, _
from simulator.terminal.told import Lang, LangOption, told

if TYPE_CHECKING:
    from simulator.reading.reader import TrainedReader

corpus_app = typer.Typer(
    help=_("Kontrollera, räkna och utöka korpusen av kodade turer."), no_args_is_help=True
)
_Corpus = Annotated[Path | None, typer.Option("--corpus", help=_("Korpusens mapp; annars projektets."))]
_Reader = Annotated[
    Path | None, typer.Option("--reader", help=_("Läsarens mapp; annars den som följer med."))
]
_Json = Annotated[bool, typer.Option("--json", help=_("Allt som JSON."))]
_Seed = Annotated[int, typer.Option(help=_("Samma frö ger samma siffror, så när som på brus."), min=0)]


class ExtraMissingError(ToldError):
    """A package of the ``train`` extra is not installed."""

    def __init__(self, name: str) -> None:
        super().__init__(N_("Paketet {name} saknas. Installera med: pip install 'samtal[train]'"), name=name)


@contextmanager
def _extra() -> Iterator[None]:
    """Tell which package is missing instead of ending in a traceback."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("simulator"):
            raise
        raise ExtraMissingError(error.name or "?") from error


@corpus_app.command(
    "check", help=_("Leta fel i korpusen: form, dubbletter, nästan lika turer över delningen.")
)
def corpus_check(
    corpus: _Corpus = None,
    fast: Annotated[bool, typer.Option("--fast", help=_("Hoppa över nästan lika turer."))] = False,
    lang: LangOption = Lang.sv,
) -> None:
    """Check a corpus."""
    with told(), _extra():
        from simulator.training.corpus import corpus_folder, read_folder
        from simulator.training.health import check

        read = read_folder(corpus_folder(corpus))
        faults = advice = 0
        for finding in check(read, deep=not fast):
            faults += finding.fault
            advice += not finding.fault
            typer.echo((_("fel: ") if finding.fault else _("råd: ")) + str(finding.text))
        typer.echo(
            _("Turer: {turns}. Fel: {faults}. Råd: {advice}.").format(
                turns=len(read.rows), faults=faults, advice=advice
            )
        )
        if faults:
            raise typer.Exit(1)


@corpus_app.command("stats", help=_("Räkna: filer, delning, drag, längd, kodares samstämmighet."))
def corpus_stats(corpus: _Corpus = None, as_json: _Json = False, lang: LangOption = Lang.sv) -> None:
    """Count a corpus."""
    with told(), _extra():
        from simulator.terminal.corpus_mode import stats_lines
        from simulator.training.corpus import corpus_folder, read_folder
        from simulator.training.health import stats

        found = stats(read_folder(corpus_folder(corpus)))
        if as_json:
            typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
            return
        for line in stats_lines(found):
            typer.echo(line)


@corpus_app.command("add", help=_("Ta in kodade turer (JSON-rader) i korpusen."))
def corpus_add(
    file: Annotated[Path, typer.Argument(help=_("Fil med en rad per tur: situation, caller, turn, moves."))],
    name: Annotated[str, typer.Option("--name", help=_("Filens namn i korpusen, utan ändelse."))],
    hands: Annotated[str, typer.Option("--hands", help=_("Vem som skrev och vem som kodade."))],
    written: Annotated[
        str,
        typer.Option("--written", help=_("first: skrivna först, kodade sedan; aimed: skrivna för ett drag.")),
    ] = "first",
    corpus: _Corpus = None,
    lang: LangOption = Lang.sv,
) -> None:
    """Add coded turns."""
    with told(), _extra():
        from pydantic import ValidationError

        from simulator.training.adding import add
        from simulator.training.corpus import CorpusError, Source, corpus_folder, read_folder

        way: Literal["first", "aimed"] = "aimed" if written == "aimed" else "first"
        if written not in ("first", "aimed"):
            raise typer.BadParameter(_("--written är first eller aimed."))
        try:
            source = Source(file=f"{name}.jsonl", written=way, hands=hands)
        except ValidationError as error:
            raise CorpusError(name, "; ".join(one["msg"] for one in error.errors())) from error
        added = add(read_folder(corpus_folder(corpus)), file, source)
        for row in added.copies:
            typer.echo(_("utelämnad, nästan lika en tur i en annan del: {turn}").format(turn=row.turn[:90]))
        summary = _("Intagna: {taken}. Fanns redan: {known}. Utelämnade: {left}.")
        typer.echo(summary.format(taken=added.taken, known=added.known, left=len(added.copies)))


def train(
    corpus: _Corpus = None,
    out: Annotated[Path, typer.Option("--out", help=_("Mapp för den nya läsaren."))] = Path("reader"),
    encoder: Annotated[
        str | None,
        typer.Option("--encoder", help=_("En annan sentence-transformers-kodare: namn eller mapp.")),
    ] = None,
    frozen: Annotated[bool, typer.Option("--frozen", help=_("Träna bara huvudena, inte kodaren."))] = False,
    pairs: Annotated[
        Path | None,
        typer.Option("--pairs", help=_("Lär om basen från parallella meningar: engelska TAB svenska.")),
    ] = None,
    epochs: Annotated[int | None, typer.Option("--epochs", min=1, help=_("Varv genom korpusen."))] = None,
    work: Annotated[
        Path | None,
        typer.Option("--work", help=_("Mapp för halvfärdigt; ett avbrutet pass fortsätter därifrån.")),
    ] = None,
    seed: _Seed = 0,
    lang: LangOption = Lang.sv,
) -> None:
    """Train the reader."""
    with told(), _extra():
        from simulator.terminal.train_mode import train_reader

        for line in train_reader(corpus, out, encoder, frozen, pairs, epochs, work, seed):
            typer.echo(line)


def evaluate(
    file: Annotated[
        Path | None,
        typer.Argument(help=_("Fil med kodade turer; annars korpusens testdel, och allt annat som mäts.")),
    ] = None,
    corpus: _Corpus = None,
    reader: _Reader = None,
    as_json: _Json = False,
    lang: LangOption = Lang.sv,
) -> None:
    """Measure a reader."""
    with told(), _extra():
        from simulator.terminal.corpus_mode import all_lines, figure_lines
        from simulator.training.corpus import CorpusError, corpus_folder, read_corpus, read_folder
        from simulator.training.evaluate import evaluate_corpus, evaluate_rows

        loaded = _trained(reader)
        if file is not None:
            rows = read_corpus(file)
            if not rows:
                raise CorpusError(str(file), _("inga rader"))
            data = evaluate_rows(loaded, rows).as_data()
            lines = figure_lines(data)
        else:
            from simulator.scenario.library import common

            tell = lambda stage: typer.echo(_("mäter: {stage}").format(stage=stage), err=True)  # noqa: E731
            data = evaluate_corpus(
                loaded, read_folder(corpus_folder(corpus)), list(common().families.values()), tell
            )
            lines = all_lines(data)
        if as_json:
            typer.echo(json.dumps(data, ensure_ascii=False, indent=1))
            return
        for line in lines:
            typer.echo(line)


def bakeoff(
    corpus: _Corpus = None,
    pairs: Annotated[
        Path | None, typer.Option("--pairs", help=_("Parallella meningar, för raderna som behöver dem."))
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help=_("Bara dessa rader; kan anges flera gånger."))
    ] = None,
    work: Annotated[
        Path | None, typer.Option("--work", help=_("Mapp för halvfärdigt; klara rader mäts inte om."))
    ] = None,
    as_json: _Json = False,
    seed: _Seed = 0,
    lang: LangOption = Lang.sv,
) -> None:
    """Compare ways of building the reader."""
    with told(), _extra():
        from simulator.terminal.train_mode import bakeoff_lines

        for line in bakeoff_lines(corpus, pairs, only or [], work, as_json, seed):
            typer.echo(line)


def register(app: typer.Typer) -> None:
    """Put these commands beside the others."""
    app.add_typer(corpus_app, name="corpus")
    app.command(help=_("Träna läsaren på korpusen (CPU, under en timme)."))(train)
    app.command(help=_("Mät läsaren på kodade turer."))(evaluate)
    app.command(help=_("Jämför sätt att bygga läsaren, en tabell."))(bakeoff)


def _trained(folder: Path | None) -> TrainedReader:
    from simulator.reading.reader import TrainedReader
    from simulator.shipped_files import shipped

    return TrainedReader(folder or shipped("reader"))
