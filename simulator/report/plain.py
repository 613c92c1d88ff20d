"""Plain text for people: case file, turns, scorecard. No drawing, no colour, nothing interpreted."""

from __future__ import annotations

import shutil
import textwrap
import unicodedata
from collections.abc import Iterator

from simulator.call import Call
from simulator.codebook import Codebook
from simulator.grading import Judged, Scorecard, StrategyScore, remark
from simulator.language import _, language
from simulator.report import coaching, wording
from simulator.scenario import Loaded, Scenario, Support

WIDEST = 92
DETAILED = 6
"""Strategies shown in full on a scorecard unless all are asked for."""
LOGGED, LEAST_FALL, LEAST_RISE = 5, -0.03, 0.04
"""Most changes of trust shown of each kind, and the least that are worth showing."""


def width() -> int:
    """Columns to wrap at."""
    return max(40, min(WIDEST, shutil.get_terminal_size((80, 24)).columns - 1))


def safe(text: str) -> str:
    """Text with control and direction characters made visible, so that no terminal obeys them."""
    return "".join(c if c == "\n" or _printable(c) else f"\\x{ord(c):02x}" for c in text)


def _printable(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn") or char == "\u200d"


def wrapped(text: str, indent: str = "", first: str | None = None) -> str:
    """Text wrapped to the terminal, line breaks kept; words are never broken."""
    lines = safe(text).splitlines() or [""]
    start = indent if first is None else first
    out = []
    for number, line in enumerate(lines):
        out.append(
            textwrap.fill(
                line,
                width(),
                initial_indent=start if number == 0 else indent,
                subsequent_indent=indent,
                break_long_words=len(line) > 300 and " " not in line,
                break_on_hyphens=False,
            )
        )
    return "\n".join(out)


def decimal(number: float) -> str:
    """A number with two decimals, as the language writes it."""
    text = f"{number:.2f}"
    return text.replace(".", ",") if language() == "sv" else text


def heading(text: str) -> str:
    """A heading: its own line in capitals, told apart by words and space alone."""
    return f"\n{text.upper()}"


def case_file(loaded: Loaded) -> str:
    """What the handler sees before answering."""
    scenario, lang, common = loaded.scenario, language(), loaded.common
    about = _("{benefit}. Nivå {level} av 3. Ungefär {minutes} minuter.").format(
        benefit=scenario.benefit[lang], level=scenario.level, minutes=scenario.minutes
    )
    out = [heading(scenario.title[lang]), wrapped(about)]
    out += [heading(_("Innan du svarar")), wrapped(scenario.content_note[lang])]
    out += [heading(_("Ärendet")), wrapped(common.expand(scenario.case.task[lang]))]
    for row in scenario.case.rows:
        out.append(wrapped(f"{row.label[lang]}: {common.expand(row.value[lang])}", "    ", "  "))
    return "\n".join(out)


def rule_card(loaded: Loaded) -> str:
    """The rules a handler may need in this call, with date, source and status."""
    lang = language()
    out = [heading(_("Regelkort"))]
    for name in loaded.scenario.rules:
        rule = loaded.common.rules[name]
        source = _("Källa: {source} ({status}).").format(
            source=rule.source, status=_(wording.RULE_STATUS[rule.status])
        )
        if rule.valid_from:
            source += " " + _("Gäller från {date}.").format(date=rule.valid_from)
        note = f" {rule.note[lang]}" if rule.note else ""
        out.append(wrapped(f"- {rule.sentence(lang)} {source}{note}", "  "))
    return "\n".join(out)


def support_page(loaded: Loaded) -> str:
    """Support for the trainee after a call that may have touched something."""
    out = [heading(_("Om samtalet väckte något hos dig"))]
    out.append(wrapped(_("Det här är för dig som övar. Du kan också prata med en kollega eller din chef.")))
    for name in loaded.scenario.support:
        out.append(wrapped(support_line(loaded.common.support[name]), "  ", "- "))
    return "\n".join(out)


def support_line(line: Support) -> str:
    """A support line with its number, and whether the number must be checked."""
    lang = language()
    numbers = _(" eller ").join((line.number, *line.alternatives))
    check = " " + _("(kontrollera numret)") if line.check else ""
    return f"{line.name[lang]}: {numbers}{check}. {line.what[lang]}"


def scorecard(card: Scorecard, call: Call, *, everything: bool = False) -> str:
    """The whole scorecard as text."""
    scenario = call.role.scenario
    out = [heading(_("Så gick samtalet"))]
    out.append(wrapped(wording.ending(call.end_reason, first_name(scenario))))
    out += _totals(card)
    if card.why_none != "too-short":
        out += _disclosures(card, scenario)
        out += _state_log(call)
        out += list(_strategies(card, call.role.book, scenario.caller.pronoun, everything))
    out += [heading(_("Den som ringde")), wrapped(scenario.caller.who[language()])]
    out += [heading(_("Att tänka vidare på")), wrapped(call.role.common.expand(scenario.debrief[language()]))]
    return "\n".join(out)


def transcript_scorecard(card: Scorecard, book: Codebook, *, everything: bool = False) -> str:
    """The scorecard of a transcript from a file: totals and strategies, as far as its tags allow."""
    out = [heading(_("Så gick samtalet")), *_totals(card)]
    if card.why_none != "too-short":
        out += list(_strategies(card, book, "hen", everything))
    return "\n".join(out)


def coach_remark(call: Call, turn: int) -> str:
    """What a turn did, in a line."""
    found = remark(call.transcript, turn, call.role.book)
    outcome, line = coaching.headline(found, call.role.book, call.role.scenario.caller.pronoun)
    return f"{coaching.SIGNS[outcome]} {line}"


def first_name(scenario: Scenario) -> str:
    """The caller's first name."""
    return scenario.caller.name.split()[0]


def _totals(card: Scorecard) -> list[str]:
    if card.total is None:
        return [wrapped(wording.no_total(card.why_none))]
    count = _("Helhet: {total} av 100, räknat på {n} tillfällen.").format(
        total=card.total, n=card.opportunities
    )
    if card.unsure:
        count += " " + _("Osäkra läsningar, som inte räknas: {n}.").format(n=card.unsure)
    out = [wrapped(count)]
    for part in card.parts:
        name = _(wording.PART_NAMES[part.part])
        if part.score is None:
            out.append(wrapped(_("{part}: inga tillfällen").format(part=name), "  ", "  "))
        else:
            line = _("{part}: {score} av 100 ({n} tillfällen)")
            out.append(wrapped(line.format(part=name, score=part.score, n=part.opportunities), "  ", "  "))
    return out


def _disclosures(card: Scorecard, scenario: Scenario) -> list[str]:
    out = [heading(_("Det inringaren bar på"))]
    for disclosure in card.disclosures:
        out.append(wrapped(disclosure.about[language()], "  ", "- "))
        reached = _("Det blev sagt.") if disclosure.reached else _("Det blev aldrig sagt rent ut.")
        told = _("{told} av {steps} steg berättades. {reached}")
        values = {"told": disclosure.told, "steps": disclosure.steps, "reached": reached}
        out.append(wrapped(told.format(**values), "  ", "  "))
        if disclosure.never_said:
            unsaid = _("{name} hade till exempel kunnat säga: ”{line}”")
            line = disclosure.never_said[0] if disclosure.reached else disclosure.never_said[-1]
            out.append(wrapped(unsaid.format(name=first_name(scenario), line=line), "  ", "  "))
    return out


def _state_log(call: Call) -> list[str]:
    """What closed the caller and what opened her: the words, the move heard in them, and what followed."""
    moved: list[tuple[float, int, str]] = []
    log = _("Tur {n}: ”{words}” ({cause}; förtroende {delta})")
    pronoun = call.role.scenario.caller.pronoun
    for n, exchange in enumerate(call.exchanges, 1):
        followed = {
            reason.evidence: text
            for reason in exchange.reply.reasons
            if reason.code in wording.SHUT and (text := wording.consequence(reason, pronoun))
        }
        for change in exchange.changes:
            if change.quantity != "trust":
                continue
            delta = change.after - change.before
            cause = wording.cause(change.cause, call.role.book)
            line = log.format(n=n, words=_short(change.evidence), cause=cause, delta=wording.signed(delta))
            if delta < 0 and change.evidence in followed:
                line, delta = f"{line} {followed.pop(change.evidence)}", delta - 1
            moved.append((delta, n, line))
        for evidence, text in followed.items():
            moved.append((-1.0, n, _("Tur {n}: ”{words}”").format(n=n, words=_short(evidence)) + f" {text}"))
    closed = sorted(m for m in moved if m[0] <= LEAST_FALL)[:LOGGED]
    opened = sorted((m for m in moved if m[0] >= LEAST_RISE), key=lambda m: -m[0])[:LOGGED]
    out = []
    for title, found in (
        (_("Det som fick inringaren att sluta sig"), closed),
        (_("Det som fick inringaren att öppna sig"), opened),
    ):
        if found:
            out.append(heading(title))
            out += [wrapped(line, "  ", "- ") for _delta, _n, line in sorted(found, key=lambda m: m[1])]
    return out


def _strategies(card: Scorecard, book: Codebook, pronoun: str, everything: bool) -> Iterator[str]:
    weak = card.to_practise
    if weak:
        yield heading(_("Börja här"))
        yield strategy_text(weak[0], book, pronoun)
        shown = weak[1:] if everything else weak[1:DETAILED]
        if shown:
            yield heading(_("Mer att öva på"))
            for score in shown:
                yield strategy_text(score, book, pronoun)
        if len(weak) - 1 > len(shown):
            more = _("{n} till visas med: samtal score {where} --allt")
            yield wrapped(more.format(n=len(weak) - 1 - len(shown), where="N"), "  ", "  ")
    yield from _quoted(_("Det här gjorde du"), card, "met")
    yield from _quoted(_("Osäkra läsningar, räknas inte"), card, "unsure")


def _quoted(title: str, card: Scorecard, outcome: str) -> Iterator[str]:
    """The strategies with this outcome somewhere, each with the first words that show it."""
    found = [score for score in card.strategies if score.count(outcome)]
    if found:
        yield heading(title)
    for score in found:
        judged = next(j for j in score.judged if j.opportunity.outcome == outcome)
        yield wrapped(_line(score, judged), "  ", "- ")


def strategy_text(score: StrategyScore, book: Codebook, pronoun: str) -> str:
    """One strategy in full: what was due, what was said, what followed, what is better, and why."""
    strategy, lang = score.strategy, language()
    counts = ", ".join(
        f"{_(wording.OUTCOMES[outcome])} {score.count(outcome)}"
        for outcome in ("met", "missed", "broken", "unsure")
        if score.count(outcome)
    )
    out = [wrapped(f"{strategy.name[lang]} ({counts})", "  ", "- ")]
    for judged in [j for j in score.judged if j.opportunity.outcome in ("broken", "missed")][:2]:
        out.append(_judged(judged, pronoun))
    out.append(wrapped(_("Bättre: ”{better}”").format(better=strategy.better[lang]), "    ", "    "))
    out.append(wrapped(_("Varför: {why}").format(why=strategy.explanation[lang]), "    ", "    "))
    support = _("Stöd: {sources}. Styrka: {strength}.")
    values = {"sources": wording.sources(strategy, book), "strength": wording.strength(strategy)}
    out.append(wrapped(support.format(**values), "    ", "    "))
    return "\n".join(out)


def _judged(judged: Judged, pronoun: str) -> str:
    found = judged.opportunity
    said = []
    if found.opener and found.opener != found.evidence:
        said.append(_("Före: ”{words}”").format(words=_short(found.opener)))
    outcome = _(wording.OUTCOMES[found.outcome])
    if found.repeated:
        outcome = _("samma ord som förut, räknas en gång")
    if found.evidence:
        quote = _("Tur {n}, du sa: ”{words}” ({outcome})")
        said.append(quote.format(n=found.turn, words=_short(found.evidence), outcome=outcome))
    else:
        said.append(_("Det kom aldrig i samtalet."))
    said += [text for reason in judged.reasons if (text := wording.consequence(reason, pronoun))]
    return "\n".join(wrapped(text, "    ", "    ") for text in said)


def _line(score: StrategyScore, judged: Judged) -> str:
    quote = _("{name} – tur {n}: ”{words}”")
    found = judged.opportunity
    if not found.evidence:
        return score.strategy.name[language()]
    return quote.format(name=score.strategy.name[language()], n=found.turn, words=_short(found.evidence))


def _short(text: str, most: int = 160) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + " …"
