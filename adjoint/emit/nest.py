"""Decides which operations are printed inside the expression that uses them.

before: a program, each operation on its own
after:  `Nesting`: the values printed at their use, and the loads that must copy, because what they
        read is overwritten before their last use
"""
from __future__ import annotations

from dataclasses import dataclass, field

from ..ir.program import Alloc, Arg, Block, Const, Function, If, Load, Loop, Op, Pop, Prim, Storage, Store, Value, View
from ..ir.traverse import blocks, loop_params, loop_yields, operands, walk
from ..ir.types import Array, Number, is_scalar

LARGEST = 8
AFFINE = ("add", "subtract")
AGAIN = ("transpose", "len", "size", "shape", "item", "mT")


@dataclass
class Nesting:
    """`inline`: printed where used; `copied`: loads that print `.copy()`; `uses`: how often each is used."""

    inline: set[Value] = field(default_factory=set)
    copied: set[Value] = field(default_factory=set)
    uses: dict[Value, int] = field(default_factory=dict)
    definition: dict[Value, Op] = field(default_factory=dict)
    block: dict[Value, int] = field(default_factory=dict)


def count_uses(block: Block, nesting: Nesting) -> None:
    def use(*args: Arg | None) -> None:
        for arg in args:
            if isinstance(arg, Value):
                nesting.uses[arg] = nesting.uses.get(arg, 0) + 1

    for op in block.ops:
        for out in op.outs:
            nesting.definition[out] = op
            nesting.block[out] = id(block)
        use(*operands(op))
        if isinstance(op, Loop):
            use(*loop_yields(op))
        for inner in blocks(op):
            count_uses(inner, nesting)
    use(*block.yields)


def writes(op: Op, found: set[Storage] | None = None) -> set[Storage]:
    """The storages that an operation writes, itself or inside."""
    found = set() if found is None else found
    if isinstance(op, Store) and op.handle.storage is not None:
        found.add(op.handle.storage)
    for inner in blocks(op):
        for inside in inner.ops:
            writes(inside, found)
    if isinstance(op, Loop):
        for carry in op.carries:
            if carry.init is not None and isinstance(carry.init, Value) and carry.init.is_handle:
                if carry.param.storage in found and carry.init.storage is not None:
                    found.add(carry.init.storage)
    return found


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


def is_holder(op: Prim) -> bool:
    """True for what keeps its operands by reference: a tuple, a list."""
    return op.primitive == "pack" or op.primitive.startswith("list_")


def is_offset(op: Prim) -> bool:
    """`i - 1`: an index so simple that it is written again where it is used."""
    kind = op.outs[0].type
    return isinstance(kind, Number) and kind.kind == "int" and not op.outs[0].user and any(
        isinstance(arg, Const) for arg in op.args) and len(op.args) == 2 and op.primitive in AFFINE


def exchanged(op: Loop) -> frozenset[Arg]:
    """What a trip hands on while another carried variable takes over the one it replaces: `a, b = b, ...`."""
    return frozenset(c.next for c in op.carries if any(o.next is c.param for o in op.carries if o is not c))


class Nester:
    """Works block by block, from the last operation to the first."""

    def __init__(self, function: Function, fixed: set[Value], hints: dict[Value, str]) -> None:
        self.fixed = fixed
        self.hints = hints
        self.nesting = Nesting()
        count_uses(function.block, self.nesting)
        self.buffers = {op.arg for op in walk(function.block) if isinstance(op, Alloc) and op.outs[0].user}
        self.written = {s for op in function.block.ops for s in writes(op)}
        self.block(function.block, function.block.yields, "return")

    def block(self, block: Block, ends: tuple[Arg, ...], kind: str = "", moving: frozenset[Arg] = frozenset()) -> None:
        for op in block.ops:
            if isinstance(op, Loop):
                if op.head is not None:
                    self.block(op.head, op.head.yields, "test")
                self.block(op.body, loop_yields(op), "trip", exchanged(op))
            elif isinstance(op, If):
                self.block(op.then, op.then.yields)
                self.block(op.orelse, op.orelse.yields)
        self.moving = moving
        self.decide(block, ends, kind)

    def decide(self, block: Block, ends: tuple[Arg, ...], kind: str) -> None:
        ops = block.ops
        user: dict[Value, list[int]] = {}
        for k, op in enumerate(ops):
            for arg in self.read_here(op):
                user.setdefault(arg, []).append(k)
        at_end = {arg for arg in ends if isinstance(arg, Value)}
        deep: set[Value] = set()
        for op in ops:
            for inner in blocks(op):
                deep |= self.read_inside(inner)
            if isinstance(op, Loop):
                deep |= {a for a in loop_yields(op) if isinstance(a, Value)}
        self.held = {arg for op in ops if isinstance(op, Prim) and is_holder(op) for arg in op.args}
        copied = self.kept(ops, at_end | self.held) if kind != "return" else set()
        barred = set(copied)
        while True:
            inline, where = self.try_inline(ops, user, at_end, deep, barred, kind)
            problem = self.violation(ops, user, where, at_end, deep, inline, copied)
            if problem is None and (large := self.too_large(ops, inline)) is not None:
                problem = "name", large
            if problem is None:
                break
            cure, value = problem
            barred.add(value)
            if cure == "copy":
                copied.add(value)
        self.nesting.inline |= inline
        self.nesting.copied |= copied

    def too_large(self, ops: tuple[Op, ...], inline: set[Value]) -> Value | None:
        """The part to name, of a derived statement that would hold more operations than one can read at once."""
        size: dict[Value, int] = {}
        largest: dict[Value, Value] = {}
        for op in ops:
            parts = [a for a in operands(op) if isinstance(a, Value) and a in inline and a in size]
            total = sum(size[a] for a in parts) + (isinstance(op, Prim) and not self.is_place(op))
            if op.outs and op.outs[0] in inline:
                size[op.outs[0]] = total
            elif total > LARGEST and not self.is_users(op) and parts:
                return self.largest_part(parts, size, inline)
        return None

    def largest_part(self, parts: list[Value], size: dict[Value, int], inline: set[Value]) -> Value:
        """Down the larger side of an expression, the first part of a handy size; one with a name if there is one."""
        part = max(parts, key=lambda a: size[a])
        chosen = None
        while size[part] > 3:
            if size[part] <= LARGEST:
                chosen = chosen or part
                if part.hint or part in self.hints:
                    return part
            op = self.nesting.definition[part]
            inner = [a for a in operands(op) if isinstance(a, Value) and a in inline and a in size]
            if not inner:
                break
            part = max(inner, key=lambda a: size[a])
        return chosen or part

    def is_place(self, op: Prim) -> bool:
        return op.primitive in AGAIN or op.primitive in ("getitem", "pack")

    def is_users(self, op: Op) -> bool:
        """True for the user's own statements: these stay as they are."""
        return any(out in self.fixed for out in op.outs) or isinstance(op, Store) and op.handle in self.fixed

    def kept(self, ops: tuple[Op, ...], at_end: set[Value]) -> set[Value]:
        """Loads that outlive their block, of arrays that are written somewhere: these are copied."""
        return {op.outs[0] for op in ops if isinstance(op, Load) and op.outs[0] in at_end
                and op.handle.storage in self.written and not is_scalar(op.outs[0].type) and not self.is_fresh(op)}

    def read_here(self, op: Op) -> list[Value]:
        return [a for a in operands(op) if isinstance(a, Value)]

    def read_inside(self, block: Block) -> set[Value]:
        found = {a for a in block.yields if isinstance(a, Value)}
        for op in block.ops:
            found.update(self.read_here(op))
            for inner in blocks(op):
                found |= self.read_inside(inner)
            if isinstance(op, Loop):
                found |= {a for a in loop_yields(op) if isinstance(a, Value)}
        return found

    def can_inline(self, op: Op, uses: int) -> bool:
        """True for what may be printed inside another expression."""
        if len(op.outs) != 1 or op.outs[0].user:
            return False
        if isinstance(op, View):
            return True
        if isinstance(op, Load):
            return uses == 1 or self.is_simple_place(op.handle) and not is_scalar(op.outs[0].type)
        if isinstance(op, Prim):
            return uses == 1 or op.primitive in AGAIN or self.is_simple_item(op) or is_offset(op)
        return False

    def is_simple_place(self, handle: Value) -> bool:
        op = self.nesting.definition.get(handle)
        if isinstance(op, View) and not handle.user:
            return all(isinstance(a, Const) for a in op.operands) and self.is_simple_place(op.base)
        return True

    def is_simple_item(self, op: Prim) -> bool:
        return op.primitive == "getitem" and all(isinstance(a, Const) for a in op.args[1:]) and \
            isinstance(op.outs[0].type, Array)

    def try_inline(self, ops: tuple[Op, ...], user: dict[Value, list[int]], at_end: set[Value], deep: set[Value],
                   barred: set[Value], kind: str) -> tuple[set[Value], list[int]]:
        """Values to inline, and for each operation the index of the statement that prints it last."""
        inline: set[Value] = set()
        where = list(range(len(ops)))
        for k in range(len(ops) - 1, -1, -1):
            op = ops[k]
            if not op.outs or op.outs[0] in barred:
                continue
            out = op.outs[0]
            uses = self.nesting.uses.get(out, 0)
            if isinstance(op, Pop) and self.is_put_back(ops, k):
                inline.add(out)
                where[k] = k + 1
                continue
            if not self.can_inline(op, uses) or out in deep and not isinstance(op, View) and not self.again(op):
                continue
            if out in at_end and not isinstance(op, View) and not self.at_end_ok(op, kind):
                continue
            places = [where[j] for j in user.get(out, [])]
            if out in at_end or out in deep:
                places.append(len(ops))
            if places:
                inline.add(out)
                where[k] = max(places)
        return inline, where

    def is_put_back(self, ops: tuple[Op, ...], k: int) -> bool:
        """True for a pop whose only use is that the next statement stores it."""
        out, after = ops[k].outs[0], ops[k + 1] if k + 1 < len(ops) else None
        if isinstance(after, View) and k + 2 < len(ops):
            after = ops[k + 2]
        return len(ops[k].outs) == 1 and isinstance(after, Store) and after.value is out and self.nesting.uses[out] == 1

    def again(self, op: Op) -> bool:
        return isinstance(op, Prim) and (op.primitive in AGAIN or is_offset(op)) or isinstance(op, Load) and \
            not is_scalar(op.outs[0].type)

    def at_end_ok(self, op: Op, kind: str) -> bool:
        """True for what may wait for the end of its block."""
        if kind == "test" or kind == "return" and isinstance(op, Prim) and op.primitive == "to_float":
            return True
        if op.outs[0] in self.moving:
            return True
        return isinstance(op, Prim) and op.primitive == "pack" or isinstance(op, Load) or self.again(op)

    def violation(self, ops: tuple[Op, ...], user: dict[Value, list[int]], where: list[int], at_end: set[Value],
                  deep: set[Value], inline: set[Value], copied: set[Value]) -> tuple[str, Value] | None:
        """The first load that would be read after a write to its storage, and what mends it."""
        for k, op in enumerate(ops):
            if op.outs and op.outs[0] in inline and not isinstance(op, View):
                taken = self.rebound(ops, k, where[k], inline)
                if taken is not None:
                    return "name", self.mend(ops, k, taken, user, inline, where, True)[1]
            if not isinstance(op, Load) or op.outs[0] in copied:
                continue
            out, storage = op.outs[0], op.handle.storage
            assert storage is not None
            last = where[k] if out in inline else max([where[j] for j in user.get(out, [])], default=k)
            if out in self.held or (out in at_end or out in deep) and (out not in inline or last < len(ops)):
                last = len(ops)
            if out not in inline and is_scalar(out.type):
                continue
            if self.is_fresh(op) and out not in inline:
                continue
            for j in range(k + 1, min(last, len(ops))):
                if storage in writes(ops[j]):
                    return self.mend(ops, k, j, user, inline, where)
            if last < len(ops) and blocks(ops[last]) and storage in writes(ops[last]):
                return self.mend(ops, k, last, user, inline, where)
        return None

    def rebound(self, ops: tuple[Op, ...], k: int, last: int, inline: set[Value]) -> int | None:
        """Where, before ops[k] is printed, a name that it reads is bound to something else."""
        read = self.names_read(ops[k], inline)
        if not read:
            return None
        for j in range(k + 1, min(last, len(ops))):
            if any((out.user or out in self.buffers) and out.hint in read and out not in inline for out in ops[j].outs):
                return j
            if blocks(ops[j]) and any(out.hint in read for out in ops[j].outs):
                return j
            if any(names_written(inner) & read for inner in blocks(ops[j])):
                return j
        return None

    def names_read(self, op: Op, inline: set[Value]) -> set[str]:
        """The names that an expression reads, through the views that are printed inside it."""
        found: set[str] = set()
        for arg in operands(op):
            if isinstance(arg, Value) and arg in inline:
                found |= self.names_read(self.nesting.definition[arg], inline)
            elif isinstance(arg, Value) and arg.hint and not arg.is_version:
                found.add(arg.hint)
        return found

    def is_fresh(self, load: Load) -> bool:
        from ..primitives.indexing import is_basic
        view = self.nesting.definition.get(load.handle)
        return isinstance(view, View) and not is_basic(view.step)

    def mend(self, ops: tuple[Op, ...], k: int, write: int, user: dict[Value, list[int]], inline: set[Value],
             where: list[int], itself: bool = False) -> tuple[str, Value]:
        """Name the outermost expression that holds the load and stands before the write, or copy the load."""
        at, best = k, ops[k].outs[0] if itself else None
        while True:
            out = ops[at].outs[0]
            late = [j for j in user.get(out, []) if where[j] >= write]
            if not late or any(j >= write or not ops[j].outs or ops[j].outs[0] not in inline for j in late):
                break
            at = late[0]
            best = ops[at].outs[0]
        if best is not None:
            return "name", best
        load = ops[k].outs[0]
        if is_scalar(load.type) or self.is_fresh(ops[k]):  # type: ignore[arg-type]
            return "name", load
        return "copy", load


def nest(function: Function, fixed: set[Value], hints: dict[Value, str]) -> Nesting:
    """Which values are printed inside the expressions that use them.

    `fixed` are the user's own values; `hints` the names of others.
    """
    return Nester(function, fixed, hints).nesting


