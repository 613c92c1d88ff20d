"""A list whose pointed-at row bears a mark, so that it is seen without telling shades apart."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widgets import OptionList

MARK = "▌"


class Rows(OptionList):
    """Textual's list; while it has the focus, the first cell of the row pointed at is a bar."""

    def render_line(self, y: int) -> Strip:
        """One line of the list."""
        strip = super().render_line(y)
        first = next(iter(strip), None)
        if not self.has_focus or first is None or first.style is None or self.highlighted is None:
            return strip
        if first.style.meta.get("option") != self.highlighted:
            return strip
        colour = Style(color=self.app.theme_variables["focus"])
        mark = Segment(MARK, first.style + colour)
        return Strip.join([Strip([mark], 1), strip.crop(1)])
