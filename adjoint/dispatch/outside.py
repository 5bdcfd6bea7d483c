"""What a function reads from outside: variables of its module and of enclosing functions, and callees.

Numbers and arrays stay live: the text reads them when it runs, and their types are guarded.  A function,
None or a string is part of what was compiled: another one is guarded against.
"""
from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Any

from ..frontend.abstract import type_of
from ..frontend.read import Reading
from ..ir.types import Array
from .guards import Guards

LIBRARIES = ("numpy", "scipy", "math", "cupy", "builtins")


def conditions_on(reading: Reading, guards: Guards) -> tuple[list[str], list[str]]:
    """The conditions, and the expressions that are arrays."""
    found: list[str] = []
    arrays: list[str] = []
    for (_, name), where in reading.outside.items():
        word, value = variable(name, where, guards)
        kind = type_of(value, name)
        is_array = isinstance(kind, Array)
        found += guards.of_type(kind, word, value)[:3 if is_array else None]    # its sizes are not relied on
        arrays += [word] if is_array else []
    for where, name, value in fixed(reading.source.function, []):
        word, _ = variable(name, where, guards)
        found += guards.of_value(word, value)
    return found, arrays


def variable(name: str, where: Any, guards: Guards) -> tuple[str, Any]:
    """A variable as an expression, and its value; `where` is a cell, a module or its dict."""
    if isinstance(where, types.CellType):
        return f"{guards.refer(where, 'cell_' + name)}.cell_contents", where.cell_contents
    if isinstance(where, types.ModuleType):
        return f"{guards.refer(where, where.__name__)}.{name}", getattr(where, name)
    return f"{guards.refer(where, 'globals')}[{name!r}]", where[name]


def fixed(function: types.FunctionType, seen: list[types.CodeType]) -> Iterator[tuple[Any, str, Any]]:
    """The functions, strings and Nones that a function may read, and those that its callees may: (where, name, value)."""
    code = function.__code__
    if code in seen:
        return
    seen.append(code)
    names = names_in(code)
    places: list[tuple[Any, str, Any]] = [(function.__globals__, name, function.__globals__[name])
                                          for name in names if name in function.__globals__]
    for name, cell in zip(code.co_freevars, function.__closure__ or ()):
        try:
            places.append((cell, name, cell.cell_contents))
        except ValueError:      # no value yet
            continue
    for where, name, value in places:
        if isinstance(value, types.ModuleType):
            if value.__name__.partition(".")[0] not in LIBRARIES:
                inner = [(value, name, getattr(value, name)) for name in names if hasattr(value, name)]
                for place in inner:
                    yield from fixed_at(*place, seen)
        else:
            yield from fixed_at(where, name, value, seen)


def fixed_at(where: Any, name: str, value: Any, seen: list[types.CodeType]) -> Iterator[tuple[Any, str, Any]]:
    if callable(value) or value is None or isinstance(value, str):
        yield where, name, value
    if isinstance(value, types.FunctionType) and str(value.__module__).partition(".")[0] not in LIBRARIES:
        yield from fixed(value, seen)


def names_in(code: types.CodeType) -> list[str]:
    """The names that code may read from its module or from objects, in order."""
    names = dict.fromkeys(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            names.update(dict.fromkeys(names_in(constant)))
    return list(names)
