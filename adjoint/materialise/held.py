"""Which arrays of its caller's a forward part keeps in what it saves.

before: the forward part of a pair, cut
after:  the numbers of the parameters whose arrays may be in `saved`, by reference: the caller that writes to one of
        them before the backward part is called passes a copy

>>> def f(x, n):  # f8[n], float
...     y = x.reshape(-1)
...     return np.sum(y) if n < 1.0 else np.sum(y * y) * f(np.sin(x), n - 1.0)
    value, f_saved = f_forward(sin, n - 1.0)
"""
from __future__ import annotations

from ..ir.program import Arg, Bind, Function, Loop, Pop, Prim, Push, Unpack, Value
from ..ir.traverse import definitions, flows, walk
from ..ir.types import Array, Items, Listing, Tape
from ..ir.units import SAVED, Call
from ..optimize.ownership import is_fresh


class Holding:
    """Follows a value to the parameters whose arrays it may be."""

    def __init__(self, function: Function) -> None:
        self.params = {param: k for k, param in enumerate(function.params)}
        self.definition = definitions(function.block)
        self.flows: dict[Value, list[Arg]] = {}
        self.seen: set[Value] = set()
        for op in walk(function.block):
            for value, args in flows(op):
                self.flow(value, *args)
            if isinstance(op, Push):
                self.flow(op.tape, *op.args)
            elif isinstance(op, Pop):
                for out in op.outs:
                    self.flow(out, op.tape)
            elif isinstance(op, Loop) and op.item is not None:
                self.flow(op.item, *op.header)

    def flow(self, value: Value, *args: Arg) -> None:
        self.flows.setdefault(value, []).extend(args)

    def of(self, arg: Arg | None) -> set[int]:
        if not isinstance(arg, Value) or arg in self.seen or not isinstance(arg.type, (Array, Items, Listing, Tape)) \
                and arg.type != SAVED:
            return set()
        self.seen.add(arg)
        if arg in self.params:
            return set() if arg.is_handle else {self.params[arg]}
        op = self.definition.get(arg)
        found = self.all_of(self.flows.get(arg, ()))
        if isinstance(op, Call):
            which = op.unit.holds if arg is op.saved else op.unit.shares
            found |= self.all_of([op.args[k] for k in which])
        elif isinstance(op, Prim) and not is_fresh(op):
            found |= self.all_of(op.args)
        elif isinstance(op, (Bind, Unpack)):
            found |= self.all_of(op.args if isinstance(op, Bind) else (op.arg,))
        return found

    def all_of(self, args: object) -> set[int]:
        return set().union(*map(self.of, args))  # type: ignore[call-overload]


def held_by(function: Function) -> set[int]:
    """The parameters whose arrays are in what the forward part gives beside its results."""
    holding = Holding(function)
    return holding.all_of(function.block.yields)


