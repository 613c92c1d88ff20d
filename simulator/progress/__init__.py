"""What practice has led to: standing by strategy, own view against score, what to practise next."""

from simulator.progress.next_call import Known, Suggestion, suggest
from simulator.progress.own_view import Gap, asked_about, compare, over_calls, overrating
from simulator.progress.standing import Standing, by_strategy, strong, weak

__all__ = [
    "Gap",
    "Known",
    "Standing",
    "Suggestion",
    "asked_about",
    "by_strategy",
    "compare",
    "over_calls",
    "overrating",
    "strong",
    "suggest",
    "weak",
]
