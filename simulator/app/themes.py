"""The three themes. Every pair of colours that carries text meets WCAG 2.1 AA (a test computes it)."""

from __future__ import annotations

from dataclasses import dataclass

from textual.theme import Theme

from simulator.language import N_


@dataclass(frozen=True)
class Palette:
    """The colours of a theme. ``raised`` lies on ``ground`` (panels); ``chosen`` is behind what is pointed at."""

    ground: str
    raised: str
    bar: str
    text: str
    quiet: str
    line: str
    focus: str
    chosen: str
    caller: str
    good: str
    bad: str
    warn: str
    dark: bool

    @property
    def text_pairs(self) -> list[tuple[str, str]]:
        """Foreground and background of everything that is read: 4.5 to 1 or more."""
        grounds = (self.ground, self.raised, self.bar)
        inks = (self.text, self.quiet, self.caller, self.good, self.bad, self.warn, self.focus)
        pairs = [(ink, ground) for ink in inks for ground in grounds]
        pairs += [(ink, self.chosen) for ink in inks]
        return [*pairs, (self.ground, self.focus), (self.ground, self.caller), (self.ground, self.bad)]

    @property
    def sign_pairs(self) -> list[tuple[str, str]]:
        """Borders and marks against what they lie on: 3 to 1 or more."""
        return [(ink, ground) for ink in (self.line, self.focus) for ground in (self.ground, self.raised)]


PALETTES = {
    "dag": Palette(
        ground="#f7f5f0",
        raised="#ffffff",
        bar="#ebe7de",
        text="#1c2328",
        quiet="#4d5860",
        line="#7b868d",
        focus="#0b5a85",
        chosen="#d9e8f0",
        caller="#7a3d00",
        good="#12602a",
        bad="#a11d1a",
        warn="#6d4800",
        dark=False,
    ),
    "kvall": Palette(
        ground="#12171c",
        raised="#1a2128",
        bar="#222b34",
        text="#e8ebee",
        quiet="#aab5bf",
        line="#6f7f8d",
        focus="#86c5e6",
        chosen="#2b3b48",
        caller="#f0c27b",
        good="#93d7a3",
        bad="#f6a199",
        warn="#e9c46a",
        dark=True,
    ),
    "kontrast": Palette(
        ground="#000000",
        raised="#000000",
        bar="#1c1c1c",
        text="#ffffff",
        quiet="#ffffff",
        line="#ffffff",
        focus="#ffe14d",
        chosen="#00308f",
        caller="#9fe8ff",
        good="#8dffab",
        bad="#ffb3ab",
        warn="#ffd166",
        dark=True,
    ),
}
NAMES = {"dag": N_("Dag (ljust)"), "kvall": N_("Kväll (mörkt)"), "kontrast": N_("Hög kontrast")}


def theme(name: str) -> Theme:
    """The Textual theme made of a palette; its own variables are ``quiet``, ``line``, ``caller`` and so on."""
    p = PALETTES[name]
    return Theme(
        name=name,
        primary=p.focus,
        secondary=p.caller,
        accent=p.focus,
        warning=p.warn,
        error=p.bad,
        success=p.good,
        foreground=p.text,
        background=p.ground,
        surface=p.raised,
        panel=p.bar,
        dark=p.dark,
        variables={
            "quiet": p.quiet,
            "line": p.line,
            "bar": p.bar,
            "chosen": p.chosen,
            "caller": p.caller,
            "good": p.good,
            "bad": p.bad,
            "warn": p.warn,
            "focus": p.focus,
            "ground": p.ground,
            "text": p.text,
            "text-muted": p.quiet,
            "text-disabled": p.quiet,
            "text-primary": p.focus,
            "text-warning": p.warn,
            "text-error": p.bad,
            "text-success": p.good,
            "border": p.focus,
            "border-blurred": p.line,
            "block-cursor-foreground": p.text,
            "block-cursor-background": p.chosen,
            "block-cursor-text-style": "none" if name != "kontrast" else "reverse",
            "block-cursor-blurred-foreground": p.text,
            "block-cursor-blurred-background": p.bar,
            "block-cursor-blurred-text-style": "none",
            "block-hover-background": p.bar,
            "input-cursor-foreground": p.ground,
            "input-cursor-background": p.focus,
            "input-selection-background": p.chosen,
            "footer-background": p.bar,
            "footer-foreground": p.text,
            "footer-item-background": p.bar,
            "footer-key-foreground": p.focus,
            "footer-key-background": p.bar,
            "footer-description-foreground": p.text,
            "footer-description-background": p.bar,
            "button-foreground": p.text,
            "button-color-foreground": p.ground,
            "button-focus-text-style": "bold underline",
            "scrollbar": p.line,
            "scrollbar-hover": p.focus,
            "scrollbar-active": p.focus,
            "scrollbar-background": p.ground,
            "scrollbar-background-hover": p.ground,
            "scrollbar-background-active": p.ground,
            "scrollbar-corner-color": p.ground,
            "link-color": p.focus,
            "link-style": "underline",
        },
    )
