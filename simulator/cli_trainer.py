"""The commands of a trainer who writes scenarios: ``samtal new``, ``try`` and ``explain``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from simulator.language import _
from simulator.terminal.told import Lang, LangOption, told


class Family(StrEnum):
    """Shelves of the library."""

    pengar = "pengar"
    underhall = "underhall"
    vald = "vald"
    sjukskrivning = "sjukskrivning"
    barnet = "barnet"


class Kind(StrEnum):
    """What a hidden matter is about."""

    money = "money"
    violence = "violence"
    health = "health"
    child = "child"


class Pronoun(StrEnum):
    """How the caller is spoken of."""

    hon = "hon"
    han = "han"
    hen = "hen"


_Scenario = Annotated[str, typer.Argument(metavar="FILE|ID", help=_("En scenariofil, eller ett samtals id."))]


def new(
    family: Annotated[Family, typer.Option(prompt=_("Familj"), help=_("Vilken hylla samtalet hör till."))],
    benefit: Annotated[str, typer.Option(prompt=_("Förmån"), help=_("Till exempel Bostadsbidrag."))],
    errand: Annotated[
        str, typer.Option(prompt=_("Inringaren ringer om"), help=_("Till exempel: ett brev om höjd hyra."))
    ],
    hidden: Annotated[Kind, typer.Option(prompt=_("Det dolda rör"), help=_("Vad som bara antyds."))],
    title: Annotated[str, typer.Option(prompt=_("Titel"), help=_("Ger också filens namn."))],
    name: Annotated[str, typer.Option(prompt=_("Inringarens namn"), help=_("För- och efternamn."))],
    pronoun: Annotated[Pronoun, typer.Option(help=_("Inringarens pronomen."))] = Pronoun.hon,
    folder: Annotated[Path, typer.Option(help=_("Mapp att skriva i."))] = Path(),
    lang: LangOption = Lang.sv,
) -> None:
    """Write the skeleton of a scenario."""
    with told():
        from simulator.scenario.new import Wanted, write_new

        wanted = Wanted(title, family.value, benefit, errand, hidden.value, name, pronoun.value)
        try:
            path = write_new(wanted, folder)
        except FileExistsError as error:
            message = _("Filen {path} finns redan. Välj en annan titel eller en annan mapp.")
            raise typer.BadParameter(message.format(path=error.filename)) from None
        except FileNotFoundError:
            message = _("Mappen {path} finns inte.")
            raise typer.BadParameter(message.format(path=folder)) from None
        typer.echo(_("Skrivet: {path}. Det går att spela som det är.").format(path=path))
        for step in (
            f"samtal check {path}",
            f"samtal try {path} --watch",
            f"samtal ring {path} --debug --no-store",
        ):
            typer.echo(f"  {step}")


def try_scenario(
    scenario: _Scenario,
    seeds: Annotated[int, typer.Option(help=_("Samtal för varje handläggare."), min=1, max=1000)] = 5,
    handler: Annotated[
        list[str] | None, typer.Option("--handler", help=_("Bara den här handläggaren; får upprepas."))
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("Allt som JSON."))] = False,
    everything: Annotated[
        bool, typer.Option("--all", help=_("Visa alla repliker som aldrig sades."))
    ] = False,
    watch: Annotated[bool, typer.Option("--watch", help=_("Gör om varje gång filen sparas."))] = False,
    lang: LangOption = Lang.sv,
) -> None:
    """Let scripted handlers play a scenario."""
    with told():
        from rich.console import Console

        from simulator.scenario import find, load
        from simulator.session import load_reader
        from simulator.sourcefile import SourceError
        from simulator.terminal import try_mode

        try:
            players = try_mode.chosen_handlers(handler or [])
        except KeyError as error:
            known = ", ".join(handler.id for handler in try_mode.chosen_handlers([]))
            message = _("Det finns ingen handläggare ”{name}”. De som finns: {known}.")
            raise typer.BadParameter(message.format(name=error.args[0], known=known)) from None
        path = find(scenario)
        reader = load_reader()
        for _time in try_mode.watch(path) if watch else (None,):
            try:
                loaded = load(path)
            except SourceError as error:
                if not watch:
                    raise
                typer.echo("\n".join(str(problem) for problem in error.problems), err=True)
                continue
            played = try_mode.trials(loaded, players, seeds, reader)
            if as_json:
                typer.echo(try_mode.as_json(loaded, played))
            else:
                try_mode.report(loaded, played, str(path), everything=everything, console=Console())


def explain(
    scenario: _Scenario,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help=_("Skriv sidan som HTML till en ny fil."))
    ] = None,
    lang: LangOption = Lang.sv,
) -> None:
    """Print a scenario as a page to review."""
    with told():
        from simulator.report import explained
        from simulator.scenario import find, load

        loaded = load(find(scenario))
        if html is None:
            typer.echo(explained.page(loaded))
            return
        try:
            with html.open("x", encoding="utf-8") as file:
                file.write(explained.html(loaded))
        except FileExistsError:
            message = _("Filen {path} finns redan. Välj ett annat namn, eller ta bort den först.")
            raise typer.BadParameter(message.format(path=html)) from None
        typer.echo(_("Sidan finns i {path}").format(path=html))


packs_app = typer.Typer(
    help=_("Paket med egna samtal: lista, lägg till, ta bort."), invoke_without_command=True
)


@packs_app.callback()
def list_packs(context: typer.Context, lang: LangOption = Lang.sv) -> None:
    """List the packs."""
    if context.invoked_subcommand is not None:
        return
    with told():
        from simulator.language import language
        from simulator.scenario.packs import Pack, packs

        found = list(packs())
        if not found:
            typer.echo(_("Inga paket. Lägg till en mapp med: samtal packs add MAPP"))
        for pack in found:
            if not isinstance(pack, Pack):
                typer.echo(str(pack))
                continue
            line = _("{id} {version}: {title}. {n} samtal i {folder}")
            about = {"id": pack.id, "version": pack.about.version, "title": pack.about.title[language()]}
            typer.echo(line.format(**about, n=len(pack.scenario_files()), folder=pack.folder))
            for name in pack.scenario_files():
                typer.echo(f"  {name}")


@packs_app.command("add", help=_("Lägg till en mapp med pack.yaml."))
def add_pack(folder: Annotated[Path, typer.Argument(metavar="FOLDER")], lang: LangOption = Lang.sv) -> None:
    """Add a folder."""
    with told():
        from simulator.scenario import packs

        pack = packs.add_pack(folder)
        done = _("Paketet {id} {version} är tillagt: {n} samtal.")
        typer.echo(done.format(id=pack.id, version=pack.about.version, n=len(pack.scenario_files())))


@packs_app.command("remove", help=_("Ta bort ett paket ur listan; filerna ligger kvar."))
def remove_pack(
    pack: Annotated[str, typer.Argument(metavar="ID|FOLDER")], lang: LangOption = Lang.sv
) -> None:
    """Remove a pack from the list."""
    with told():
        from simulator.scenario import packs

        folder = packs.remove_pack(pack)
        typer.echo(_("Paketet är borttaget ur listan. Filerna ligger kvar i {folder}").format(folder=folder))


def register(app: typer.Typer) -> None:
    """Put the commands on the command line."""
    app.add_typer(packs_app, name="packs")
    app.command(help=_("Skriv stommen till ett nytt samtal; den går att spela direkt."))(new)
    app.command("try", help=_("Låt skrivna handläggare spela ett samtal och se vad som kommer fram."))(
        try_scenario
    )
    app.command(help=_("Skriv ut ett samtal som en läsbar sida, för den som granskar."))(explain)
