"""What a scripted handler says next: chosen by its shares and the call's seed from what stands open."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from simulator.call import Call
from simulator.grading.remark import open_slots
from simulator.scenario import Hidden
from simulator.scenario.schema import EVENTS
from simulator.trying.handlers import Handler, echo, phrases

SENTENCES = 4
"""Sentences in one turn at most: people on the phone say no more."""
ANSWERS = ("straight-answer", "explain-rule", "give-status", "honest-limit", "plain-words", "next-step")
"""Moves a handler answers the errand with, where the scenario leaves it open."""
ABOUT_THE_MOMENT = ("distress", "hopeless", "danger-now", "overheard", "child-present", "child-harm")
"""Acts after which no question about facts is put."""
WAYS_TO_FOLLOW = ("reflect", "invite-telling", "reflect", "ask-impact")
SILENT = ("empty",)


@dataclass(frozen=True)
class Said:
    """A turn put together: its sentences, the moves they are meant to make, and the topics asked about."""

    text: str
    moves: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


@dataclass
class _Turn:
    sentences: list[str] = field(default_factory=list)
    moves: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


class Handling:
    """One scripted handler in one call. Knows what the caller did, and the scenario's example questions."""

    def __init__(self, handler: Handler, seed: int) -> None:
        self.handler = handler
        self._random = random.Random(f"{handler.id}:{seed}")
        self._used: set[str] = set()
        self._closed = 0
        self._asked: dict[str, int] = {}
        self._followed: dict[str, int] = {}

    @property
    def done(self) -> bool:
        """Whether the handler has said goodbye: if the caller did not take it so, the handler hangs up."""
        return self._closed >= len(self.handler.closing)

    def next(self, call: Call) -> Said:
        """The next turn of the call."""
        turn = _Turn()
        if not call.exchanges:
            self._move(turn, "greet", call)
            self._move(turn, "open-inquiry" if self.handler.tilts < 1 else "ask-identity", call)
        elif self._wants_to_end(call):
            for move in self.handler.closing[self._closed]:
                self._move(turn, move, call)
            self._closed += 1
        elif self._chance(self.handler.strays) and self._stray(turn, call):
            pass
        else:
            self._ordinary(turn, call)
        return Said(" ".join(turn.sentences), tuple(dict.fromkeys(turn.moves)), tuple(turn.asked))

    def _ordinary(self, turn: _Turn, call: Call) -> None:
        handler, acts = self.handler, call.exchanges[-1].reply.acts
        for move, share in handler.habits.items():
            if self._chance(share):
                self._move(turn, move, call)
        if turn.moves and self._chance(handler.bare):
            return
        due = open_slots(call.transcript, call.role.book)
        for strategy in due[:2]:
            if self._chance(handler.meets) and not set(strategy.met_by) & set(turn.moves):
                self._move(turn, self._fitting(strategy.met_by, turn, acts), call)
        if self._errand_open(call) and self._chance(handler.answers):
            self._move(turn, self._answer(call), call)
        if self._told(call) and self._chance(handler.pursues):
            self._follow(turn, call)
        elif not set(acts) & set(ABOUT_THE_MOMENT):
            if self._chance(handler.asks):
                self._ask_straight(turn, call)
            if not turn.asked:
                self._ask_facts(turn, call)
        if handler.meets == 1 and len(turn.sentences) < SENTENCES:
            self._owed(turn, call)
        if not turn.moves:
            self._move(turn, "invite-telling" if handler.meets else "minimal-response", call)

    def _wants_to_end(self, call: Call) -> bool:
        if self._closed or len(call.exchanges) >= self.handler.turns:
            return True
        told = all(call.state.rungs.get(m.id, 0) == len(m.steps) for m in call.role.scenario.hidden)
        settled = call.state.point >= len(call.role.scenario.errand)
        return told and settled and not self._told(call)

    # ---- the parts of a turn ----------------------------------------------------------------------

    def _move(self, turn: _Turn, move: str, call: Call) -> None:
        """Add a sentence that makes the move, of those least used in the call."""
        if not move or move in turn.moves or len(turn.sentences) >= SENTENCES:
            return
        texts = phrases().get(move, ())
        if not texts:
            return
        fresh = [text for text in texts if text not in self._used] or list(texts)
        text = self._random.choice(fresh)
        self._used.add(text)
        last = call.exchanges[-1].reply.lines[-1].text if call.exchanges else ""
        if "{echo}" in text and not last:
            return
        turn.sentences.append(text.replace("{echo}", echo(last)))
        turn.moves.append(move)
        if move == "concrete-acts":
            turn.moves.append("ask-violence")

    def _fitting(self, moves: Sequence[str], turn: _Turn, acts: Iterable[str]) -> str:
        """One of the moves that would meet a slot; what was hard is received before anything is asked."""
        receiving = [move for move in moves if not move.startswith("ask-") and move in phrases()]
        fitting = [move for move in receiving or moves if move not in turn.moves and move in phrases()]
        return self._random.choice(fitting) if fitting else ""

    def _answer(self, call: Call) -> str:
        point = call.role.scenario.errand[call.state.point]
        return self._random.choice([m for m in point.answered_by or ANSWERS if m in phrases()] or [""])

    def _follow(self, turn: _Turn, call: Call) -> None:
        """Follow up the matter last told of: in the caller's own words, by an invitation, or straight."""
        matter = next(m for m in call.role.scenario.hidden if m.id == call.state.touched)
        number = self._followed.get(matter.id, 0)
        self._followed[matter.id] = number + 1
        if number % 3 == 2 and self._straight_at(turn, matter, call):
            return
        self._move(turn, WAYS_TO_FOLLOW[number % len(WAYS_TO_FOLLOW)], call)
        if "invite-telling" not in turn.moves and self._chance(0.5):
            self._move(turn, "invite-telling", call)

    def _ask_straight(self, turn: _Turn, call: Call) -> None:
        """A straight question at the matter of which least has been told."""
        waiting = [m for m in call.role.scenario.hidden if call.state.rungs.get(m.id, 0) < len(m.steps)]
        if waiting:
            least = min(waiting, key=lambda m: (call.state.rungs.get(m.id, 0) / len(m.steps), m.id))
            if self._chance(self.handler.tilts):
                self._move(turn, "denial-tilt", call)
                turn.moves.append(_AIMED[least.kind])
            else:
                self._straight_at(turn, least, call)

    def _straight_at(self, turn: _Turn, matter: Hidden, call: Call) -> bool:
        """One of the matter's own example questions, those that do not invite a no, with a reason before it."""
        if len(turn.sentences) >= SENTENCES:
            return False
        if matter.kind == "violence":
            if not any("ask-privacy" in exchange_moves for exchange_moves in self._made(call)):
                self._move(turn, "ask-privacy", call)
                return True
            self._move(turn, "routine-preface", call)
        else:
            self._move(turn, "reason-preface", call)
        plain = [text for text in matter.asked if not _tilted(text)]
        number = self._asked.get(matter.id, 0)
        self._asked[matter.id] = number + 1
        if matter.kind == "violence" and number % 2 == 0:
            self._move(turn, "concrete-acts", call)
        elif plain:
            turn.sentences.append(plain[number % len(plain)])
            turn.moves += [_AIMED[matter.kind], *(["concrete-acts"] if matter.kind == "violence" else [])]
        else:
            self._move(turn, _AIMED[matter.kind], call)
        turn.asked.append(matter.id)
        return True

    def _ask_facts(self, turn: _Turn, call: Call) -> None:
        """Questions about what the caller can tell, those not yet asked first."""
        families = call.role.common.families
        times = call.state.asked
        facts = [fact for fact in call.role.scenario.facts if times.get(fact.id, 0) < len(fact.say)]
        self._random.shuffle(facts)
        facts.sort(key=lambda fact: times.get(fact.id, 0))
        for fact in facts[: self._random.randint(*self.handler.facts)]:
            ways = [*fact.ask, *(text for name in fact.family for text in families[name].ask[:4])]
            if ways and len(turn.sentences) < SENTENCES:
                turn.sentences.append(self._random.choice(ways))
                turn.moves.append("ask-facts")
                turn.asked.append(fact.id)

    def _owed(self, turn: _Turn, call: Call) -> None:
        """What the whole call still owes, once: strategies that are due once per call."""
        made = {move for moves in self._made(call) for move in moves}
        acts = {line.act for exchange in call.exchanges for line in exchange.reply.lines}
        for strategy in call.role.book.strategies.values():
            due = strategy.slot.call and set(strategy.slot.when or ()) & acts
            if due and strategy.met_by and not made & set(strategy.met_by):
                if any(move.startswith(("ask-violence", "ask-child")) for move in strategy.met_by):
                    continue  # put as straight questions at the matter, in their place
                self._move(turn, self._fitting(strategy.met_by, turn, ()) or strategy.met_by[0], call)
                return

    def _stray(self, turn: _Turn, call: Call) -> bool:
        """Something this scenario has lines of its own for."""
        own = []
        for reaction in call.role.scenario.reactions:
            kind = "event" if reaction.on in EVENTS else call.role.book.moves[reaction.on].kind
            if kind in self.handler.strays_to and (reaction.on in phrases() or reaction.on in SILENT):
                own.append(reaction.on)
        if not own:
            return False
        choice = self._random.choice(own)
        if choice not in SILENT:
            self._move(turn, choice, call)
        return True

    # ---- what stands open -------------------------------------------------------------------------

    def _errand_open(self, call: Call) -> bool:
        return call.state.raised and call.state.point < len(call.role.scenario.errand)

    def _told(self, call: Call) -> bool:
        """Whether something was told lately that has more to it."""
        state = call.state
        return any(
            matter.id == state.touched
            and state.turn - state.touched_at <= 1
            and state.rungs.get(matter.id, 0) < len(matter.steps)
            for matter in call.role.scenario.hidden
        )

    def _made(self, call: Call) -> Iterable[tuple[str, ...]]:
        return (tuple(move.id for move in exchange.reading.moves) for exchange in call.exchanges)

    def _chance(self, share: float) -> bool:
        return self._random.random() < share


_AIMED = {"money": "ask-finances", "violence": "ask-violence", "health": "ask-function", "child": "ask-child"}


def _tilted(question: str) -> bool:
    """Whether an example question is one of the badly put ones."""
    words = set(question.casefold().replace(",", " ").replace("?", " ").split())
    return bool(words & {"väl", "inga", "inget", "ingen", "hoppas", "va"})
