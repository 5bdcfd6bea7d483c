"""Decides which operations are printed inside the expression that uses them.

before: a program, each operation on its own
after:  `Nesting`: the values printed at their use, and the loads that must copy, because what they
        read is overwritten before their last use

>>> def f(x, y):  # f8[n], f8[n]
...     return np.sum(np.tanh(x * y) ** 2)
tanh = np.tanh(x * y)
"""
from __future__ import annotations

from ..ir.calls import has_effects
from ..ir.program import ADD_TO, Alloc, Arg, Block, Const, Function, If, Load, Loop, Op, Pop, Prim, Store, Value, View
from ..ir.traverse import blocks, loop_yields, operands, walk
from ..ir.types import Array, NumpyScalar, is_scalar
from ..ir.units import Call
from ..primitives import core
from .conflicts import COPY, NAME, Conflicts, handed_on, makes_array
from .nesting import Layout, Nesting, count_uses, exchanged, is_expression, is_holder, is_offset, last_branch
from .operators import is_given

LARGEST = 8
AGAIN = (core.TRANSPOSE, core.MATRIX_TRANSPOSE, core.ITEM, core.LISTED, *core.SIZES)


def is_again(op: Prim) -> bool:
    """True for what is so simple that it is written again where it is used."""
    return op.primitive in AGAIN or is_given(op)


class Nester(Conflicts):
    """Works block by block, from the last operation to the first."""

    def __init__(self, function: Function, fixed: set[Value], hints: dict[Value, str], by_reference: bool,
                 kind: str) -> None:
        super().__init__(Nesting(), fixed)
        self.hints = hints
        self.by_reference = by_reference
        count_uses(function.block, self.nesting)
        self.buffers = {op.arg for op in walk(function.block)
                        if isinstance(op, Alloc) and isinstance(op.arg, Value) and op.outs[0].user}
        self.written = {s for op in function.block.ops for s in self.writes(op)}
        self.block(function.block, function.block.yields, kind)

    def block(self, block: Block, ends: tuple[Arg, ...], kind: str = "", moving: frozenset[Arg] = frozenset()) -> None:
        for op in block.ops:
            if isinstance(op, Loop):
                if op.head is not None:
                    self.block(op.head, op.head.yields, "test")
                self.block(op.body, loop_yields(op), "trip", exchanged(op))
            elif isinstance(op, If):
                tail = kind == "tail" and block.ops.index(op) == last_branch(block.ops)
                kind_of_arm = "tail" if tail else "arm" if op.is_statement else "test"
                self.block(op.then, op.then.yields, kind_of_arm)
                self.block(op.orelse, op.orelse.yields, kind_of_arm)
        self.moving = moving
        self.decide(block, ends, kind)

    def decide(self, block: Block, ends: tuple[Arg, ...], kind: str) -> None:
        """Print all inside what uses it; then mend, one by one, what may not be."""
        at = self.layout(block, ends, kind)
        while True:
            self.try_inline(at)
            problem = self.violation(at) or self.too_large(at)
            if problem is None:
                break
            cure, value = problem
            at.barred.add(value)
            if cure == COPY:
                at.copied.add(value)
        self.nesting.inline |= at.inline
        self.nesting.copied |= set() if self.by_reference else at.copied

    def layout(self, block: Block, ends: tuple[Arg, ...], kind: str) -> Layout:
        user: dict[Value, list[int]] = {}
        deep: set[Value] = set()
        for k, op in enumerate(block.ops):
            for arg in self.read_here(op):
                user.setdefault(arg, []).append(k)
            for inner in blocks(op):
                deep |= self.read_inside(inner)
            if isinstance(op, Loop):
                deep |= {a for a in loop_yields(op) if isinstance(a, Value)}
        at_end = {arg for arg in ends if isinstance(arg, Value)}
        holders = [op for op in block.ops if isinstance(op, Prim) and is_holder(op)
                   and not self.is_let_go(op, [block.ops[k] for k in user.get(op.outs[0], [])])]
        held = {arg for op in holders for arg in op.args if isinstance(arg, Value)}
        held |= {op.args[k] for op in block.ops if isinstance(op, Call) and not op.is_backward  # type: ignore[misc]
                 for k in (op.unit.holds | op.unit.shares) if isinstance(op.args[k], Value)}
        given = self.returned(block) if kind == "tail" else set()
        copied = self.kept(block.ops, at_end | held | given) if kind != "return" else set()
        return Layout(block.ops, kind, user, at_end, deep, held, copied, set(copied), list(map(self.writes, block.ops)),
                      list(map(self.names_inside, block.ops)), handed_on(block.ops))

    def is_let_go(self, op: Prim, users: list[Op]) -> bool:
        """True for a tuple made for one call, whose result keeps nothing of it: `np.stack((a, b))`."""
        out = op.outs[0]
        return op.primitive == core.PACK and not out.user and len(users) == self.nesting.uses[out] == 1 and \
            makes_array(users[0])

    def returned(self, block: Block) -> set[Value]:
        """What is returned, or held by what is returned, in the arms of the branch that ends a function."""
        found: set[Value] = set()
        at = last_branch(block.ops)
        for inner in blocks(block.ops[at]) if at >= 0 else ():
            holders = [op for op in inner.ops if isinstance(op, Prim) and is_holder(op)]
            found.update(arg for arg in (*inner.yields, *(a for op in holders for a in op.args))
                         if isinstance(arg, Value))
            found |= self.returned(inner)
        return found

    # ---- statements of a handy size

    def too_large(self, at: Layout) -> tuple[str, Value] | None:
        """The part to name, of a derived statement that would hold more operations than one can read at once."""
        size: dict[Value, int] = {}
        for op in at.ops:
            parts = [a for a in operands(op) if isinstance(a, Value) and a in at.inline and a in size]
            total = sum(size[a] for a in parts) + (isinstance(op, Prim) and not self.is_place(op))
            if op.outs and op.outs[0] in at.inline:
                size[op.outs[0]] = total
            elif total > LARGEST and not self.is_users(op) and parts:
                return NAME, self.largest_part(parts, size, at.inline)
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
        return is_again(op) or op.primitive in (core.GETITEM, core.PACK)

    def is_users(self, op: Op) -> bool:
        """True for the user's own statements: these stay as they are."""
        return any(out in self.fixed for out in op.outs)

    def kept(self, ops: tuple[Op, ...], at_end: set[Value]) -> set[Value]:
        """Loads that outlive their block, of arrays that are written somewhere: these are copied."""
        own = {op.outs[0].storage for op in ops if isinstance(op, Alloc)}
        last = {storage: k for k, op in enumerate(ops) for storage in self.writes(op)}
        return {op.outs[0] for k, op in enumerate(ops) if isinstance(op, Load) and op.outs[0] in at_end
                and op.handle.storage in self.written and not is_scalar(op.outs[0].type) and not self.is_fresh(op)
                and not (op.handle.storage in own and last.get(op.handle.storage, -1) < k)}

    # ---- what is read where

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

    # ---- what may be printed inside another expression

    def can_inline(self, op: Op, uses: int) -> bool:
        """True for what may be printed inside another expression."""
        if len(op.outs) != 1 or op.outs[0].user:
            return False
        if isinstance(op, View):
            return True
        if isinstance(op, If):
            return uses == 1 and is_expression(op, self.nesting.inline)
        if isinstance(op, Call):  # it gives one value and does nothing else
            return uses == 1 and not op.is_backward and op.unit.program.structure == 0 and not has_effects(op.unit)
        if isinstance(op, Load):
            return uses == 1 or self.is_simple_place(op.handle) and not is_scalar(op.outs[0].type)
        if isinstance(op, Prim):
            if op.primitive == core.KEY:
                return False
            return uses == 1 or is_again(op) or self.is_simple_item(op) or is_offset(op)
        return False

    def is_simple_place(self, handle: Value) -> bool:
        op = self.nesting.definition.get(handle)
        if isinstance(op, View) and not handle.user:
            return all(isinstance(a, Const) for a in op.operands) and self.is_simple_place(op.base)
        return True

    def is_simple_item(self, op: Prim) -> bool:
        return op.primitive == core.GETITEM and all(isinstance(a, Const) for a in op.args[1:]) and \
            isinstance(op.outs[0].type, Array)

    def try_inline(self, at: Layout) -> None:
        """Values to inline, and for each operation the index of the statement that prints it last."""
        ops = at.ops
        at.inline, at.where, at.names = set(), list(range(len(ops))), {}
        printed: dict[Value, int] = {}
        for k in range(len(ops) - 1, -1, -1):
            op = ops[k]
            if not op.outs or op.outs[0] in at.barred:
                continue
            out = op.outs[0]
            if isinstance(op, Pop) and self.is_put_back(ops, k):
                at.inline.add(out)
                at.where[k] = k + 1
                continue
            printed[out] = self.times_printed(at, out, printed)
            if not self.can_inline(op, printed[out]) and not self.is_subtracted(at, op):
                continue
            if not isinstance(op, View) and (out in at.deep and not self.again(op) or
                                             out in at.at_end and not self.at_end_ok(op, at.kind)):
                continue
            places = [at.where[j] for j in at.user.get(out, [])]
            if out in at.at_end or out in at.deep:
                places.append(len(ops))
            if places:
                at.inline.add(out)
                at.where[k] = max(places)

    def is_subtracted(self, at: Layout, op: Op) -> bool:
        """True for `-x` where all that is done with it is to add it to something: there x is subtracted."""
        if not isinstance(op, Prim) or op.primitive != core.NEGATIVE or op.outs[0].user:
            return False
        users = [at.ops[j] for j in at.user.get(op.outs[0], [])]
        return len(users) == self.nesting.uses[op.outs[0]] and all(
            isinstance(user, Store) and user.how == ADD_TO for user in users)

    def times_printed(self, at: Layout, out: Value, printed: dict[Value, int]) -> int:
        """How often `out` would be printed: once for each use, more often inside what is itself printed again."""
        uses = self.nesting.uses.get(out, 0)
        if out in self.fixed:
            return uses
        users = at.user.get(out, ())
        here = 0
        for j in users:
            made = at.ops[j].outs
            here += printed[made[0]] if made and made[0] in at.inline else 1
        return here + (uses - len(users)) * (2 if out in at.deep else 1)

    def is_put_back(self, ops: tuple[Op, ...], k: int) -> bool:
        """True for a pop whose only use is that the next statement stores it, or a loop that counts to it."""
        out, after = ops[k].outs[0], ops[k + 1] if k + 1 < len(ops) else None
        if isinstance(after, Loop) and len(ops[k].outs) == 1 and self.nesting.uses[out] == 1:
            return out is after.limit or out in after.header
        if isinstance(after, View) and k + 2 < len(ops):
            after = ops[k + 2]
        return len(ops[k].outs) == 1 and isinstance(after, Store) and after.value is out and self.nesting.uses[out] == 1

    def again(self, op: Op) -> bool:
        return isinstance(op, Prim) and (is_again(op) or is_offset(op)) or isinstance(op, Load) and \
            not is_scalar(op.outs[0].type)

    def is_result(self, op: Prim) -> bool:
        """True for a number that is computed where it is returned."""
        return op.primitive == core.TO_FLOAT or isinstance(op.outs[0].type, NumpyScalar) and not self.is_users(op)

    def at_end_ok(self, op: Op, kind: str) -> bool:
        """True for what may wait for the end of its block."""
        if kind in ("test", "tail") or kind == "return" and isinstance(op, Prim) and self.is_result(op):
            return True
        if op.outs[0] in self.moving or kind == "arm" and isinstance(op, Prim) and not self.is_users(op):
            return True
        return isinstance(op, Prim) and op.primitive == core.PACK or isinstance(op, Load) or self.again(op)

def nest(function: Function, fixed: set[Value], hints: dict[Value, str], by_reference: bool = False,
         kind: str = "return") -> Nesting:
    """Which values are printed inside the expressions that use them.

    `kind`: "tail" where the branch that ends the program returns in its arms.

    `fixed` are the user's own values; `hints` the names of others.  `by_reference` prints no copies: wrong,
    for the tests of the version checker.
    """
    return Nester(function, fixed, hints, by_reference, kind).nesting
