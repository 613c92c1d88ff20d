"""Scenario files: schema, loading with exact places of errors, checking, shared files."""

from simulator.scenario.common import Common, Rule, Support
from simulator.scenario.library import Loaded, UnknownScenarioError, find, load, load_text, shelf
from simulator.scenario.schema import Fact, Hidden, Scenario, Step

__all__ = [
    "Common",
    "Fact",
    "Hidden",
    "Loaded",
    "Rule",
    "Scenario",
    "Step",
    "Support",
    "UnknownScenarioError",
    "find",
    "load",
    "load_text",
    "shelf",
]
