"""Functions inside functions: `def` and `lambda`, called where they are known.

before: a `def` or `lambda` in the body, a call of it
after:  its body in place of the call; what it captures is read then, as Python does
"""
from __future__ import annotations

from typing import Any

import gast

from .calls import INLINE_DEPTH, Calls
from .desugar import desugared
from .lists import MARK
from .things import Frame, LocalFunction, Thing


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
        if spec.vararg or spec.kwarg:
            raise self.later("`*args` or `**kwargs` of a function inside a function", node, "name its parameters")
        positional = [a.id for a in [*spec.posonlyargs, *spec.args]]
        defaults = dict(zip(positional[::-1], [self.expr(d) for d in spec.defaults][::-1]))
        pairs = zip(spec.kwonlyargs, spec.kw_defaults)
        defaults.update({a.id: self.expr(default) for a, default in pairs if default is not None})
        names = (*positional, *(a.id for a in spec.kwonlyargs))
        return LocalFunction(name, names, len(positional), tuple(body), defaults, self.session.frame)

    def call_local(self, function: LocalFunction, args: list[Thing], keywords: dict[str, Thing], node: Any,
                   hint: str | None) -> Thing:
        session, caller = self.session, self.session.frame
        if any(frame.body is function.body for frame in session.frames):
            raise self.later(f"the recursive function `{function.name}`", node, "write it as a loop")
        if len(session.frames) > INLINE_DEPTH:
            raise self.refuse("calls are nested too deeply", node)
        if len(args) > function.positional or set(keywords) - set(function.parameters):
            raise self.refuse(f"`{function.name}` does not take these arguments", node)
        names = {**function.defaults, **dict(zip(function.parameters, args)), **keywords}
        lacking = [name for name in function.parameters if name not in names]
        if lacking:
            raise self.refuse(f"`{function.name}` lacks its argument `{lacking[0]}`", node)
        names.update({name: thing for name, thing in caller.names.items() if name.startswith(MARK)})
        path = (*caller.path, caller.source.file, node.lineno, node.col_offset)
        session.frames.append(Frame(function.frame.source, names, path, None, function.frame, function.body))
        try:
            return self.run_body(function.body, hint)
        finally:
            own = session.frames.pop().names
            caller.names.update({name: thing for name, thing in own.items() if name.startswith(MARK)})

    def run_body(self, statements: tuple[Any, ...], hint: str | None) -> Thing:
        return self.body(list(statements), hint)
