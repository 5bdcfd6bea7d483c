"""Matches the arguments of a call with what a template takes.

before: the things that a call gives, by position and by name
after:  the operands in order; the attributes, with the number of those that stand without a name
"""
from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..ir.program import UNDEFINED, Arg, Const, Value
from ..ir.types import Array, Items, Listing, Number, Opaque, is_scalar
from ..primitives.primitive import SHAPE_ONLY, Primitive
from ..primitives.results import JOINS, RULES
from ..primitives.results.call import implementation
from .records import Records
from .things import Thing

METHOD = "method."


@dataclass(frozen=True)
class Parameters:
    """The parameters of a function of NumPy's, by name; `spread` is the place of `*args` among them."""

    names: tuple[str, ...]
    by_position: int
    spread: int | None = None


@dataclass
class Arranged:
    """Operands in order; the attributes that were given; how the text writes them."""

    operands: list[Thing]
    attrs: dict[str, Arg]
    positional: int = 0
    spread: bool = False
    out: Thing | None = None


@functools.cache
def parameters_of(spelling: str) -> Parameters | None:
    """What a function is called with, as it says itself; None where it does not say."""
    module, _, name = spelling.rpartition(".")
    own = module == "method"
    function: Callable[..., Any] | None = getattr(np.ndarray, name, None) if own else implementation(spelling)
    try:
        found = inspect.signature(function).parameters.values()  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    names = tuple(p.name for p in found if p.kind is not p.VAR_KEYWORD)
    spread = next((k for k, p in enumerate(found) if p.kind is p.VAR_POSITIONAL), None)
    by_position = sum(p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) for p in found)
    return Parameters(names, by_position, spread)


class Arguments(Records):
    """The arguments of primitives."""

    def arrange(self, primitive: Primitive, spelling: str, args: list[Thing], keywords: dict[str, Thing],
                node: Any) -> Arranged:
        known = parameters_of(spelling)
        own = (*primitive.parameters[1:], *(name for name, _ in primitive.attributes))
        if known is not None and known.spread is not None and not spelling.startswith(METHOD):
            return self.arrange_spread(primitive, own, args, keywords, node)
        names, limit = (own, len(own)) if known is None else (known.names, known.by_position)
        spread = known is not None and known.spread is not None and len(args) > known.spread
        if spread:
            assert known is not None and known.spread is not None
            args, spread = self.gathered(args, known.spread)
            limit = len(args)
        if len(args) > limit:
            raise self.refuse(f"`{primitive.name}` takes {limit} arguments here", node)
        given = self.given(primitive, (*names, *own), dict(zip(names, args)), keywords, node)
        return self.matched(primitive, names, given, len(args), spread, node)

    def arrange_spread(self, primitive: Primitive, own: tuple[str, ...], args: list[Thing], keywords: dict[str, Thing],
                       node: Any) -> Arranged:
        """The arguments of a function that takes any number: `f("ij,j", a, b)` as `f("ij,j", (a, b))`."""
        at = primitive.parameters.index(primitive.sequence) - 1 if primitive.sequence else len(args)
        if not primitive.sequence and len(args) > len(own):
            raise self.later(f"`{primitive.name}` of several arrays", node)
        args = [*args[:at], tuple(args[at:])] if primitive.sequence else args
        given = self.given(primitive, own, dict(zip(own, args)), keywords, node)
        return self.matched(primitive, own, given, len(args), bool(primitive.sequence), node)

    def given(self, primitive: Primitive, names: tuple[str, ...], given: dict[str, Thing], keywords: dict[str, Thing],
              node: Any) -> dict[str, Thing]:
        """What stands under which name."""
        for name, thing in keywords.items():
            if name not in names or name in given:
                raise self.later(f"the argument `{name}` of `{primitive.name}`", node)
            given[name] = thing
        return given

    def gathered(self, args: list[Thing], at: int) -> tuple[list[Thing], bool]:
        """`x.reshape(2, 3)` as `x.reshape((2, 3))`; True where the arguments were written out."""
        rest = args[at:]
        one = rest[0]
        whole = isinstance(one, tuple) or one == Const(None) or isinstance(one, Value) and not is_scalar(one.type)
        if len(rest) == 1 and (whole or isinstance(one, Const) and isinstance(one.value, tuple)):
            return args, False
        return [*args[:at], tuple(rest)], True

    def matched(self, primitive: Primitive, names: tuple[str, ...], given: dict[str, Thing], by_position: int,
                spread: bool, node: Any) -> Arranged:
        """What was given under the names of a function, under those of its template."""
        out = given.pop("out", None)
        operands: list[Thing] = []
        for k, name in enumerate(primitive.parameters[1:]):
            word = names[k] if k < len(names) and names[k] in given else name
            if word not in given:
                raise self.refuse(f"`{primitive.name}` lacks its argument `{name}`", node)
            operands.append(given.pop(word))
        attrs, positional = {}, 0
        defaults = dict(primitive.attributes)
        for name in dict.fromkeys([*names[:by_position], *given]):
            if name in given and name in defaults:
                attrs[name] = self.attribute(given.pop(name), node)
                positional += name in names[:by_position]
        if given:
            raise self.later(f"the argument `{next(iter(given))}` of `{primitive.name}`", node)
        lacking = [name for name, default in defaults.items() if default is UNDEFINED and name not in attrs]
        if lacking:
            raise self.refuse(f"`{primitive.name}` lacks its argument `{lacking[0]}`", node)
        return Arranged(operands, attrs, positional, spread, out)

    def attribute(self, thing: Thing, node: Any) -> Arg:
        known, value = self.constant_of(thing)
        return Const(value) if known else self.read(thing, node)

    def operand(self, primitive: Primitive, name: str, thing: Thing, node: Any) -> Arg:
        """A primitive's operand; one that gives a shape only is not read."""
        if name in SHAPE_ONLY and isinstance(thing, (Value, Const)):
            return thing
        if name in SHAPE_ONLY and isinstance(thing, tuple) and all(isinstance(item, Const) for item in thing):
            return Const(tuple(item.value for item in thing))
        arg = self.read(thing, node)
        if name in SHAPE_ONLY or arg == Const(None):
            return arg
        if name == primitive.sequence:
            return self.several(primitive, arg, node)
        arg = self.as_array(arg, node)
        if isinstance(arg.type, (Items, Opaque)):
            raise self.later(f"{arg.type} as an array", node)
        return arg

    def several(self, primitive: Primitive, arg: Arg, node: Any) -> Arg:
        """An operand that is a tuple or list of operands; an array may stand for that of its rows."""
        if isinstance(arg.type, Listing):
            return arg if RULES[primitive.result] in JOINS else self.as_rows(arg, node)
        if not isinstance(arg.type, (Items, Array, Number)) and not is_scalar(arg.type):
            raise self.later(f"{arg.type} as a sequence of arrays", node)
        return arg
