"""What a user has chosen: language, theme, pace, text width, mode, where the store lies. One small file."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_type_hints

from platformdirs import user_config_path

from simulator.language import LANGUAGES, N_, ToldError

Theme = Literal["dag", "kvall", "kontrast"]
Pace = Literal["lugn", "vanlig", "snabb", "genast"]
Width = Literal["smal", "vanlig", "bred"]
Mode = Literal["coach", "call", "exam"]


class SettingsError(ToldError):
    """The settings cannot be written."""


@dataclass(frozen=True)
class Settings:
    """``store`` empty: the user's data folder. ``lang`` empty: as the command line or the machine says.

    ``packs``: folders with scenarios of one's own, separated as in PATH.
    """

    lang: Literal["", "sv", "en"] = ""
    theme: Theme = "kvall"
    pace: Pace = "vanlig"
    width: Width = "vanlig"
    mode: Mode = "coach"
    store: str = ""
    packs: str = ""

    def with_(self, **chosen: str) -> Settings:
        """The same but for these. Raises ValueError for what is not one of the choices."""
        for name, value in chosen.items():
            if not _allowed(name, value):
                raise ValueError(f"{name}: {value}")
        return replace(self, **chosen)  # type: ignore[arg-type]


def settings_path() -> Path:
    """The file: in the folder ``SAMTAL_CONFIG``, else in the user's configuration folder."""
    folder = os.environ.get("SAMTAL_CONFIG")
    return (
        Path(folder).expanduser() if folder else user_config_path("samtal", appauthor=False)
    ) / "settings.json"


@cache
def settings() -> Settings:
    """What the file says. What is missing, unknown or damaged in it is left at its ordinary value."""
    try:
        found: Any = json.loads(settings_path().read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    given = found if isinstance(found, dict) else {}
    names = {field.name for field in fields(Settings)}
    return Settings(
        **{name: value for name, value in given.items() if name in names and _allowed(name, value)}
    )


def save(chosen: Settings) -> None:
    """Write the file, whole or not at all. Raises SettingsError."""
    path = settings_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_text(json.dumps(asdict(chosen), ensure_ascii=False, indent=2) + "\n", "utf-8")
        part.replace(path)
    except OSError as error:
        template = N_("Inställningarna gick inte att spara i {path} ({why}).")
        raise SettingsError(template, path=path, why=error.strerror) from error
    settings.cache_clear()


def wanted_language() -> str:
    """``SAMTAL_LANG``, else the language chosen in the settings, else Swedish."""
    wanted = os.environ.get("SAMTAL_LANG") or settings().lang
    return wanted if wanted in LANGUAGES else "sv"


def choices(name: str) -> tuple[str, ...]:
    """The values a setting may have; empty where any text will do."""
    return tuple(get_args(get_type_hints(Settings)[name]))


def _allowed(name: str, value: object) -> bool:
    return isinstance(value, str) and (not choices(name) or value in choices(name))
