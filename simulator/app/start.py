"""Starting the app."""

from __future__ import annotations

import os
import tempfile

from simulator.app.app import SamtalApp
from simulator.app.desk import Desk
from simulator.reading import Reader


def start() -> None:
    """Run the app until it is closed. A guest's store goes away with them."""
    if not os.environ.get("SAMTAL_GUEST"):
        SamtalApp(Desk(_reader)).run()
        return
    with tempfile.TemporaryDirectory(prefix="samtal-") as folder:
        os.environ["SAMTAL_STORE"] = os.environ["SAMTAL_CONFIG"] = folder
        SamtalApp(Desk(_reader, guest=True)).run()


def _reader() -> Reader:
    from simulator.session import load_reader

    return load_reader()
