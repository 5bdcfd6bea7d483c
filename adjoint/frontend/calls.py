"""Builds operations from calls: primitives, array methods, Python's builtins, the user's functions.

before: a call's tree
after:  a primitive operation, or the body of the user's function in place of the call
"""
from __future__ import annotations

import types
from typing import Any

import numpy as np

from ..ir.program import Arg, Const, Step, Value
from ..ir.types import Array, Items, Listing, NumpyScalar, Opaque
from ..primitives import core
from ..primitives.primitive import REGISTRY, SHAPE_ONLY, Primitive
from .instances import Instances
from .scope import is_library
from .source import read_source
from .things import Frame, Instance, Keywords, Method, Thing

INLINE_DEPTH = 40
MESSAGES = (print,)  # they may be given what is differentiated: nothing comes back from them


class Calls(Instances):
    """The meaning of calls."""

    def _Call(self, node: Any, hint: str | None) -> Thing:
        function = self.expr(node.func)
        args = [thing for arg in node.args for thing in self.starred(arg)]
        keywords: dict[str, Thing] = {}
        for keyword in node.keywords:
            thing = self.expr(keyword.value)
            if keyword.arg is None and not isinstance(thing, Keywords):
                raise self.later("`**` in a call", node)
            keywords.update(thing.items if isinstance(thing, Keywords) else {keyword.arg: thing})
        self.builder.origin = self.span(node)
        if isinstance(function, Instance):
            function = Const(function.found) if isinstance(function.found, type) else Method(function, "__call__")
        if isinstance(function, Method):
            return self.method(function, args, keywords, node, hint)
        if not isinstance(function, Const):
            raise self.later("a call of a computed function", node)
        return self.call(function.value, args, keywords, node, hint)

    def starred(self, node: Any) -> tuple[Thing, ...]:
        """The things that one argument of a call stands for."""
        if type(node).__name__ != "Starred":
            return (self.expr(node),)
        things = self.expr(node.value)
        if not isinstance(things, tuple):
            raise self.later("`*` in a call", node)
        return things

    def call(self, function: Any, args: list[Thing], keywords: dict[str, Thing], node: Any,
             hint: str | None) -> Thing:
        spelling = REGISTRY.spelling_of(function)
        if spelling is not None:
            return self.primitive(REGISTRY.by_spelling[spelling], spelling, args, keywords, node, hint)
        if any(function is known for known in MESSAGES):
            return self.message_call(function, args, keywords, node)
        if function is len:
            return self.length(args[0], node)
        if function is tuple and len(args) == 1 and isinstance(args[0], tuple):
            return args[0]
        if isinstance(function, types.FunctionType) and not is_library(function.__module__):
            return self.inline(function, args, keywords, node, hint)
        name = getattr(function, "__name__", repr(function))
        raise self.refuse(f"there is no derivative rule for `{name}`", node,
                          "write it with functions that have one, or add a template for it under templates/")

    def message_call(self, function: Any, args: list[Thing], keywords: dict[str, Thing], node: Any) -> Thing:
        raise NotImplementedError

    def length(self, thing: Thing, node: Any) -> Thing:
        if isinstance(thing, tuple):
            return Const(len(thing))
        if isinstance(thing, Value) and isinstance(thing.type, Items):
            return Const(len(thing.type.items))
        if isinstance(thing, Value) and isinstance(thing.type, (Array, Listing)):
            return self.builder.length(thing)
        raise self.refuse("`len` of what has no length", node)

    # ---- methods

    def method(self, method: Method, args: list[Thing], keywords: dict[str, Thing], node: Any,
               hint: str | None) -> Thing:
        base, name = method.base, method.name
        if isinstance(base, Instance):
            return self.instance_method(base, name, args, keywords, node, hint)
        if isinstance(base, (Value, Const)) and isinstance(base.type, (Array, NumpyScalar)):
            if name == "fill" and len(args) == 1 and isinstance(base, Value):
                self.write(base, self.read(args[0], node), node)
                return Const(None)
            for spelling in ("method." + name, "numpy." + name):
                primitive = REGISTRY.by_spelling.get(spelling)
                if primitive is not None:
                    if primitive.name == core.RESHAPE and len(args) > 1:
                        args = [tuple(args)]
                    return self.primitive(primitive, "method." + name, [base, *args], keywords, node, hint)
        raise self.later(f"the method `{name}`", node)

    def write(self, target: Value, value: Arg, node: Any) -> None:
        raise NotImplementedError

    # ---- primitives

    def primitive(self, primitive: Primitive, spelling: str, args: list[Thing], keywords: dict[str, Thing],
                  node: Any, hint: str | None) -> Thing:
        out = keywords.pop("out", None)
        operands, attrs = self.arrange(primitive, args, keywords, node)
        if primitive.views != "no":
            viewed = self.viewed(primitive, spelling, operands, attrs, node, hint)
            if viewed is not None:
                return viewed
        given = tuple(self.operand(name, thing, node) for name, thing in zip(primitive.parameters[1:], operands))
        value: Thing = self.builder.prim(primitive.name, *given, attrs=attrs, hint=hint, spelling=spelling)
        assert isinstance(value, Value)
        if out is None or out == Const(None):
            return self.made(value, node, hint)
        if not isinstance(out, Value):
            raise self.refuse("`out=` must be an array", node)
        self.write(out, value, node)
        return out

    def operand(self, name: str, thing: Thing, node: Any) -> Arg:
        """A primitive's operand; one that gives a shape only is not read."""
        if name in SHAPE_ONLY and isinstance(thing, (Value, Const)):
            return thing
        arg = self.read(thing, node)
        if isinstance(arg.type, (Items, Listing, Opaque)) and name not in SHAPE_ONLY:
            raise self.later(f"{arg.type} as an array", node)
        return arg

    def arrange(self, primitive: Primitive, args: list[Thing], keywords: dict[str, Thing],
                node: Any) -> tuple[list[Thing], dict[str, Arg]]:
        """Operands in order, and the static attributes that were given."""
        names = [*primitive.parameters[1:], *(name for name, _ in primitive.attributes)]
        if len(args) > len(names):
            raise self.refuse(f"`{primitive.name}` takes {len(names)} arguments here", node)
        given = dict(zip(names, args))
        for name, thing in keywords.items():
            if name not in names or name in given:
                raise self.later(f"the argument `{name}` of `{primitive.name}`", node)
            given[name] = thing
        missing = [name for name in primitive.parameters[1:] if name not in given]
        if missing:
            raise self.refuse(f"`{primitive.name}` lacks its argument `{missing[0]}`", node)
        attrs = {name: self.attribute(given[name], node) for name, _ in primitive.attributes if name in given}
        return [given[name] for name in primitive.parameters[1:]], attrs

    def attribute(self, thing: Thing, node: Any) -> Arg:
        thing = self.static(thing)
        if isinstance(thing, tuple):
            items = [self.static(item) for item in thing]
            if all(isinstance(item, Const) for item in items):
                return Const(tuple(item.value for item in items))  # type: ignore[union-attr]
        return self.read(thing, node)

    def viewed(self, primitive: Primitive, spelling: str, operands: list[Thing], attrs: dict[str, Arg],
               node: Any, hint: str | None) -> Thing | None:
        """The result of a primitive that gives a view of its operand, or may."""
        base = operands[0]
        kind = next((kind for kind, name in core.VIEWS.items() if name == primitive.name), None)
        if isinstance(base, Value) and base.is_handle:
            if kind is None:
                raise self.refuse(f"`{primitive.name}` of an array that is written may be a view or a copy", node,
                                  "take `.copy()` first, or do not write to it")
            return self.builder.view(base, Step(kind), (), hint)
        given = tuple(self.operand(name, thing, node) for name, thing in zip(primitive.parameters[1:], operands))
        value = self.builder.prim(primitive.name, *given, attrs=attrs, hint=hint, spelling=spelling)
        return self.made(value, node, hint, (base,))

    # ---- the user's functions

    def inline(self, function: types.FunctionType, args: list[Thing], keywords: dict[str, Thing], node: Any,
               hint: str | None) -> Thing:
        """The body of a function in place of its call."""
        source = read_source(function)
        if any(frame.source.function.__code__ is function.__code__ for frame in self.session.frames):
            raise self.later(f"the recursive function `{function.__name__}`", node, "write it as a loop")
        if len(self.session.frames) > INLINE_DEPTH:
            raise self.refuse("calls are nested too deeply", node)
        names = self.bind_parameters(source.node, function, args, keywords, node)
        path = (*self.session.frame.path, self.session.frame.source.file, node.lineno, node.col_offset)
        self.session.frames.append(Frame(source, names, path))
        try:
            return self.body(source.node.body, hint)
        finally:
            self.session.frames.pop()

    def body(self, statements: list[Any], hint: str | None) -> Thing:
        raise NotImplementedError

    def bind_parameters(self, definition: Any, function: types.FunctionType, args: list[Thing],
                        keywords: dict[str, Thing], node: Any) -> dict[str, Thing]:
        """The callee's parameters and the things they stand for."""
        spec = definition.args
        positional = [a.id for a in [*spec.posonlyargs, *spec.args]]
        names: dict[str, Thing] = dict(zip(positional, args))
        if len(args) > len(positional) and not spec.vararg:
            raise self.refuse(f"`{function.__name__}` takes {len(positional)} arguments", node)
        known = {*(a.id for a in [*spec.args, *spec.kwonlyargs])} - set(names)
        more = {name: thing for name, thing in keywords.items() if name not in known}
        if more and not spec.kwarg:
            raise self.refuse(f"`{function.__name__}` does not take the argument `{next(iter(more))}` here", node)
        names.update({name: thing for name, thing in keywords.items() if name in known})
        if spec.vararg:
            names[spec.vararg.id] = tuple(args[len(positional):])
        if spec.kwarg:
            names[spec.kwarg.id] = Keywords(more)
        defaults = dict(zip(positional[::-1], (function.__defaults__ or ())[::-1]))
        defaults.update(function.__kwdefaults__ or {})
        for name in [*positional, *(a.id for a in spec.kwonlyargs)]:
            if name not in names:
                if name not in defaults:
                    raise self.refuse(f"`{function.__name__}` lacks its argument `{name}`", node)
                names[name] = self.default(defaults[name], name, node)
        return names

    def default(self, found: object, name: str, node: Any) -> Thing:
        if isinstance(found, (np.ndarray, list, dict)):
            raise self.later(f"the mutable default of `{name}`", node, "pass it as an argument")
        return Const(found)
