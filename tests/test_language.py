"""Every text of the interface exists in both languages, and none is left over."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import simulator
from simulator.language import N_, Message, _, set_language

PACKAGE = Path(simulator.__file__).parent
PO = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "samtal.po"
FIELDS = re.compile(r"\{[^}]*\}")


def in_code() -> set[str]:
    keywords = {"_": None, "N_": None, "gettext": None}
    kinds = [("**.py", "python"), ("**.j2", "jinja2")]
    return {found[2] for found in extract_from_dir(PACKAGE, kinds, keywords=keywords)}  # type: ignore[misc]


def in_catalogue() -> dict[str, str]:
    return {str(m.id): str(m.string) for m in read_po(io.BytesIO(PO.read_bytes()), locale="en") if m.id}


def test_no_text_is_missing_and_none_is_unused() -> None:
    catalogue = in_catalogue()
    assert sorted(in_code() - catalogue.keys()) == []
    assert sorted(catalogue.keys() - in_code()) == []
    assert [text for text, english in catalogue.items() if not english] == []


def test_translations_keep_their_fields() -> None:
    for swedish, english in in_catalogue().items():
        assert set(FIELDS.findall(swedish)) == set(FIELDS.findall(english)), swedish


def test_a_message_is_translated_when_it_is_shown() -> None:
    message = Message(N_("Rad {n} är inte UTF-8."), {"n": 3})
    assert str(message) == "Rad 3 är inte UTF-8."
    set_language("en")
    assert "UTF-8" in str(message) and "Rad" not in str(message)
    assert _("Regelkort") != "Regelkort"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="fr"):
        set_language("fr")
