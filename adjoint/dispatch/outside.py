"""What a function reads from outside: variables of its module and of enclosing functions, and callees.

Numbers and arrays stay live: the text reads them when it runs, and their types are guarded.  A function,
None or a string is part of what was compiled: another one is guarded against.
"""
from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Any

from ..frontend.abstract import outer_type
from ..frontend.read import Reading
from ..frontend.scope import is_library
from ..ir.dims import constant
from ..ir.types import Array, Items
from .guards import Guards

UNKNOWN = constant(0)   # a size on which nothing relies


def conditions_on(reading: Reading, guards: Guards) -> tuple[list[str], list[str]]:
    """The conditions, and the expressions that are arrays."""
    found: list[str] = []
    arrays: list[str] = []
    for (_, name), where in reading.outside.items():
        word, value = variable(name, where, guards)
        kind = outer_type(value, lambda: UNKNOWN)
        assert kind is not None
        found += guards.of_type(kind, word, value)
        arrays += [word] if isinstance(kind, (Array, Items)) else []
    for (_, name), instance in reading.instances.items():
        word, value = variable(name, instance.where, guards)
        found.append(f"{word} is {guards.refer(value, name)}" if isinstance(value, type)
                     else guards.is_of(word, guards.refer(type(value), type(value).__name__)))
    for (owner, name), value in reading.methods.items():
        found.append(f"{guards.refer(owner, owner.__name__)}.{name} is {guards.refer(value, name)}")
    for (_, name), (where, value) in reading.fixed.items():
        found += guards.of_value(variable(name, where, guards)[0], value)
    for where, name, value in fixed(reading.source.function, []):
        word, _ = variable(name, where, guards)
        found += guards.of_value(word, value)
    return found, arrays


def variable(name: str, where: Any, guards: Guards) -> tuple[str, Any]:
    """A variable as an expression, and its value.

    `where` is a cell, a module, its dict, or the object that a parameter is; attributes follow behind dots.
    """
    first, *path = name.split(".")
    if isinstance(where, types.CellType):
        word, value = f"{guards.refer(where, 'cell_' + first)}.cell_contents", where.cell_contents
    elif isinstance(where, types.ModuleType):
        word, value = f"{guards.refer(where, where.__name__)}.{first}", getattr(where, first)
    elif isinstance(where, dict):
        word, value = f"{guards.refer(where, 'globals')}[{first!r}]", where[first]
    else:
        word, value = first, where
    for attribute in path:
        word, value = f"{word}.{attribute}", getattr(value, attribute)
    return word, value


Place = tuple[Any, str, Any]


def fixed(function: types.FunctionType, seen: list[object]) -> Iterator[Place]:
    """What a function and its callees may read that is no number: (where it stands, its name, its value)."""
    made = getattr(function, "__adjoint__", None)
    function = function if made is None else made.primal
    code = function.__code__
    if any(function is other for other in seen):
        return
    seen.append(function)
    names = names_in(code)
    for name in names:
        if name in function.__globals__:
            yield from fixed_at(function.__globals__, name, function.__globals__[name], names, seen)
    for name, cell in zip(code.co_freevars, function.__closure__ or ()):
        try:
            value = cell.cell_contents
        except ValueError:      # no value yet
            continue
        yield from fixed_at(cell, name, value, names, seen)


def fixed_at(where: Any, name: str, value: Any, names: list[str], seen: list[object]) -> Iterator[Place]:
    if isinstance(value, types.ModuleType):
        if not is_library(value.__name__) and not any(value is module for module in seen):
            seen.append(value)
            for inner in names:
                if inner in vars(value):
                    yield from fixed_at(value, inner, vars(value)[inner], names, seen)
    elif callable(value) or value is None or isinstance(value, str):
        yield where, name, value
        if isinstance(value, types.FunctionType) and not is_library(str(value.__module__)):
            yield from fixed(value, seen)


def names_in(code: types.CodeType) -> list[str]:
    """The names that code may read from its module or from objects, in order."""
    names = dict.fromkeys(code.co_names)
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            names.update(dict.fromkeys(names_in(inner)))
    return list(names)
