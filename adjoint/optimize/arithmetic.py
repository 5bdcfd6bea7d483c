"""The rules of arithmetic in derived code: each gives what an operation may be written as, or None.

Only floats are simplified: `0.0 + x` is x where x is inexact.
"""
from __future__ import annotations

import math

import numpy as np

from ..ir.program import ZERO, Arg, At, Const, Prim, Step, Value
from ..ir.types import Array, Items, Number, dims_of, dtype_of, is_inexact, is_scalar
from ..primitives import core
from .products import ONE, Products, number

DOUBLE = np.dtype(float)


def is_exact(divisor: object) -> bool:
    """True for a power of two: to multiply by its inverse is the same to the bit, and reads as well."""
    return isinstance(divisor, (int, float)) and abs(math.frexp(divisor)[0]) == 0.5


class Arithmetic(Products):
    """`fold_add` and its like take the operands of an operation of that name."""

    def make(self, name: str, *args: Arg) -> Arg:
        """An operation, folded; existing ones are found again."""
        rule = getattr(self, "fold_" + name, None)
        found: Arg | None = rule(*args) if rule is not None else None
        if found is not None:
            return found
        with_ops = len(self.builder.ops)
        made = self.builder.prim(name, *args)
        op = self.builder.ops.pop()
        assert len(self.builder.ops) == with_ops
        self.shared(op)
        return self.to(made)

    def parts(self, arg: Arg, name: str) -> tuple[Arg, ...] | None:
        """The operands of `arg`, where derived code computes it by the operation `name`."""
        op = self.definition.get(arg) if isinstance(arg, Value) else None
        if isinstance(op, Prim) and op.primitive == name and not op.attrs and arg not in self.keep:
            return op.args
        return None

    def negated(self, arg: Arg) -> Arg | None:
        """`a` where `arg` is -a."""
        value = number(arg)
        if value is not None and value < 0:
            return Const(-value)
        inner = self.parts(arg, core.NEGATIVE)
        if inner:
            return inner[0]
        factors = (self.parts(arg, core.MULTIPLY) or self.parts(arg, core.DIVIDE)) if self.once(arg) else None
        if factors and (number(factors[0]) or 0) < 0:
            name = core.MULTIPLY if self.parts(arg, core.MULTIPLY) else core.DIVIDE
            return self.make(name, Const(-number(factors[0])), factors[1])  # type: ignore[operator]
        return None

    def once(self, arg: Arg) -> bool:
        """True where nothing else reads `arg`, so that taking it apart leaves no work to do twice."""
        return self.uses.get(arg, 1) <= 1

    def scale(self, arg: Arg) -> tuple[float | int, Arg]:
        """`arg` as (constant, rest)."""
        factors = self.parts(arg, core.MULTIPLY) if self.once(arg) else None
        if factors and number(factors[0]) is not None:
            return number(factors[0]), factors[1]  # type: ignore[return-value]
        return 1.0, arg

    def fold_negative(self, x: Arg) -> Arg | None:
        value = number(x)
        if value is not None:
            return Const(-value)
        return self.negated(x)

    def fold_add(self, a: Arg, b: Arg) -> Arg | None:
        if number(a) is not None and number(b) is not None:
            return Const(number(a) + number(b))  # type: ignore[operator]
        if number(a) == 0 and is_inexact(b.type):
            return b
        if number(b) == 0 and is_inexact(a.type):
            return a
        for zeros, other in ((a, b), (b, a)):
            if self.parts(zeros, core.ZEROS_LIKE) and isinstance(other.type, Array) and is_inexact(other.type):
                return other
        again = self.like_terms(a, b) or self.added_again(a, b) or self.added_again(b, a)
        if again is not None:
            return again
        minus = self.negated(b)
        if minus is not None:
            return self.make(core.SUBTRACT, a, minus)
        minus = self.negated(a)
        if minus is not None:
            return self.make(core.SUBTRACT, b, minus)
        return None

    def added_again(self, total: Arg, share: Arg) -> Arg | None:
        """`x + 2.0 * y` for `x + y` to which y is added once more."""
        inner = self.parts(total, core.ADD) if self.once(total) and is_inexact(total.type) else None
        if inner is None:
            return None
        for keep, twice in (inner, inner[::-1]):
            sum_of_both = self.like_terms(twice, share)
            if sum_of_both is not None:
                return self.make(core.ADD, keep, sum_of_both)
        return None

    def fold_subtract(self, a: Arg, b: Arg) -> Arg | None:
        if number(a) is not None and number(b) is not None:
            return Const(number(a) - number(b))  # type: ignore[operator]
        if number(b) == 0 and is_inexact(a.type):
            return a
        if number(a) == 0 and is_inexact(b.type):
            return self.make(core.NEGATIVE, b)
        minus = self.negated(b)
        return self.make(core.ADD, a, minus) if minus is not None else None

    def fold_multiply(self, a: Arg, b: Arg) -> Arg | None:
        x, y = number(a), number(b)
        if x is not None and y is not None:
            return Const(x * y)
        if y is not None:
            return self.make(core.MULTIPLY, b, a)
        if x is not None:
            return self.times_constant(a, x, b)
        for one, other in ((a, b), (b, a)):
            minus = self.parts(one, core.NEGATIVE)
            if minus:
                pair = (minus[0], other) if one is a else (other, minus[0])
                return self.make(core.NEGATIVE, self.make(core.MULTIPLY, *pair))
        for one, other in ((a, b), (b, a)):
            constant, rest = self.scale(one)
            if rest is not one and (isinstance(one.type, Array) or not isinstance(other.type, Array)):
                pair = (rest, other) if one is a else (other, rest)
                return self.make(core.MULTIPLY, Const(constant), self.make(core.MULTIPLY, *pair))
        over = self.parts(b, core.DIVIDE) if self.once(b) else None
        if over:
            return self.make(core.DIVIDE, self.make(core.MULTIPLY, a, over[0]), over[1])
        return None

    def times_constant(self, constant: Arg, value: float | int, x: Arg) -> Arg | None:
        if not is_inexact(x.type):
            return None
        if type(value) is int:
            return self.make(core.MULTIPLY, Const(float(value)), x)
        if value == 0:
            return self.make(core.ZEROS_LIKE, x) if isinstance(x.type, Array) else ZERO
        if value == 1.0:
            return x
        if value == -1.0:
            return self.make(core.NEGATIVE, x)
        inner = self.parts(x, core.NEGATIVE)
        if inner:
            return self.make(core.MULTIPLY, Const(-value), inner[0])
        inner = self.parts(x, core.MULTIPLY) if self.once(x) else None
        ratio = self.parts(inner[0], core.DIVIDE) if inner and self.once(inner[0]) else None
        if inner and ratio and number(ratio[0]) is not None:
            first = self.make(core.DIVIDE, Const(value * number(ratio[0])), ratio[1])  # type: ignore[operator]
            return self.make(core.MULTIPLY, first, inner[1])
        if inner and isinstance(inner[1].type, Array) and number(inner[0]) is None \
                and not isinstance(inner[0].type, Array):
            return self.make(core.MULTIPLY, self.make(core.MULTIPLY, constant, inner[0]), inner[1])
        other, rest = self.scale(x)
        if rest is not x:
            return self.make(core.MULTIPLY, Const(value * other), rest)
        over = self.parts(x, core.DIVIDE) if self.once(x) else None
        if over and number(over[0]) is not None:
            return self.make(core.DIVIDE, Const(value * number(over[0])), over[1])  # type: ignore[operator]
        return self.scaled(x, value)

    def scaled(self, x: Arg, value: float | int) -> Arg | None:
        """`value * x` where x, a product or quotient, starts with a number: that is multiplied."""
        name = core.MULTIPLY if self.parts(x, core.MULTIPLY) else core.DIVIDE
        parts = self.parts(x, name) if self.once(x) else None
        if parts is None:
            return None
        first = number(parts[0])
        left = Const(value * first) if first is not None else self.scaled(parts[0], value)
        return None if left is None else self.make(name, left, parts[1])

    def fold_divide(self, a: Arg, b: Arg) -> Arg | None:
        if number(b) == 1 and is_inexact(a.type):
            return a
        if number(a) is not None and isinstance(b, Const) and number(b) and is_exact(number(b)):
            return Const(number(a) / number(b))  # type: ignore[operator]
        factors = self.parts(a, core.MULTIPLY)
        if factors and number(factors[0]) == 1 and isinstance(factors[1].type, Array) and dtype_of(b.type) == DOUBLE:
            return self.make(core.DIVIDE, factors[1], b)    # of integers: a quotient is inexact anyway
        minus = self.parts(a, core.NEGATIVE)
        return self.make(core.NEGATIVE, self.make(core.DIVIDE, minus[0], b)) if minus else None

    def fold_item(self, x: Arg, k: Arg) -> Arg | None:
        """`list(x)[k]` is x[k], x[1:][k] is x[1 + k], and (x, y)[1] is y."""
        made = self.definition.get(x) if isinstance(x, Value) and x not in self.keep else None
        if isinstance(made, Prim) and made.primitive == core.PACK and isinstance(k, Const):
            place = x.type.position(k.value) if isinstance(x.type, Items) else None
            return None if place is None else made.args[place]
        part = self.parts(x, core.SLICE_LIST)
        if part is not None and part[3] == Const(None):
            first, at = number(part[1]) if part[1] != Const(None) else 0, number(k)
            if first is not None and at is not None and first >= 0 and at >= 0:
                return self.builder.item(part[0], Const(first + at))
        rows = self.parts(x, core.ROWS)
        if rows is None:
            return None
        whole = self.parts(rows[0], core.FULL_LIKE)
        row = dims_of(rows[0].type)[1:]
        if whole is not None and (is_scalar(whole[1].type) or row) and dims_of(whole[1].type) == row:
            return whole[1]
        if self.parts(rows[0], core.ONES_LIKE) is not None and len(dims_of(rows[0].type)) == 1:
            return Const(1.0)
        return self.builder.getitem(rows[0], Step("index", ("i",)), (k,))

    def fold_transpose(self, x: Arg) -> Arg | None:
        return self.turned_back(x, core.TRANSPOSE)

    def fold_mT(self, x: Arg) -> Arg | None:
        return self.turned_back(x, core.MATRIX_TRANSPOSE)

    def turned_back(self, x: Arg, name: str) -> Arg | None:
        """What x is the transpose of."""
        op = self.definition.get(x) if isinstance(x, Value) else None
        inner = self.definition.get(op.value) if isinstance(op, At) else op
        if not isinstance(inner, Prim) or inner.primitive != name or inner.attrs:
            return None
        base = inner.args[0]
        if not isinstance(op, At) or not isinstance(base, Value):
            return base
        found = At((Value(base.type, base.hint),), op.origin, base)
        self.shared(found)
        return self.to(found.outs[0])

    def fold_to_float(self, x: Arg) -> Arg | None:
        return x if isinstance(x.type, Number) and x.type.kind == "float" else None

    def fold_power(self, x: Arg, y: Arg) -> Arg | None:
        if number(y) == 0 and is_inexact(x.type):
            return ONE
        return x if number(y) == 1 and is_inexact(x.type) else None
