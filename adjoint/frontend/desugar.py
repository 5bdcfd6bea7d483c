"""Rewrites the statements that have no operation of their own into those that have.

before: `return` inside loops, `else` after loops, `match`, `while` with `:=` in its test
after:  flags, `break`, `if` and assignments, at the places of what they stand for

A backward sweep follows the forward sweep, so a `return` cannot stay inside a loop: it becomes
`returned = True; break`, with `if returned: break` after each loop that it leaves, and stands after them all.
"""
from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

import gast

from .last_items import with_last_items
from .nodes import LOOPS, assign, at, bodies, load
from .patterns import Fresh, as_branches

LEAVES = (gast.Return, gast.Break, gast.Continue)


@dataclass
class Around:
    """The loop around a statement.  `left`: the flag that says it was left early, where it has an `else`."""

    left: str | None


def holds(statements: list[Any], kinds: Any, own_loop: bool = False) -> bool:
    """True where the statements hold one of `kinds`; with `own_loop`, inner loops are not looked into."""
    for node in statements:
        if isinstance(node, kinds):
            return True
        if own_loop and isinstance(node, LOOPS):
            continue
        if any(holds(part, kinds, own_loop) for part in bodies(node)):
            return True
    return False


def returns_in_loops(statements: list[Any]) -> int:
    """How many `return` statements stand inside loops."""
    return sum(count(part, gast.Return) if isinstance(node, LOOPS) else returns_in_loops(part)
               for node in statements for part in bodies(node))


def count(statements: list[Any], kind: Any) -> int:
    return sum(isinstance(node, kind) + sum(count(part, kind) for part in bodies(node)) for node in statements)


def is_endless(loop: Any) -> bool:
    """True for a `while True` that only `return` leaves."""
    return isinstance(loop, gast.While) and isinstance(loop.test, gast.Constant) and bool(loop.test.value) \
        and not holds(loop.body, gast.Break, True)


class Desugarer:
    """Rewrites one function.  Names that it makes up are unlike all names of the function."""

    def __init__(self, function: Any) -> None:
        self.fresh = Fresh(function)
        self.returned = ""
        self.values: list[Any] = []
        self.returns = returns_in_loops(function.body)

    def block(self, statements: list[Any], loop: Around | None) -> list[Any]:
        made: list[Any] = []
        for k, node in enumerate(statements):
            if isinstance(node, gast.Match):
                made += self.block(as_branches(node, self.fresh), loop)
            elif isinstance(node, gast.Try) and (left := self.leaving_handler(node)) is not None:
                return [*made, left[0], *self.block([*left[1:], *statements[k + 1:]], loop)]
            elif isinstance(node, LOOPS):
                returns, first = holds(node.body, gast.Return), len(self.values) + 1
                endless = is_endless(node)
                made += self.loop(node, loop, returns)
                if returns:
                    last = len(self.values)
                    rest = None if endless else self.block(statements[k + 1:], loop)
                    return [*made, *self.after(node, loop, rest, range(first, last + 1))]
            elif isinstance(node, gast.Return) and loop is not None:
                return [*made, *self.leave(node, loop)]
            elif isinstance(node, gast.Break) and loop is not None and loop.left:
                return [*made, self.set(loop.left, True, node), node]
            else:
                if isinstance(node, (gast.If, gast.With, gast.Try)):
                    node.body = self.block(node.body, loop)
                if isinstance(node, (gast.If, gast.Try)):
                    node.orelse = self.block(node.orelse, loop)
                for handler in node.handlers if isinstance(node, gast.Try) else ():
                    handler.body = self.block(handler.body, loop)
                made.append(node)
        return made

    def leaving_handler(self, node: Any) -> list[Any] | None:
        """A `try` whose one handler leaves its block, as one that says whether it succeeded, and the handler's body
        behind it; None for others."""
        if len(node.handlers) != 1 or node.orelse or node.finalbody or node.handlers[0].name is not None:
            return None
        handler = node.handlers[0]
        again = (inner for part in handler.body for inner in gast.walk(part) if isinstance(inner, gast.Raise))
        if not holds(handler.body, LEAVES, True) and not holds(handler.body, gast.Return) or \
                any(inner.exc is None for inner in again):
            return None
        body, handler.body = handler.body, [at(gast.Pass(), handler)]
        node.flag = self.fresh.name("succeeded")
        return [node, self.branch(load(node.flag, handler), [at(gast.Pass(), handler)], handler, body)]

    # ---- loops

    def loop(self, node: Any, outer: Around | None, returns: bool) -> list[Any]:
        """The loop, what stands before it, and its `else`."""
        before, after = [], []
        orelse, node.orelse = node.orelse, []
        left = None
        if orelse and holds(node.body, (gast.Break, gast.Return), True) or orelse and returns:
            left = self.fresh.name("left_early")
            before.append(self.set(left, False, node))
        if orelse:
            body = self.block(orelse, outer)
            after = body if left is None else [self.branch(gast.UnaryOp(gast.Not(), load(left, node)), body, node)]
        if returns:
            self.returned = self.returned or self.fresh.name("returned")
            if outer is None:
                before.append(assign(self.returned, gast.Constant(False if self.returns == 1 else 0, None), node))
        if isinstance(node, gast.While) and any(isinstance(part, gast.NamedExpr) for part in gast.walk(node.test)):
            node.body = [self.branch(gast.UnaryOp(gast.Not(), node.test), [at(gast.Break(), node)], node),
                         *node.body]
            node.test = at(gast.Constant(True, None), node)
        node.body = self.block(node.body, Around(left))
        return [*before, node, *after]

    def leave(self, node: Any, loop: Around) -> list[Any]:
        """A `return` inside a loop: what it returns is evaluated after the loop, where nothing has changed since."""
        self.values.append(node.value)
        made = [assign(self.returned, gast.Constant(self.code(len(self.values)), None), node)]
        if loop.left:
            made.append(self.set(loop.left, True, node))
        return [*made, at(gast.Break(), node)]

    def code(self, number: int) -> bool | int:
        """What the flag says for the `return` of this number: True where it is the only one."""
        return True if self.returns == 1 else number

    def after(self, node: Any, outer: Around | None, rest: list[Any] | None, numbers: range) -> list[Any]:
        """What follows a loop that may have returned; `rest` is None where it has, be it whence it may.

        `numbers`: those of the `return` statements in the loop.
        """
        test = load(self.returned, node)
        if outer is not None:
            leave = [at(gast.Break(), node)]
            if outer.left:
                leave = [self.set(outer.left, True, node), *leave]
            return leave if rest is None else [self.branch(test, leave, node), *rest]
        made = rest or [at(gast.Pass(), node)]
        for number in reversed(numbers):
            value = self.values[number - 1]
            where = node if value is None else value
            here = test if len(numbers) == 1 else at(
                gast.Compare(load(self.returned, node), [gast.Eq()], [gast.Constant(number, None)]), where)
            leave = at(gast.Return(copy.deepcopy(value)), where)
            last = rest is None and number == numbers[-1]
            made = [leave] if last else [self.branch(here, [leave], where, made)]
        return made

    # ---- nodes

    def set(self, name: str, flag: bool, node: Any) -> Any:
        return assign(name, gast.Constant(flag, None), node)

    def branch(self, test: Any, body: list[Any], node: Any, orelse: list[Any] | None = None) -> Any:
        return at(gast.If(test, body, orelse or []), node)


def desugared(function: Any, in_place: bool = False) -> Any:
    """The function's tree with the statements rewritten.  The given tree stays as it is, unless `in_place`."""
    function = copy.copy(function) if in_place else copy.deepcopy(function)
    desugarer = Desugarer(function)
    function.body = desugarer.block(with_last_items(function.body, desugarer.fresh), None)
    return function
