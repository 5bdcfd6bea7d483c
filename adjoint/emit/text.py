"""Puts the text together: header, imports, signature, docstring, lines and their comments."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..errors import Span
from ..ir.program import Block, Function, Loop, Value
from ..ir.traverse import blocks
from .backend import Backend
from .expressions import Spelling
from .helpers import HELPERS
from .lifetimes import lifetimes
from .names import all_names
from .nest import nest
from .regions import RegionPrinter
from .snapshots import snapshots
from .statements import Line
from .versions import check_versions
from .writer import head_of

COLUMN = 52
WIDTH = 110
QUOTE = 30


@dataclass(frozen=True)
class Heading:
    """What the text says of itself.  `signature`: the parameter list as the user wrote it, defaults too."""

    name: str
    signature: str
    docstring: str
    header: tuple[str, ...] = ()


@dataclass(frozen=True)
class Emitted:
    """`text` runs in a module that has the modules named in it; `name` is the function's."""

    text: str
    name: str
    saves: tuple[str, ...]
    modules: dict[str, str]
    helpers: tuple[str, ...]


def values_of(block: Block) -> set[Value]:
    """Every value that a block defines, parameters included."""
    found = set(block.params)
    for op in block.ops:
        found.update(op.outs)
        if isinstance(op, Loop):
            found.update(v for v in (op.index, op.item, *(c.param for c in op.carries)) if v is not None)
        for inner in blocks(op):
            found |= values_of(inner)
    return found


def emit(function: Function, user: set[Value], owned: dict[Value, set[Value]], backend: Backend, heading: Heading,
         aliases: dict[str, str], taken: set[str], hints: dict[Value, str]) -> Emitted:
    """The program as the text of a Python function."""
    fixed = user | set(function.params)
    function = snapshots(function, fixed)
    nesting = nest(function)
    check_versions(function, nesting)
    life = lifetimes(function, nesting)
    names = all_names(function, nesting, life, taken, fixed, hints)
    modules: dict[str, str] = {}
    backend = Backend(backend.name, backend.modules, backend.functions, {**backend.aliases, **aliases})
    spelling = Spelling(names, nesting, backend, modules)
    printer = RegionPrinter(spelling, user, owned)
    printer.function(function)
    printer.line(result_node(printer, function))
    body = layout(printer.lines)
    head = [*heading.header, *import_lines(modules)]
    define = [f"def {heading.name}({heading.signature}):"]
    if heading.docstring:
        define += ["    " + line if line else "" for line in f'"""{heading.docstring}"""'.split("\n")]
    helpers = [line for name in spelling.helpers for line in [*HELPERS[name].strip("\n").split("\n"), "", ""]]
    helpers = [line.replace("np.", modules.get(backend.modules.get("numpy", "numpy"), "np") + ".") for line in helpers]
    lines = [*head, *(["", ""] if head else []), *helpers, *define, *body]
    return Emitted("\n".join(lines) + "\n", heading.name, saves_of(printer), modules, tuple(spelling.helpers))


def saves_of(printer: RegionPrinter) -> tuple[str, ...]:
    from ..ir.program import Tape
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
    import gast

    from . import syntax

    def tree(structure: object) -> Any:
        if isinstance(structure, tuple):
            return syntax.tuple_of([tree(item) for item in structure])
        assert isinstance(structure, int)
        arg = function.block.yields[structure]
        node = printer.expr(arg)
        if isinstance(arg, Value) and arg in printer.nesting.copied:
            node = syntax.method(node, "copy", [])
        return node

    return gast.Return(tree(function.structure))


def layout(lines: list[Line]) -> list[str]:
    """The lines of the body, with a comment where a group of backward lines reverses another line."""
    made: list[str] = []
    before: tuple[str, int] | None = None
    section = None
    for line in lines:
        if line.forward is not section and (section is not None or line.forward):
            if section is not None:
                made.append("")
            made.append("    # forward" if line.forward else "    # backward")
        elif section is None:
            made.append("    # backward")
        section = line.forward
        text = "    " * line.depth + head_of(line.node)
        at = (line.origin.function, line.origin.statement) if line.origin is not None else None
        if not line.forward and at is not None and at != before and line.origin is not None:
            text = with_comment(text, comment(line.origin))
        if at is not None:
            before = at
        made.append(text)
    return made


def with_comment(text: str, words: str) -> str:
    """The line with its comment, cut to the width of the page."""
    text = f"{text:<{COLUMN - 2}}  # "
    room = max(WIDTH - len(text), QUOTE)
    return text + (words if len(words) <= room else words[:room - 4].rstrip() + " ...")


def comment(origin: Span) -> str:
    return f"{origin.statement} | {quoted(origin)}"


def quoted(origin: Span) -> str:
    import linecache
    line = linecache.getline(origin.file, origin.statement)
    return (line or origin.text).strip()


