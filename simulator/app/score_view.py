"""What the scorecard screen shows, made of a graded call: words and small pictures, no widget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.content import Content
from textual.visual import Visual

from simulator.app.visuals import GAP, Ends, Hanging, Stack, bar, labelled, para, plain, sparkline
from simulator.app.widgets.transcript import STYLES
from simulator.codebook import codebook
from simulator.grading import Judged, StrategyScore
from simulator.language import _, language
from simulator.progress import overrating
from simulator.report import coaching, wording
from simulator.report import plain as words
from simulator.report.timeline import Moment, steps

if TYPE_CHECKING:
    from simulator.call import Call
    from simulator.grading import Scorecard
    from simulator.progress import Gap
    from simulator.scenario import Loaded


@dataclass(frozen=True)
class Scored:
    """A graded call and what belongs to it.

    ``call_id`` None: it is not kept. ``overall``: own view of the whole, 1-5. ``helped``: hints and turns taken
    back. ``objected``: strategy and turn of each judgement that the trainee says is wrong.
    """

    loaded: Loaded
    call: Call
    card: Scorecard
    call_id: int | None
    gaps: tuple[Gap, ...] = ()
    overall: int | None = None
    helped: tuple[int, int] = (0, 0)
    objected: frozenset[tuple[str, int]] = field(default=frozenset())


ACROSS = 64
"""Cells that the curve of a call may take."""


@dataclass(frozen=True)
class Row:
    """A row of a list: the turn it is about (0: a heading) and the judgement, if it is one."""

    id: str
    visual: Visual
    turn: int
    judged: Judged | None = None


def overview(scored: Scored) -> Visual:
    """How it ended, the total, each part with the number of opportunities it rests on."""
    card, scenario = scored.card, scored.loaded.scenario
    parts: list[Visual] = [
        para(wording.ending(scored.call.end_reason, words.first_name(scenario))),
        GAP,
    ]
    if card.total is None:
        parts.append(para(wording.no_total(card.why_none)))
        if card.why_none == "too-short":
            return Stack(parts)
    else:
        about = _("av 100, räknat på {n} tillfällen").format(n=card.opportunities)
        total = Content.assemble((f"{card.total}", "bold $focus"), f" {about}")
        parts.append(Hanging("", total, 0))
    if card.unsure:
        unsure = _("Osäkra läsningar, som inte räknas: {n}.").format(n=card.unsure)
        parts.append(para(unsure, "$quiet"))
    hints, back = scored.helped
    if hints or back:
        helped = _("Med hjälp: tips {hints}, tillbakatagna turer {back}.").format(hints=hints, back=back)
        parts.append(para(helped, "$quiet"))
    parts.append(GAP)
    wide = max(len(_(name)) for name in wording.PART_NAMES.values()) + 2
    for part in card.parts:
        label = plain(_(wording.PART_NAMES[part.part]))
        if part.score is None:
            parts.append(Hanging(label, plain(_("inga tillfällen"), "$quiet"), wide))
        else:
            count = _("(tillfällen: {n})").format(n=part.opportunities)
            line = Content.assemble(
                (bar(part.score / 100), "$focus"), f" {part.score:>3} ", (count, "$quiet")
            )
            parts.append(Hanging(label, line, wide))
    weak = scored.card.to_practise
    if weak:
        parts += [GAP, para(_("Börja här"), "bold $focus")]
        parts.append(para(weak[0].strategy.name[language()], "bold"))
        parts.append(para(f"”{weak[0].strategy.better[language()]}”", indent=2))
        more = _("Fliken Strategier visar dina ord, varför och vilken studie.")
        parts.append(para(more, "$quiet", 2))
    return Stack(parts)


def own_view(scored: Scored) -> Visual:
    """Own view beside what was heard."""
    if not scored.gaps and scored.overall is None:
        return Stack([])
    parts: list[Visual] = [para(_("Din egen bild och poängen"), "bold $focus")]
    if scored.overall is not None:
        parts.append(para(_("Du tyckte att det gick {n} av 5.").format(n=scored.overall)))
    for gap in scored.gaps:
        name = codebook().strategies[gap.strategy].name[language()]
        heard = "–" if gap.score is None else f"{round(gap.score * 100)}"
        text = _("du: {own}, poängen: {score} av 100 – {kind}").format(
            own=_(wording.BELIEVED[gap.believed]), score=heard, kind=_(wording.GAPS[gap.kind])
        )
        sign = {"over": "▲", "under": "▼", "alike": "=", "unknown": "?"}[gap.kind]
        parts.append(Hanging(sign, plain(name), 2))
        parts.append(para(text, "$quiet", 2))
    mean = overrating(scored.gaps)
    if mean is not None and abs(mean) >= 0.1:
        told = (
            _("Sammantaget trodde du att du gjorde mer än som hördes.")
            if mean > 0
            else _("Sammantaget hördes mer än du trodde.")
        )
        parts.append(para(told))
    return Stack(parts)


def curve(call: Call, moments: Sequence[Moment]) -> Visual:
    """Trust and disclosure over the turns, and a mark where something was judged: some cells a turn."""
    cells = max(1, min(4, ACROSS // max(1, len(moments))))
    wide = max(len(_("Förtroende")), len(_("Berättat")), len(_("Hände"))) + 2
    total = max(1, steps(call))
    trust = sparkline([moment.trust for moment in moments for _cell in range(cells)])
    told = sparkline([moment.told / total for moment in moments for _cell in range(cells)])
    marks = Content.assemble(*((coaching.SIGNS[m.mark].ljust(cells), STYLES[m.mark]) for m in moments))
    numbers = "".join(
        str(m.turn).ljust(cells) if cells > 2 or m.turn % 10 == 0 else " " * cells for m in moments
    )
    last = f" {round(moments[-1].trust * 100)} %" if moments else ""
    count = " " + _("{told} av {steps} steg").format(told=moments[-1].told if moments else 0, steps=total)
    return Stack(
        [
            Hanging(plain(_("Förtroende")), Content.assemble((trust, "$focus"), (last, "$quiet")), wide),
            Hanging(plain(_("Berättat")), Content.assemble((told, "$caller"), (count, "$quiet")), wide),
            Hanging(plain(_("Hände")), marks, wide),
            para(numbers, "$quiet", wide),
        ]
    )


def turn_rows(
    scored: Scored, moments: Sequence[Moment], objected: set[tuple[str, int]], caller: str
) -> Iterator[Row]:
    """The call turn by turn, with what was judged beneath each."""
    for moment in moments:
        exchange = scored.call.exchanges[moment.turn - 1]
        label = Content.assemble(
            (f"{moment.turn:>3} ", "$quiet"), (sparkline([moment.trust]) + " ", "$focus")
        )
        said = Hanging(label, plain(_one_line(_("Du: {words}").format(words=exchange.reading.turn))), 6)
        told = "◆" * moment.tells
        answer = plain(f"{told:>4}  ", "$caller")
        reply = plain(_one_line(f"{caller}: {exchange.reply.text}"), "$quiet")
        yield Row(f"t{moment.turn}", Stack([said, Hanging(answer, reply, 6)]), moment.turn)
        for n, judged in enumerate((*moment.faults, *moment.hits, *moment.missed)):
            yield Row(f"t{moment.turn}j{n}", _judged_row(judged, objected, 6), moment.turn, judged)
    if scored.call.last_words:
        words_said = _one_line(f"{caller}: {scored.call.last_words.text}")
        yield Row("last", para(words_said, "$quiet", 6), 0)


def strategy_rows(scored: Scored, objected: set[tuple[str, int]]) -> Iterator[Row]:
    """What to practise first, then what was done, then what was heard too unsurely to count."""
    weak = scored.card.to_practise
    done = [s for s in scored.card.strategies if s.score is not None and s.score >= 1]
    unsure = [s for s in scored.card.strategies if s.score is None]
    number = 0
    for title, scores in (
        (_("Att öva på"), weak),
        (_("Det här gjorde du"), done),
        (_("Osäkra läsningar, räknas inte"), unsure),
    ):
        if scores:
            yield Row(f"g{title}", para(title, "bold $focus"), 0)
        for score in scores:
            yield Row(f"n{score.strategy.id}", Hanging("", _score_name(score), 0), 0)
            for judged in score.judged:
                number += 1
                row = _judged_row(judged, objected, 2, name=False)
                yield Row(f"s{number}", row, judged.opportunity.turn, judged)


def judgement(judged: Judged, scored: Scored, objected: set[tuple[str, int]]) -> Visual:
    """One judgement in full: the slot, the words, what followed, what is better, why, and who says so."""
    book, found = codebook(), judged.opportunity
    strategy = book.strategies[found.strategy]
    pronoun = scored.loaded.scenario.caller.pronoun
    rows: list[tuple[str, str]] = []
    if found.opener and found.opener != found.evidence:
        rows.append((_("Före"), f"”{found.opener}”"))
    words_said = f"”{found.evidence}”" if found.evidence else _("Det kom aldrig i samtalet.")
    rows.append((_("Tur {n}").format(n=found.turn), words_said))
    if found.repeated:
        rows.append((_("Räknas"), _("samma ord som förut, räknas en gång")))
    if found.move:
        move = wording.cause(found.move, book)
        rows.append((_("Hördes"), _("{move} (säkert till {p} %)").format(move=move, p=round(found.p * 100))))
    rows += [(_("Följd"), text) for r in judged.reasons if (text := wording.consequence(r, pronoun))]
    rows += coaching.better(strategy, book, done=found.outcome == "met")
    parts: list[Visual] = [para(strategy.name[language()], "bold")]
    parts.append(para(coaching.verdict(judged), STYLES[found.outcome]))
    if (found.strategy, found.turn) in objected:
        parts.append(para(_("! Du tycker att det här är fel bedömt."), "$warn"))
    parts.append(GAP)
    return Stack(parts + labelled(rows))


def turn_detail(turn: int, scored: Scored) -> Visual:
    """A turn in full: both sides' words and what they did."""
    from simulator.grading import remark

    book, pronoun = scored.call.role.book, scored.loaded.scenario.caller.pronoun
    found = remark(scored.call.transcript, turn, book)
    name = words.first_name(scored.loaded.scenario)
    rows = [(_("Du"), found.exchange.reading.turn), (name, found.exchange.reply.text)]
    return Stack(labelled(rows + coaching.details(found, book, pronoun)))


def unsaid(scored: Scored) -> Visual:
    """What the caller carried, how far it was told, and what she never got to say."""
    scenario = scored.loaded.scenario
    name = words.first_name(scenario)
    parts: list[Visual] = [para(scenario.caller.who[language()]), GAP]
    for found in scored.card.disclosures:
        parts.append(para(found.about[language()], "bold"))
        told = "◆" * found.told + "◇" * (found.steps - found.told)
        reached = _("Det blev sagt.") if found.reached else _("Det blev aldrig sagt rent ut.")
        line = _("{told} av {steps} steg berättades. {reached}").format(
            told=found.told, steps=found.steps, reached=reached
        )
        parts.append(Hanging("", Content.assemble((told + " ", "$caller"), line), 0))
        if found.never_said:
            parts.append(para(_("Det {name} aldrig fick säga:").format(name=name), "$quiet"))
            parts += [Hanging("·", plain(f"”{line}”"), 2) for line in found.never_said]
        parts.append(GAP)
    return Stack(parts)


def _score_name(score: StrategyScore) -> Content:
    counted = f" {score.count('met')}/{len(score.counted)}"
    inferred = " " + _("(vår slutledning)") if score.strategy.inferred else ""
    return Content.assemble((score.strategy.name[language()], "bold"), (counted + inferred, "$quiet"))


def _judged_row(judged: Judged, objected: set[tuple[str, int]], indent: int, *, name: bool = True) -> Visual:
    found = judged.opportunity
    strategy = codebook().strategies[found.strategy].name[language()]
    text = strategy if name else _("tur {n}: {words}").format(n=found.turn, words=found.evidence or "–")
    mark = " !" if (found.strategy, found.turn) in objected else ""
    line = Content.assemble(
        (f"{coaching.verdict(judged)}{mark}  ", STYLES[found.outcome]), plain(_one_line(text))
    )
    return (
        Hanging("", line.truncate(200, ellipsis=True), indent)
        if name
        else Ends(Content.assemble(" " * indent, line))
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
