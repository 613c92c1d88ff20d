"""Grading: slots, opportunities, scorecard, and remarks while a call goes on."""

from simulator.grading.opportunities import Opportunity, opportunities
from simulator.grading.remark import Remark, open_slots, remark
from simulator.grading.scorecard import Disclosure, Judged, PartScore, Scorecard, StrategyScore, grade

__all__ = [
    "Disclosure",
    "Judged",
    "Opportunity",
    "PartScore",
    "Remark",
    "Scorecard",
    "StrategyScore",
    "grade",
    "open_slots",
    "opportunities",
    "remark",
]
