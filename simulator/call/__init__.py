"""The call: a fold over the handler's turns, which can be replayed and taken back."""

from simulator.call.call import Call, begin, replay
from simulator.call.transcript import EndedBy, Exchange, Transcript

__all__ = ["Call", "EndedBy", "Exchange", "Transcript", "begin", "replay"]
