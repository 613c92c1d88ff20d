"""A deterministic stand-in for the reader: a turn carries its own coding as tags.

``{greet open-inquiry @hyra empathy?} Hej`` is read as two sure moves, one unsure, and a question about
``hyra``. Text without tags is read for its form alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from simulator.reading import Asked, MoveFound, Reading, Topic
from simulator.reading.form import form_of

TAGS = re.compile(r"^\{(?P<tags>[^}]*)\}\s*")


class StandIn:
    version = "stand-in-1"

    def read(self, turn: str, before: str, topics: Iterable[Topic] = ()) -> Reading:
        found = TAGS.match(turn)
        tags = found["tags"].split() if found else []
        said = TAGS.sub("", turn)
        form = form_of(said, frozenset())
        known = {topic.id for topic in topics}
        moves = tuple(
            MoveFound(tag.rstrip("?"), 0.4 if tag.endswith("?") else 0.9, said, tag.endswith("?"))
            for tag in tags
            if not tag.startswith("@")
        )
        asked = tuple(Asked(tag[1:], 0.9, said) for tag in tags if tag.startswith("@") and tag[1:] in known)
        return Reading(turn, moves, asked, form, self.version)
