"""What `materialise` must know of a program: where values stand, which loops and branches hold them.

before: a program with `At` operations
after:  `Survey`: homes, definitions, the forward region of each key, versions that are overwritten
"""
from __future__ import annotations

from dataclasses import dataclass, field

from ..ir.program import Block, Function, If, Load, Loop, Op, Storage, Store, Value, blocks


@dataclass(frozen=True)
class Region:
    """The first block with a key: a loop's body, or an arm of a branch."""

    key: int
    op: Op
    parent: int
    in_loop: bool
    top: Op


@dataclass
class Survey:
    top: int
    home: dict[Value, int] = field(default_factory=dict)
    definition: dict[Value, Op] = field(default_factory=dict)
    regions: dict[int, Region] = field(default_factory=dict)
    overwritten: set[Value] = field(default_factory=set)
    stores: dict[Storage, list[Store]] = field(default_factory=dict)
    loops: dict[Value, Loop] = field(default_factory=dict)

    def block(self, block: Block, in_loop: bool, top: Op | None) -> None:
        for param in block.params:
            self.home[param] = block.key
        for op in block.ops:
            for out in op.outs:
                self.home[out] = block.key
                self.definition[out] = op
            if isinstance(op, Store):
                self.overwritten.add(op.before)
                if op.handle.storage is not None:
                    self.stores.setdefault(op.handle.storage, []).append(op)
            if isinstance(op, If):
                self.overwritten.update(y for b in (op.then, op.orelse) for y in b.yields if isinstance(y, Value))
            if isinstance(op, Loop):
                self.loop(op, block)
            for inner in blocks(op):
                looped = in_loop or isinstance(op, Loop)
                self.regions.setdefault(inner.key, Region(inner.key, op, block.key, looped, top or op))
                self.block(inner, looped, top or op)

    def loop(self, op: Loop, block: Block) -> None:
        self.home[op.trips] = block.key
        for value in (op.index, op.item, *(c.param for c in op.carries)):
            if value is not None:
                self.home[value] = op.body.key
                self.loops[value] = op
        for carry in op.carries:
            self.overwritten.update(v for v in (carry.init, carry.next) if isinstance(v, Value))

    def is_stable(self, load: Load) -> bool:
        """True where nothing is written over what the load reads."""
        version = load.version
        return version not in self.overwritten and not (
            version in self.loops and self.stores.get(version.storage, []))  # type: ignore[arg-type]


def survey(function: Function) -> Survey:
    found = Survey(function.block.key)
    for param in function.params:
        found.home[param] = function.block.key
    found.block(function.block, False, None)
    return found
