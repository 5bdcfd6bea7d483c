"""Builds operations from calls: primitives, array methods, Python's builtins, the user's functions.

before: a call's tree
after:  a primitive operation, or the body of the user's function in place of the call
"""
from __future__ import annotations

import types
from collections.abc import Hashable
from typing import Any

import numpy as np

from ..ir.program import Const, Value
from ..ir.types import Array, Items, NumpyScalar, record_class
from ..primitives.primitive import REGISTRY, SPREAD, WRITE, WRITES, Primitive
from .arguments import METHOD
from .dicts import METHODS
from .lists import hand_back, lists_in
from .recursion import Recursion
from .scope import is_library
from .source import read_source
from .stubs import called, stub
from .things import DictThing, Frame, Instance, Keywords, ListThing, LocalFunction, Method, Recursive, Thing

INLINE_DEPTH = 40
AT_ONCE = (sum, max, min, list, tuple)  # they use up a generator before they return
MESSAGES = (print,)  # they may be given what is differentiated: nothing comes back from them


class Calls(Recursion):
    """The meaning of calls."""

    def _Call(self, node: Any, hint: str | None) -> Thing:
        function = self.expr(node.func)
        args = [thing for arg in node.args for thing in self.argument(arg, function)]
        keywords: dict[str, Thing] = {}
        for keyword in node.keywords:
            thing = self.expr(keyword.value)
            if keyword.arg is None and not isinstance(thing, Keywords):
                raise self.later("`**` in a call", node)
            keywords.update(thing.items if isinstance(thing, Keywords) else {keyword.arg: thing})
        self.builder.origin = self.span(node)
        if isinstance(function, Instance):
            function = Const(function.found) if isinstance(function.found, type) else Method(function, "__call__")
        if isinstance(function, Value) and record_class(function.type) is not None:
            function = Method(function, "__call__")
        if isinstance(function, LocalFunction):
            return self.call_local(function, args, keywords, node, hint)
        if isinstance(function, Method):
            return self.method(function, args, keywords, node, hint)
        if not isinstance(function, Const):
            raise self.later("a call of a computed function", node)
        return self.call(function.value, args, keywords, node, hint)

    def argument(self, node: Any, function: Thing) -> tuple[Thing, ...]:
        """One argument of a call.  A generator is a list where it is used up at once."""
        at_once = isinstance(function, Const) and any(function.value is known for known in AT_ONCE)
        if at_once and type(node).__name__ == "GeneratorExp":
            return (self._ListComp(node, None),)
        return self.starred(node)

    def starred(self, node: Any) -> tuple[Thing, ...]:
        """The things that one argument of a call stands for."""
        if type(node).__name__ != "Starred":
            return (self.expr(node),)
        things = self.items_in(self.expr(node.value), node)
        if things is None:
            raise self.later("`*` in a call", node)
        return things

    def call(self, function: Any, args: list[Thing], keywords: dict[str, Thing], node: Any,
             hint: str | None) -> Thing:
        if isinstance(function, Hashable) and (thing := self.builtin(function, args, keywords, node, hint)) is not None:
            return thing
        if (thing := self.made_here(function, args, keywords, node)) is not None:
            return thing
        if isinstance(getattr(function, "__self__", None), str):
            return self.word_method(function, args, node)
        if (record := self.new_record(function, args, keywords, node)) is not None:
            return record
        if hasattr(function, "__adjoint__"):
            return self.derived(function.__adjoint__, args, keywords, node, hint)
        spelling = REGISTRY.spelling_of(function)
        if spelling is not None:
            return self.primitive(REGISTRY.by_spelling[spelling], spelling, args, keywords, node, hint)
        if any(function is known for known in MESSAGES):
            return self.message_call(function, args, keywords, node)
        if isinstance(function, types.FunctionType) and not is_library(function.__module__):
            return self.inline(function, args, keywords, node, hint)
        raise self.refuse(f"there is no derivative rule for `{called(function)}`", node, stub(function))

    def call_local(self, function: LocalFunction, args: list[Thing], keywords: dict[str, Thing], node: Any,
                   hint: str | None) -> Thing:
        raise NotImplementedError

    def message_call(self, function: Any, args: list[Thing], keywords: dict[str, Thing], node: Any) -> Thing:
        raise NotImplementedError


    # ---- methods

    def method(self, method: Method, args: list[Thing], keywords: dict[str, Thing], node: Any,
               hint: str | None) -> Thing:
        base, name = method.base, method.name
        if isinstance(base, ListThing):
            return self.list_method(base, name, args, node)
        if isinstance(base, DictThing):
            return self.dict_method(base, name, args, node)
        if name in METHODS:
            self.changed(base)
        if isinstance(base, Instance):
            return self.instance_method(base, name, args, keywords, node, hint)
        if isinstance(base, Value) and record_class(base.type) is not None:
            return self.record_method(base, name, args, keywords, node, hint)
        if isinstance(base, (Value, Const)) and isinstance(base.type, (Array, NumpyScalar)):
            for spelling in ("method." + name, "numpy." + name):
                primitive = REGISTRY.by_spelling.get(spelling)
                if primitive is not None and hasattr(np.ndarray, name) and primitive.method != WRITES:
                    return self.primitive(primitive, "method." + name, [base, *args], keywords, node, hint)
        if name == "get" and isinstance(base, Value) and isinstance(base.type, Items) and 1 <= len(args) <= 2:
            return self.entry_or(base, base.type, args, node)
        raise self.later(f"the method `{name}`", node)

    def word_method(self, function: Any, args: list[Thing], node: Any) -> Thing:
        """A method of a string, which is known when the program is compiled."""
        given = [self.constant_of(arg) for arg in args]
        found = function(*(value for _, value in given)) if all(known for known, _ in given) else None
        if not isinstance(found, (str, bool, int)):
            raise self.later(f"the method `{function.__name__}` of a string", node, "use strings as names only")
        return Const(found)

    # ---- primitives

    def primitive(self, primitive: Primitive, spelling: str, args: list[Thing], keywords: dict[str, Thing],
                  node: Any, hint: str | None) -> Thing:
        call = self.arrange(primitive, spelling, args, keywords, node)
        if primitive.kind == WRITE:
            return self.written(primitive, call, spelling, node)
        if call.spread:
            spelling = SPREAD + spelling.removeprefix(METHOD)
        if primitive.views != "no" and (viewed := self.viewed(primitive, call, spelling, node, hint)) is not None:
            return viewed
        value = self.applied(primitive, call, spelling, node, hint)
        if call.out is None or call.out == Const(None):
            shares = primitive.views != "no" and isinstance(getattr(call.operands[0], "type", None), Array)
            return self.made(value, node, hint, (call.operands[0],) if shares else ())
        if not isinstance(call.out, Value):
            raise self.refuse("`out=` must be an array", node)
        self.write(call.out, value, node)
        return call.out

    # ---- the user's functions

    def inline(self, function: types.FunctionType, args: list[Thing], keywords: dict[str, Thing], node: Any,
               hint: str | None) -> Thing:
        """The body of a function in place of its call."""
        if function.__code__ in self.session.recursions.codes:
            return self.call_unit(function, args, keywords, node, hint)
        source = read_source(function)
        if any(frame.source.function.__code__ is function.__code__ for frame in self.session.frames):
            raise Recursive(function.__code__)
        if len(self.session.frames) > INLINE_DEPTH:
            raise self.refuse("calls are nested too deeply", node)
        names = self.bind_parameters(source.node, function, args, keywords, node)
        caller = self.session.frame
        names.update(lists_in(caller.names))
        path = (*self.session.frame.path, self.session.frame.source.file, node.lineno, node.col_offset)
        self.session.frames.append(Frame(source, names, path))
        try:
            return self.body(source.node.body, hint)
        finally:
            hand_back(self.session.frames.pop(), caller)

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
