"""The app: which screen follows which. Screens return what was chosen; here it is acted on."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.events import Resize
from textual.screen import Screen

from simulator.app.commands import commands
from simulator.app.desk import Desk
from simulator.app.screens.help import Help
from simulator.app.screens.home import Home
from simulator.app.screens.trouble import TooSmall, Trouble, scenario_trouble, store_trouble
from simulator.app.themes import NAMES, theme
from simulator.language import N_, ToldError, _, language, set_language

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from simulator.app.score_view import Scored
    from simulator.grading import Scorecard
    from simulator.session import Session
    from simulator.store import Believed


class SamtalApp(App[None]):
    """Samtal in full screen."""

    CSS_PATH = "samtal.tcss"
    TITLE = "Samtal"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", N_("Hjälp"), show=False),
        Binding("ctrl+q", "quit", N_("Stäng"), show=False, priority=True),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        for name in NAMES:
            self.register_theme(theme(name))
        self.theme = desk.settings.theme

    def get_default_screen(self) -> Screen[None]:
        """Home."""
        return Home()

    @property
    def home(self) -> Home:
        """The first screen, always at the bottom."""
        screen = self.screen_stack[0]
        assert isinstance(screen, Home)
        return screen

    def on_ready(self) -> None:
        """The first screen stands: now read what it shows."""
        self._open()

    @work(thread=True, exclusive=True, group="open")
    def _open(self) -> None:
        self.desk.read_shelf()
        self.call_from_thread(self.home.show_shelf)
        self._store_opened()

    @work(thread=True, exclusive=True, group="open")
    def _open_store(self) -> None:
        self._store_opened()

    def _store_opened(self) -> None:
        try:
            self.desk.open_store()
        except ToldError as error:
            self.call_from_thread(self.store_failed, error)
        self.call_from_thread(self.home.refresh_calls)

    def on_resize(self, event: Resize) -> None:
        """Say so while the window is too small for anything."""
        if TooSmall.for_size(event.size) and not any(isinstance(s, TooSmall) for s in self.screen_stack):
            self.push_screen(TooSmall())

    def notify(self, message: str, **kwargs: Any) -> None:
        """Textual's own, but for this: text is text, whatever brackets stand in it."""
        super().notify(message, **(kwargs | {"markup": False}))

    # ---- trouble -----------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether a call is being taken: a second Enter takes no second one."""
        return any(getattr(screen, "IN_CALL", False) for screen in self.screen_stack)

    async def action_quit(self) -> None:
        """Close; what is being typed is kept first."""
        from simulator.app.screens.call import CallScreen

        for screen in self.screen_stack:
            if isinstance(screen, CallScreen):
                screen.keep_all()
        self.exit()

    def store_failed(self, error: ToldError) -> None:
        """The store cannot be used: say what is wrong, and that one can practise all the same."""
        if not isinstance(self.screen, Trouble):
            self.push_screen(store_trouble(error), self._after_store_trouble)

    def _after_store_trouble(self, way: str | None) -> None:
        if way == "quit":
            self.exit()
        elif way == "without":
            self.desk.store = None
            self.home.refresh_calls()
        elif way == "aside":
            try:
                kept = self.desk.store_aside()
            except OSError as error:
                self.notify(str(error), severity="error", timeout=10)
            else:
                self.notify(_("Den gamla filen ligger kvar som {path}").format(path=kept), timeout=10)
                self._open_store()
        else:
            self._open_store()

    # ---- taking a call -----------------------------------------------------------------------

    def take(self, scenario: str) -> None:
        """A new call, by the scenario's id; what is wrong with it, if it has errors."""
        if self.busy:
            return
        if scenario in self.desk.broken:
            self.push_screen(scenario_trouble([str(p) for p in self.desk.broken[scenario].problems]))
        else:
            self._take(scenario)

    @work(exclusive=True, group="call")
    async def _take(self, scenario: str) -> None:
        from simulator.app.screens.before import Before
        from simulator.progress.next_call import FIRST

        loaded = self.desk.shelf[scenario]
        chosen = await self.push_screen_wait(Before(loaded))
        if chosen:
            reader, mode = chosen
            if mode != self.desk.settings.mode and scenario != FIRST:
                self.choose(mode=mode)
            await self._play(self.desk.new_call(loaded, reader, mode))

    @work(exclusive=True, group="call")
    async def take_up(self, call_id: int) -> None:
        """A paused call, from where it stood."""
        from simulator.app.screens.before import Before
        from simulator.session import Session, load_stored

        try:
            stored, store = self.desk.kept(call_id)
            chosen = await self.push_screen_wait(Before(load_stored(stored), stored))
            if chosen:
                await self._play(Session.resume(stored, chosen[0], store))
        except ToldError as error:
            self._cannot(error)

    @work(exclusive=True, group="call")
    async def try_again(self, call_id: int, turn: int) -> None:
        """A new call that parts from a stored one at a turn."""
        from simulator.session import Session, load_stored, topics_of

        try:
            stored, store = self.desk.kept(call_id)
            reader = await asyncio.to_thread(self.desk.ready_reader, topics_of(load_stored(stored)))
            await self._play(Session.retry(stored, turn, reader, store))
        except ToldError as error:
            self._cannot(error)

    async def _play(self, session: Session) -> None:
        """The call itself, then support or score; back to the call as often as one likes."""
        from simulator.app.screens.call import CallScreen
        from simulator.app.screens.results import Results
        from simulator.app.screens.support import Support

        how = await self.push_screen_wait(CallScreen(session))
        while how == "left":
            way = await self.push_screen_wait(Support(session.loaded))
            await asyncio.to_thread(session.settle)
            if way == "home":
                session.abandon()
                self._close(session, session.card())
                self.home.refresh_calls()  # it came up before the call was closed
                break
            how = await self.push_screen_wait(CallScreen(session))
        if how == "done":
            await self._score(session)
        elif isinstance(self.screen, Results):
            self.pop_screen()
        if how == "paused":
            self.home.action_clear()
            paused = _("Pausat. Samtalet ligger överst i listan.")
            self.notify(paused if session.store else _("Inget sparas: samtalet är borta."))

    def _close(self, session: Session, card: Scorecard) -> None:
        """Keep how it ended; a store that fails is told of, and takes nothing from the screen."""
        try:
            session.close(card)
        except ToldError as error:
            self.notify(str(error.message), severity="warning", timeout=10)

    # ---- after a call ------------------------------------------------------------------------

    async def _score(self, session: Session) -> None:
        from simulator.app.score_view import Scored
        from simulator.app.screens.own_view import OwnView
        from simulator.progress import asked_about, compare
        from simulator.store import keep_own_view

        card = session.card()
        self._close(session, card)
        believed: dict[str, Believed] = {}
        overall: int | None = None
        if card.why_none != "too-short" and asked_about(card):
            believed, overall = await self.push_screen_wait(OwnView(card))
            if session.store and session.call_id is not None and (believed or overall):
                try:
                    keep_own_view(session.store, session.call_id, believed, overall)
                except ToldError as error:
                    self.notify(str(error.message), severity="warning", timeout=10)
        gaps = compare(card, believed)
        helped = (session.hints, session.turns_back)
        await self._show(Scored(session.loaded, session.call, card, session.call_id, gaps, overall, helped))

    async def _show(self, scored: Scored) -> None:
        from simulator.app.screens.scorecard import ScorecardScreen

        turn = await self.push_screen_wait(ScorecardScreen(scored))
        if turn and scored.call_id is not None:
            self.try_again(scored.call_id, turn)

    @work(exclusive=True, group="call")
    async def show_call(self, call_id: int) -> None:
        """The scorecard of a stored call, or the call itself if it waits."""
        from simulator.app.score_view import Scored
        from simulator.progress import compare
        from simulator.session import load_stored, reviewed
        from simulator.store import objections, own_views

        try:
            stored, store = self.desk.kept(call_id)
            if stored.waiting:
                self.take_up(call_id)
                return
            call, card = reviewed(stored)
            gaps = compare(card, own_views(store).get(call_id, {}))
            wrong = frozenset((o.strategy, o.turn) for o in objections(store, [call_id]))
            helped = (stored.hints, stored.taken_back)
            scored = Scored(load_stored(stored), call, card, call_id, gaps, stored.overall, helped, wrong)
        except ToldError as error:
            self._cannot(error)
        else:
            await self._show(scored)

    def _cannot(self, error: ToldError) -> None:
        from simulator.sourcefile import SourceError

        text = [str(p) for p in error.problems] if isinstance(error, SourceError) else [str(error.message)]
        self.push_screen(Trouble(_("Det gick inte"), text, {"back": _("Tillbaka")}))

    # ---- from anywhere -----------------------------------------------------------------------

    def action_help(self) -> None:
        """Help about the screen one is on."""
        if not isinstance(self.screen, Help):
            self.push_screen(Help.of(self.screen))

    def action_help_quit(self) -> None:
        """Ctrl+C: many press it to copy, or to leave."""
        self.notify(_("Ctrl+Q stänger Samtal. Ett samtal som pågår är sparat."))

    def show_results(self) -> None:
        """One's own results."""
        from simulator.app.screens.results import Results

        self.push_screen(Results())

    def show_settings(self) -> None:
        """Settings."""
        from simulator.app.screens.settings import SettingsScreen

        self.push_screen(SettingsScreen())

    async def speak(self, lang: str) -> None:
        """Change the language of everything on screen; what had the focus keeps it."""
        if lang != language():
            set_language(lang)
            focused = self.focused.id if self.focused else None
            for screen in self.screen_stack:
                await screen.recompose()
            self.home.refresh_calls()
            if focused:
                self.screen.query_one(f"#{focused}").focus()

    def action_command_palette(self) -> None:
        """The palette, in the language of the interface."""
        if self.use_command_palette and not isinstance(self.screen, CommandPalette):
            self.push_screen(
                CommandPalette(placeholder=_("Sök bland allt som går att göra …"), id="--command-palette")
            )

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What can be done from here."""
        yield from commands(self, screen)

    def choose_theme(self, name: str) -> None:
        """Change the theme, and keep the choice."""
        self.theme = name
        self.choose(theme=name)

    def choose(self, severity: SeverityLevel = "warning", /, **chosen: str) -> None:
        """Keep choices; say so if that is not possible."""
        try:
            self.desk.choose(**chosen)
        except ToldError as error:
            self.notify(str(error.message), severity=severity)
