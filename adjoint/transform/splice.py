"""Evaluates a template's body into operations.

before: a primitive, the values that its parameters and cotangents stand for
after:  the operations of the one definition that is asked for (`dz_dx`, `x_bar`, `z_dot`); what it
        needs is evaluated on demand, so a partial that nobody asks for costs nothing
"""
from __future__ import annotations

import builtins
import functools
import importlib
import math
from collections.abc import Callable
from typing import Any

from ..errors import Span, UnsupportedError
from ..frontend.things import Session, Thing
from ..ir.program import Arg, Const, Value
from ..ir.types import Items, Number, has_inexact
from ..primitives.build import Builder
from ..primitives.primitive import REGISTRY, Primitive
from ..primitives.results import OPERATORS
from .subscripts import Subscripts
from .words import Surroundings

MODULES = {"np": "numpy", "scipy": "scipy"}
PLACE = "_at"  # x_at: to which elements of x_bar a share is added
COMPILE_TIME = (tuple, range, len, sorted, min, max, sum, abs)

Given = dict[str, Callable[[], Arg]]


class Template(Subscripts):
    """One use of a template.  `given` are functions, called at most once, that give a name's value."""

    def __init__(self, builder: Builder, primitive: Primitive, given: Given, types: dict[str, Arg], spelling: str,
                 around: Surroundings) -> None:
        super().__init__(Session(builder, set()))
        self.primitive = primitive
        self.given = given
        self.types = types
        self.spelling = spelling
        self.around = around
        self.origin: Span | None = builder.origin
        self.values: dict[str, Thing] = {}
        self.definitions: dict[str, Any] = {}
        self._collect(list(primitive.body))

    def _collect(self, body: list[Any]) -> None:
        for node in body:
            if type(node).__name__ == "If":
                chosen = self.expr(node.test)
                assert isinstance(chosen, Const)
                self._collect(node.body if chosen.value else node.orelse)
            elif type(node).__name__ == "Assign":
                self.definitions[node.targets[0].id] = node.value

    def has(self, name: str) -> bool:
        return name in self.definitions

    def get(self, name: str) -> Arg:
        """The value of a definition, a parameter or a cotangent."""
        if name not in self.values:
            if name in self.definitions:
                hint = None if name.endswith(("_bar", "_dot")) or name.startswith("dz_d") else name
                self.values[name] = self.arg(self.definitions[name], hint)
            else:
                self.values[name] = self.given[name]()
        return self.values[name]  # type: ignore[return-value]

    def place(self, name: str) -> tuple[Arg, ...]:
        """The elements of an operand that its share belongs to: an array of indices for each axis."""
        found = self.expr(self.definitions[name + PLACE])
        assert isinstance(found, tuple)
        return found  # type: ignore[return-value]

    def uncertain(self) -> tuple[Arg, ...]:
        """The operands, and the result, that were not replaced by what is finite."""
        return tuple(arg for name, arg in self.types.items() if name not in self.finite)

    def span(self, node: Any) -> Any:
        return self.origin

    def made(self, value: Value, node: Any, hint: str | None, bases: tuple[Thing, ...] = ()) -> Value:
        return value

    def _Name(self, node: Any, hint: str | None) -> Thing:
        name = node.id
        if name in self.definitions or name in self.given:
            return self.get(name)
        if self.primitive.names is not None and name in self.primitive.names:
            return Const(self.primitive.names[name])
        if name in MODULES:
            return Const(importlib.import_module(MODULES[name]))
        return Const(getattr(builtins, name, name))

    def operator(self, name: str, args: tuple[Arg, ...], node: Any, hint: str | None, spelling: str = "") -> Any:
        if all(isinstance(arg, Const) for arg in args) and name != "Div":
            return Const(OPERATORS[name](*(arg.value for arg in args)))  # type: ignore[union-attr]
        return super().operator(name, args, node, hint, spelling)

    def _BoolOp(self, node: Any, hint: str | None) -> Thing:
        either = type(node.op).__name__ == "Or"
        for value in node.values:
            if bool(self.static_value(value)) is either:
                return Const(either)
        return Const(not either)

    def _IfExp(self, node: Any, hint: str | None) -> Thing:
        return self.expr(node.body if self.static_value(node.test) else node.orelse, hint)

    # ---- calls

    def _Call(self, node: Any, hint: str | None) -> Thing:
        if type(node.func).__name__ == "Name":
            word = getattr(self, "call_" + node.func.id, None)
            if word is not None:
                return word(*node.args)  # type: ignore[no-any-return]
        function = self.expr(node.func)
        assert isinstance(function, Const), node
        args = [self.expr(arg) for arg in node.args]
        constants = [self.constant_of(arg) for arg in args]
        if function.value in COMPILE_TIME and all(known for known, _ in constants):
            return Const(function.value(*(value for _, value in constants)))  # type: ignore[operator]
        spelling = REGISTRY.spelling_of(function.value)
        if spelling is None:
            word = getattr(function.value, "__name__", function.value)
            raise UnsupportedError(f"`{word}`, in the template of `{self.primitive.spelling}`, has no template",
                                   self.origin)
        primitive = REGISTRY.by_spelling[spelling]
        count = len(primitive.parameters) - 1
        operands = tuple(map(self.value_of, args[:count]))
        names = [name for name, _ in primitive.attributes]
        attrs = dict(zip(names, map(self.value_of, args[count:])))
        defaults = dict(primitive.attributes)
        while attrs and defaults[list(attrs)[-1]] == list(attrs.values())[-1]:
            attrs.popitem()
        positional = len(attrs)
        named = {k.arg: self.value_of(self.expr(k.value)) for k in node.keywords}
        attrs |= {name: value for name, value in named.items() if defaults[name] != value}
        return self.builder.prim(primitive.name, *operands, attrs=attrs, hint=hint, positional=positional,
                                 spelling=self.spelled(spelling, operands))

    def value_of(self, thing: Thing) -> Arg:
        known, value = self.constant_of(thing)
        return Const(value) if known else self.read(thing)

    def spelled(self, spelling: str, operands: tuple[Arg, ...]) -> str:
        """`math.cos` in the adjoint of `math.sin`: what the user calls on floats, so do we."""
        name = spelling.rpartition(".")[2]
        if self.spelling.startswith("math.") and hasattr(math, name):
            if all(isinstance(arg.type, Number) for arg in operands):
                return "math." + name
        return spelling

    # ---- sequences of operands

    def of_sequence(self, name: str, arg: Arg, share: Callable[[Template], Arg], position: tuple[int, ...] = ()) -> Arg:
        """The shares of all operands of a sequence, in a container like it."""
        kind = arg.type
        if isinstance(kind, Items):
            items = self.around.items(arg)
            parts = tuple(self.of_sequence(name, item, share, (*position, k)) if isinstance(item.type, Items)
                          else self.of_item(name, items, k, share, (*position, k)) for k, item in enumerate(items))
            return self.builder.pack(kind.kind, parts, kind.keys)
        return self.of_item(name, (arg,), 0, share, position)

    def of_item(self, name: str, items: tuple[Arg, ...], k: int, share: Callable[[Template], Arg],
                position: tuple[int, ...]) -> Arg:
        if not has_inexact(items[k].type):
            return Const(None)
        given = self.given | {name: functools.partial(self.around.forward, items[k])}
        own = Template(self.builder, self.primitive, given, self.types | {name: items[k]}, self.spelling, self.around)
        own.position, own.siblings = position, items
        return share(own)
