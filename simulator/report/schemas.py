"""JSON Schemas made from the models themselves, for editors and for programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import TypeAdapter

from simulator.report.events import Event
from simulator.scenario import Scenario


def scenario_schema() -> dict[str, Any]:
    """Schema of a scenario file, for completion and checking in an editor."""
    return Scenario.model_json_schema() | {"$schema": "https://json-schema.org/draft/2020-12/schema"}


def event_schema() -> dict[str, Any]:
    """Schema of one line of the JSON mode."""
    adapter: TypeAdapter[Any] = TypeAdapter(Event)
    return adapter.json_schema() | {"$schema": "https://json-schema.org/draft/2020-12/schema"}


SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {"scenario": scenario_schema, "events": event_schema}
