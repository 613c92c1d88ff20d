"""The call: a fold over the handler's turns, which can be replayed and taken back."""

from simulator.call.call import Call, begin, replay
from simulator.call.transcript import Exchange, Transcript

__all__ = ["Call", "Exchange", "Transcript", "begin", "replay"]
