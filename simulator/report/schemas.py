"""JSON Schemas made from the models themselves, for editors and for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pydantic import TypeAdapter

from simulator.codebook import codebook
from simulator.report.events import Event
from simulator.scenario import Scenario
from simulator.scenario.advice import CODES
from simulator.scenario.library import common
from simulator.scenario.packs import PackFile
from simulator.scenario.schema import EVENTS


def scenario_schema() -> dict[str, Any]:
    """Schema of a scenario file, for completion and checking in an editor.

    Ids are listed, so that an editor completes them: acts, moves, strategies, families, rules, support.
    """
    schema = Scenario.model_json_schema() | {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    book, shared = codebook(), common()
    parts = schema["$defs"]
    for part, name in (
        ("ErrandPoint", "act"),
        ("ErrandPoint", "again_act"),
        ("ErrandPoint", "accept_act"),
        ("Fact", "act"),
        ("Step", "act"),
        ("Reaction", "act"),
        ("Said", "act"),
    ):
        _list(parts[part]["properties"][name], book.acts)
    _list(parts["Reaction"]["properties"]["on"], [*EVENTS, *book.moves])
    _list(parts["Exempt"]["properties"]["strategy"], book.strategies)
    _list(parts["Explained"]["properties"]["advice"], sorted(CODES))
    _list(parts["Fact"]["properties"]["family"]["items"], shared.families)
    for name, ids in (("trains", book.strategies), ("rules", shared.rules), ("support", shared.support)):
        _list(schema["properties"][name]["items"], ids)
    return schema


def _list(place: dict[str, Any], ids: Iterable[str]) -> None:
    place.pop("pattern", None)
    place.pop("maxLength", None)
    place["enum"] = list(ids)


def event_schema() -> dict[str, Any]:
    """Schema of one line of the JSON mode."""
    adapter: TypeAdapter[Any] = TypeAdapter(Event)
    return adapter.json_schema() | {"$schema": "https://json-schema.org/draft/2020-12/schema"}


def pack_schema() -> dict[str, Any]:
    """Schema of ``pack.yaml``."""
    return PackFile.model_json_schema() | {"$schema": "https://json-schema.org/draft/2020-12/schema"}


SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "scenario": scenario_schema,
    "pack": pack_schema,
    "events": event_schema,
}
