"""Products that differ by a constant only, or by the order of their factors: their sum is one product.

before: `0.5 * (m * v) + 0.5 * (v * m)`
after:  `m * v`.  The factors of a product of the user's count too; what is computed anyway is used again.

>>> def f(x, y):  # float, float
...     return x * y * x
function f(%0:x : float, %1:y : float)
    %2 = multiply(%0:x, %1:y)  : float
    %3:x_bar = multiply(2.0, %2)  : float
    yield %3:x_bar
"""
from __future__ import annotations

import math
from collections import Counter

from ..ir.program import Arg, At, Const, Load, Op, Prim, Value
from ..ir.traverse import place_of
from ..ir.types import is_inexact
from ..primitives import core
from .equal import Merger

ONE = Const(1.0)
Factors = tuple[float | int, Counter[object]]


def number(arg: Arg) -> float | int | None:
    """The value of a numeric constant that has no name."""
    if isinstance(arg, Const) and type(arg.value) in (int, float) and not arg.spelling:
        return arg.value  # type: ignore[return-value]
    return None


class Products(Merger):
    """Takes products apart, through names and to the step of the primal."""

    def make(self, name: str, *args: Arg) -> Arg:
        raise NotImplementedError

    def like_terms(self, a: Arg, b: Arg) -> Arg | None:
        """a + b as one product, where they have the same factors but for constants."""
        if not is_inexact(a.type):
            return None
        if a is b:
            return self.make(core.MULTIPLY, Const(2.0), a)
        if not self.is_product(a) and not self.is_product(b):
            return None
        (first, factors), (second, others) = self.factors(a), self.factors(b)
        if not factors or factors != others or not first + second:
            return None
        rest = self.without_constant(min(a, b, key=self.work))
        return self.make(core.MULTIPLY, Const(float(first + second)), rest)

    def origin_of(self, arg: Arg) -> Op | None:
        """What computes a value, at the step of the primal if it is named there."""
        arg = self.meant(arg)
        return self.definition.get(arg) if isinstance(arg, Value) else None

    def is_product(self, arg: Arg) -> bool:
        op = self.origin_of(arg)
        return isinstance(op, Prim) and op.primitive in (core.MULTIPLY, core.NEGATIVE) and not op.attrs

    def is_there(self, arg: Arg) -> bool:
        """True for what is computed anyway: it has a name, or something else reads it."""
        op = self.origin_of(arg)
        return op is not None and op.outs[0].user or arg not in self.keep and self.uses.get(arg, 1) > 1

    def factors(self, arg: Arg) -> Factors:
        """The constant of a product, and its other factors, which compare; what is there keeps its constant."""
        constant, op = number(arg), self.origin_of(arg)
        if constant is not None:
            return constant, Counter()
        if not isinstance(op, Prim) or not self.is_product(arg):
            return 1.0, Counter((self.factor(arg),))
        parts = list(map(self.factors, op.args))
        value = math.prod(part[0] for part in parts) * (-1.0 if op.primitive == core.NEGATIVE else 1.0)
        if value != 1 and self.is_there(arg):
            return 1.0, Counter((self.factor(arg),))
        return value, sum((part[1] for part in parts), Counter())

    def factor(self, arg: Arg) -> object:
        op = self.origin_of(arg)
        if isinstance(op, Load):
            return place_of(op.handle, self.definition), op.version.id
        while isinstance(at := self.definition.get(arg) if isinstance(arg, Value) else None, At):
            arg = at.value
        arg = self.repeated.get(arg, arg)
        return arg.id if isinstance(arg, Value) else arg.key

    def work(self, arg: Arg) -> int:
        """How many products are computed for `arg` alone."""
        op = self.origin_of(arg)
        if not isinstance(op, Prim) or not self.is_product(arg) or self.is_there(arg):
            return 0
        return 1 + sum(map(self.work, op.args))

    def without_constant(self, arg: Arg) -> Arg:
        """The product of all but its constants."""
        if number(arg) is not None:
            return ONE
        op = self.origin_of(arg)
        if not isinstance(op, Prim) or not self.is_product(arg) or self.factors(arg)[0] == 1:
            return arg
        if op.primitive == core.NEGATIVE:
            return self.without_constant(self.same_step(arg, op.args[0]))
        left, right = (self.same_step(arg, part) for part in op.args)
        if number(left) is not None or number(right) is not None:
            return self.without_constant(right if number(left) is not None else left)
        return self.make(core.MULTIPLY, self.without_constant(left), self.without_constant(right))

    def same_step(self, whole: Arg, part: Arg) -> Arg:
        """A part of a forward value, named where the value is named."""
        at = self.definition.get(whole) if isinstance(whole, Value) else None
        if not isinstance(at, At) or not isinstance(part, Value):
            return part
        found = At((Value(part.type, part.hint),), at.origin, part)
        self.shared(found)
        return self.to(found.outs[0])
