"""The ``samtal`` command: what it takes, and how anything that goes wrong is told."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from simulator import cli_trainer, cli_training
from simulator.language import _
from simulator.terminal.told import Lang, LangOption, ModeName, told

if TYPE_CHECKING:
    from simulator.reading import Topic
    from simulator.session import Session, WaitingReader
    from simulator.store import Store, StoredCall


app = typer.Typer(
    name="samtal",
    help=_("Öva samtal där det viktiga bara antyds. Allt sker på den här datorn."),
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

_SeedOption = Annotated[int | None, typer.Option(help=_("Samma frö ger samma samtal."), min=0)]
_NoStore = Annotated[bool, typer.Option("--no-store", help=_("Spara ingenting."))]
_JsonOption = Annotated[bool, typer.Option("--json", help=_("JSON-rader i stället för text."))]
_ModeOption = Annotated[
    ModeName, typer.Option("--mode", help=_("coach: råd efter varje tur; exam: inget tas tillbaka."))
]
_AllOption = Annotated[bool, typer.Option("--allt", "--full", help=_("Visa alla strategier."))]


def run() -> None:
    """Run the command line."""
    app()


@app.callback(invoke_without_command=True)
def _start(context: typer.Context, lang: LangOption = Lang.sv) -> None:
    """Without a command: the app; where there is no terminal to draw on, the calls there are."""
    if context.invoked_subcommand is None:
        with told():
            if sys.stdin.isatty() and sys.stdout.isatty():
                from simulator.app.start import start

                start()
                return
            from simulator.terminal.listing import scenario_lines

            for line in scenario_lines():
                typer.echo(line)


@app.command(help=_("Ta ett samtal: ring ID, eller ring FIL.yaml."))
def ring(
    scenario: Annotated[str, typer.Argument(help=_("Samtalets id, eller en scenariofil."))],
    as_json: _JsonOption = False,
    seed: _SeedOption = None,
    no_store: _NoStore = False,
    mode: _ModeOption = ModeName.call,
    debug: Annotated[
        bool,
        typer.Option("--debug", help=_("Visa hur turen lästes, läget och varför svaret blev som det blev.")),
    ] = False,
    lang: LangOption = Lang.sv,
) -> None:
    """Play one call."""
    if debug and as_json:
        raise typer.BadParameter(_("--debug är för text; JSON-raderna har redan läsningen."))
    with told():
        from simulator.scenario import find, load
        from simulator.session import Session, some_seed, topics_of

        loaded = load(find(scenario))
        chosen = some_seed() if seed is None else seed
        reader = _reader(topics_of(loaded))
        session = Session.start(loaded, chosen, reader, None if no_store else _store(), mode.value)
        _play(session, as_json, debug=debug)


@app.command(help=_("Ta upp ett pausat eller avbrutet samtal; utan nummer det senaste."))
def resume(
    call: Annotated[int | None, typer.Argument(help=_("Samtalets nummer, se: samtal calls."))] = None,
    as_json: _JsonOption = False,
    lang: LangOption = Lang.sv,
) -> None:
    """Go on with a stored call."""
    with told():
        from simulator.session import Session, load_stored, topics_of

        store = _store()
        stored = _wanted_call(store, call)
        reader = _reader(topics_of(load_stored(stored)))
        session = Session.resume(stored, reader, store)
        if session.call.ended_by and not as_json:
            typer.echo(_("Samtal {n} är slut. Här är hur det gick.").format(n=stored.id))
        _play(session, as_json)


@app.command(help=_("Lista samtal som har spelats."))
def calls(as_json: _JsonOption = False, lang: LangOption = Lang.sv) -> None:
    """List the stored calls."""
    with told():
        from simulator.store import store_path
        from simulator.terminal.listing import call_data, call_line

        store = _store()
        if as_json:
            for one in store.calls():
                typer.echo(json.dumps(call_data(one), ensure_ascii=False))
            return
        played = store.summaries()
        if not played:
            typer.echo(_("Inga samtal är sparade."))
        for call in played:
            typer.echo(call_line(call))
        typer.echo(_("Allt som sparas ligger i {path}").format(path=store_path()))


@app.command(help=_("Bedöm ett sparat samtal (nummer) eller en utskrift (fil) på nytt."))
def score(
    call: Annotated[str, typer.Argument(metavar="CALL|FILE", help=_("Samtalets nummer, eller en fil."))],
    as_json: _JsonOption = False,
    everything: _AllOption = False,
    lang: LangOption = Lang.sv,
) -> None:
    """Grade again."""
    with told():
        from simulator.report import events, plain
        from simulator.session import regraded

        if not call.isdecimal():
            _score_file(Path(call), as_json, everything)
            return
        stored = _wanted_call(_store(), int(call))
        played, card = regraded(stored, _reader(()))
        if as_json:
            typer.echo(events.scorecard_event(card, played).model_dump_json())
        else:
            typer.echo(plain.scorecard(card, played, everything=everything))


@app.command(help=_("Kontrollera scenariofiler (och kodboksmappar)."))
def check(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...")],
    strict: Annotated[bool, typer.Option("--strict", help=_("Oförklarade råd räknas som fel."))] = False,
    lang: LangOption = Lang.sv,
) -> None:
    """Check files; all problems at once."""
    with told():
        from simulator.checking import check_paths
        from simulator.session import load_reader

        faults = advice = explained = files = 0
        for report in check_paths(paths, load_reader):
            files += 1
            for problem in report.problems:
                faults += not problem.advice
                if problem.explained:
                    explained += 1
                    why = _("förklarat råd [{code}]: {problem} Förklaring: {why}")
                    typer.echo(why.format(code=problem.advice, problem=problem, why=problem.explained))
                elif problem.advice:
                    advice += 1
                    typer.echo(_("råd [{code}]: ").format(code=problem.advice) + str(problem))
                else:
                    typer.echo(_("fel: ") + str(problem))
        summary = _("Filer: {files}. Fel: {faults}. Råd: {advice}. Förklarade råd: {explained}.")
        typer.echo(summary.format(files=files, faults=faults, advice=advice, explained=explained))
        if faults or not files or (strict and advice):
            raise typer.Exit(1)


@app.command(help=_('Läs turer: JSON-rader {"caller", "turn"} in, drag med sannolikhet och bevis ut.'))
def read(lang: LangOption = Lang.sv) -> None:
    """Read turns from standard input."""
    with told():
        from simulator.session import load_reader
        from simulator.terminal.json_mode import standard_streams
        from simulator.terminal.read_mode import read_lines

        code = read_lines(load_reader(), *standard_streams())
    raise typer.Exit(code)


@app.command(help=_("Ta bort sparade samtal: ett, eller --all."))
def erase(
    call: Annotated[int | None, typer.Argument(help=_("Samtalets nummer."))] = None,
    everything: Annotated[bool, typer.Option("--all", help=_("Alla samtal."))] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=_("Fråga inte först."))] = False,
    lang: LangOption = Lang.sv,
) -> None:
    """Delete what is stored."""
    with told():
        if (call is None) != everything:
            raise typer.BadParameter(_("Ange ett nummer eller --all."))
        store = _store()
        if everything and not yes:
            typer.confirm(_("Ta bort alla sparade samtal?"), abort=True)
        count = store.erase(call)
        if call is not None and not count:
            _fail(_("Samtal {n} finns inte.").format(n=call))
        typer.echo(_("Borttagna samtal: {n}.").format(n=count))


@app.command(help=_("Öppna Samtal i en webbläsare."))
def serve(
    host: Annotated[str, typer.Option(help=_("Adress att lyssna på."))] = "127.0.0.1",
    port: Annotated[int, typer.Option(help=_("Port att lyssna på."), min=1, max=65535)] = 8000,
    url: Annotated[str | None, typer.Option(help=_("Adressen utifrån, om den är en annan."))] = None,
    lang: LangOption = Lang.sv,
) -> None:
    """Serve the app to browsers."""
    with told():
        from simulator.app.web.server import serve as serve_app

        serve_app(host, port, url)


@app.command(help=_("Spara ut allt som är sparat till en JSON-fil."))
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("En ny fil."))],
    lang: LangOption = Lang.sv,
) -> None:
    """Write everything that is stored."""
    with told():
        from simulator.store.export import export as export_to

        count = export_to(_store(), file)
        typer.echo(_("{n} samtal sparade i {path}").format(n=count, path=file))


@app.command(help=_("Skriv JSON Schema för scenariofiler, för pack.yaml eller för JSON-lägets händelser."))
def schema(
    what: Annotated[str, typer.Argument(metavar="scenario|pack|events")],
    lang: LangOption = Lang.sv,
) -> None:
    """Print a JSON Schema."""
    from simulator.report.schemas import SCHEMAS

    if what not in SCHEMAS:
        raise typer.BadParameter(_("Välj scenario, pack eller events."))
    typer.echo(json.dumps(SCHEMAS[what](), ensure_ascii=False, indent=2))


# ---- what the commands share ----------------------------------------------------------------------


def _play(session: Session, as_json: bool, *, debug: bool = False) -> None:
    if as_json:
        from simulator.terminal.json_mode import play_json, standard_streams

        raise typer.Exit(play_json(session, *standard_streams()))
    from simulator.terminal.play import PlainCall

    PlainCall(session, debug=debug).play()


def _reader(topics: tuple[Topic, ...]) -> WaitingReader:
    """The shipped reader, loading in the background, made ready for a call's topics."""
    from simulator.session import WaitingReader, load_reader

    return WaitingReader(load_reader, lambda reader: reader.read("hej", "", topics))


def _store() -> Store:
    from simulator.store import Store

    return Store()


def _wanted_call(store: Store, number: int | None) -> StoredCall:
    if number is not None:
        found = store.call(number)
        if found is None:
            _fail(_("Samtal {n} finns inte. Se: samtal calls").format(n=number))
        return found
    waiting = next((one.id for one in store.summaries() if one.waiting), None)
    found = None if waiting is None else store.call(waiting)
    if found is None:
        _fail(_("Inget samtal väntar på att tas upp."))
    return found


def _score_file(path: Path, as_json: bool, everything: bool) -> None:
    from simulator.terminal.score_mode import score_file

    typer.echo(score_file(path, _reader(()), as_json=as_json, everything=everything))


def _fail(text: str) -> NoReturn:
    typer.echo(text, err=True)
    raise typer.Exit(1)


cli_trainer.register(app)
cli_training.register(app)
