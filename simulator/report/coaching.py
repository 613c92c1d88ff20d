"""A remark in words: one line after a turn, and what can be unfolded beneath it."""

from __future__ import annotations

from simulator.codebook import Codebook, Strategy
from simulator.grading import Judged, Remark
from simulator.language import N_, _, language
from simulator.report import wording

SIGNS = {"broken": "✗", "missed": "○", "met": "✓", "unsure": "?", "": "·"}
"""Never alone: each stands beside its word."""

_HEADLINES = {
    "broken": N_("Gick emot: {name}."),
    "missed": N_("Missat tillfälle: {name}."),
    "met": N_("Bra: {name}."),
    "unsure": N_("Osäkert hört: {name}."),
}
SLIGHT = 0.015
"""Change of trust that is not worth a word."""


def headline(remark: Remark, book: Codebook, pronoun: str) -> tuple[str, str]:
    """The outcome that matters most in a turn, and a line that tells it."""
    if not remark.judged:
        heard = ", ".join(wording.cause(move.id, book).lower() for move in remark.exchange.reading.moves)
        if heard:
            followed = " ".join(consequences(remark, pronoun))
            return "", f"{_('Hördes: {moves}.').format(moves=heard)} {followed}".rstrip()
        return "", _("Inget särskilt hördes i turen.")
    first = remark.judged[0]
    outcome = first.opportunity.outcome
    name = book.strategies[first.opportunity.strategy].name[language()]
    told = next((text for reason in first.reasons if (text := wording.consequence(reason, pronoun))), "")
    return outcome, f"{_(_HEADLINES[outcome]).format(name=name)} {told}".rstrip()


def details(remark: Remark, book: Codebook, pronoun: str) -> list[tuple[str, str]]:
    """What was heard, what it did to the caller, what would be better and why: (label, text) pairs."""
    reading = remark.exchange.reading
    found = []
    for move in reading.moves:
        unsure = " " + _("(osäkert)") if move.unsure else ""
        found.append((_("Hördes"), f"{wording.cause(move.id, book)}{unsure}: ”{move.evidence}”"))
    if not reading.moves:
        found.append((_("Hördes"), _("Inget som läsaren känner igen.")))
    found += [(_("Följd"), text) for text in consequences(remark, pronoun)]
    for judged in remark.judged[1:]:
        name = book.strategies[judged.opportunity.strategy].name[language()]
        found.append((_(wording.OUTCOMES[judged.opportunity.outcome]).capitalize(), name))
    weak = remark.first("broken") or remark.first("missed")
    if weak:
        found += better(book.strategies[weak.opportunity.strategy], book)
    return found


def consequences(remark: Remark, pronoun: str) -> list[str]:
    """What the turn opened or closed in the caller, in words."""
    told = [text for r in remark.exchange.reply.reasons if (text := wording.consequence(r, pronoun))]
    change = sum(c.after - c.before for c in remark.exchange.changes if c.quantity == "trust")
    if abs(change) >= SLIGHT:
        template = N_("Förtroendet steg ({delta}).") if change > 0 else N_("Förtroendet sjönk ({delta}).")
        told.append(_(template).format(delta=wording.signed(change)))
    return list(dict.fromkeys(told))


def better(strategy: Strategy, book: Codebook, *, done: bool = False) -> list[tuple[str, str]]:
    """A better wording (an example, where it was done), why, and what it rests on."""
    lang = language()
    return [
        (_("Till exempel") if done else _("Bättre"), f"”{strategy.better[lang]}”"),
        (_("Varför"), strategy.explanation[lang]),
        (_("Stöd"), f"{wording.sources(strategy, book)}. {_('Styrka')}: {wording.strength(strategy)}."),
    ]


def hint(due: tuple[Strategy, ...], trained: list[str], example: bool) -> str:
    """What waits to be done: first which strategy and why; asked again, an example of how."""
    if not due:
        return _("Inget särskilt väntar just nu. Svara på ärendet, eller bjud in med en öppen fråga.")
    lang = language()
    strategy = next((one for one in due if one.id in trained), due[0])
    if example:
        return _("Till exempel: ”{words}”").format(words=strategy.better[lang])
    first = in_short(strategy).rstrip(".")
    return _("{name}: {why}. Samma tangent igen visar ett exempel.").format(
        name=strategy.name[lang], why=first
    )


def in_short(strategy: Strategy) -> str:
    """The first sentence of why a strategy is worth doing."""
    return strategy.explanation[language()].split(". ")[0].rstrip(".") + "."


def verdict(judged: Judged) -> str:
    """An outcome in a word, with its sign."""
    outcome = judged.opportunity.outcome
    return f"{SIGNS[outcome]} {_(wording.OUTCOMES[outcome])}"
