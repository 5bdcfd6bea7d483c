"""Gives values their names.

before: a program, its nesting and lifetimes
after:  a name for each value that is printed by name.  What the user named keeps its name; values of
        one variable share one where their lives allow it; collisions get a number.

>>> def f(x, tanh):  # f8[n], f8[n]
...     return np.sum(np.tanh(x) ** 2 * tanh * tanh)
tanh2 = np.tanh(x)
"""
from __future__ import annotations

import keyword

from ..ir.program import Arg, Bind, Block, Carry, Function, If, Load, Loop, Value
from ..ir.traverse import blocks
from ..ir.types import Number
from ..primitives.nouns import noun_of
from .lifetimes import Lifetimes
from .nesting import Nesting

COUNTERS = ("k", "i", "j", "m", "n")
ROLES = ("_bar", "_dot", "_saved")


def role(hint: str) -> str:
    """What a name says that a value is: "bar" of `x_bar`."""
    return next((ending for ending in ROLES if hint.endswith(ending)), "")


class Namer:
    """Goes through the values in the order of their definition."""

    def __init__(self, function: Function, nesting: Nesting, life: Lifetimes, taken: set[str],
                 fixed: set[Value], hints: dict[Value, str]) -> None:
        self.hints = hints
        self.nesting = nesting
        self.life = life
        self.taken = taken
        self.fixed = fixed
        self.names: dict[Value, str] = {}
        self.holders: dict[str, list[Value]] = {}
        self.partner: dict[Value, list[Value]] = {}
        self.forced: dict[Value, Value] = {}
        self.users = {value.hint for value in fixed if value.hint and (value.user or value in function.params)}
        self.link(function.block)
        for param in function.params:
            self.give(param, param.hint or "x")
        for value in life.order:
            if value in fixed and value not in self.names and value.hint:
                self.give(value, value.hint)
        for value in life.order:
            if value not in self.names:
                self.choose(value)

    def link(self, block: Block) -> None:
        """Which values would best share a name: those that a carry or a branch makes one variable."""
        for op in block.ops:
            if isinstance(op, Loop):
                for carry in op.carries:
                    self.link_carry(carry)
            if isinstance(op, If):
                for k, out in enumerate(op.outs):
                    for arm in (op.then, op.orelse):
                        self.pair(arm.yields[k], out)
            if isinstance(op, Bind):
                for arg, out in zip(op.args, op.outs):
                    if not out.user:
                        self.pair(arg, out)
            for inner in blocks(op):
                self.link(inner)

    def link_carry(self, carry: Carry) -> None:
        if isinstance(carry.param, Value):
            self.forced[carry.result] = carry.param
            self.pair(carry.init, carry.param)
            self.pair(carry.next, carry.param)

    def pair(self, a: Arg, b: Arg) -> None:
        if isinstance(a, Value) and isinstance(b, Value):
            self.partner.setdefault(a, []).append(b)
            self.partner.setdefault(b, []).append(a)

    def give(self, value: Value, name: str) -> None:
        self.names[value] = name
        self.holders.setdefault(name, []).append(value)

    def is_free(self, name: str, value: Value) -> bool:
        if name in self.taken:
            return False
        for other in self.holders.get(name, []):
            if other in self.life.start and self.life.overlap(value, other):
                return False
        return True

    def choose(self, value: Value) -> None:
        forced = self.forced.get(value)
        if forced is not None and forced in self.names:
            return self.give(value, self.names[forced])
        hint = self.hint(value)
        tried = [hint] if value.hint or hint in self.users else []
        for partner in self.partner.get(value, []):
            if partner in self.names and self.may_share(value, partner):
                tried.insert(0, self.names[partner])
            elif partner.hint and not value.hint:
                tried.append(partner.hint)
        if value in self.forced.values():
            result = next(r for r, p in self.forced.items() if p is value)
            if result in self.life.start and not self.fits_both(tried, value, result):
                return
        for name in [*tried, hint]:
            if self.is_free(name, value) and self.may_have(name, value):
                return self.give(value, name)
        self.give(value, self.numbered(hint, value))

    def may_have(self, name: str, value: Value) -> bool:
        """The name of a variable of the user's is for what stands for that variable."""
        stands_for = value.hint or ("" if role(name) else self.hints.get(value))
        return name not in self.users or name == stands_for or any(
            name == partner.hint for partner in self.partner.get(value, ()))

    def may_share(self, value: Value, partner: Value) -> bool:
        """A derived value does not take the name of one of the user's variables, nor an adjoint that of a copy."""
        if value.hint is None or value.hint == partner.hint:
            return True
        return partner not in self.fixed and (partner.hint is None or role(value.hint) == role(partner.hint))

    def fits_both(self, tried: list[str], param: Value, result: Value) -> bool:
        """Name a carried variable where its value after the loop can have the name too."""
        hint = self.hint(param)
        candidates = [*tried, hint, *(f"{hint}{k}" for k in range(2, 1000))]
        for name in candidates:
            if self.is_free(name, param) and self.is_free(name, result) and self.may_have(name, param):
                self.give(param, name)
                self.give(result, name)
                return False
        return True

    def numbered(self, hint: str, value: Value) -> str:
        number = 2
        while not self.is_free(f"{hint}{number}", value) or f"{hint}{number}" in self.users:
            number += 1
        return f"{hint}{number}"

    def hint(self, value: Value) -> str:
        if value.hint or value in self.hints:
            return value.hint or self.hints[value]
        made = self.nesting.definition.get(value)
        if made is None and isinstance(value.type, Number) and value.type.kind == "int":
            return next((name for name in COUNTERS if name not in self.users), COUNTERS[0])
        noun = noun_of(made, self.nesting.definition)
        return noun + "_saved" if isinstance(made, Load) and noun in self.users else noun


RESERVED = frozenset(keyword.kwlist) | {"np", "math", "float", "reversed", "range", "len", "zip", "abs", "int", "print",
                                        "iter", "next", "slice"}


def all_names(function: Function, nesting: Nesting, life: Lifetimes, taken: set[str], fixed: set[Value],
              hints: dict[Value, str]) -> dict[Value, str]:
    """A name for each value that is printed by name."""
    return Namer(function, nesting, life, taken | RESERVED, fixed, hints).names


