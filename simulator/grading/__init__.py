"""Grading: slots, opportunities, scorecard."""

from simulator.grading.opportunities import Opportunity, opportunities
from simulator.grading.scorecard import Disclosure, Judged, PartScore, Scorecard, StrategyScore, grade

__all__ = [
    "Disclosure",
    "Judged",
    "Opportunity",
    "PartScore",
    "Scorecard",
    "StrategyScore",
    "grade",
    "opportunities",
]
