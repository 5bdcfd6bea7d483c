"""Builds operations from expressions of which only a part may be evaluated.

before: `a and b`, `a < b < c`, `x if test else y`, and the names in scope
after:  an operation, where all parts may be evaluated always; else an `If` that knows how it was written

What the user guards is never evaluated unguarded: a part that could raise or warn stays in its arm.
"""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..ir.program import Arg, Const, Op, Prim
from ..ir.types import Array, Number, NumpyScalar
from ..primitives import core
from ..primitives.primitive import REGISTRY
from .dicts import Dicts
from .things import Nothing, Thing

TOTAL = ("Lt", "LtE", "Gt", "GtE", "Eq", "NotEq", "Not", "Add", "Sub", "Mult", "USub", "UAdd")
BOTH = {"And": True, "Or": False}


def is_total(op: Op) -> bool:
    """True for what can be computed whatever its operands are: it neither raises nor warns."""
    if not isinstance(op, Prim):
        return False
    if op.primitive in (*core.SIZES, core.CHAIN, core.IS_NONE, *BOTH):
        return True
    primitive = REGISTRY.by_name.get(op.primitive)
    return primitive is not None and primitive.operator in TOTAL


def is_truth(arg: Arg) -> bool:
    kind = arg.type
    return isinstance(kind, Number) and kind.kind == "bool" or isinstance(kind, NumpyScalar) and kind.dtype.kind == "b"


class Conditions(Dicts):
    """`and`, `or`, chained comparisons and conditional expressions."""

    def either(self, test: Arg, node: Any, then: Callable[[], Thing], orelse: Callable[[], Thing],
               form: str) -> Thing:
        """What one of two expressions gives."""
        raise NotImplementedError

    def test(self, node: Any) -> Arg:
        test = self.arg(node)
        if isinstance(test.type, Array) and test.type.ndim:
            raise self.refuse("the truth of an array", node, "use `np.any` or `np.all`, or compare a scalar")
        return test

    def _IfExp(self, node: Any, hint: str | None) -> Thing:
        test = self.test(node.test)
        if isinstance(known := self.static(test), Const):
            return self.expr(node.body if known.value else node.orelse, hint)
        return self.either(test, node, lambda: self.expr(node.body), lambda: self.expr(node.orelse), "else")

    def _BoolOp(self, node: Any, hint: str | None) -> Thing:
        word = type(node.op).__name__
        result: Thing = self.expr(node.values[0])
        for other in node.values[1:]:
            result = self.joined_truth(word, self.read(result, node), other, node)
        return result

    def joined_truth(self, word: str, left: Arg, right: Any, node: Any) -> Thing:
        """`left and right`, `left or right`; the right side is built only where it may count."""
        if isinstance(left.type, Array) and left.type.ndim:
            raise self.refuse("the truth of an array", node, "use `np.any` or `np.all`, or compare a scalar")
        if isinstance(known := self.static(left), Const):
            return self.expr(right) if bool(known.value) is BOTH[word] else left
        return self.guarded(word, left, lambda: self.expr(right), node)

    def guarded(self, word: str, left: Arg, right: Callable[[], Thing], node: Any) -> Thing:
        try:
            with self.builder.block() as ops:
                value = self.read(right(), node)
        except Nothing:
            return left
        if all(map(is_total, ops)) and is_truth(left) and is_truth(value):
            self.builder.ops += ops
            return self.builder.prim(word, left, value, kind=Number("bool"), spelling="operator." + word)
        if not is_truth(left):
            if word == "And":
                return self.either(left, node, right, lambda: left, "else")
            return self.either(left, node, lambda: left, right, "else")
        if word == "And":
            return self.either(left, node, right, lambda: Const(False), word)
        return self.either(left, node, lambda: Const(True), right, word)

    def _Compare(self, node: Any, hint: str | None) -> Thing:
        if len(node.ops) == 1:
            return super()._Compare(node, hint)
        words = [type(op).__name__ for op in node.ops]
        values: list[Arg] = [self.read(self.expr(node.left), node)]
        with self.builder.block() as ops:
            values += [self.read(self.expr(item), node) for item in node.comparators]
        if all(map(is_total, ops)) and all(word in core.COMPARISONS for word in words):
            self.builder.ops += ops
            if any(isinstance(value.type, Array) and value.type.ndim for value in values):
                raise self.refuse("the truth of an array", node, "write `(a < b) & (b < c)`")
            attrs: dict[str, Arg] = {"words": Const(tuple(words))}
            return self.builder.prim(core.CHAIN, *values, attrs=attrs, kind=Number("bool"))
        return self.chain(values[0], words, node.comparators, node)

    def chain(self, left: Arg, words: list[str], rest: list[Any], node: Any) -> Thing:
        """`a < b < c`, of which c is evaluated only if a < b."""
        right = self.read(self.expr(rest[0]), node)
        first = self.compared(left, right, words[0], node)
        if len(rest) == 1:
            return first
        test = self.read(first, node)
        if isinstance(known := self.static(test), Const):
            return self.chain(right, words[1:], rest[1:], node) if known.value else test
        return self.guarded("And", test, lambda: self.chain(right, words[1:], rest[1:], node), node)

