"""Puts the text together: header, imports, signature, docstring, lines and their comments."""
from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..ir.calls import units_of
from ..ir.program import Function, Tape, Value
from . import syntax
from .backend import COPY, Backend
from .helpers import HELPERS
from .layout import docstring, is_head, layout
from .operators import Spelling
from .regions import RegionPrinter
from .units import Owned, Part, unit_parts, unit_words
from .updates import Line
from .writer import heads_of


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
    units = units_of(function)
    words = unit_words(units, {heading.name, *taken})
    taken = taken | set(words.values())
    whole = Part(function, user, hints, by_reference, taken)
    parts = unit_parts(units, hints, by_reference, taken)
    modules: dict[str, str] = {}
    named = set().union(*(part.names.values() for part in (whole, *parts)))
    backend = backend.beside({**backend.aliases, **aliases}, named)
    spelling = Spelling(whole.names, whole.nesting, backend, user, modules, units=words)
    printer = RegionPrinter(spelling, owned(whole.function, whole.life.outlives))
    printer.function(whole.function)
    printer.line(result_node(printer, whole.function))
    body = layout(printer.lines, function.name, heading.sections)
    above = [line for part in parts for line in (*part.text(spelling, owned), "", "")]
    checks = heading.checks(printer.module) if heading.checks is not None else []
    head = [*heading.header, *import_lines(modules), *([""] if heading.constants else []), *heading.constants]
    define = [f"def {heading.name}({heading.signature}):"]
    define += docstring(heading.docstring(), saved(printer, function.name))
    helpers = [line for name in spelling.helpers for line in [*HELPERS[name].strip("\n").split("\n"), "", ""]]
    helpers = [line.replace("np.", modules.get(backend.modules.get("numpy", "numpy"), "np") + ".") for line in helpers]
    lines = [*head, *(["", ""] if head else []), *helpers, *above, *define, *checks, *([""] if checks else []), *body]
    return Emitted("\n".join(lines) + "\n", heading.name, saves_of(printer), modules, tuple(spelling.helpers),
                   spelling.objects, spelling.cells)


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

    return ast.Return(tree(function.structure))


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
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "append":
            if isinstance(call.func.value, ast.Name) and call.func.value.id in tapes:
                if not isinstance(call.args[0], ast.Constant):
                    found.setdefault(how_often(heads, line, own), {})[what_is_saved(call.args[0])] = None
                elif call.args[0].value is False:   # where it is True, the trip is left
                    flag = call.func.value.id.rstrip("0123456789").removesuffix("_saved")
                    found.setdefault(how_often(heads, line, own), {})[flag] = None
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
    if isinstance(node, ast.Tuple):
        return f"({', '.join(map(what_is_saved, node.elts))})"
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == COPY:
        node = node.func.value
    return heads_of([ast.Expr(node)])[0]
