"""Builds operations from statements.

before: a function's statements
after:  a block; what the function returns
"""
from __future__ import annotations

from typing import Any

from ..ir.program import Arg, Const, If, new_key
from ..ir.types import Array
from ..primitives.build import finished
from .assignments import Assignments
from .merges import RETURN, STOP, Merges
from .things import Thing

LEAVING = ("Break", "Continue", "Return", "Raise")


def leaves(statements: list[Any], words: tuple[str, ...] = LEAVING) -> bool:
    """True where the statements may leave their block: break, continue or return."""
    for node in statements:
        name = type(node).__name__
        if name in words:
            return True
        if name == "If" and (leaves(node.body, words) or leaves(node.orelse, words)):
            return True
        if name in ("For", "While") and leaves(node.body, ("Return", "Raise")):
            return True
    return False


class Statements(Assignments, Merges):
    """The meaning of statements."""

    def body(self, statements: list[Any], hint: str | None) -> Thing:
        self.run(statements)
        return self.session.frame.names.get(RETURN, Const(None))

    def run(self, statements: list[Any]) -> str | None:
        """Build statements; "Break", "Continue" or "Return" where they surely end in it."""
        for k, node in enumerate(statements):
            name = type(node).__name__
            self.session.frame.statement = node
            self.builder.origin = self.span(node)
            if name == "If":
                rest = statements[k + 1:]
                if leaves([node]):
                    return self.leaving_if(node, rest)
                self.plain_if(node)
                continue
            method = getattr(self, "_" + name, None)
            if method is None or name not in STATEMENTS:
                raise self.later(f"the statement `{name}`", node)
            done: str | None = method(node)
            if done:
                return done
        return None

    # ---- leaving

    def _Return(self, node: Any) -> str:
        thing = Const(None) if node.value is None else self.expr(node.value)
        self.session.frame.names[RETURN] = thing
        return "Return"

    def _Break(self, node: Any) -> str:
        self.session.frame.names[STOP] = Const(True)
        return "Break"

    def _Continue(self, node: Any) -> str:
        return "Continue"

    def _Pass(self, node: Any) -> None:
        return None

    def _Expr(self, node: Any) -> None:
        if type(node.value).__name__ != "Constant":
            self.expr(node.value)

    # ---- branches

    def test(self, node: Any) -> Arg:
        test = self.arg(node)
        if isinstance(test.type, Array) and test.type.ndim:
            raise self.refuse("the truth of an array", node, "use `np.any` or `np.all`, or compare a scalar")
        return test

    def plain_if(self, node: Any) -> None:
        test = self.test(node.test)
        if isinstance(known := self.static(test), Const):
            self.run(node.body if known.value else node.orelse)
            return
        self.branch(test, node, lambda: self.run(node.body), lambda: self.run(node.orelse))

    def leaving_if(self, node: Any, rest: list[Any]) -> str | None:
        """An `if` of which an arm leaves: what follows belongs to the arm that does not."""
        test = self.test(node.test)
        if isinstance(known := self.static(test), Const):
            return self.run([*(node.body if known.value else node.orelse), *rest])
        arms = [node.body, node.orelse]
        for k, arm in enumerate(arms):
            if not self.surely_leaves(arm):
                arms[k] = [*arm, *rest]
        ends: list[str | None] = [None, None]

        def build(k: int) -> None:
            ends[k] = self.run(arms[k])

        words = (self.ending(node.body), self.ending(node.orelse))
        left = next(((k, word.lower()) for k, word in enumerate(words) if word in ("Break", "Continue")), None)
        self.branch(test, node, lambda: build(0), lambda: build(1), left)
        return ends[0] if ends[0] == ends[1] else "Continue" if all(ends) else None

    def ending(self, arm: list[Any]) -> str:
        return type(arm[-1]).__name__ if arm else ""

    def surely_leaves(self, arm: list[Any]) -> bool:
        if not arm:
            return False
        last = arm[-1]
        if type(last).__name__ == "If":
            return self.surely_leaves(last.body) and self.surely_leaves(last.orelse)
        return type(last).__name__ in LEAVING

    def branch(self, test: Arg, node: Any, then: Any, orelse: Any, left: tuple[int, str] | None = None) -> None:
        """Build both arms and merge the names they leave."""
        frame, origin = self.session.frame, self.span(node)
        before = dict(frame.names)
        keys, arms = (new_key(), new_key()), []
        for run in (then, orelse):
            frame.names = dict(before)
            frame.statement = node
            with self.builder.block() as ops:
                run()
                arms.append((ops, frame.names, dict(self.builder.versions)))
        frame.statement = node
        self.builder.origin = origin
        names, outs, yields = self.merge_arms(before, arms, node)
        frame.names = names
        blocks = [finished(key, ops, (), tuple(y)) for key, (ops, _, _), y in zip(keys, arms, yields)]
        self.builder.emit(If(tuple(outs), origin, test, blocks[0], blocks[1], left))


STATEMENTS = ("Assign", "AnnAssign", "AugAssign", "Return", "Break", "Continue", "Pass", "Expr", "For", "While")
