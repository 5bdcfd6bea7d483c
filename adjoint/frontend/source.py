"""From a function object to its syntax tree, with where it stands.

before: a function object
after:  `Source`: the gast node of its `def`, its file, its lines
"""
from __future__ import annotations

import ast
import functools
import inspect
import linecache
import types
from dataclasses import dataclass, field, replace
from typing import Any

import gast

from ..errors import Span, UnsupportedError
from .desugar import desugared
from .fresh import is_current
from .nodes import bound_in


@dataclass(frozen=True)
class Source:
    """A function's tree.  `shift` is added to a node's line to give that of the file."""

    function: types.FunctionType
    node: Any
    file: str
    shift: int
    lines: tuple[str, ...] = field(repr=False)
    spans: dict[tuple[Any, Any], Span] = field(default_factory=dict, repr=False, compare=False)
    assigned: dict[Any, list[str]] = field(default_factory=dict, repr=False, compare=False)

    @functools.cached_property
    def own(self) -> frozenset[str]:
        """The names that the function binds."""
        return bound_in(self.node.body)

    def span(self, node: Any, statement: Any = None) -> Span:
        """Where a node stands in the user's file; columns count characters."""
        found = self.spans.get((node, statement))
        if found is None:
            found = self.spans[node, statement] = self._span(node, statement)
        return found

    def _span(self, node: Any, statement: Any) -> Span:
        end = node.end_lineno or node.lineno
        text = self.line(node.lineno)
        at = (statement or node).lineno + self.shift
        return Span(self.file, node.lineno + self.shift, characters(text, node.col_offset), end + self.shift,
                    characters(self.line(end), node.end_col_offset), text, self.name, at,
                    self.function.__module__)

    @property
    def name(self) -> str:
        """What the function is called: a lambda by the name it is bound to, a wrapper as what it wraps."""
        name = self.function.__name__
        return name if name.isidentifier() else str(self.node.name)

    def assigned_in(self, loop: Any) -> list[str]:
        """The names that a loop assigns, in the order of the source."""
        if loop not in self.assigned:
            targets = [loop.target] if isinstance(loop, gast.For) else []
            names = [inner.id for node in [*targets, *loop.body] for inner in gast.walk(node)
                     if isinstance(inner, gast.Name) and isinstance(inner.ctx, gast.Store)]
            self.assigned[loop] = list(dict.fromkeys(names))
        return list(self.assigned[loop])

    def line(self, number: int) -> str:
        return self.lines[number - 1] if number <= len(self.lines) else ""


def characters(text: str, size: int) -> int:
    """How many characters the first `size` bytes of a line are."""
    return len(text.encode()[:size].decode(errors="ignore"))


_cache: dict[tuple[str, types.CodeType], Source] = {}


def read_source(function: Any) -> Source:
    """The source of a Python function.  Raises UnsupportedError where there is none."""
    if not isinstance(function, types.FunctionType):
        raise not_a_function(function)
    key = function.__code__.co_filename, function.__code__
    found = _cache.get(key)
    if found is None:
        found = _cache[key] = _read(function)
    return found if found.function is function else replace(found, function=function, spans={})


def interface(source: Source) -> Source:
    """Whose parameters a caller sees: the function's own, or, behind `*args`, those of what it wraps."""
    spec = source.node.args
    wrapped = getattr(source.function, "__wrapped__", None)
    if (spec.vararg or spec.kwarg) and isinstance(wrapped, types.FunctionType):
        return interface(read_source(wrapped))
    return source


def notes_in(source: Source) -> dict[str, str | None]:
    """The text of each parameter's annotation, as it stands in the file."""
    spec = source.node.args
    words = [*spec.posonlyargs, *spec.args, *spec.kwonlyargs]
    return {word.id: None if word.annotation is None else ast.unparse(gast.gast_to_ast(word.annotation))
            for word in words}


def not_a_function(found: Any) -> UnsupportedError:
    name = getattr(found, "__name__", None)
    word = f"`{name}`" if isinstance(name, str) and name.isidentifier() else f"an object of type {type(found).__name__}"
    inner = getattr(found, "__wrapped__", None)
    if isinstance(inner, types.FunctionType):
        remedy = f"differentiate what it wraps, `{name}.__wrapped__`"
    elif isinstance(found, functools.partial):
        remedy = "write the call as a `lambda`"
    elif not is_builtin(type(found)) and inspect.isfunction(inspect.getattr_static(type(found), "__call__", None)):
        remedy = "differentiate its method `__call__`"
    else:
        remedy = "pass a function written in Python, with `def` or `lambda`: only that has a source to differentiate"
    return UnsupportedError(f"{word} is not a Python function", None, remedy)


def is_builtin(kind: type) -> bool:
    return kind.__module__.partition(".")[0] in ("builtins", "numpy", "functools")


def _read(function: types.FunctionType) -> Source:
    code = function.__code__
    lines = file_lines(function)
    if not is_current(lines, function):
        raise changed(function)
    if code.co_name == "<lambda>":
        node = desugared(lambda_definition(lines, function))
        return Source(function, node, code.co_filename, 0, tuple(line.rstrip("\n") for line in lines))
    first = code.co_firstlineno
    lines = inspect.getblock(lines[first - 1:])
    if lines[0][:1].isspace():  # the body of something: strings and comments may stand further left
        lines, first = ["if True:\n", *lines], first - 1
    node = definition(lines)
    if not isinstance(node, gast.FunctionDef):
        raise UnsupportedError(f"`{function.__name__}` is not a plain function", start_of(function),
                               "write it as a `def`")
    if not is_named(node, function):
        raise changed(function)
    node = desugared(node, in_place=True)
    return Source(function, node, code.co_filename, first - 1, tuple(line.rstrip("\n") for line in lines))


def file_lines(function: types.FunctionType) -> list[str]:
    """The lines of the file, of the notebook's cell or of what was typed, in which a function stands."""
    code = function.__code__
    linecache.checkcache(code.co_filename)
    lines = linecache.getlines(code.co_filename, function.__globals__)
    if len(lines) < code.co_firstlineno:
        try:
            lines = inspect.findsource(code)[0]
        except (OSError, TypeError, IndexError):
            lines = []
    if len(lines) < code.co_firstlineno:
        typed = code.co_filename in ("<stdin>", "<string>")
        raise UnsupportedError(f"the source of `{function.__name__}` cannot be found", start_of(function),
                               "define it in a file or a notebook cell" + (
                                   "; the prompt keeps what is typed from Python 3.13 on" if typed else ""))
    return lines


def definition(lines: list[str]) -> Any:
    """The first statement of the lines, or of the block that was put around them."""
    try:
        node = gast.parse("".join(lines)).body[0]
    except (SyntaxError, IndexError):
        return None
    return node.body[0] if isinstance(node, gast.If) else node


def lambda_definition(lines: list[str], function: types.FunctionType) -> Any:
    """A `def` that does what a lambda does, found among the lambdas of its file by where its code stands."""
    code = function.__code__
    try:
        tree = gast.parse("".join(lines))
    except SyntaxError:
        tree = gast.Module([], [])
    found = [node for node in gast.walk(tree) if isinstance(node, gast.Lambda) and is_of(node.args, code)
             and node.lineno == code.co_firstlineno]
    places = [place for place in code.co_positions() if None not in place and place[2:] != (0, 0)]
    if places:
        start = min((line, column) for line, _, column, _ in places)    # type: ignore[type-var]
        end = max((line, column) for _, line, _, column in places)      # type: ignore[type-var]
        found = [node for node in found if start_in(node.body) <= start and end <= end_of(node.body)]
        found = sorted(found, key=start_in)[-1:]    # the innermost
    if not found:
        raise changed(function)
    if len(found) > 1:
        raise UnsupportedError("it cannot be told which of the lambdas in this line is meant", start_of(function),
                               "write each on a line of its own: Python runs without positions of code")
    node = found[0]
    name = next((target.id for assign in gast.walk(tree) if isinstance(assign, gast.Assign) and assign.value is node
                 for target in assign.targets if isinstance(target, gast.Name)), "lambda")
    body = [gast.copy_location(gast.Return(node.body), node.body)]
    made = gast.FunctionDef(name, node.args, body, [], None, None, [])
    return gast.copy_location(made, node)


def start_in(node: Any) -> tuple[int, int]:
    return node.lineno, node.col_offset


def end_of(node: Any) -> tuple[int, int]:
    return node.end_lineno, node.end_col_offset


def is_of(spec: Any, code: types.CodeType) -> bool:
    """Whether the code has these parameters."""
    words = [*spec.posonlyargs, *spec.args, *spec.kwonlyargs, *filter(None, (spec.vararg, spec.kwarg))]
    return tuple(word.id for word in words) == code.co_varnames[:len(words)]


def is_named(node: Any, function: types.FunctionType) -> bool:
    """Whether a definition has the function's name and parameters."""
    return bool(node.name == function.__code__.co_name and is_of(node.args, function.__code__))


def changed(function: types.FunctionType) -> UnsupportedError:
    return UnsupportedError(f"the file of `{function.__name__}` has changed since it was imported",
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
