"""What is kept between sessions: calls, turn by turn, in SQLite in the user's own data folder."""

from simulator.store.store import Store, StoredCall, StoreError, store_path

__all__ = ["Store", "StoreError", "StoredCall", "store_path"]
