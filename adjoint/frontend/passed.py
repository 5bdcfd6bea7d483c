"""What is passed to a function that is a unit, taken apart."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..ir.program import Arg, Load, Op, Prim, Storage, Value
from ..ir.types import Array, Type
from ..primitives import core
from ..primitives.primitive import REGISTRY
from .source import Source
from .things import Thing


@dataclass(frozen=True)
class Outside:
    """An object that stands outside, or a function that goes with the callee: one and the same in all calls."""

    identity: object
    thing: Any = field(compare=False)


@dataclass(frozen=True)
class Callee:
    """A function that becomes a unit: `code` and `cells` tell it from others."""

    name: str
    code: object
    cells: tuple[int, ...]
    source: Source
    body: tuple[Any, ...]


@dataclass
class Passed:
    """The arguments of a call, taken apart: `shapes` has for each parameter a constant, the number of a leaf,
    or a tuple of such."""

    shapes: dict[str, object] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    kinds: list[Type] = field(default_factory=list)


def storages_in(arg: Arg, made: Mapping[Value, Op]) -> list[Storage]:
    """The storages that an argument is, or holds, as it was just read."""
    if isinstance(arg, Value) and arg.is_handle:
        return [arg.buffer]
    op = made.get(arg) if isinstance(arg, Value) else None
    if isinstance(op, Load):
        return [op.handle.buffer] if isinstance(op.outs[0].type, Array) else []
    if isinstance(op, Prim) and (op.primitive == core.PACK or isinstance(op.outs[0].type, Array)):
        return [storage for inner in op.args for storage in storages_in(inner, made)] if shares(op) else []
    return []


def shares(op: Prim) -> bool:
    """True where the result may be a view of an operand, or holds it."""
    primitive = REGISTRY.by_name.get(op.primitive)
    return primitive is None or primitive.views != "no"
