"""From a function object to its syntax tree, with where it stands.

before: a function object
after:  `Source`: the gast node of its `def`, its file, its lines
"""
from __future__ import annotations

import inspect
import linecache
import textwrap
import types
from dataclasses import dataclass, field
from typing import Any

import gast

from ..errors import Span, UnsupportedError


@dataclass(frozen=True)
class Source:
    """A function's tree.  Line and column of a node, plus the offsets, are those of the file."""

    function: types.FunctionType
    node: Any
    file: str
    first_line: int
    indent: int
    lines: tuple[str, ...] = field(repr=False)

    def span(self, node: Any, statement: Any = None) -> Span:
        """Where a node stands in the user's file."""
        shift = self.first_line - 1
        line, end = node.lineno + shift, (node.end_lineno or node.lineno) + shift
        text = self.lines[node.lineno - 1] if node.lineno <= len(self.lines) else ""
        at = (statement or node).lineno + shift
        return Span(self.file, line, node.col_offset + self.indent, end, node.end_col_offset + self.indent,
                    text, self.function.__name__, at, self.function.__module__)


_cache: dict[types.CodeType, Source] = {}


def read_source(function: Any) -> Source:
    """The source of a Python function.  Raises UnsupportedError where there is none."""
    if not isinstance(function, types.FunctionType):
        raise UnsupportedError(f"{function!r} is not a Python function", None,
                               "only functions written in Python have a source to differentiate")
    found = _cache.get(function.__code__)
    if found is None:
        found = _cache[function.__code__] = _read(function)
    return found if found.function is function else Source(
        function, found.node, found.file, found.first_line, found.indent, found.lines)


def _read(function: types.FunctionType) -> Source:
    code = function.__code__
    linecache.checkcache(code.co_filename)
    try:
        lines, first = inspect.getsourcelines(code)
    except (OSError, TypeError):
        raise UnsupportedError(f"the source of `{function.__name__}` cannot be found", None,
                               "define it in a file or a notebook cell") from None
    if function.__name__ == "<lambda>":
        raise UnsupportedError("a lambda cannot be differentiated yet", None, "write it as a `def`")
    text = textwrap.dedent("".join(lines))
    indent = len(lines[0]) - len(lines[0].lstrip())
    node = gast.parse(text).body[0]
    if not isinstance(node, gast.FunctionDef):
        raise UnsupportedError(f"`{function.__name__}` is not a plain function", None, "write it as a `def`")
    plain = tuple(line.rstrip("\n") for line in lines)
    return Source(function, node, code.co_filename, first, indent, plain)
