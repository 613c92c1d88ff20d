"""The first call: a line at the top that teaches one key at a time, as the call goes on."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content

from simulator.language import N_, _
from simulator.progress.next_call import FIRST

STEPS: tuple[tuple[str, str], ...] = (
    ("turn", N_("Skriv en hälsning och hur du kan hjälpa till. Tryck sedan Enter.")),
    ("turn", N_("Hon talar i egen takt; Enter hoppar fram. Svara på det hon säger, med dina egna ord.")),
    ("unfold", N_("Under din tur står vad den gjorde. F4 fäller ut varför, och F4 igen fäller in.")),
    ("beside", N_("F3 visar ärendet, reglerna och dina anteckningar, i tur och ordning.")),
    ("turn", N_("Lyssna efter det som sägs i förbigående. Säg vad du hörde, eller be henne berätta.")),
    ("hint", N_("Vet du inte hur? F2 ger ett tips, och F2 igen ett exempel.")),
    ("turn", N_("Pröva tipset, eller något eget.")),
    ("back", N_("Inget är avgjort: F6 tar tillbaka en tur. Välj en med Enter.")),
    ("turn", N_("Säg det på ett annat sätt, så märker du hur hon tar det.")),
    ("ended", N_("Fortsätt så länge du vill. F8 lägger på, F7 pausar, Esc bryter genast.")),
    ("", N_("Det var alla tangenter. Se nu hur det gick: Enter.")),
)
"""What is waited for, and what is said meanwhile."""


@dataclass
class Tutor:
    """Where in the teaching one is. Events other than the one waited for change nothing."""

    done: int = 0

    @classmethod
    def of(cls, scenario: str) -> Tutor | None:
        """A tutor for the first call; none for any other."""
        return cls() if scenario == FIRST else None

    def after(self, event: str) -> Content:
        """What to say after an event in the call."""
        if event == "ended":
            self.done = len(STEPS) - 1
        elif self.done < len(STEPS) - 1 and STEPS[self.done][0] == event:
            self.done += 1
        count = _("Steg {n} av {of}  ").format(n=self.done + 1, of=len(STEPS))
        return Content.assemble((count, "bold $focus"), _(STEPS[self.done][1]))
