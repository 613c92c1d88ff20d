"""Trying a scenario out: scripted handlers play it, and what came of it is counted."""

from simulator.trying.summary import Summary, summarise
from simulator.trying.trial import Trial, try_out

__all__ = ["Summary", "Trial", "summarise", "try_out"]
