"""Builds operations from statements.

before: a function's statements
after:  a block; what the function returns
"""
from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

from ..ir.program import UNDEFINED, Arg, Const, If, Value, new_key
from ..primitives.build import finished
from .effects import Effects
from .merges import Arm, Merges
from .nodes import LEAVING, leaves
from .things import Nothing, Thing
from .tuples import RETURN, SKIP, STOP, SUCCEEDED, VALUE

STATEMENTS = ("Assign", "AnnAssign", "AugAssign", "Return", "Break", "Continue", "Pass", "Expr", "For", "While",
              "Assert", "Raise", "Delete", "FunctionDef", "Try")


def surely_ends(arm: list[Any], words: tuple[str, ...]) -> bool:
    """True where the statements end in one of the words on every path."""
    if not arm:
        return False
    last = arm[-1]
    if type(last).__name__ == "If":
        return surely_ends(last.body, words) and surely_ends(last.orelse, words)
    return type(last).__name__ in words


class Statements(Effects, Merges):
    """The meaning of statements."""

    def body(self, statements: list[Any], hint: str | None) -> Thing:
        self.run(statements)
        return self.session.frame.names.get(RETURN, Const(None))

    def run(self, statements: list[Any]) -> str | None:
        """Build statements; "Break", "Continue", "Return" or "Raise" where they surely end in it."""
        for k, node in enumerate(statements):
            name = type(node).__name__
            self.session.frame.statement = node
            self.builder.origin = self.span(node)
            done: str | None = None
            if name == "If":
                if leaves([node]):
                    return self.leaving_if(node, statements[k + 1:])
                done = self.plain_if(node)
            else:
                method = getattr(self, "_" + name, None)
                if method is None or name not in STATEMENTS:
                    raise self.later(f"the statement `{name}`", node)
                done = method(node)
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
        return self.skip("Break")

    def _Continue(self, node: Any) -> str:
        return self.skip("Continue")

    def skip(self, word: str) -> str:
        if SKIP in self.session.frame.names:
            self.session.frame.names[SKIP] = Const(True)
        return word

    def _Pass(self, node: Any) -> None:
        return None

    # ---- branches

    def plain_if(self, node: Any) -> str | None:
        test = self.test(node.test)
        if isinstance(known := self.static(test), Const):
            return self.run(node.body if known.value else node.orelse)
        for k, arm in enumerate((node.body, node.orelse)):
            if surely_ends(arm, ("Raise",)):
                self.raising(test, node, k, arm)
                return self.run(node.orelse if k == 0 else node.body)
        self.branch(test, node, lambda: self.run(node.body), lambda: self.run(node.orelse))
        return None

    def raising(self, test: Arg, node: Any, which: int, arm: list[Any]) -> None:
        """An arm that raises: what follows it is reached through the other arm only."""
        frame = self.session.frame
        names = dict(frame.names)
        with self.builder.block() as ops:
            self.run(arm)
        frame.names = names
        frame.statement = node
        blocks = [finished(new_key(), ops if k == which else []) for k in (0, 1)]
        self.builder.emit(If((), self.span(node), test, blocks[0], blocks[1]))

    def leaving_if(self, node: Any, rest: list[Any]) -> str | None:
        """An `if` of which an arm leaves: what follows belongs to the arm that does not."""
        test = self.test(node.test)
        if isinstance(known := self.static(test), Const):
            return self.run([*(node.body if known.value else node.orelse), *rest])
        if self.session.frame.unrolled == self.session.in_loop:
            raise self.later("`break` or `continue` in a loop over strings, or over arrays that are written,", node,
                             "write the trips out, or index one array")
        arms = [node.body, node.orelse]
        if rest and not leaves([node], ("Return",)) and not any(surely_ends(arm, (*LEAVING, "Raise")) for arm in arms):
            return self.leaving_deeper(test, node, rest)
        for k, arm in enumerate(arms):
            if surely_ends(arm, ("Raise",)):
                self.raising(test, node, k, arm)
                return self.run([*arms[1 - k], *rest])
            if not surely_ends(arm, (*LEAVING, "Raise")):
                arms[k] = [*arm, *rest]
        ends: list[str | None] = [None, None]

        def build(k: int) -> None:
            undefined = self.session.undefined
            self.session.undefined = undefined - self.session.bound_if.get(test, set()) if k == 0 else undefined
            ends[k] = self.run(arms[k])
            undefined |= self.session.undefined
            self.session.undefined = undefined

        words = (self.ending(node.body), self.ending(node.orelse))
        left = next(((k, word.lower()) for k, word in enumerate(words) if word in ("Break", "Continue")), None)
        self.branch(test, node, lambda: build(0), lambda: build(1), left)
        return ends[0] if ends[0] == ends[1] else "Continue" if all(ends) else None

    def leaving_deeper(self, test: Arg, node: Any, rest: list[Any]) -> str | None:
        """An `if` in which a branch deeper inside leaves: what follows is reached where none of them did."""
        frame, around = self.session.frame, self.session.frame.names.get(SKIP)
        frame.names[SKIP] = Const(False)
        self.branch(test, node, lambda: self.run(node.body), lambda: self.run(node.orelse))
        skipped = self.static(frame.names.pop(SKIP))
        if around is not None:
            frame.names[SKIP] = around
        if isinstance(skipped, Const):
            return self.skip("Continue") if skipped.value else self.run(rest)
        ends: list[str | None] = []
        self.branch(self.read(skipped, node), node, lambda: self.skip("Continue"),
                    lambda: ends.append(self.run(rest)), (0, "skip"))
        return "Continue" if ends and ends[0] else None

    def ending(self, arm: list[Any]) -> str:
        return type(arm[-1]).__name__ if arm else ""

    def branch(self, test: Arg, node: Any, then: Any, orelse: Any, left: tuple[int, str] | None = None,
               form: str = "if") -> None:
        """Build both arms and merge the names they leave."""
        frame, origin = self.session.frame, self.span(node)
        before, statement = dict(frame.names), frame.statement if form != "if" else node
        keys, arms = (new_key(), new_key()), []
        for run in (then, orelse):
            frame.names = dict(before)
            frame.statement = statement
            with self.builder.block() as ops, contextlib.suppress(Nothing):
                run()
                arms.append((ops, frame.names, dict(self.builder.versions)))
        frame.statement = statement
        self.builder.origin = origin
        if len(arms) < 2:
            return self.only(arms)
        names, outs, yields = self.merge_arms(before, arms, node)
        frame.names = names
        blocks = [finished(key, ops, (), tuple(y)) for key, (ops, _, _), y in zip(keys, arms, yields)]
        self.builder.emit(If(tuple(outs), origin, test, blocks[0], blocks[1], left, form))

    def attempt(self, classes: tuple[Any, ...], node: Any, body: Callable[[], object],
                handler: Callable[[], object]) -> Thing:
        """A branch on whether the body raises; whether it did not."""
        def marked(run: Callable[[], object], succeeded: bool) -> Callable[[], None]:
            def arm() -> None:
                run()
                self.session.frame.names[SUCCEEDED] = Const(succeeded)
            return arm

        self.session.frame.statement = node
        self.branch(Const(classes), node, marked(body, True), marked(handler, False), None, "try")
        made = self.builder.ops[-1] if self.builder.ops else None
        flag: Thing = self.session.frame.names.pop(SUCCEEDED)
        if isinstance(made, If) and isinstance(flag, Value):
            self.session.bound_if[flag] = {out for out, arg in zip(made.outs, made.orelse.yields) if arg is UNDEFINED}
        return flag

    def only(self, arms: list[Arm]) -> None:
        """The arm that returns, where the other waits for what is not known yet: this program is built again."""
        if not arms:
            raise Nothing
        ops, self.session.frame.names, versions = arms[0]
        self.builder.ops += ops
        self.builder.versions.update(versions)

    def either(self, test: Arg, node: Any, then: Callable[[], Thing], orelse: Callable[[], Thing],
               form: str) -> Thing:
        def giving(make: Callable[[], Thing]) -> Callable[[], None]:
            def give() -> None:
                thing = make()
                self.session.frame.names[VALUE] = thing
            return give

        self.branch(test, node, giving(then), giving(orelse), None, form)
        return self.session.frame.names.pop(VALUE)
