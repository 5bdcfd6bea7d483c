"""Builds operations from statements that are there for what they do: `print`, `assert`, `raise`, `del`.

before: the statement
after:  an `Effect`, which is kept in its place and happens once, in the forward sweep
"""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..ir.program import Arg, Bind, Const, Effect, If, Load, Prim, Unpack, Value, View
from ..ir.traverse import walk
from ..ir.types import Opaque
from ..primitives import core
from ..primitives.build import finished
from .assignments import Assignments
from .nodes import leaves
from .things import DictThing, Thing


class Effects(Assignments):
    """The meaning of statements without a value, and of the strings they print."""

    def _Expr(self, node: Any) -> None:
        if type(node.value).__name__ != "Constant":
            self.expr(node.value)

    def _Assert(self, node: Any) -> None:
        test = self.test(node.test)
        known = self.static(test)
        if isinstance(known, Const) and known.value:
            return
        message = () if node.msg is None else (self.arg(node.msg),)
        self.builder.emit(Effect((), self.span(node), "assert", (test, *message)))

    def _Raise(self, node: Any) -> str:
        if node.exc is None:
            raise self.later("`raise` of the exception at hand", node, "name the exception")
        if node.cause is not None:
            raise self.later("`raise ... from ...`", node, "raise the exception alone")
        self.builder.emit(Effect((), self.span(node), "raise", (self.exception(node.exc),)))
        return "Raise"

    def _Try(self, node: Any) -> str | None:
        """The body, in a `try` whose handlers raise: what they would compute has no derivative here."""
        if leaves([*node.body[:-1], *(node.body[-1:] if type(node.body[-1]).__name__ == "If" else [])]):
            raise self.later("`break`, `continue` or `return` inside `try`", node, "put it after the `try`")
        if not node.handlers:
            return self.run(node.body) or self.run([*node.orelse, *node.finalbody])
        kinds = [kind for handler in node.handlers for kind in self.caught(handler)]
        if self.may_run(node):
            flag = self.attempt(tuple(kinds), node, lambda: self.run(node.body),
                                lambda: self.run(node.handlers[0].body))
            self.session.frame.names.update({node.flag: flag} if hasattr(node, "flag") else {})
            return self.run(node.finalbody)
        self.session.frame.names.update({node.flag: Const(True)} if hasattr(node, "flag") else {})
        self.builder.emit(Effect((), self.span(node), "try", ()))
        before = dict(self.session.frame.names)
        done = self.run(node.body)
        made = [thing for name, thing in self.session.frame.names.items() if thing is not before.get(name)
                and isinstance(thing, Value) and thing.storage is None]     # whether that raises is not to be skipped
        name, line = self.session.frame.source.name, self.span(node).line
        told = Const(f"a handler of the `try` in line {line} of `{name}` ran: no derivative")
        call = self.opaque_call(Const(RuntimeError), [told], {}, node)
        self.builder.emit(Effect((), self.span(node), "except", (call, *map(Const, kinds), *made)))
        return done or self.run([*node.orelse, *node.finalbody])

    def may_run(self, node: Any) -> bool:
        """True where the handler is differentiated as the body is: what is tried is one assignment that writes nothing,
        so that it is done whole or not at all."""
        handler, *others = node.handlers
        if others or node.orelse or handler.name is not None or type(handler.body[-1]).__name__ == "Raise":
            return False
        if [type(statement).__name__ for statement in node.body] not in (["Assign"], ["AnnAssign"]):
            return False
        names = dict(self.session.frame.names)
        with self.builder.block() as ops:
            self.run(node.body)
        self.session.frame.names = names
        return all(isinstance(op, (Prim, Bind, Unpack, View, Load)) or isinstance(op, If) and not op.is_statement
                   for op in walk(finished(0, ops)))

    def attempt(self, classes: tuple[Any, ...], node: Any, body: Callable[[], object],
                handler: Callable[[], object]) -> Thing:
        raise NotImplementedError

    def caught(self, handler: Any) -> tuple[Any, ...]:
        """The classes of the exceptions that a handler is for."""
        if handler.type is None:
            return (Exception,)
        known, found = self.constant_of(self.expr(handler.type))
        kinds = found if isinstance(found, tuple) else (found,)
        if not known or not all(isinstance(kind, type) for kind in kinds):
            raise self.later("`except` of what is not known", handler, "name the exceptions")
        return kinds

    def run(self, statements: list[Any]) -> str | None:
        raise NotImplementedError

    def exception(self, node: Any) -> Arg:
        """An exception, made where it is raised."""
        if type(node).__name__ != "Call":
            return self.opaque_call(self.expr(node), [], {}, node)
        args = [self.arg(arg) for arg in node.args]
        return self.opaque_call(self.expr(node.func), args, {}, node)

    def _Delete(self, node: Any) -> None:
        names = self.session.frame.names
        for target in node.targets:
            if type(target).__name__ == "Subscript":
                base = self.expr(target.value)
                self.changed(base)
                if isinstance(base, DictThing):
                    self.remove_entry(base, self.expr(target.slice), target)
                    continue
            if type(target).__name__ != "Name":
                raise self.later("`del` of a part", target, "leave it out")
            self.expr(target)
            del names[target.id]

    # ---- what is printed

    def message_call(self, function: Any, args: list[Thing], keywords: dict[str, Thing], node: Any) -> Thing:
        """`print(...)`: a statement of its own, in its place."""
        given = [self.read(arg, node) for arg in args]
        call = self.opaque_call(Const(function), given, {k: self.read(v, node) for k, v in keywords.items()}, node)
        self.builder.emit(Effect((), self.span(node), "call", (call,)))
        return Const(None)

    def opaque_call(self, function: Thing, args: list[Arg], keywords: dict[str, Arg], node: Any) -> Value:
        if not isinstance(function, Const) or not callable(function.value):
            raise self.later("a call of a computed function", node)
        attrs = {"function": function, **keywords}
        return self.builder.prim(core.CALL, *args, attrs=attrs, kind=Opaque("object"))

    def _JoinedStr(self, node: Any, hint: str | None) -> Thing:
        """An f-string: literal pieces, and (conversion, format) for each operand."""
        pieces: list[object] = []
        args: list[Arg] = []
        for part in node.values:
            if type(part).__name__ == "Constant":
                pieces.append(part.value)
                continue
            form = "" if part.format_spec is None else self.literal(part.format_spec)
            args.append(self.arg(part.value))
            pieces.append((part.conversion, form))
        return self.builder.prim(core.FORMAT, *args, attrs={"pieces": Const(tuple(pieces))}, kind=Opaque("str"))

    def literal(self, node: Any) -> str:
        if any(type(part).__name__ != "Constant" for part in node.values):
            raise self.later("a format that is computed", node, "write the format out")
        return "".join(part.value for part in node.values)
