"""Plain mode: a call in the terminal, in text that a screen reader reads well."""

from __future__ import annotations

import sys
from collections.abc import Callable

from simulator.call import Call
from simulator.caller import Reply
from simulator.language import _
from simulator.report import debugged, plain
from simulator.session import NotAllowedError, Session
from simulator.terminal.commands import Command, parse_command

Ask = Callable[[str], str]
Show = Callable[[str], None]


def ask_line(prompt: str) -> str:
    """Read one line, with line editing where the terminal has it. Raises EOFError."""
    if sys.stdin.isatty():
        import contextlib

        with contextlib.suppress(ImportError):
            import readline  # noqa: F401 - gives input() history and editing
        return input(prompt)
    line = input(prompt)
    print(plain.safe(line))  # so that a call played from a file reads as a whole
    return line


def show_text(text: str) -> None:
    """Print text as it is; markup in it means nothing."""
    print(text, flush=True)


class PlainCall:
    """One call played in plain text."""

    def __init__(
        self, session: Session, ask: Ask = ask_line, show: Show = show_text, *, debug: bool = False
    ) -> None:
        self.session, self.ask, self.show, self.debug = session, ask, show, debug
        self.name = plain.first_name(session.loaded.scenario)

    def play(self) -> None:
        """From the case file, or from where a paused call stood, to the scorecard."""
        if self.session.call.exchanges:
            self._retell()
        elif not self._introduce():
            return
        while True:
            self._talk()
            if not self.session.call.ended_by:
                return
            if not self._again():
                break
        self._close()

    def _introduce(self) -> bool:
        """Case file and content note; False if the trainee would rather not take this call."""
        self.show(plain.case_file(self.session.loaded))
        self.show(plain.heading(_("Så här gör du")))
        self.show(plain.wrapped(help_text()))
        self.show("")
        try:
            answer = self.ask(_("Tryck Enter för att svara, eller skriv n om du hellre avstår: "))
        except (EOFError, KeyboardInterrupt):
            answer = "n"
        declined = parse_command(answer).name in ("break", "pause", "end")
        if declined or answer.strip().casefold() in ("n", "nej", "no", "q"):
            self.show(_("Samtalet togs inte. Inget är sparat."))
            return False
        self.show("")
        self.show(_("Telefonen ringer. Du svarar."))
        if self.debug:
            self.show(debugged.opening(self.session.call))
        if answer.strip():  # somebody who answers the phone at once is not made to say it twice
            self._do(parse_command(answer))
        return True

    def _retell(self) -> None:
        self.show(plain.case_file(self.session.loaded))
        if self.session.changed:
            changed = _("Samtal har uppdaterats sedan sist: inringaren kan svara annorlunda än då.")
            self.show(plain.wrapped(changed))
        self.show(plain.heading(_("Samtalet så långt")))
        for n, exchange in enumerate(self.session.call.exchanges, 1):
            self.show(plain.wrapped(_("{n} Du: {words}").format(n=n, words=exchange.reading.turn), "  ", ""))
            self._caller(n, exchange.reply)

    def _talk(self) -> None:
        """Turns until the call ends, is paused or left."""
        while not self.session.call.ended_by:
            try:
                line = self._turn()
            except EOFError:
                self.session.finish() if self.session.call.exchanges else self.session.abandon()
                self._last_words()
                return
            except KeyboardInterrupt:
                line = "/paus"
            command = parse_command(line)
            if command.name == "pause":
                self._paused()
                return
            if command.name == "break":
                self.session.abandon()
                self.session.grade()
                self._left()
                raise SystemExit(0)
            self._do(command)

    def _turn(self) -> str:
        """One turn: a line, or several where each but the last ends with a backslash."""
        number = len(self.session.call.exchanges) + 1
        self.show("")
        lines = [self.ask(_("{n} Du: ").format(n=number))]
        while lines[-1].endswith("\\"):
            lines[-1] = lines[-1][:-1]
            lines.append(self.ask("   … "))
        return "\n".join(lines)

    def _do(self, command: Command) -> None:
        session = self.session
        if command.name == "say":
            call = session.say(command.text)
            self.show("")
            if session.allows.remarks:
                self.show(plain.wrapped(plain.coach_remark(call, len(call.exchanges)), "  ", "  "))
            self._caller(len(call.exchanges), call.exchanges[-1].reply)
            if self.debug:
                self.show(debugged.turn(call))
        elif command.name == "end":
            session.finish()
            self._last_words()
        elif command.name == "back":
            self._back(command.number)
        elif command.name == "case":
            self.show(plain.case_file(session.loaded))
        elif command.name == "rules":
            self.show(plain.rule_card(session.loaded))
        else:
            if command.name == "unknown":
                self.show(plain.wrapped(_("Kommandot ”{name}” finns inte.").format(name=command.text)))
            self.show(plain.wrapped(help_text()))

    def _back(self, turns: int) -> None:
        try:
            call = self.session.back(turns)
        except NotAllowedError as error:
            self.show(str(error.message))
            return
        except ValueError:
            self.show(_("Så många turer finns inte att ta tillbaka: {n}.").format(n=turns))
            return
        self.show(_("Turer som togs tillbaka: {n}.").format(n=turns))
        if call.exchanges:
            self._caller(len(call.exchanges), call.exchanges[-1].reply)

    def _caller(self, number: int, reply: Reply) -> None:
        text = f"{number} {self.name}: {reply.text}"
        self.show(plain.wrapped(text, "  ", ""))

    def _last_words(self) -> None:
        call = self.session.call
        if call.last_words:
            self.show("")
            self._caller(len(call.exchanges), call.last_words)

    def _again(self) -> bool:
        """After the call: the score, or one more try from a turn back."""
        call: Call = self.session.call
        if not call.exchanges or call.end_reason in ("left", "at-once"):
            return False
        self.show("")
        question = _("Samtalet är slut. Enter visar hur det gick; /backa N tar tillbaka N turer: ")
        try:
            command = parse_command(self.ask(question))
        except (EOFError, KeyboardInterrupt):
            return False
        if command.name != "back":
            return False
        self._back(command.number)
        return not self.session.call.ended_by

    def _close(self) -> None:
        card = self.session.grade()
        self.show(plain.scorecard(card, self.session.call))
        self.show(plain.support_page(self.session.loaded))
        if self.session.call_id is not None:
            kept = _("Sparat som samtal {n}. Se det igen: samtal score {n}. Ta bort det: samtal erase {n}.")
            self.show("")
            self.show(plain.wrapped(kept.format(n=self.session.call_id)))

    def _paused(self) -> None:
        if self.session.call_id is None:
            self.show(_("Pausat, men inget är sparat: samtalet kan inte tas upp igen."))
        else:
            text = _("Pausat. Fortsätt när du vill med: samtal resume {n}")
            self.show(text.format(n=self.session.call_id))

    def _left(self) -> None:
        self.show("")
        self.show(plain.wrapped(_("Du lämnade samtalet. Det är helt i sin ordning.")))
        self.show(plain.support_page(self.session.loaded))


def help_text() -> str:
    """How to talk and which commands there are."""
    return _(
        "Skriv det du säger och tryck Enter. Sluta en rad med \\ för att fortsätta på nästa.\n"
        "/ärende visar ärendet igen, /regler regelkortet, /backa N tar tillbaka N turer,\n"
        "/paus pausar, /avsluta lägger på och visar hur det gick, /bryt lämnar genast."
    )
