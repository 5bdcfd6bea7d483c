"""Puts the text together: header, imports, signature, docstring, lines and their comments."""
from __future__ import annotations

import linecache
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gast

from ..errors import Span
from ..ir.program import Function, Tape, Value
from . import syntax
from .appends import with_appends
from .backend import COPY, Backend
from .helpers import HELPERS
from .lifetimes import Lifetimes, lifetimes
from .names import all_names
from .nest import nest
from .nesting import Nesting
from .operators import Spelling
from .regions import RegionPrinter
from .snapshots import snapshots
from .together import with_tuples
from .updates import Line
from .versions import check_versions
from .wrapping import WIDTH, wrapped
from .writer import heads_of

COLUMN = 52
LEAST = 24


@dataclass(frozen=True)
class Heading:
    """What the text says of itself.  `signature`: the parameter list as the user wrote it, defaults too.

    `docstring` is called when the program is complete; `sections`: whether there are two sweeps.
    For a file of its own: `constants` are lines above the function; `checks` gives its first lines,
    in the words that it is given for modules.
    """

    name: str
    signature: str
    docstring: Callable[[], str]
    header: tuple[str, ...] = ()
    sections: bool = True
    constants: tuple[str, ...] = ()
    checks: Callable[[Callable[[str], str]], list[str]] | None = None


Survives = Callable[[Value, Value], bool]
Owned = Callable[[Survives], dict[Value, set[Value]]]


@dataclass(frozen=True)
class Emitted:
    """`text` runs in a module that has `objects`, which cannot be imported; `name` is the function's.

    `cells`: the names of closure cells, by what the program calls them.
    """

    text: str
    name: str
    saves: tuple[str, ...]
    modules: dict[str, str]
    helpers: tuple[str, ...]
    objects: dict[str, object]
    cells: dict[str, str]


def emit(function: Function, user: set[Value], owned: Owned, backend: Backend, heading: Heading,
         aliases: dict[str, str], taken: set[str], hints: dict[Value, str], by_reference: bool = False) -> Emitted:
    """The program as the text of a Python function.

    `owned` gives what may be updated in place, once it is known which values outlive which.
    `by_reference` leaves copies out: wrong, for tests.
    """
    fixed = user | set(function.params)
    function = with_tuples(with_appends(function), user)
    nesting, life = nested(function, fixed, hints, by_reference)
    kept = snapshots(function, fixed, life)
    if kept is not function:
        function = kept
        nesting, life = nested(function, fixed, hints, by_reference)
    check_versions(function, nesting)
    names = all_names(function, nesting, life, taken, fixed, hints)
    modules: dict[str, str] = {}
    backend = backend.beside({**backend.aliases, **aliases}, set(names.values()))
    spelling = Spelling(names, nesting, backend, user, modules)
    printer = RegionPrinter(spelling, owned(life.outlives))
    printer.function(function)
    printer.line(result_node(printer, function))
    body = layout(printer.lines, function.name, heading.sections)
    checks = heading.checks(printer.module) if heading.checks is not None else []
    head = [*heading.header, *import_lines(modules), *([""] if heading.constants else []), *heading.constants]
    define = [f"def {heading.name}({heading.signature}):"]
    define += docstring(heading.docstring(), saved(printer, function.name))
    helpers = [line for name in spelling.helpers for line in [*HELPERS[name].strip("\n").split("\n"), "", ""]]
    helpers = [line.replace("np.", modules.get(backend.modules.get("numpy", "numpy"), "np") + ".") for line in helpers]
    lines = [*head, *(["", ""] if head else []), *helpers, *define, *checks, *([""] if checks else []), *body]
    return Emitted("\n".join(lines) + "\n", heading.name, saves_of(printer), modules, tuple(spelling.helpers),
                   spelling.objects, spelling.cells)


def nested(function: Function, fixed: set[Value], hints: dict[Value, str],
           by_reference: bool) -> tuple[Nesting, Lifetimes]:
    nesting = nest(function, fixed, hints, by_reference)
    return nesting, lifetimes(function, nesting)


def saves_of(printer: RegionPrinter) -> tuple[str, ...]:
    found = []
    for value, op in printer.nesting.definition.items():
        if isinstance(op, Tape):
            found.append(printer.names[value])
    return tuple(dict.fromkeys(found))


def import_lines(modules: dict[str, str]) -> list[str]:
    lines = []
    for module, alias in sorted(modules.items()):
        lines.append(f"import {module}" if module == alias else f"import {module} as {alias}")
    return lines


def result_node(printer: RegionPrinter, function: Function) -> Any:
    def tree(structure: object) -> Any:
        if isinstance(structure, tuple):
            return syntax.tuple_of([tree(item) for item in structure])
        assert isinstance(structure, int)
        arg = function.block.yields[structure]
        node = printer.expr(arg)
        if isinstance(arg, Value) and arg in printer.nesting.copied:
            node = syntax.copy_of(node)
        return node

    return gast.Return(tree(function.structure))


def docstring(text: str, kept: str) -> list[str]:
    lines = [*text.split("\n"), *(["", *textwrap.wrap(kept, WIDTH - 4)] if kept else [])]
    quoted = [line.replace("\\", "\\\\").replace('"""', '\\"""') for line in lines]
    return [f'    """{quoted[0]}', *("    " + line if line else "" for line in quoted[1:]), '    """']


def saved(printer: RegionPrinter, own: str) -> str:
    """Which values the lists hold that go from one sweep to the next, and how often each is saved."""
    tapes = set(saves_of(printer))
    heads: dict[int, Line] = {}
    found: dict[str, dict[str, None]] = {}
    for line in printer.lines:
        heads = {depth: head for depth, head in heads.items() if depth < line.depth}
        if is_head(line):
            heads[line.depth] = line
        call = getattr(line.node, "value", None)
        if isinstance(call, gast.Call) and isinstance(call.func, gast.Attribute) and call.func.attr == "append":
            if isinstance(call.func.value, gast.Name) and call.func.value.id in tapes:
                found.setdefault(how_often(heads, line, own), {})[what_is_saved(call.args[0])] = None
    words = [", ".join(values) + often for often, values in found.items()]
    return f"Saved for the backward pass: {'; '.join(words)}." if words else ""


def how_often(heads: dict[int, Line], line: Line, own: str) -> str:
    origin = heads[max(heads)].origin if heads else None
    if origin is None:
        return ""
    often = "once per trip" if line.depth == max(heads) + 1 else "in some trips"
    return f", {often} of line {origin.statement}" + ("" if origin.function == own else f" of `{origin.function}`")


def what_is_saved(node: Any) -> str:
    """A value as it is pushed; that it is copied says nothing of what it is."""
    if isinstance(node, gast.Tuple):
        return f"({', '.join(map(what_is_saved, node.elts))})"
    while isinstance(node, gast.Call) and isinstance(node.func, gast.Attribute) and node.func.attr == COPY:
        node = node.func.value
    return heads_of([gast.Expr(node)])[0]


# ---- lines and comments

Place = tuple[str, int]


def layout(lines: list[Line], own: str, sections: bool = True) -> list[str]:
    """The lines of the body, with a comment where a group of backward lines reverses another line."""
    made: list[str] = []
    before = None
    groups: dict[int, Place] = {}
    heads = heads_of([line.node for line in lines])
    for k, line in enumerate(lines):
        if sections and line.forward is not before:
            made += ([] if before is None else [""]) + ["    # forward" if line.forward else "    # backward"]
        before = line.forward
        text = "    " * line.depth + heads[k]
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
    return isinstance(line.node, (gast.For, gast.While))


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
