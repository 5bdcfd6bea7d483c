"""The adjoints of what a trip of a loop put into lists.

before: the adjoint of a list that a loop made, as a list
after:  the adjoints of this trip's items, of which it had one or any number
"""
from __future__ import annotations

from ..ir.program import Arg, Const, Loop, Value
from ..ir.types import Listing, Number
from ..primitives import core
from .branches import Branches


class MadeLists(Branches):
    """Takes from the adjoints of lists what belongs to the trip at hand."""

    def receive_elements(self, op: Loop, made_lists: dict[Value, Arg],
                         index: Value | None) -> tuple[Value, Arg] | None:
        """The adjoints of what this trip put into lists; a counter of trips, where the loop has no index."""
        if not any(c.result in made_lists and not c.extend for c in op.collects):
            return None
        counter, at = None, index
        if op.kind == "while" or op.kind == "range" and (op.header[0] != Const(0) or op.header[2] != Const(1)):
            at = Value(Number("int"), None)
            counter = (at, self.builder.prim(core.SUBTRACT, at, Const(1)))
        assert at is not None
        for collect in op.collects:
            bar = made_lists.get(collect.result)
            if bar is None or collect.extend:
                continue
            number: Arg = at
            if op.reverse and counter is None:
                last = self.builder.prim(core.SUBTRACT, self.builder.length(bar), Const(1))
                number = self.builder.prim(core.SUBTRACT, last, at)
            self.contribute(collect.value, self.builder.item(bar, number))
        return counter

    def receive_many(self, op: Loop, made_lists: dict[Value, Arg]) -> list[tuple[Arg, Value, Arg]]:
        """The adjoints of what this trip added to lists, however many items that was; where each list is cut, for
        the loop to carry: what it starts with, in this trip, in the next.
        """
        found: list[tuple[Arg, Value, Arg]] = []
        for collect in op.collects:
            bar = made_lists.get(collect.result)
            if bar is None or not collect.extend:
                continue
            assert isinstance(collect.value, Value) and isinstance(bar.type, Listing)
            cut, count = Value(Number("int"), "end"), self.builder.length(self.forward(collect.value))
            word = core.ADD if op.reverse else core.SUBTRACT
            other = self.builder.prim(word, cut, count)
            bounds = (cut, other) if op.reverse else (other, cut)
            kind = Listing(bar.type.element, self.builder.facts.fresh_dim("len"))
            self.contribute(collect.value, self.builder.prim(core.SLICE_LIST, bar, *bounds, Const(None), kind=kind))
            found.append((bar, cut, other))
        return found
