"""The language of the interface: Swedish in the code, English from a gettext catalogue.

Callers always speak Swedish; this concerns only what the program itself says.
"""

from __future__ import annotations

import gettext
import io
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Literal

Lang = Literal["sv", "en"]
LANGUAGES: tuple[Lang, ...] = ("sv", "en")

_current: Lang = "sv"


@cache
def _catalogue(lang: Lang) -> gettext.NullTranslations:
    """The compiled catalogue, made from the .po file so that no binary is kept in the repository."""
    if lang == "sv":
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    po = resources.files("simulator") / "locale" / lang / "LC_MESSAGES" / "samtal.po"
    compiled = io.BytesIO()
    with po.open("rb") as file:
        write_mo(compiled, read_po(file, locale=lang))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def set_language(lang: str) -> None:
    """Choose the language of the interface.

    Raises:
        ValueError: the language is neither ``sv`` nor ``en``.
    """
    global _current
    if lang not in LANGUAGES:
        raise ValueError(lang)
    _current = lang


def language() -> Lang:
    """The language now in use."""
    return _current


def _(text: str) -> str:
    """Translate a Swedish text of the interface; a text without translation stays as it is."""
    return _catalogue(_current).gettext(text)


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "mark, translate later"
    """Mark a text for the catalogue without translating it yet."""
    return text


class ToldError(Exception):
    """Base of errors told to a person: ``message`` says what is wrong and what can be done."""

    def __init__(self, template: str, **values: Any) -> None:
        self.message = Message(template, values)
        super().__init__(template)


@dataclass(frozen=True)
class Message:
    """A text with values, translated when it is shown rather than when it is made."""

    template: str
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return _(self.template).format(**self.values)
