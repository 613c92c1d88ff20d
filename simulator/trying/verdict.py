"""Whether a scenario does what a scenario is for: the bars it is held to, and what these trials showed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.language import N_, Message
from simulator.trying.summary import Summary

SKILLED_REACHES = 0.95
HURRIED_REACHES = 0.1
BETWEEN_THE_ENDS = 25
SAID = 0.8
"""Shares of calls and lines, and points, that a scenario is held to."""


@dataclass(frozen=True)
class Verdict:
    """One bar: held or not, and how it was."""

    fine: bool
    message: Message


def verdicts(summary: Summary) -> Iterator[Verdict]:
    """One verdict for each bar that these trials can judge."""
    skilled, average, hurried = (summary.of(name) for name in ("skilled", "average", "hurried"))
    if skilled:
        template = N_("Den skickliga får höra allt i {share:.0f} % av samtalen (minst {bar:.0f}).")
        values = {"share": 100 * skilled.all_reached, "bar": 100 * SKILLED_REACHES}
        yield Verdict(skilled.all_reached >= SKILLED_REACHES, Message(template, values))
    if hurried:
        template = N_("Den stressade får höra något av det i {share:.0f} % (under {bar:.0f}).")
        values = {"share": 100 * hurried.any_reached, "bar": 100 * HURRIED_REACHES}
        yield Verdict(hurried.any_reached < HURRIED_REACHES, Message(template, values))
    if skilled and average and hurried:
        means = [handled.mean for handled in (skilled, average, hurried)]
        known = [value for value in means if value is not None]
        if len(known) == len(means):
            template = N_(
                "Poängen faller: {skilled:.0f} > {average:.0f} > {hurried:.0f} (minst {bar} mellan ändarna)."
            )
            values = {"skilled": known[0], "average": known[1], "hurried": known[2], "bar": BETWEEN_THE_ENDS}
            falls = known[0] > known[1] > known[2] and known[0] - known[2] >= BETWEEN_THE_ENDS
            yield Verdict(falls, Message(template, values))
        else:
            yield Verdict(
                False, Message(N_("Någon av handläggarna fick aldrig något omdöme: samtalen blev för korta."))
            )
    template = N_("Repliker som sades i något samtal: {share:.0f} % (minst {bar:.0f}).")
    values = {"share": 100 * summary.said_share, "bar": 100 * SAID}
    yield Verdict(summary.said_share >= SAID, Message(template, values))
    template = N_("Repliker sagda två gånger i ett samtal: {n} (ingen).")
    yield Verdict(not summary.doubles, Message(template, {"n": len(summary.doubles)}))
