"""Whose turn it is in a call on screen."""

from __future__ import annotations

from enum import Enum

from simulator.language import N_


class Phase(Enum):
    """The one state of the call screen; everything shown follows from it."""

    YOURS = "yours"
    READING = "reading"
    SPEAKING = "speaking"
    ENDED = "ended"


STATES = {
    Phase.YOURS: N_("din tur"),
    Phase.READING: N_("{name} hör dig"),
    Phase.SPEAKING: N_("{name} talar"),
    Phase.ENDED: N_("samtalet är slut"),
}
