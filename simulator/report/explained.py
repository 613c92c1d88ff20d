"""``samtal explain``: a scenario as a readable page, for a colleague who reviews it. Text, and the same as HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.caller import policy
from simulator.codebook import codebook
from simulator.language import N_, _, language
from simulator.report import plain, wording
from simulator.scenario import Hidden, Loaded
from simulator.scenario.schema import caller_lines

GATES = {
    "free": N_("i förbigående"),
    "receipt": N_("när det sagda tas emot"),
    "question": N_("på en fråga eller inbjudan"),
    "trusted": N_("på en fråga, när förtroendet vuxit"),
}


@dataclass(frozen=True)
class Rung:
    """One step of a ladder, as shown: ``place`` from 1, ``goal``: at it the matter counts as told."""

    place: int
    id: str
    act: str
    gate: str
    trust: float
    goal: bool
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Ladder:
    """A hidden matter, as shown."""

    id: str
    about: str
    rungs: tuple[Rung, ...]
    asked: tuple[str, ...]
    answers: tuple[tuple[str, tuple[str, ...]], ...]
    """What she says when the question is badly put, too early, or shuts her up."""


@dataclass(frozen=True)
class Section:
    """A heading with rows: what it is about, and the lines said of it."""

    title: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def ladders(loaded: Loaded) -> tuple[Ladder, ...]:
    """The hidden matters with all their steps."""
    return tuple(_ladder(matter) for matter in loaded.scenario.hidden)


def _ladder(matter: Hidden) -> Ladder:
    acts, lang, gates = codebook().acts, language(), policy().gates
    goal = matter.reached or matter.steps[-1].id
    rungs = tuple(
        Rung(
            place,
            step.id,
            acts[step.act].en if lang == "en" else acts[step.act].sv,
            _(GATES[step.gate]),
            step.trust if step.trust is not None else gates[step.gate],
            step.id == goal,
            tuple(step.say),
        )
        for place, step in enumerate(matter.steps, 1)
    )
    answers = (
        (_("Nej på en nej-lutad fråga"), tuple(matter.deny)),
        (_("Undvikande, när frågan kommer för tidigt"), tuple(matter.hedge)),
        (_("När något stängde"), tuple(matter.hold)),
    )
    return Ladder(matter.id, matter.about[lang], rungs, tuple(matter.asked), answers)


def sections(loaded: Loaded) -> Iterator[Section]:
    """The rest of the page: errand, facts, reactions, endings, what is trained and why."""
    scenario, lang, book = loaded.scenario, language(), codebook()
    errand = ((point.id, (*point.say, *point.again, *point.accept)) for point in scenario.errand)
    yield Section(_("Ärendet, med inringarens ord"), tuple(errand))
    yield Section(_("Utvecklar"), tuple((_act(said.act), tuple(said.say)) for said in scenario.elaborations))
    facts = ((_asking(fact.ask, fact.family), tuple(fact.say)) for fact in scenario.facts)
    yield Section(_("Det inringaren vet"), tuple(facts))
    named = ((_trigger(one.on), tuple(one.say)) for one in scenario.reactions)
    yield Section(_("Så tas olika saker emot"), tuple(named))
    ends = (
        (_(wording.ENDED_SHORT[name]), tuple(getattr(scenario.ends, part))) for part, name in _ENDS.items()
    )
    yield Section(_("Så kan det sluta"), tuple(ends))
    trained = []
    for name in scenario.trains:
        strategy = book.strategies[name]
        support = _("Stöd: {sources}. Styrka: {strength}.").format(
            sources=wording.sources(strategy, book), strength=wording.strength(strategy)
        )
        trained.append((strategy.name[lang], (strategy.explanation[lang], support)))
    yield Section(_("Det som tränas, och varför"), tuple(trained))


_ENDS = {
    "good": "good",
    "flat": "flat",
    "unfinished": "unfinished",
    "hang_up": "worn-out",
    "must_go": "must-go",
}


def _act(act: str) -> str:
    found = codebook().acts[act]
    return found.en if language() == "en" else found.sv


def _asking(ask: list[str], families: list[str]) -> str:
    return " / ".join([*ask[:2], *(f"[{name}]" for name in families)])


def _trigger(on: str) -> str:
    book = codebook()
    if on in book.moves:
        return book.moves[on].en if language() == "en" else book.moves[on].sv
    return _(wording.EVENTS.get(on, on))


def page(loaded: Loaded) -> str:
    """The page as plain text."""
    scenario, lang = loaded.scenario, language()
    out = [plain.case_file(loaded)]
    caller = _("{name}, {age} år").format(name=scenario.caller.name, age=scenario.caller.age)
    out += [plain.heading(caller), plain.wrapped(scenario.caller.who[lang])]
    for ladder in ladders(loaded):
        out += [plain.heading(_("Det dolda: {id}").format(id=ladder.id)), plain.wrapped(ladder.about), ""]
        out += list(_stairs(ladder))
        rows = ((_("Rakt på"), ladder.asked), *ladder.answers)
        out += [text for title, lines in rows if lines for text in _row(title, lines)]
    for section in sections(loaded):
        out.append(plain.heading(section.title))
        out += [text for title, lines in section.rows for text in _row(title, lines)]
    out += [plain.rule_card(loaded), plain.heading(_("Att tänka vidare på"))]
    out += [plain.wrapped(loaded.common.expand(scenario.debrief[lang])), plain.support_page(loaded)]
    count = sum(1 for _line in caller_lines(scenario))
    out += ["", _("Repliker: {n}. Version {version}.").format(n=count, version=scenario.version)]
    return "\n".join(out)


def _stairs(ladder: Ladder) -> Iterator[str]:
    """A ladder drawn from its lowest step, each step a little further in."""
    for rung in ladder.rungs:
        star = " ★" if rung.goal else ""
        rise = "  " * (rung.place - 1)
        needs = _("förtroende {trust}").format(trust=plain.decimal(rung.trust))
        about = f"{rung.place}. {rung.id}{star} · {rung.act} · {rung.gate}, {needs}"
        yield plain.wrapped(about, f"{rise}  ", f"{rise}└ ")
        yield from (plain.wrapped(f"”{line}”", f"{rise}    ", f"{rise}    ") for line in rung.lines)


def _row(title: str, lines: tuple[str, ...]) -> Iterator[str]:
    yield plain.wrapped(title, "    ", "  ")
    yield from (plain.wrapped(line, "      ", "    – ") for line in lines)


def html(loaded: Loaded) -> str:
    """The page as one HTML file that needs nothing else."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("simulator.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    lang, scenario = language(), loaded.scenario
    words = {
        "case": _("Ärendet"),
        "before": _("Innan du svarar"),
        "hidden": _("Det dolda"),
        "straight": _("Rakt på"),
        "rules": _("Regelkort"),
        "support": _("Stöd efteråt, för den som övar"),
        "debrief": _("Att tänka vidare på"),
        "source": _("Källa"),
        "goal": _("räknas som berättat"),
        "trust": _("förtroende"),
        "about": _("{benefit}. Nivå {level} av 3. Ungefär {minutes} minuter.").format(
            benefit=scenario.benefit[lang], level=scenario.level, minutes=scenario.minutes
        ),
        "caller": _("{name}, {age} år").format(name=scenario.caller.name, age=scenario.caller.age),
    }
    rules = [
        (rule, _(wording.RULE_STATUS[rule.status]))
        for rule in map(loaded.common.rules.get, scenario.rules)
        if rule
    ]
    support = [plain.support_line(loaded.common.support[name]) for name in scenario.support]
    return environment.get_template("scenario.html.j2").render(
        lang=lang, scenario=scenario, common=loaded.common, words=words, rules=rules, support=support,
        ladders=ladders(loaded), sections=list(sections(loaded)), decimal=plain.decimal,
    )  # fmt: skip
