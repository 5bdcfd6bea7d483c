"""The adjoints of what a trip of a loop put into lists.

before: the adjoint of a list that a loop made, as a list
after:  the adjoints of this trip's items, of which it had one or any number
"""
from __future__ import annotations

from collections import Counter
from functools import cached_property

from ..ir.program import Arg, Block, Const, If, Loop, Prim, Value
from ..ir.traverse import count_reads
from ..ir.types import Listing, Number
from ..primitives import core
from .branches import Branches


class MadeLists(Branches):
    """Takes from the adjoints of lists what belongs to the trip at hand."""

    @cached_property
    def reads(self) -> Counter[Arg]:
        return count_reads(self.source)

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
            self.contribute(collect.value, self.bar_of_item(bar, number, collect.value.type))
        return counter

    def receive_many(self, op: Loop, made_lists: dict[Value, Arg], cuts: dict[Value, Arg]) -> dict[Arg, Value]:
        """The adjoints of what this trip added to lists, however many items that was; where the trip finds the end
        of each that is cut, for the loop to carry.
        """
        starts: dict[Arg, Value] = {}
        for collect in op.collects:
            bar = cuts.get(collect.result) or (made_lists.get(collect.result) if collect.extend else None)
            if bar is None:
                continue
            end = starts[bar] = self.bars.ends[bar] = Value(Number("int"), "end")
            if not collect.extend:
                self.bars.ends[bar] = last = self.before(end, 1)
                self.contribute(collect.value, self.bar_of_item(bar, last, collect.value.type))
                continue
            assert isinstance(collect.value, Value)
            if not op.reverse and self.is_cut(collect.value, op.body):
                self.bars.cuts[collect.value] = bar
            else:
                self.slice_of(op, collect.value, bar)
        return starts

    def slice_of(self, op: Loop, value: Value, bar: Arg) -> None:
        """As many items as the list had that the trip added."""
        assert isinstance(bar.type, Listing)
        end = self.bars.ends[bar]
        other = self.builder.prim(core.ADD if op.reverse else core.SUBTRACT, end,
                                  self.builder.length(self.forward(value)))
        bounds = (end, other) if op.reverse else (other, end)
        kind = Listing(bar.type.element, self.builder.facts.fresh_dim("len"))
        self.contribute(value, self.builder.prim(core.SLICE_LIST, bar, *bounds, Const(None), kind=kind))
        self.bars.ends[bar] = other

    def before(self, end: Arg, count: int) -> Arg:
        """Where so many items begin that end there."""
        return self.builder.prim(core.SUBTRACT, end, Const(count), hint="end") if count else end

    # ---- lists that are joined to one, item by item

    def is_cut(self, value: Arg, block: Block) -> bool:
        """True where a list is built by this block alone, in the order of its items, and is then put into another."""
        made = next((op for op in block.ops if value in op.outs), None)
        if not isinstance(value, Value) or made is None or self.reads[value] != 1:
            return False
        if isinstance(made, If):
            return all(self.is_cut(arm.yields[made.outs.index(value)], arm) for arm in (made.then, made.orelse))
        if isinstance(made, Loop):
            collect = next((c for c in made.collects if c.result is value), None)
            return collect is not None and not made.reverse and (
                not collect.extend or self.is_cut(collect.value, made.body))
        if not isinstance(made, Prim):
            return False
        if made.primitive == core.LIST_JOIN:
            places = [k for part in made.args for k, op in enumerate(block.ops) if part in op.outs]
            return places == sorted(places) and all(self.is_cut(part, block) for part in made.args)
        return made.primitive == core.LISTED and self.is_packed(made.args[0], block)

    def is_packed(self, items: Arg, block: Block) -> bool:
        made = self.definition.get(items) if isinstance(items, Value) else None
        return isinstance(made, Prim) and made in block.ops and made.primitive == core.PACK and \
            made.attr("kind") == "list" and self.reads[items] == 1

    def cut(self, op: Prim) -> None:
        """What joins lists hands on to them; what holds items takes those items' adjoints."""
        bar = self.bars.cuts.pop(op.outs[0])
        if op.primitive == core.LIST_JOIN:
            self.bars.cuts.update((part, bar) for part in op.args)  # type: ignore[misc]
            return
        packed = self.definition[op.args[0]]  # type: ignore[index]
        assert isinstance(packed, Prim)
        first = self.bars.ends[bar] = self.before(self.bars.ends[bar], len(packed.args))
        for k, arg in enumerate(packed.args):
            place = self.builder.prim(core.ADD, first, Const(k)) if k else first
            self.contribute(arg, self.bar_of_item(bar, place, arg.type))
