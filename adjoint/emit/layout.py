"""From lines to the text of a body, with the user's lines as comments."""
from __future__ import annotations

import ast
import linecache
import textwrap

from ..errors import Span
from .updates import Line
from .wrapping import WIDTH, wrapped
from .writer import heads_of

COLUMN = 52
LEAST = 24

Place = tuple[str, int]


def docstring(text: str, kept: str) -> list[str]:
    lines = [*text.split("\n"), *(["", *textwrap.wrap(kept, WIDTH - 4)] if kept else [])]
    if len(lines) == 1 and len(lines[0]) < WIDTH - 10:
        return [f'    """{lines[0]}"""']
    quoted = [line.replace("\\", "\\\\").replace('"""', '\\"""') for line in lines]
    return [f'    """{quoted[0]}', *("    " + line if line else "" for line in quoted[1:]), '    """']


def layout(lines: list[Line], own: str, sections: bool = True, heads: bool = True) -> list[str]:
    """The lines of the body, with a comment where a group of backward lines reverses another line.

    `sections`: whether there are two sweeps; `heads`: whether both are in this body, and each has a heading.
    """
    made: list[str] = []
    before = None
    groups: dict[int, Place] = {}
    texts = heads_of([line.node for line in lines])
    for k, line in enumerate(lines):
        if sections and heads and line.forward is not before:
            made += ([] if before is None else [""]) + ["    # forward" if line.forward else "    # backward"]
        before = line.forward
        text = "    " * line.depth + texts[k]
        groups = {depth: place for depth, place in groups.items() if depth <= line.depth}
        at = place_of(line)
        if sections and not line.forward and at is not None and at not in groups.values() and not waits(lines, k):
            groups[line.depth] = at
            made += with_comment(wrapped(text), comment(line.origin, own))  # type: ignore[arg-type]
        else:
            made += wrapped(text)
    return made


def place_of(line: Line) -> Place | None:
    """The user's statement that a line reverses; an `else` has its comment at the `if`."""
    if line.origin is None or line.node == "else":
        return None
    return line.origin.function, line.origin.statement


def waits(lines: list[Line], k: int) -> bool:
    """True for what prepares a loop: the comment stands at the loop's head."""
    for line in lines[k + 1:] if not is_head(lines[k]) else []:
        if line.depth != lines[k].depth or line.forward:
            return False
        if is_head(line):
            return place_of(line) == place_of(lines[k])
    return False


def is_head(line: Line) -> bool:
    return isinstance(line.node, (ast.For, ast.While))


def with_comment(lines: list[str], words: str) -> list[str]:
    """The line with its comment, cut to the width of the page; above it, where there is no room beside."""
    text, *rest = lines
    beside = f"{text:<{COLUMN - 2}}  # "
    if WIDTH - len(beside) >= min(LEAST, len(words)):
        return [beside + cut(words, WIDTH - len(beside)), *rest]
    indent = text[:len(text) - len(text.lstrip())]
    return [indent + "# " + cut(words, WIDTH - len(indent) - 2), *lines]


def cut(words: str, room: int) -> str:
    return words if len(words) <= room else words[:room - 4].rstrip() + " ..."


def comment(origin: Span, own: str) -> str:
    """The user's line and its number; where it is not the differentiated function's own, whose it is."""
    line = linecache.getline(origin.file, origin.statement)
    where = "" if origin.function == own else f"{origin.function}:"
    return f"{where}{origin.statement} | {(line or origin.text).strip()}"
