"""What is kept between sessions: calls, turn by turn, in SQLite in the user's own data folder."""

from simulator.store.database import StoreError, store_path
from simulator.store.learning import (
    Believed,
    Objection,
    Result,
    keep_own_view,
    keep_results,
    object_to,
    objections,
    own_views,
    results,
)
from simulator.store.store import CallSummary, Store, StoredCall

__all__ = [
    "Believed",
    "CallSummary",
    "Objection",
    "Result",
    "Store",
    "StoreError",
    "StoredCall",
    "keep_own_view",
    "keep_results",
    "object_to",
    "objections",
    "own_views",
    "results",
    "store_path",
]
