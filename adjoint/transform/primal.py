"""Where the forward values of a program stand, and how its backward sweep names them.

before: a program
after:  for each value the block that defines it; `At` for those that another block names
"""
from __future__ import annotations

from ..analysis.activity import Activity
from ..analysis.full import full_values
from ..ir.dims import Dim
from ..ir.program import Alloc, Arg, Block, Carry, Const, If, Load, Loop, Op, Prim, Storage, Store, Unpack, Value
from ..ir.traverse import blocks, loop_params, maybe_undefined, place_of
from ..ir.types import Array, Items, Listing, dims_of, is_partial
from ..primitives import core
from ..primitives.fitting import AdjointBuilder
from ..primitives.layouts import check_places, relied_orders
from ..primitives.nouns import place_noun
from ..primitives.primitive import REGISTRY
from .bars import Bars, Cell, Home, Key


class Primal:
    """What the backward sweep knows of the program that it reverses."""

    def __init__(self, builder: AdjointBuilder, block: Block, active: Activity) -> None:
        self.builder = builder
        self.active = active
        self.bars = Bars()
        self.source = block
        self.block_key = block.key
        self.home: dict[Home, int] = {}
        self.block_of: dict[int, tuple[Op, ...]] = {}
        self.definition: dict[Value, Op] = {}
        self.root_handle: dict[Storage, Value] = {}
        self.first_load: dict[Value, Value] = {}
        self.native: dict[Arg, Arg] = {}
        self.paths: dict[Value, Key] = {}
        self.named: dict[Key, Value] = {}
        self.remote: dict[Value, list[Arg]] = {}
        self.same_load: dict[Value, Value] = {}
        self.top_key = block.key
        self.around: list[Loop] = []
        self.left_flags: dict[Loop, dict[Carry, Value]] = {}
        self.donors: dict[object, Value] = {}
        self.full = full_values(block, active)
        self.maybe = maybe_undefined(block)
        self.axes: dict[Dim, tuple[Value, int]] = {}
        self.orders = relied_orders(block)
        check_places(block, self.orders)
        self.shown: dict[Value, Value] = {}
        self.stored_as: dict[Value, str] = {}
        self.targets: dict[tuple[str, int], str] = {}
        self.statement: tuple[str, int] | None = None
        self.survey(block)

    def survey(self, block: Block) -> None:
        """Where each value and storage is defined, and by what."""
        self.block_of[block.key] = block.ops
        for param in block.params:
            self.home[param] = block.key
        loads: dict[object, Value] = {}
        items: dict[object, Value] = {}
        for k, op in enumerate(block.ops):
            if isinstance(op, Load):
                first = loads.setdefault((place_of(op.handle, self.definition), op.version), op.outs[0])
                if first is not op.outs[0]:
                    self.same_load[op.outs[0]] = first
            for out in op.outs:
                self.home[out] = block.key
                self.definition[out] = op
                if block.key == self.top_key:
                    self.donate(out)
                if out.user and out.hint and op.origin is not None:
                    self.targets[op.origin.function, op.origin.statement] = out.hint
                if out.is_handle and out.storage is not None:
                    self.home.setdefault(out.storage, block.key)
                    self.root_handle.setdefault(out.storage, out)
            if isinstance(op, Store) and isinstance(op.value, Value):
                self.stored_as.setdefault(op.value, place_noun(op.handle, self.definition))
            if isinstance(op, Alloc) and isinstance(op.arg, Value):
                after = block.ops[k + 1] if k + 1 < len(block.ops) else None
                if isinstance(after, Load):
                    self.first_load[op.arg] = after.outs[0]
            self.survey_paths(op, items)
            if isinstance(op, Loop):
                self.home[op.trips] = block.key
                for value in loop_params(op):
                    self.home[value] = op.body.key
                    if value.is_handle:
                        self.home[value.buffer] = op.body.key
                        self.root_handle[value.buffer] = value
            for inside in blocks(op):
                self.survey(inside)

    def survey_paths(self, op: Op, items: dict[object, Value]) -> None:
        """Where the items of containers stand.  `items`: of the lists in this block, by constant index."""
        if isinstance(op, Unpack) and isinstance(op.arg, Value):
            for k, out in enumerate(op.outs):
                self.paths[out] = self.cell(op.arg, k)
                made = self.definition.get(op.arg)
                called = isinstance(made, Prim) and made.primitive in REGISTRY.by_name
                if called and self.home[op.arg] == self.home[out]:
                    self.named.setdefault(self.paths[out], out)
        elif isinstance(op, Prim) and op.primitive == core.ITEM and isinstance(op.args[0], Value):
            base, key = op.args[0], op.args[1]
            if isinstance(base.type, Items) and isinstance(key, Const):
                at = base.type.position(key.value)
                assert at is not None
                self.paths[op.outs[0]] = self.cell(base, at)
            elif isinstance(base.type, Listing) and isinstance(key, Const):
                first = items.setdefault((self.paths.get(base, base), key), op.outs[0])
                if first is not op.outs[0]:
                    self.paths[op.outs[0]] = first

    def cell(self, base: Value, *positions: int) -> Cell:
        """What stands at these positions in a container, be that a part of another."""
        known = self.paths.get(base, base)
        return Cell(known.root, (*known.positions, *positions)) if isinstance(known, Cell) else Cell(known, positions)

    # ---- forward values

    def donate(self, value: Value) -> None:
        """Values of the outermost block that have a name lend their size to others of the same."""
        if isinstance(value.type, Array) and not value.type.partial and (value.user or value in self.home):
            if value.user or value.is_handle:
                self.lend(value)

    def lend(self, value: Value) -> None:
        assert isinstance(value.type, Array)
        self.donors.setdefault((value.type.dtype, value.type.dims), value)
        for k, dim in enumerate(value.type.dims):
            self.axes.setdefault(dim, (value, k))

    def shape_of(self, value: Value) -> Arg:
        """Something of the size and dtype of a forward value, the nearer at hand the better."""
        kind = value.type
        if isinstance(kind, Array) and not kind.partial and self.home.get(value) != self.top_key:
            donor = self.donors.get((kind.dtype, kind.dims))
            if donor is not None:
                return donor
            made = self.definition.get(value)
            if isinstance(made, Alloc) and isinstance(made.arg, Value):
                return self.forward(made.arg)
        return self.forward(value)

    def forward(self, arg: Arg) -> Arg:
        """A forward value, as the backward sweep names it."""
        if not isinstance(arg, Value):
            return arg
        arg = self.first_load.get(arg, arg)
        arg = self.same_load.get(arg, arg)
        if arg in self.native:
            return self.native[arg]
        op = self.definition.get(arg)
        if self.home.get(arg) == self.top_key and (op is None or arg.user or isinstance(op, (Alloc, Loop, If))):
            return arg
        if arg not in self.home:
            return arg
        return self.builder.at(arg)

    def sized(self, arg: Arg) -> Arg:
        """A forward value of the same size as `arg`: one that has a name, where there is one."""
        node = arg
        while isinstance(node, Value) and not node.user:
            op = self.definition.get(node)
            if isinstance(op, Load):
                return op.handle if self.home.get(node) == self.top_key else self.builder.at(op.handle)
            if not isinstance(op, Prim):
                break
            alike = [a for a in op.args if isinstance(a, Value) and isinstance(a.type, Array) and not a.type.partial
                     and a.type.dims == dims_of(node.type)]
            if is_partial(node.type) or not alike or op.primitive == core.GETITEM:
                break
            node = alike[0]
        return self.forward(node)
