"""Python's own functions: what they mean at compile time, and which primitive they are on what types.

before: a call of `len`, `isinstance`, `slice`, `divmod`, `max`, `min` or `sum`
after:  a constant, a size, a tuple, a slice, or operations
"""
from __future__ import annotations

import builtins
from typing import Any

import numpy as np

from ..ir.program import Const, Value
from ..ir.types import Array, Items, Listing, Number, NumpyScalar, Opaque
from ..primitives import core
from ..primitives.primitive import REGISTRY
from .arguments import Arguments
from .things import DictThing, ListThing, RangeThing, SliceThing, Thing

PYTHON = {"bool": bool, "int": int, "float": float, "complex": complex, "tuple": tuple, "list": list, "dict": dict,
          "None": type(None), "str": str}
# The primitive that a function is on two numbers, and on the rows of an array.
FIRST_OF = {max: (core.FIRST_MAX, core.ROWS_MAX), min: (core.FIRST_MIN, core.ROWS_MIN)}


class Builtins(Arguments):
    """The meaning of calls of Python's own functions."""

    def builtin(self, function: Any, args: list[Thing], keywords: dict[str, Thing], node: Any,
                hint: str | None) -> Thing | None:
        """What the call means; None where it is none of these functions."""
        if function in FIRST_OF and args:
            return self.first_of(function, args, keywords, node, hint)
        if function is dict and len(args) < 2:
            entries = self.entries_of(args[0], node) if args else []
            return self.dict_of([*entries, *keywords.items()], node, hint)
        method = getattr(self, "python_" + function.__name__, None) if function in SPECIAL else None
        if method is None:
            return None
        if keywords:
            raise self.later(f"a keyword of `{function.__name__}`", node)
        thing: Thing = method(args, node, hint)
        return thing

    def python_len(self, args: list[Thing], node: Any, hint: str | None) -> Thing:
        thing = args[0]
        if isinstance(thing, ListThing):
            thing = self.known_contents(thing, node)
        if isinstance(thing, DictThing):
            thing = self.dict_contents(thing, node)[1]
        word = self.static(thing)
        if isinstance(thing, tuple) or isinstance(word, Const) and isinstance(word.value, str):
            return Const(len(thing if isinstance(thing, tuple) else word.value))  # type: ignore[union-attr,arg-type]
        if isinstance(thing, Value) and isinstance(thing.type, Items):
            return Const(len(thing.type.items))
        if isinstance(thing, Value) and isinstance(thing.type, (Array, Listing)):
            return self.builder.length(thing)
        if isinstance(thing, RangeThing):
            return self.builder.prim(core.RANGE_LENGTH, *thing.bounds, kind=Number("int"))
        raise self.refuse("`len` of what has no length", node)

    def python_tuple(self, args: list[Thing], node: Any, hint: str | None) -> Thing | None:
        if len(args) != 1:
            return () if not args else None
        items = self.items_in(args[0], node) if not self.is_long(args[0]) else None
        return self.read(args[0], node) if items is None and self.is_long(args[0]) else items

    def is_long(self, thing: Thing) -> bool:
        """True for a list of any length."""
        found = self.session.frame.names.get(thing.key) if isinstance(thing, ListThing) else thing
        return isinstance(found, Value) and isinstance(found.type, Listing)

    def python_list(self, args: list[Thing], node: Any, hint: str | None) -> Thing | None:
        if not args:
            return self.new_list((), node)
        if isinstance(args[0], ListThing) or self.is_long(args[0]):
            contents = self.known_contents(args[0], node) if isinstance(args[0], ListThing) else args[0]
            return self.new_list(contents, node)
        items = self.items_in(args[0], node)
        return None if items is None else self.new_list(items, node)


    def python_slice(self, args: list[Thing], node: Any, hint: str | None) -> Thing:
        """`slice(n)`, `slice(a, b)`, `slice(a, b, c)`: what `n:`, as an index, is."""
        if not 1 <= len(args) <= 3:
            raise self.refuse("`slice` takes one to three arguments", node)
        bounds = [None if self.static(arg) == Const(None) else self.read(arg, node) for arg in args]
        start, stop, step = [None, *bounds, None] if len(bounds) == 1 else [*bounds, None][:3]
        return SliceThing(start, stop, step)

    def python_range(self, args: list[Thing], node: Any, hint: str | None) -> Thing:
        bounds = tuple(self.read(arg, node) for arg in args)
        if not 1 <= len(bounds) <= 3:
            raise self.refuse("`range` takes one to three arguments", node)
        return RangeThing((Const(0), bounds[0], Const(1)) if len(bounds) == 1 else (*bounds, Const(1))[:3])

    def python_divmod(self, args: list[Thing], node: Any, hint: str | None) -> Thing:
        pair = tuple(self.read(arg, node) for arg in args)
        if len(pair) != 2:
            raise self.refuse("`divmod` takes two arguments", node)
        return tuple(self.operator(word, pair, node, None) for word in ("FloorDiv", "Mod"))

    def python_isinstance(self, args: list[Thing], node: Any, hint: str | None) -> Thing:
        if len(args) != 2:
            raise self.refuse("`isinstance` takes two arguments", node)
        known = self.class_of(args[0], node)
        classes = [self.static(c) for c in (args[1] if isinstance(args[1], tuple) else (args[1],))]
        if not all(isinstance(c, Const) for c in classes):
            raise self.later("`isinstance` with classes that are computed", node)
        return Const(issubclass(known, tuple(c.value for c in classes)))  # type: ignore[union-attr,misc]

    def class_of(self, thing: Thing, node: Any) -> type:
        """The Python class of a value: types are known when the program is compiled."""
        if isinstance(thing, tuple):
            return tuple
        if isinstance(thing, Const):
            return type(thing.value)
        kind = thing.type if isinstance(thing, Value) else None
        if isinstance(kind, Array):
            return np.ndarray
        if isinstance(kind, NumpyScalar):
            return kind.dtype.type
        word = kind.kind if isinstance(kind, (Number, Items)) else "list" if isinstance(kind, Listing) else \
            kind.note if isinstance(kind, Opaque) else ""
        if word not in PYTHON:
            raise self.later("`isinstance` of an object", node)
        return PYTHON[word]

    def python_sum(self, args: list[Thing], node: Any, hint: str | None) -> Thing:
        first = args[0]
        if isinstance(first, ListThing):
            first = self.read(first, node)
            args = [first, *args[1:]]
        if isinstance(first, Value) and isinstance(first.type, Listing):
            first = self.as_rows(first, node)
            args = [first, *args[1:]]
        if isinstance(first, Value) and isinstance(first.type, Array) and len(args) == 1:
            return self.own(core.ROWS_SUM, sum, [first], node, hint)
        if len(args) > 1:
            raise self.later("`sum` with a start", node, "add it")
        if not isinstance(first, tuple) and not (isinstance(first, Value) and isinstance(first.type, Items)):
            raise self.later("`sum` of a list of any length", node, "write a loop that adds")
        return self.own(core.ITEMS_SUM, sum, args, node, hint)

    def own(self, name: str, function: Any, args: list[Thing], node: Any, hint: str | None) -> Thing:
        """A primitive, spelled as Python's function."""
        primitive = REGISTRY.by_name[name]
        given = [self.operand(primitive, word, thing, node) for word, thing in zip(primitive.parameters[1:], args)]
        attrs = {word: self.read(thing, node) for (word, _), thing in zip(primitive.attributes, args[len(given):])}
        value = self.builder.prim(name, *given, attrs=attrs, hint=hint, positional=len(attrs),
                                  spelling=f"{builtins.__name__}.{function.__name__}")
        return self.made(value, node, hint)

    def first_of(self, function: Any, args: list[Thing], keywords: dict[str, Thing], node: Any,
                 hint: str | None) -> Thing:
        """Python's max or min: the first of the largest, found by comparing in order."""
        if keywords:
            raise self.later(f"`key=` or `default=` of `{function.__name__}`", node)
        two, rows = FIRST_OF[function]
        items: list[Thing] = args
        if len(args) == 1:
            if self.is_long(args[0]):
                args = [self.as_rows(self.read(args[0], node), node)]
            elif isinstance(args[0], ListThing):
                args = [self.items_in(args[0], node) or ()]
            if isinstance(args[0], Value) and isinstance(args[0].type, Array):
                return self.own(rows, function, args, node, hint)
            items = list(self.items_of(args[0], node))
        best = self.read(items[0], node)
        for k, item in enumerate(items[1:], 2):
            other = self.read(item, node)
            if any(isinstance(arg.type, Array) for arg in (best, other)):
                raise self.refuse(f"`{function.__name__}` of arrays asks for the truth of an array", node,
                                  f"use `np.{function.__name__}imum`")
            best = self.builder.prim(two, best, other, hint=hint if k == len(items) else None,
                                     spelling=f"{builtins.__name__}.{function.__name__}")
        return best

    def items_of(self, thing: Thing, node: Any) -> tuple[Thing, ...]:
        if isinstance(thing, tuple) and thing:
            return thing
        kind = thing.type if isinstance(thing, Value) else None
        if isinstance(kind, Items) and kind.kind != "dict" and kind.items:
            return self.builder.unpack(thing)  # type: ignore[arg-type]
        raise self.later("`max` or `min` of a list of any length", node, "write a loop that compares")


SPECIAL = (len, tuple, list, divmod, isinstance, slice, sum, range)
