"""Own view first: what the trainee thinks, before the score is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Footer, Static

from simulator.app.screens.base import HELP, SamtalScreen
from simulator.app.visuals import plain
from simulator.app.widgets.choice import Choice
from simulator.language import N_, _, language
from simulator.progress import asked_about
from simulator.report.coaching import in_short
from simulator.store import Believed

if TYPE_CHECKING:
    from simulator.grading import Scorecard

ANSWERS: dict[Believed, str] = {"yes": N_("Ja, tydligt"), "partly": N_("Delvis"), "no": N_("Nej")}
OVERALL = (N_("1 dåligt"), N_("2"), N_("3 sådär"), N_("4"), N_("5 bra"))

View = tuple[dict[str, Believed], int | None]


class OwnView(SamtalScreen[View]):
    """Returns what was believed of each strategy, and of the whole 1-5; what was left open is left out."""

    ABOUT: ClassVar[str] = N_(
        "Svara som du minns samtalet. Ditt svar jämförs sedan med det som hördes i dina ord. "
        "Forskning visar att handläggare tror att de frågar oftare än de gör; det är skillnaden man lär av.\n"
        "Tab går till nästa fråga, pilarna väljer. Hoppa över om du inte vill svara."
    )
    BINDINGS = [
        ("ctrl+s,f5", "show", N_("Visa hur det gick")),
        ("escape", "skip", N_("Hoppa över")),
        HELP,
    ]

    def __init__(self, card: Scorecard) -> None:
        super().__init__()
        self.asked = [score.strategy for score in asked_about(card)]

    def compose(self) -> ComposeResult:
        """One row of choices for each strategy, one for the whole."""
        yield Static(_(" Din egen bild först"), id="title", classes="heading")
        with VerticalScroll(id="own-view", can_focus=False):
            yield Static(_("Gjorde du det här i samtalet?"), classes="paragraph")
            for n, strategy in enumerate(self.asked):
                yield Static(plain(strategy.name[language()]), classes="label")
                yield Static(plain(in_short(strategy)), classes="quiet")
                yield Choice({name: _(label) for name, label in ANSWERS.items()}, id=f"own-{n}")
            yield Static(_("Hur gick samtalet som helhet?"), classes="label")
            yield Choice({str(n): _(label) for n, label in enumerate(OVERALL, 1)}, id="overall")
            with Horizontal(classes="ways"):
                yield Button(_("Visa hur det gick"), id="show", variant="primary")
                yield Button(_("Hoppa över"), id="skip")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Start with the first question."""
        self.query(Choice).first().focus()

    def to_model(self) -> View:
        """What has been marked."""
        believed: dict[str, Believed] = {}
        for n, strategy in enumerate(self.asked):
            answer = self.query_one(f"#own-{n}", Choice).value
            if answer:
                believed[strategy.id] = cast(Believed, answer)
        overall = self.query_one("#overall", Choice).value
        return believed, int(overall) if overall else None

    @on(Button.Pressed, "#show")
    def action_show(self) -> None:
        """Done."""
        self.dismiss(self.to_model())

    @on(Button.Pressed, "#skip")
    def action_skip(self) -> None:
        """No view given."""
        self.dismiss(({}, None))
