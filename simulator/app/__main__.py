"""``python -m simulator.app``: the app alone, as ``samtal serve`` starts it for each visitor."""

from __future__ import annotations

from simulator.language import set_language
from simulator.settings import wanted_language


def main() -> None:
    """Choose the language, then start."""
    set_language(wanted_language())
    from simulator.app.start import start

    start()


if __name__ == "__main__":
    main()
