"""From a function object to its syntax tree, with where it stands.

before: a function object
after:  `Source`: the gast node of its `def`, its file, its lines
"""
from __future__ import annotations

import inspect
import linecache
import types
from dataclasses import dataclass, field, replace
from typing import Any

import gast

from ..errors import LaterError, Span, UnsupportedError
from .desugar import desugared


@dataclass(frozen=True)
class Source:
    """A function's tree.  `shift` is added to a node's line to give that of the file."""

    function: types.FunctionType
    node: Any
    file: str
    shift: int
    lines: tuple[str, ...] = field(repr=False)

    def span(self, node: Any, statement: Any = None) -> Span:
        """Where a node stands in the user's file; columns count characters."""
        end = node.end_lineno or node.lineno
        text = self.line(node.lineno)
        at = (statement or node).lineno + self.shift
        return Span(self.file, node.lineno + self.shift, characters(text, node.col_offset), end + self.shift,
                    characters(self.line(end), node.end_col_offset), text, self.function.__name__, at,
                    self.function.__module__)

    def line(self, number: int) -> str:
        return self.lines[number - 1] if number <= len(self.lines) else ""


def characters(text: str, size: int) -> int:
    """How many characters the first `size` bytes of a line are."""
    return len(text.encode()[:size].decode(errors="ignore"))


_cache: dict[tuple[str, types.CodeType], Source] = {}


def read_source(function: Any) -> Source:
    """The source of a Python function.  Raises UnsupportedError where there is none."""
    if not isinstance(function, types.FunctionType):
        name = getattr(function, "__name__", None) or f"an object of type {type(function).__name__}"
        raise UnsupportedError(f"`{name}` is not a Python function" if name.isidentifier() else
                               f"{name} is not a Python function", None,
                               "pass a function written with `def`: only that has a source to differentiate")
    if hasattr(function, "__adjoint__"):
        raise LaterError(f"`{function.__name__}`, a derivative inside a function, is not supported yet",
                         start_of(function.__adjoint__.primal), "differentiate it by itself, as in grad(grad(f))")
    key = function.__code__.co_filename, function.__code__
    found = _cache.get(key)
    if found is None:
        found = _cache[key] = _read(function)
    return found if found.function is function else replace(found, function=function)


def _read(function: types.FunctionType) -> Source:
    code = function.__code__
    linecache.checkcache(code.co_filename)
    if function.__name__ == "<lambda>":
        raise UnsupportedError("a lambda cannot be differentiated yet", start_of(function), "write it as a `def`")
    try:
        lines, first = inspect.getsourcelines(code)
    except (OSError, TypeError):
        raise UnsupportedError(f"the source of `{function.__name__}` cannot be found", start_of(function),
                               "define it in a file or a notebook cell") from None
    if lines[0][:1].isspace():  # the body of something: strings and comments may stand further left
        lines, first = ["if True:\n", *lines], first - 1
    node = definition(lines)
    if not isinstance(node, gast.FunctionDef):
        raise UnsupportedError(f"`{function.__name__}` is not a plain function", start_of(function),
                               "write it as a `def`")
    check_fresh(node, function)
    node = desugared(node)
    return Source(function, node, code.co_filename, first - 1, tuple(line.rstrip("\n") for line in lines))


def definition(lines: list[str]) -> Any:
    """The first statement of the lines, or of the block that was put around them."""
    try:
        node = gast.parse("".join(lines)).body[0]
    except (SyntaxError, IndexError):
        return None
    return node.body[0] if isinstance(node, gast.If) else node


def check_fresh(node: Any, function: types.FunctionType) -> None:
    """Raises UnsupportedError where the file does not have the function any more."""
    spec = node.args
    words = [*spec.posonlyargs, *spec.args, *spec.kwonlyargs, *filter(None, (spec.vararg, spec.kwarg))]
    code = function.__code__
    if node.name != code.co_name or tuple(word.id for word in words) != code.co_varnames[:len(words)]:
        raise UnsupportedError(f"the file of `{function.__name__}` has changed since it was imported",
                               start_of(function), "import it again")


def start_of(function: types.FunctionType) -> Span:
    """Where a function begins, without a look at its tree."""
    code = function.__code__
    text = linecache.getline(code.co_filename, code.co_firstlineno).rstrip("\n")
    column = len(text) - len(text.lstrip())
    if function.__name__ == "<lambda>" and "lambda" in text:
        column = text.index("lambda")
    return Span(code.co_filename, code.co_firstlineno, column, code.co_firstlineno, len(text), text,
                function.__name__, code.co_firstlineno, function.__module__)
