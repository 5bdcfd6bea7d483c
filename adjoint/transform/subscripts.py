"""The words that templates have for sums of products that are told by subscripts.

before: `x_bar = others(z_bar, subscripts)` in a template, x the operand at hand
after:  the sum of products of z_bar with the other operands, its axes those of x
"""
from __future__ import annotations

import functools
from typing import Any

from ..frontend.things import Thing
from ..ir.program import Arg, Const, Prim, Step, Value
from ..ir.types import dims_of, has_inexact
from ..primitives import core
from ..primitives.primitive import REGISTRY, SPREAD
from ..primitives.results.subscripts import REST, subscripts_of
from .along import Along
from .words import WHOLE


class Subscripts(Along):
    """Words for subscripts."""

    def call_others(self, z: Any, subscripts: Any) -> Thing:
        """The share of the operand at hand; axes that it alone has, and that are summed over, are of size 1."""
        k = self.position[0]
        letters, out = self.letters(subscripts, self.siblings)
        bar, before, after = self.arg(z), self.siblings[:k], self.siblings[k + 1:]
        scaled = not out and len(letters) > 1     # a number is no factor of the sum, but of what it gives
        terms = [*letters[:k], *([] if scaled else [out]), *letters[k + 1:]]
        own = REST * (REST in out) + letters[k].removeprefix(REST)    # what `...` adds in front is summed later
        met = "".join(letter for letter in own if letter in "".join(terms))
        share = self.sum_of_products(terms, met, [
            *map(self.around.forward, before), *([] if scaled else [bar]), *map(self.around.forward, after)])
        share = self.builder.prim(core.MULTIPLY, bar, share) if scaled else share
        if met in (own, ""):
            return share
        parts = ("e" if letter == REST else WHOLE if letter in met else "n" for letter in own)
        step = Step("index", tuple(parts))
        return self.builder.getitem(share, step, ())

    def call_one_by_one(self, x: Any, x_dot: Any, subscripts: Any) -> Thing:
        """The sum, over the operands that vary, of the product with the tangent of one of them."""
        items, dots = (self.parts_of(self.get(node.id)) for node in (x, x_dot))
        letters, out = self.letters(subscripts, items)
        terms = [self.sum_of_products(list(letters), out, [*items[:k], dot, *items[k + 1:]])
                 for k, dot in enumerate(dots) if has_inexact(items[k].type) and not self.is_zero(dot)]
        return functools.reduce(lambda a, b: self.builder.prim(core.ADD, a, b), terms)

    def letters(self, subscripts: Any, items: tuple[Arg, ...]) -> tuple[tuple[str, ...], str]:
        return subscripts_of(self.get(subscripts.id), tuple(len(dims_of(item.type)) for item in items))

    def parts_of(self, arg: Arg) -> tuple[Arg, ...]:
        """What a tuple is made of."""
        made = self.builder.definition.get(arg) if isinstance(arg, Value) else None
        return made.args if isinstance(made, Prim) and made.primitive == core.PACK else self.builder.unpack(arg)

    def sum_of_products(self, terms: list[str], out: str, factors: list[Arg]) -> Arg:
        """The sum of products of arrays with these letters; of one array of which none is summed, itself, turned."""
        if terms == [out]:
            return factors[0]
        if len(terms) == 1 and len(terms[0]) == len(out):
            return self.turned(factors[0], terms[0], out)
        text = Const(f"{','.join(terms)}->{out}".replace(REST, "..."))
        spelling = SPREAD + REGISTRY.by_name[core.EINSUM].spelling
        attrs = {"optimize": self.get("optimize")}
        given = {name: value for name, value in attrs.items() if value != Const(False)}
        return self.builder.prim(core.EINSUM, text, self.builder.pack("tuple", tuple(factors)), attrs=given,
                                 spelling=spelling)

    def turned(self, factor: Arg, term: str, out: str) -> Arg:
        """An array with its axes in another order."""
        rest = len(dims_of(factor.type)) - len(out)
        axes = {letter: (k + rest * (REST in out),) for k, letter in enumerate(term)} | {REST: tuple(range(rest + 1))}
        order = tuple(axis for letter in out for axis in axes[letter])
        if order == (1, 0):
            return self.builder.prim(core.TRANSPOSE, factor)
        spelling = REGISTRY.by_name[core.TRANSPOSE].spelling
        return self.builder.prim(core.TRANSPOSE, factor, attrs={"axes": Const(order)}, spelling=spelling, positional=1)
