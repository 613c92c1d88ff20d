"""Form: sentences, questions, language, abuse - what rules read better than a model."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from simulator.reading.model import Form
from simulator.sourcefile import read_source, validate

FILE = Path(__file__).parent / "form.yaml"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_END = re.compile(r"(?<=[.!?…])[\s\"”')]+(?=\S)|\n+")
BRIEF = 4
"""Words in a short question at most."""
_LONGEST = 20_000
"""Characters of a turn that are read; no one says more in one breath."""


class _Rules(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    question_starts: list[str]
    statements: list[str]
    tags: list[str]
    follow_ups: list[str]
    offers: list[str]
    more: list[str]
    yes_or_no: list[str]
    open_starts: list[str]
    swedish: list[str]
    english: list[str]
    english_least: int
    requests: list[str]
    greeting: list[str]
    robot: list[str]
    abuse: list[str]
    abbreviations: list[str]
    familiar_least: float


@cache
def _rules() -> _Rules:
    return validate(read_source(FILE), _Rules)


_PLAIN = str.maketrans("åäöÅÄÖ", "aaoAAO")


def _folded(text: str) -> str:
    """A text as those type who leave out the dots; of the same length."""
    return text.translate(_PLAIN)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    parts = _folded("|".join(f"(?:{pattern})" for pattern in getattr(_rules(), name)))
    if name.endswith("_starts"):
        return re.compile(rf"(?:{parts})\b", re.IGNORECASE)
    return re.compile(parts, re.IGNORECASE)


def _matches(name: str, text: str) -> bool:
    """Whether a text begins as one of the patterns of that name."""
    return bool(_pattern(name).match(_folded(text)))


def words(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return _WORD.findall(text[:_LONGEST].casefold())


def sentences(text: str) -> list[str]:
    """The sentences of a turn; a stop after a common abbreviation does not end one."""
    ending = tuple(f"{short}." for short in _rules().abbreviations)
    found: list[str] = []
    for piece in _END.split(text[:_LONGEST].strip()):
        piece = piece.strip()
        if not piece:
            continue
        if found and found[-1].casefold().endswith(ending) and found[-1].split()[-1].casefold() in ending:
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(piece)
    return found


def questions(text: str) -> tuple[str, ...]:
    """What is asked in a turn, one entry a question; a chain of questions in one sentence is split."""
    return tuple(question for sentence in sentences(text) for question in _questions_in(sentence))


def _questions_in(sentence: str) -> Iterator[str]:
    pieces = [piece for piece in _pieces(sentence) if not _matches("tags", piece)]
    asking = [piece for piece in pieces if _begins_as_question(piece)]
    if sentence.rstrip().endswith("?"):
        # what leads up to one question belongs to it ("Men hyran då, har du betalt den?")
        yield from asking if len(asking) > 1 else [sentence] if pieces else []
        return
    stopped = sentence.rstrip().endswith((".", "!"))
    if stopped and not _begins_as_question(pieces[0] if pieces else ""):
        return  # "Skriv vad du gör, hur många timmar och när." asks for nothing now
    yield from (piece for piece in asking if not (stopped and _matches("statements", _opening(piece))))


def _pieces(sentence: str) -> list[str]:
    """A sentence cut before each thing in it that begins like a question."""
    joint = re.compile(
        rf"(?:,\s*(?:och\s+)?|\s+och\s+|\s+samt\s+)(?={_pattern('question_starts').pattern})", re.I
    )
    cuts = [
        0,
        *(place for found in joint.finditer(_folded(sentence)) for place in found.span()),
        len(sentence),
    ]
    pieces = (sentence[start:end] for start, end in zip(cuts[::2], cuts[1::2], strict=True))
    return [piece for piece in pieces if piece.strip()]


def _begins_as_question(piece: str) -> bool:
    return _matches("question_starts", piece) or _matches("question_starts", _opening(piece))


def _opening(piece: str) -> str:
    """A question without the small words before it."""
    small = r"^(?:(?:och|å|men|ja|okej|ok|jaha|mm|hej|du|tack|bra|jo|nej|alltså)[\s,.]+)+"
    return re.sub(small, "", piece, flags=re.I)


def core_of(question: str) -> list[str]:
    """A question without its run-up: after a colon, without the small words it begins with, its asking part alone."""
    after = question.rsplit(":", 1)[-1].strip()
    bare = _opening(after).strip()
    asking = [
        piece for piece in _pieces(question) if _begins_as_question(piece) and not _matches("tags", piece)
    ]
    return [part for part in dict.fromkeys((after, bare, *asking[:1])) if part and part != question]


def is_follow_up(question: str) -> bool:
    """Whether a question asks no more than to go on with what was just said."""
    return _matches("follow_ups", _opening(question))


def is_brief_offer(question: str) -> bool:
    """Whether a question is no more than an offer's end ("Vill du det?"): it asks for a yes or a no, and no fact."""
    bare = _opening(question)
    return len(words(bare)) <= BRIEF and _matches("offers", bare)


def asks_for_more(sentence: str) -> bool:
    """Whether a sentence asks if there is anything else."""
    return bool(_pattern("more").search(_folded(sentence)))


def begins_with_yes_or_no(sentence: str) -> bool:
    """Whether a sentence begins with a yes or a no, and not with a mere "jaha"."""
    return _matches("yes_or_no", sentence)


def is_request(sentence: str) -> bool:
    """Whether a sentence without question form asks for something all the same."""
    return bool(_pattern("requests").search(_folded(sentence)))


def form_of(turn: str, familiar: Collection[str]) -> Form:
    """The form of a turn.

    Args:
        turn: any text.
        familiar: groups of three letters known from Swedish handler talk; empty: nonsense is not judged.
    """
    rules = _rules()
    said = words(turn)
    if not said and not re.search(r"\d", turn):
        blank = not turn.strip() or not any(c.isalnum() for c in turn)
        return Form(0, empty=blank)
    swedish = sum(word in rules.swedish for word in said)
    english = sum(word in rules.english for word in said)
    asked = questions(turn)
    is_english = english >= rules.english_least and english > 2 * swedish
    return Form(
        words=len(said),
        nonsense=not is_english and bool(familiar) and _familiar_share(said, familiar) < rules.familiar_least,
        english=is_english,
        greeting=bool(_pattern("greeting").search(_folded(turn[:_LONGEST]))),
        robot=bool(_pattern("robot").search(_folded(turn[:_LONGEST]))),
        abuse=bool(_pattern("abuse").search(_folded(turn[:_LONGEST]))),
        questions=asked,
        offer=any(_matches("offers", _opening(text)) for text in asked),
        open=bool(asked) and all(_matches("open_starts", _opening(text)) for text in asked),
    )


def letter_groups(word: str) -> Iterator[str]:
    """Groups of three letters in a word with its edges marked."""
    marked = f" {word} "
    return (marked[i : i + 3] for i in range(len(marked) - 2))


def _familiar_share(said: list[str], familiar: Collection[str]) -> float:
    groups = [group for word in said for group in letter_groups(word)]
    return sum(group in familiar for group in groups) / len(groups) if groups else 1.0
