"""Where shipped files lie: beside the package once installed, else in the repository."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_IN_REPOSITORY = {
    "scenarios": "scenarios",
    "reader": "models/reader",
    "corpus": "models/corpus",
    "base": "models/base",
}


def shipped(name: str) -> Path:
    """The folder of shipped files of that name; ``corpus`` and ``base`` are in the repository only."""
    installed = _PACKAGE / "shipped" / name
    return installed if installed.is_dir() else _PACKAGE.parent / _IN_REPOSITORY[name]
