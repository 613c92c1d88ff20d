"""Beside the call: the case file, the rule card and the handler's own notes, as tabs."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.screen import Screen
from textual.visual import Visual
from textual.widgets import Static, TabbedContent, TabPane

from simulator.app.visuals import Hanging, Stack, para, plain
from simulator.app.widgets.turn_input import CallText
from simulator.language import _, language
from simulator.report import wording
from simulator.scenario import Loaded

TABS = ("case", "rules", "notes")


def case_file(loaded: Loaded) -> Visual:
    """The case as the agency's system would show it: label and value, row by row."""
    lang, common, case = language(), loaded.common, loaded.scenario.case
    rows: list[Visual] = []
    for row in case.rows:
        rows.append(para(row.label[lang], "$quiet"))
        rows.append(para(common.expand(row.value[lang]), indent=2))
    return Stack(rows)


def rule_card(loaded: Loaded) -> Visual:
    """The rules that may be needed, each with source, date and how well it was seen."""
    lang = language()
    parts: list[Visual] = []
    for name in loaded.scenario.rules:
        rule = loaded.common.rules[name]
        source = f"{rule.source} ({_(wording.RULE_STATUS[rule.status])})"
        if rule.valid_from:
            source += ". " + _("Gäller från {date}.").format(date=rule.valid_from)
        if rule.note:
            source += f" {rule.note[lang]}"
        parts.append(Hanging("•", plain(rule.sentence(lang)), 2))
        parts.append(para(source, "$quiet", 2))
        parts.append(para(" ", indent=2))
    return Stack(parts)


class Beside(Vertical):
    """The tabs. Notes are plain text of the handler's own."""

    def __init__(self, loaded: Loaded, notes: str) -> None:
        super().__init__(id="beside")
        self.loaded, self.notes = loaded, notes

    def compose(self) -> ComposeResult:
        """Three tabs."""
        task = plain(self.loaded.common.expand(self.loaded.scenario.case.task[language()]))
        with TabbedContent():
            with TabPane(_("Ärende"), id="case"), VerticalScroll():
                yield Static(task, classes="paragraph")
                yield Static(case_file(self.loaded))
            with TabPane(_("Regler"), id="rules"), VerticalScroll():
                yield Static(rule_card(self.loaded))
            with TabPane(_("Noter"), id="notes"):
                yield CallText(
                    self.notes,
                    id="own-notes",
                    soft_wrap=True,
                    tab_behavior="focus",
                    compact=True,
                    placeholder=_("Egna noter. De sparas med samtalet, och inringaren ser dem inte."),
                )

    @property
    def active(self) -> str:
        """The tab that is shown."""
        return self.query_one(TabbedContent).active

    def turn_over(self, screen: Screen[str]) -> str:
        """The next tab; in a narrow window first the tabs themselves, and after the last the call again."""
        if not screen.has_class("-narrow"):
            return self.next_tab()
        if not screen.has_class("-beside"):
            screen.add_class("-beside")
            return self.active
        tab = self.next_tab()
        screen.set_class(tab != TABS[0], "-beside")
        return tab

    def next_tab(self) -> str:
        """Show the next tab in order; returns its name."""
        place = TABS.index(self.active) if self.active in TABS else -1
        self.query_one(TabbedContent).active = TABS[(place + 1) % len(TABS)]
        return self.active
