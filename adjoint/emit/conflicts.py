"""Finds what would be printed after a write to what it reads, and what mends it.

before: a block, and where each of its operations would be printed
after:  nothing, or a value to print on a line of its own ("name") or as a copy ("copy")
"""
from __future__ import annotations

from ..ir.program import Arg, Bind, Block, If, Load, Loop, Op, Prim, Storage, Store, StoreAll, Value, View
from ..ir.traverse import REGIONS, blocks, defined_in, loop_params, operands, parts, taken_over, walk
from ..ir.types import Array, is_scalar
from ..ir.units import Call
from ..primitives import core
from ..primitives.indexing import is_basic, step_of
from ..primitives.primitive import REGISTRY
from .nesting import SIZE_ONLY, Layout, Nesting

NAME, COPY = "name", "as a copy"
NOTHING: frozenset[Storage] = frozenset()


def written_by(op: Op) -> frozenset[Storage]:
    """The storages that an operation writes itself."""
    if isinstance(op, Store):
        return NOTHING if op.handle.storage is None else frozenset((op.handle.storage,))
    if isinstance(op, StoreAll):
        return NOTHING.union(*map(written_by, op.stores))
    return frozenset(version.buffer for version in op.written) if isinstance(op, Call) else NOTHING


def names_written(block: Block) -> set[str]:
    """The names that a block binds, itself or inside."""
    found: set[str] = set()
    for op in block.ops:
        found |= {out.hint for out in op.outs if out.hint}
        if isinstance(op, Loop):
            found |= {value.hint for value in loop_params(op) if value.hint}
        for inner in blocks(op):
            found |= names_written(inner)
    return found


def shows_elements(op: Op) -> bool:
    """True where the result is a view of an operand, or holds it: under a name of its own it would change with it."""
    if isinstance(op, Prim) and op.primitive == core.GETITEM:
        return is_basic(step_of(op)) and not is_scalar(op.outs[0].type)
    primitive = REGISTRY.by_name.get(op.primitive) if isinstance(op, Prim) else None
    return primitive is not None and primitive.views != "no" or isinstance(op, Prim) and op.primitive == core.PACK


def makes_array(op: Op) -> bool:
    """True where the result shares nothing with the operands."""
    primitive = REGISTRY.by_name.get(op.primitive) if isinstance(op, Prim) else None
    return primitive is not None and primitive.views == "no"


def handed_on(ops: tuple[Op, ...]) -> dict[Value, set[Value]]:
    """Other names of a value; what shows it, or holds it; the results that may be what a loop starts from, for a loop
    of no trips hands it on."""
    found: dict[Value, set[Value]] = {}
    for op in reversed(ops):
        pairs: list[tuple[Arg, Value]] = []
        if isinstance(op, Loop):
            pairs = [(carry.init, carry.result) for carry in op.carries]
        elif isinstance(op, Bind):
            pairs = list(zip(op.args, op.outs))
        elif shows_elements(op):
            pairs = [(arg, op.outs[0]) for arg in parts(op)]
        for given, result in pairs:
            if isinstance(given, Value) and not given.is_handle and not given.is_version and not is_scalar(given.type):
                found.setdefault(given, set()).update({result}, found.get(result, set()))
    return found


class Conflicts:
    """`fixed`: the user's own values; `buffers`: values whose name an array of the user's takes over."""

    def __init__(self, nesting: Nesting, fixed: set[Value]) -> None:
        self.nesting = nesting
        self.fixed = fixed
        self.buffers: set[Value] = set()
        self.inside: dict[Op, frozenset[Storage]] = {}

    def writes(self, op: Op) -> frozenset[Storage]:
        """The storages that an operation writes, itself or inside; those that a loop or branch takes over count too."""
        if type(op) not in REGIONS:
            return written_by(op)
        found = self.inside.get(op)
        if found is None:
            within = (self.writes(inside) for inner in blocks(op) for inside in inner.ops)
            found = self.inside[op] = taken_over(op).union(*within)
        return found

    def names_inside(self, op: Op) -> set[str]:
        """The names that a branch or loop binds; the index of a mirrored loop keeps out of the way of what is alive."""
        if type(op) not in REGIONS:
            return set()
        bound = set(op.outs).union(*map(defined_in, blocks(op)), loop_params(op) if isinstance(op, Loop) else ())
        within = (op, *(inner for block in blocks(op) for inner in walk(block)))
        bound -= {loop.index for loop in within if isinstance(loop, Loop) and loop.index not in self.fixed}
        return {value.hint for value in bound if value.hint}

    def violation(self, at: Layout) -> tuple[str, Value] | None:
        """The first load that would be read after a write to its storage, and what mends it."""
        for k, op in enumerate(at.ops):
            if op.outs and op.outs[0] in at.inline and (not isinstance(op, View) or self.is_users_view(op)):
                taken = self.rebound(at, k)
                if taken is None and isinstance(op, If):
                    taken = self.written_under(at, k, op)
                if taken is not None:
                    return NAME, self.mend(at, k, taken, True)[1]
            if isinstance(op, Load) and op.outs[0] not in at.copied:
                write = self.overwritten(at, k, op)
                if write is not None:
                    return self.mend(at, k, write)
        return None

    def is_users_view(self, op: View) -> bool:
        """True for a part of an array that the user may hold in a list, and that is no copy: it may need a name."""
        return op.outs[0] in self.fixed and isinstance(op.outs[0].type, Array) and is_basic(op.step)

    def overwritten(self, at: Layout, k: int, op: Load) -> int | None:
        """Where, before ops[k] is printed last, its storage is written."""
        out, storage, ops = op.outs[0], op.handle.buffer, at.ops
        if out not in at.inline and (is_scalar(out.type) or self.is_fresh(op)):
            return None
        last = at.where[k] if out in at.inline else max([at.where[j] for j in at.user.get(out, [])], default=k)
        if out in at.held or (out in at.at_end or out in at.deep) and (out not in at.inline or last < len(ops)):
            last = len(ops)
        for result in at.handed_on.get(out, ()):
            lasting = result in at.held or result in at.at_end or result in at.deep
            readers = [j for j in at.user.get(result, []) if getattr(ops[j], "primitive", "") not in SIZE_ONLY]
            last = max(last, len(ops) if lasting else max([at.where[j] for j in readers], default=k))
        for j in range(k + 1, min(last, len(ops))):
            if storage in at.writes[j]:
                return j
        return last if last < len(ops) and isinstance(ops[last], Loop) and storage in at.writes[last] else None

    def written_under(self, at: Layout, k: int, op: If) -> int | None:
        """Where, before ops[k] is printed, what is read in its arms is written."""
        read = {inner.handle.storage for arm in (op.then, op.orelse) for inner in arm.ops if isinstance(inner, Load)}
        return next((j for j in range(k + 1, min(at.where[k], len(at.ops))) if at.writes[j] & read), None)

    def rebound(self, at: Layout, k: int) -> int | None:
        """Where, before ops[k] is printed, a name that it reads is bound to something else."""
        between = range(k + 1, min(at.where[k], len(at.ops)))
        read = self.names_read(at.ops[k], at) if between else set()
        if not read:
            return None
        for j in between:
            if at.inner[j] and not at.inner[j].isdisjoint(read):
                return j
            for out in at.ops[j].outs:
                named = (out in self.fixed or out in self.buffers) and not out.is_version and out not in at.inline
                if named and out.hint in read:
                    return j
        return None

    def names_read(self, op: Op, at: Layout) -> set[str]:
        """The names that an expression reads, through the views that are printed inside it."""
        found = at.names.get(op)
        if found is None:
            found = at.names[op] = set()
            arms = (op.then, op.orelse) if isinstance(op, If) else ()
            for arg in (*parts(op), *(arg for arm in arms for inner in walk(arm) for arg in operands(inner))):
                if isinstance(arg, Value) and arg in at.inline:
                    found |= self.names_read(self.nesting.definition[arg], at)
                elif isinstance(arg, Value) and arg.hint and not arg.is_version:
                    found.add(arg.hint)
        return found

    def is_fresh(self, load: Load) -> bool:
        """True where a load is a copy by itself: its index is an array."""
        view = self.nesting.definition.get(load.handle)
        return isinstance(view, View) and not is_basic(view.step)

    def mend(self, at: Layout, k: int, write: int, itself: bool = False) -> tuple[str, Value]:
        """Name the outermost expression that holds the load and stands before the write, or copy the load."""
        ops, here, best = at.ops, k, at.ops[k].outs[0] if itself else None
        first = write if isinstance(ops[write], Loop) else write + 1  # a statement reads before it writes
        while True:
            late = [j for j in at.user.get(ops[here].outs[0], []) if at.where[j] >= first]
            if not late or any(j >= write or not ops[j].outs or ops[j].outs[0] not in at.inline for j in late):
                break
            user = ops[late[0]]
            if isinstance(user, View) and (not is_basic(user.step) or is_scalar(user.outs[0].type)):
                break  # under a name of its own it would be a copy: its index gets the name
            here = late[0]
            best = best if shows_elements(user) else user.outs[0]
        if best is not None:
            return NAME, best
        load = ops[k]
        assert isinstance(load, Load)
        fresh = is_scalar(load.outs[0].type) or self.is_fresh(load)
        return NAME if fresh else COPY, load.outs[0]
