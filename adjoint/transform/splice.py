"""Evaluates a template's body into operations.

before: a primitive, the values that its parameters and cotangents stand for
after:  the operations of the one definition that is asked for (`dz_dx`, `x_bar`, `z_dot`); what it
        needs is evaluated on demand, so a partial that nobody asks for costs nothing
"""
from __future__ import annotations

import builtins
import functools
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ..errors import Span
from ..frontend.expressions import Expressions
from ..frontend.things import Session, Thing
from ..ir.dims import Dim
from ..ir.program import Arg, Const, Value
from ..ir.types import Array, Number, dims_of
from ..primitives import core
from ..primitives.build import Builder
from ..primitives.primitive import REGISTRY, Primitive
from ..primitives.results import OPERATORS, axes_of

Given = dict[str, Callable[[], Arg]]


class Template(Expressions):
    """One use of a template.  `given` are functions, called at most once, that give a name's value."""

    def __init__(self, builder: Builder, primitive: Primitive, given: Given,
                 types: dict[str, Arg], spelling: str, sized: Callable[[Arg], Arg] | None = None,
                 axis_of: Callable[[Dim], tuple[Value, int] | None] | None = None) -> None:
        super().__init__(Session(builder, set()))
        self.primitive = primitive
        self.given = given
        self.types = types
        self.spelling = spelling
        self.like = sized
        self.axis_of = axis_of
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

    def span(self, node: Any) -> Any:
        return self.origin

    def made(self, value: Value, node: Any, hint: str | None, bases: tuple[Thing, ...] = ()) -> Value:
        return value

    def _Name(self, node: Any, hint: str | None) -> Thing:
        name = node.id
        if name in self.definitions or name in self.given:
            return self.get(name)
        if name == "np":
            return Const(np)
        return Const(getattr(builtins, name, name))

    def operator(self, name: str, args: tuple[Arg, ...], node: Any, hint: str | None, spelling: str = "") -> Any:
        if all(isinstance(arg, Const) for arg in args):
            return Const(OPERATORS[name](*(arg.value for arg in args)))  # type: ignore[union-attr]
        return super().operator(name, args, node, hint, spelling)

    def _BoolOp(self, node: Any, hint: str | None) -> Thing:
        either = type(node.op).__name__ == "Or"
        for value in node.values:
            if bool(self.static_value(value)) is either:
                return Const(either)
        return Const(not either)

    # ---- what only templates can call

    def _Call(self, node: Any, hint: str | None) -> Thing:
        if type(node.func).__name__ == "Name":
            call = getattr(self, "call_" + node.func.id, None)
            if call is not None:
                return call(*node.args)  # type: ignore[no-any-return]
        function = self.expr(node.func)
        assert isinstance(function, Const)
        spelling = REGISTRY.spelling_of(function.value)
        assert spelling is not None, function
        primitive = REGISTRY.by_spelling[spelling]
        args = [self.expr(arg) for arg in node.args]
        keywords = {k.arg: self.attribute(k.value) for k in node.keywords}
        names = primitive.parameters[1:]
        operands = tuple(self.read(arg) for arg in args[:len(names)])
        attrs = dict(zip((name for name, _ in primitive.attributes), (self.read(a) for a in args[len(names):])))
        attrs.update(keywords)
        defaults = dict(primitive.attributes)
        attrs = {name: value for name, value in attrs.items() if defaults[name] != value}
        return self.builder.prim(primitive.name, *operands, attrs=attrs, hint=hint,
                                 spelling=self.spelled(spelling, operands))

    def spelled(self, spelling: str, operands: tuple[Arg, ...]) -> str:
        """`math.cos` in the adjoint of `math.sin`: what the user calls on floats, so do we."""
        name = spelling.rpartition(".")[2]
        if self.spelling.startswith("math.") and hasattr(math, name):
            if all(isinstance(arg.type, Number) for arg in operands):
                return "math." + name
        return spelling

    def attribute(self, node: Any) -> Arg:
        return self.read(self.expr(node))

    def static_value(self, node: Any) -> Any:
        thing = self.expr(node)
        assert isinstance(thing, Const)
        return thing.value

    def type_source(self, node: Any) -> Arg:
        """An operand that is asked for its type only: it is not fetched."""
        return self.types[node.id]

    def call_ndim(self, x: Any) -> Thing:
        return Const(len(dims_of(self.type_source(x).type)))

    def call_expand(self, z: Any, x: Any, axis: Any, keepdims: Any) -> Thing:
        return self.builder.expand(self.arg(z), self.type_source(x), self.static_value(axis),
                                   self.static_value(keepdims))

    def call_fit(self, z: Any, x: Any) -> Thing:
        return self.arg(z)

    def call_mT(self, x: Any) -> Thing:
        value = self.arg(x)
        if isinstance(value.type, Array) and value.type.ndim == 2:
            return self.builder.prim(core.TRANSPOSE, value)
        return self.builder.prim(core.MATRIX_TRANSPOSE, value)

    def call_shape(self, x: Any) -> Thing:
        return self.builder.shape(self.sized(x.id))

    def sized(self, name: str) -> Arg:
        """An operand, or something of the same size that is cheaper to name."""
        return self.get(name) if self.like is None else self.like(self.types[name])

    def call_count(self, x: Any, axis: Any) -> Thing:
        """How many elements of x make one element of a reduction over `axis`."""
        axis_value = self.static_value(axis)
        source = self.type_source(x)
        dims = dims_of(source.type)
        axes = axes_of(axis_value, len(dims))
        if all(not dims[k].terms for k in axes):
            return Const(math.prod(dims[k].constant for k in axes))
        value = self.sized(x.id)
        named = isinstance(value, Const) or value.hint is not None
        if len(axes) == 1 and not named and self.axis_of is not None and (found := self.axis_of(dims[axes[0]])):
            return self.builder.item(self.builder.shape(found[0]), Const(found[1]))
        if len(axes) == len(dims):
            return self.builder.size(value)
        shape = self.builder.shape(value)
        sizes = [self.builder.item(shape, Const(k)) for k in axes]
        return functools.reduce(lambda a, b: self.builder.prim(core.MULTIPLY, a, b), sizes)


