"""Two small visuals that Textual lacks: text hanging from a label, and a line with a right-hand end."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual


class Hanging(Visual):
    """Text that hangs from a label: the label on the first line, the text wrapped beside it."""

    def __init__(self, label: str | Content, body: str | Content, indent: int) -> None:
        """``indent``: cells that the label takes; a string is read as Textual markup."""
        self.label = label if isinstance(label, Content) else Content.from_markup(label)
        self.body = body if isinstance(body, Content) else Content.from_markup(body)
        self.indent = indent

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """As wide as the text is unwrapped."""
        return self.indent + self.body.get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Lines at this width."""
        return max(1, self.body.get_height(rules, max(1, width - self.indent)))

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Label and text, line by line."""
        body = self.body.render_strips(max(1, width - self.indent), height, style, options) or [Strip([])]
        label = self.label.render_strips(self.indent, 1, style, options)[:1] or [Strip([])]
        blank = Strip([Segment(" " * self.indent, style.rich_style)], self.indent)
        first = label[0].adjust_cell_length(self.indent, style.rich_style)
        return [Strip.join([first if n == 0 else blank, line]) for n, line in enumerate(body)]


class Ends(Visual):
    """One line: something at the left, cut if it must, and something at the right, whole."""

    def __init__(self, left: str | Content, right: str | Content = "") -> None:
        self.left = left if isinstance(left, Content) else Content.from_markup(left)
        self.right = right if isinstance(right, Content) else Content.from_markup(right)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Both ends and a space between."""
        return self.left.cell_length + self.right.cell_length + 2

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Always one line."""
        return 1

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The line."""
        room = max(1, width - self.right.cell_length - bool(self.right))
        left = self.left.truncate(room, ellipsis=True, pad=True)
        line = Content.assemble(left, " " if self.right else "", self.right)
        return line.render_strips(max(width, line.cell_length), 1, style, options)


class Stack(Visual):
    """Visuals one below the other."""

    def __init__(self, parts: Sequence[Visual]) -> None:
        self.parts = list(parts)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """The widest part's."""
        return max((part.get_optimal_width(rules, container_width) for part in self.parts), default=0)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """All parts' lines."""
        return sum(part.get_height(rules, width) for part in self.parts)

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """All parts' lines in order."""
        return [strip for part in self.parts for strip in part.render_strips(width, None, style, options)]


def plain(text: str, style: str = "") -> Content:
    """Text as it is: nothing in it is markup, and control characters are shown rather than obeyed."""
    from simulator.report.plain import safe

    return Content.assemble((safe(text), style)) if style else Content(safe(text))


def para(text: str, style: str = "", indent: int = 0) -> Hanging:
    """A paragraph: text as it is, wrapped, so many cells in."""
    return Hanging("", plain(text, style), indent)


GAP = Hanging("", " ", 0)
"""An empty line."""


def labelled(rows: Sequence[tuple[str, str]], indent: int = 0) -> list[Visual]:
    """Texts hanging from quiet labels, all equally far in; a label is not said twice running."""
    wide = max((len(label) for label, _text in rows), default=0) + 2
    found: list[Visual] = []
    before = ""
    for label, text in rows:
        shown = "" if label == before else label
        before = label
        head = plain(" " * indent + shown, "$quiet")
        found.append(Hanging(head, plain(text), indent + wide))
    return found


SPARKS = "▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[float]) -> str:
    """Values 0-1 as a row of small bars, one cell each."""
    return "".join(SPARKS[min(7, max(0, int(value * 8)))] for value in values)


def bar(value: float, width: int = 10) -> str:
    """A value 0-1 as a bar of whole cells."""
    full = round(value * width)
    return "█" * full + "░" * (width - full)
