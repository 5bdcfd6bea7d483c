"""Functions inside functions: `def` and `lambda`, called where they are known.

before: a `def` or `lambda` in the body, a call of it
after:  its body in place of the call; what it captures is read then, as Python does
"""
from __future__ import annotations

from typing import Any

import gast

from .calls import INLINE_DEPTH, Calls
from .desugar import desugared
from .lists import hand_back, lists_in
from .passed import Callee, Outside
from .things import Frame, LocalFunction, Recursive, Thing


class Nested(Calls):
    """The meaning of functions that a function makes."""

    def _Lambda(self, node: Any, hint: str | None) -> Thing:
        body = gast.copy_location(gast.Return(node.body), node.body)
        return self.local_function(node.args, [body], "<lambda>", node)

    def _FunctionDef(self, node: Any) -> None:
        if node.decorator_list:
            raise self.later("a decorated function inside a function", node, "define it outside")
        self.session.frame.names[node.name] = self.local_function(node.args, desugared(node).body, node.name, node)

    def local_function(self, spec: Any, body: list[Any], name: str, node: Any) -> LocalFunction:
        """Defaults are evaluated here; captured names when it is called."""
        if spec.kwarg:
            raise self.later("`**kwargs` of a function inside a function", node, "name its parameters")
        positional = [a.id for a in [*spec.posonlyargs, *spec.args]]
        defaults = dict(zip(positional[::-1], [self.expr(d) for d in spec.defaults][::-1]))
        pairs = zip(spec.kwonlyargs, spec.kw_defaults)
        defaults.update({a.id: self.expr(default) for a, default in pairs if default is not None})
        names = (*positional, *(a.id for a in spec.kwonlyargs))
        frame = self.session.frame
        place = (frame.source.file, node.lineno, node.col_offset)
        rest = spec.vararg.id if spec.vararg else None
        return LocalFunction(name, names, len(positional), tuple(body), defaults, frame, place, rest)

    def call_local(self, function: LocalFunction, args: list[Thing], keywords: dict[str, Thing], node: Any,
                   hint: str | None) -> Thing:
        session, caller = self.session, self.session.frame
        if function.place not in session.recursions.codes and any(
                frame.body is function.body for frame in session.frames):
            raise Recursive(function.place)
        if len(session.frames) > INLINE_DEPTH:
            raise self.refuse("calls are nested too deeply", node)
        if len(args) > function.positional and not function.rest or set(keywords) - set(function.parameters):
            raise self.refuse(f"`{function.name}` does not take these arguments", node)
        names = {**function.defaults, **dict(zip(function.parameters[:function.positional], args)), **keywords}
        lacking = [name for name in function.parameters if name not in names]
        if lacking:
            raise self.refuse(f"`{function.name}` lacks its argument `{lacking[0]}`", node)
        if function.rest:
            names[function.rest] = tuple(args[function.positional:])
        if function.place in session.recursions.codes:
            return self.call_inner_unit(function, names, node, hint)
        names.update(lists_in(caller.names))
        path = (*caller.path, caller.source.file, node.lineno, node.col_offset)
        session.frames.append(Frame(function.frame.source, names, path, None, function.frame, function.body))
        try:
            return self.run_body(function.body, hint)
        finally:
            hand_back(session.frames.pop(), caller)

    # ---- functions inside functions that call themselves

    def call_inner_unit(self, function: LocalFunction, names: dict[str, Thing], node: Any, hint: str | None) -> Thing:
        """What the function captures are parameters of its unit."""
        captured: dict[str, Thing] = {}
        self.capture(function, captured, set(names), node)
        word = function.name if function.name.isidentifier() else "within"
        callee = Callee(word, function.place, (), function.frame.source, function.body)
        outside = {name: Outside(thing.place, thing) if isinstance(thing, LocalFunction) else thing
                   for name, thing in captured.items()}
        return self.call_of(callee, {**outside, **names}, node, hint)

    def capture(self, function: LocalFunction, found: dict[str, Thing], own: set[str], node: Any) -> None:
        """What a function reads of the frames around it, and what the functions that it calls read."""
        local = {*function.parameters, *names_in(function.body, gast.Store)}
        for name in names_in(function.body, gast.Load):
            thing = lookup(name, function.frame)
            if name in local or name in found or thing is None or thing in self.session.undefined:
                continue
            if name in own:
                raise self.later(f"`{name}`, which the recursive function `{function.name}` captures,", node,
                                 "pass it as an argument")
            found[name] = thing
            if isinstance(thing, LocalFunction) and thing.place != function.place:
                self.capture(thing, found, own | local, node)

    def run_body(self, statements: tuple[Any, ...], hint: str | None) -> Thing:
        return self.body(list(statements), hint)


def names_in(body: tuple[Any, ...], use: type) -> list[str]:
    """The names that statements read (gast.Load) or bind (gast.Store), in the order of the source."""
    return list(dict.fromkeys(inner.id for node in body for inner in gast.walk(node)
                              if isinstance(inner, gast.Name) and isinstance(inner.ctx, use)))


def lookup(name: str, frame: Frame | None) -> Thing | None:
    """What a name means in a frame or one around it."""
    while frame is not None:
        if name in frame.names:
            return frame.names[name]
        frame = frame.outer
    return None
