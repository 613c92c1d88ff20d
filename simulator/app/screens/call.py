"""The call: what is said, where one types, what lies beside it. All rules of the call are in ``Session``."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.reactive import reactive
from textual.widgets import Button, Footer, Static, TextArea

from simulator.app.phase import STATES, Phase
from simulator.app.screens.base import HELP, SamtalScreen
from simulator.app.screens.take_back import TakeBack
from simulator.app.screens.trouble import turn_trouble
from simulator.app.speech import Speech
from simulator.app.widgets.beside import Beside
from simulator.app.widgets.call_head import CallHead
from simulator.app.widgets.hint_bar import HintBar
from simulator.app.widgets.keeper import Keeper
from simulator.app.widgets.transcript import Note, Transcript
from simulator.app.widgets.turn_input import TurnInput
from simulator.app.widgets.tutor_bar import TutorBar
from simulator.language import N_, ToldError, _
from simulator.report import plain as words

if TYPE_CHECKING:
    from simulator.session import Session


class CallScreen(SamtalScreen[str]):
    """One call. Returns ``done`` (to be graded), ``paused`` or ``left``."""

    ABOUT: ClassVar[str] = N_(
        "Skriv det du säger till den som ringer och tryck Enter. Du börjar: du har just svarat.\n"
        "Den som ringer pratar i egen takt. Enter med tomt fält visar resten av repliken genast.\n"
        "Bredvid finns ärendet, reglerna och dina egna noter. Allt sparas medan du skriver.\n"
        "Pil upp i fältet hämtar det du sagt förut, Ctrl+Z ångrar det du skrev.\n"
        "Bryt lämnar samtalet genast, när som helst. Det räknas aldrig emot dig."
    )
    IN_CALL = True
    BINDINGS = [
        HELP,
        Binding("f2", "hint", N_("Tips"), priority=True),
        Binding("f3", "beside", N_("Ärende"), priority=True, tooltip=N_("Ärende, regler, noter")),
        Binding("f4", "unfold", N_("Varför"), priority=True, tooltip=N_("Fäll ut rådet")),
        Binding("f6", "take_back", N_("Backa"), priority=True, tooltip=N_("Ta tillbaka till en tur")),
        Binding("f7", "pause", N_("Paus"), priority=True),
        Binding("f8", "end", N_("Lägg på"), priority=True, tooltip=N_("Avsluta samtalet")),
        Binding("escape", "break_off", N_("Bryt"), priority=True, tooltip=N_("Lämna genast")),
    ]

    phase: reactive[Phase] = reactive(Phase.YOURS, init=False, always_update=True)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._caller = words.first_name(session.loaded.scenario)
        self._speech: Speech | None = None
        self._silent = False

    # ---- what is shown -----------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Head, transcript with the tabs beside it, field, keys."""
        yield CallHead(self.session, self.desk.clock)
        yield TutorBar(self.session.loaded.scenario.id)
        with Horizontal(id="call"):
            with Vertical(id="talk"):
                yield Static(_("Du har just svarat. Säg det du brukar säga i telefon."), id="empty")
                yield Transcript(self._caller, _("Du"))
            yield Beside(self.session.loaded, self.session.notes)
        yield HintBar(self.session)
        with Horizontal(id="say") as say:
            say.border_subtitle = _("Enter skickar · Ctrl+J ny rad")
            yield TurnInput()
            yield Button(_("Skicka"), id="send")
        with Horizontal(id="after"):
            yield Button(_("Se hur det gick"), id="done", variant="primary")
            yield Button(_("Ta tillbaka"), id="again")
        yield Keeper(self.session)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Write down what was said before, if the call is taken up again."""
        self.add_class(f"-text-{self.desk.settings.width}")
        self.transcript.retell(self.session.call, remarks=self.session.allows.remarks)
        self.field.past = [exchange.reading.turn for exchange in self.session.call.exchanges]
        self.field.fill(self.session.draft)
        self.phase = Phase.ENDED if self.session.call.ended_by else Phase.YOURS
        if self.session.changed:
            self.notify(_("Samtal har uppdaterats sedan sist: inringaren kan svara annorlunda än då."))
        self.query_one(TutorBar).after("start")

    @property
    def field(self) -> TurnInput:
        """Where one types."""
        return self.query_one(TurnInput)

    @property
    def transcript(self) -> Transcript:
        """The call as written down."""
        return self.query_one(Transcript)

    @property
    def turns(self) -> int:
        """Handler turns answered so far."""
        return len(self.session.call.exchanges)

    def watch_phase(self) -> None:
        """Everything that depends on whose turn it is."""
        for phase in Phase:
            self.set_class(self.phase is phase, f"-{phase.value}")
        self.query_one("#empty").display = not self.transcript.option_count
        state = _(STATES[self.phase]).format(name=self._caller)
        self.query_one(CallHead).tell(state, self.turns + (self.phase in (Phase.YOURS, Phase.READING)))
        self.refresh_bindings()
        if self.phase is Phase.ENDED:
            self.query_one("#again").display = self.session.allows.back
            if self.field.draft.strip():  # the next Enter was meant for what one was typing
                self.set_focus(None)
                self.notify(_("Samtalet är slut. Det du skrev hann inte sägas."))
            else:
                self.query_one("#done").focus()
        elif self.phase is Phase.YOURS and not isinstance(self.focused, TextArea):
            self.field.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that do nothing now are not shown, or shown as resting."""
        allows, ended = self.session.allows, self.phase is Phase.ENDED
        shown: dict[str, bool | None] = {
            "hint": allows.hints and not ended,
            "unfold": allows.remarks,
            "take_back": allows.back and (bool(self.turns) or None),
            "pause": not ended and (self.session.store is not None or None),
            "end": not ended,
        }
        return shown.get(action, True)

    # ---- a turn ------------------------------------------------------------------------------

    @on(TurnInput.Sent)
    def _send(self, event: TurnInput.Sent) -> None:
        """Enter: hurry her on if she is speaking, else say it."""
        if self.phase is Phase.SPEAKING:
            self._hurry()
            if not event.text.strip():
                return
        if self.phase is not Phase.YOURS:
            return
        if not event.text.strip() and not self._silent:
            self._silent = True
            self.notify(_("Fältet är tomt. Enter en gång till om du vill vara tyst."))
            return
        self._silent = False
        self.query_one(Keeper).forget("draft")
        self.transcript.handler_says(self.turns + 1, event.text)
        self.field.said(event.text)
        self.query_one(HintBar).clear()
        self.phase = Phase.READING
        self._answer(event.text)

    @on(Button.Pressed, "#send")
    def _send_clicked(self) -> None:
        self.field.action_send()
        self.field.focus()

    @work(thread=True, exclusive=True, group="answer")
    def _answer(self, text: str) -> None:
        """Read and answer a turn away from the screen, so that nothing stalls."""
        try:
            self.session.say(text)
        except ToldError as error:
            self.app.call_from_thread(self._not_sent, text, str(error.message))
        else:
            self.app.call_from_thread(self._answered)

    def _not_sent(self, text: str, why: str) -> None:
        """Nothing was answered: the words go back to where they were typed."""
        if not self.is_attached:
            return
        self.transcript.keep(self.turns)
        self.field.past.pop()
        typed = self.field.text
        self.field.fill(f"{text}\n{typed}" if typed else text)
        self.phase = Phase.YOURS
        self.app.push_screen(turn_trouble(why), self._after_trouble)

    def _after_trouble(self, way: str | None) -> None:
        if way == "leave":
            self.dismiss("paused")

    def _answered(self) -> None:
        if not self.is_attached:
            return  # one has left; the turn is kept, and shown when the call is taken up
        if self.session.allows.remarks:
            self.transcript.remark(self.turns, Note.of(self.session.call, self.turns))
        self.transcript.about_to_speak(self.turns)
        self.query_one(TutorBar).after("turn")
        self.query_one(Keeper).now(seconds=self.query_one(CallHead).spent)
        text = self.session.call.exchanges[-1].reply.text
        self._speech = Speech(self, text, self.desk.settings.pace, self._heard)
        self.phase = Phase.SPEAKING
        self._speech.begin()

    def _heard(self, so_far: str, all_said: bool) -> None:
        """So much of what she says has been said."""
        self.transcript.caller_says(self.turns, so_far, done=all_said)
        if all_said:
            self.phase = Phase.ENDED if self.session.call.ended_by else Phase.YOURS
            if self.phase is Phase.ENDED:
                self.query_one(TutorBar).after("ended")

    def _hurry(self) -> None:
        """All of what she says is there."""
        if self._speech:
            self._speech.finish()

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        """Keep a draft or a note once the keys rest a moment."""
        if event.text_area is self.field:
            self._silent = self._silent and not self.field.text
            self.query_one(Keeper).later("draft", self.field.draft)
        else:
            self.query_one(Keeper).later("notes", event.text_area.text)

    # ---- keys --------------------------------------------------------------------------------

    def action_hint(self) -> None:
        """What waits to be done; once more for an example of how."""
        if self.query_one(HintBar).give():
            self.session.hints += 1
            self.query_one(Keeper).now(hints=self.session.hints)
        self.transcript.follow()
        self.query_one(TutorBar).after("hint")

    def action_beside(self) -> None:
        """Show what lies beside: the next tab; in a narrow window first the tabs, last the call again."""
        tab = self.query_one(Beside).turn_over(self)
        if tab == "notes":
            self.query_one("#own-notes").focus()
        elif self.phase is not Phase.ENDED:
            self.field.focus()
        self.query_one(TutorBar).after("beside")

    def action_unfold(self) -> None:
        """Unfold the latest remark."""
        if self.turns:
            self._unfold(self.turns)

    @on(Transcript.TurnChosen)
    def _turn_chosen(self, event: Transcript.TurnChosen) -> None:
        if self.session.allows.remarks:
            self._unfold(event.turn)

    def _unfold(self, turn: int) -> None:
        self.transcript.unfold(turn)
        self.query_one(TutorBar).after("unfold")

    @on(Button.Pressed, "#again")
    def action_take_back(self) -> None:
        """Choose the turn to take the call back to."""
        if self.phase is not Phase.READING:
            self._hurry()
            turns = [exchange.reading.turn for exchange in self.session.call.exchanges]
            self.app.push_screen(TakeBack(turns), self._taken_back)

    def _taken_back(self, turn: int | None) -> None:
        if not turn or self.phase is Phase.READING:
            return
        said = self.session.call.exchanges[turn - 1].reading.turn
        try:
            self.session.back(self.turns - turn + 1)
        except ToldError as error:
            self.notify(str(error.message), severity="warning")
            return
        self.transcript.keep(turn - 1)
        self.field.displace(said)
        self.query_one(HintBar).clear()
        self.phase = Phase.YOURS
        self.field.focus()
        self.query_one(TutorBar).after("back")

    def action_pause(self) -> None:
        """Leave the call to be taken up later."""
        self._leave("paused")

    def action_end(self) -> None:
        """The handler ends the call; the caller has her last words."""
        if self.phase is Phase.READING:
            return
        self._hurry()
        if self.session.call.ended_by:
            return
        call = self.session.finish()
        if not call.exchanges:
            self._leave("left")
            return
        if call.last_words:
            self.transcript.caller_says(self.turns, call.last_words.text, extra="x")
        self.phase = Phase.ENDED
        self.query_one(TutorBar).after("ended")

    @on(Button.Pressed, "#done")
    def _done(self) -> None:
        self._leave("done")

    def action_break_off(self) -> None:
        """Leave at once."""
        self._leave("done" if self.phase is Phase.ENDED else "left")

    def _leave(self, how: str) -> None:
        self.keep_all()
        self.dismiss(how)

    def keep_all(self) -> None:
        """Put on disk what was being typed, and what lies beside."""
        notes = self.query_one("#own-notes", TextArea).text
        self.query_one(Keeper).at_once(
            draft=self.field.draft, notes=notes, seconds=self.query_one(CallHead).spent
        )

    def action_page(self, way: int) -> None:
        """Scroll what has been said."""
        self.transcript.scroll_relative(y=way * max(1, self.transcript.size.height - 2), animate=False)
