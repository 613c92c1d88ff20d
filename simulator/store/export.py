"""Everything stored about a trainee as plain data, to be read, handed on or kept elsewhere."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from simulator.language import N_
from simulator.store.database import StoreError
from simulator.store.learning import objections, own_views, results
from simulator.store.store import Store

FORMAT = 1
"""Version of the exported form."""


def everything(store: Store) -> dict[str, Any]:
    """All calls with every turn as typed, read and answered; notes, drafts, own views, results, objections.

    Raises:
        StoreError: the store cannot be read.
    """
    views, found, wrong = own_views(store), results(store), objections(store)
    calls = []
    for call in store.calls():
        data: dict[str, Any] = asdict(call) | {"begun": call.begun.isoformat()}
        data["turns"] = [
            {"handler": turn, "caller": e.reply.text if e else None, **(e.as_data() if e else {})}
            for turn, e in call.turns
        ]
        data["own_view"] = views.get(call.id, {})
        data["results"] = [asdict(r) for r in found if r.call == call.id]
        data["objections"] = [asdict(o) | {"made": o.made.isoformat()} for o in wrong if o.call == call.id]
        calls.append(data)
    return {"samtal": FORMAT, "calls": calls}


def export(store: Store, path: Path) -> int:
    """Write everything to a new JSON file; returns how many calls it holds.

    Raises:
        StoreError: the file exists already or cannot be written, or the store cannot be read.
    """
    data = everything(store)
    try:
        with path.open("x", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False, indent=1)
    except FileExistsError as error:
        raise StoreError(N_("{path} finns redan. Välj ett annat namn."), path=path) from error
    except OSError as error:
        raise StoreError(N_("{path} går inte att skriva ({why})."), path=path, why=error.strerror) from error
    return len(data["calls"])
