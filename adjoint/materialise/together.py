"""Saves as one tuple what a trip saves at one point.

before: values that are saved in one block, each on a list of its own, and fetched in one block
after:  one list: a tuple of those whose names still hold them where the last of them is saved

>>> def f(A, x, n):  # f8[n,n], f8[n], int
...     for _ in range(n):
...         y = A @ x
...         z = np.exp(y)
...         w = A @ z
...         x = np.sin(w) * z
...     return np.sum(x)
saved.append((x, z, w))
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from ..ir.program import Arg, Block, Function, If, Loop, Op, Pop, Prim, Push, Store, Tape, Value
from ..ir.traverse import blocks, count_reads, defined_in, definitions, loop_params, operands, walk, with_blocks
from ..ir.types import Tape as TapeType
from ..primitives import core


@dataclass
class Group:
    """What one `append` saves: the pushes, in the order of the program."""

    pushes: list[Push] = field(default_factory=list)
    tape: Value = field(default_factory=lambda: Value(TapeType(), "saved"))

    def holds(self, op: Op, named: Callable[[Value], bool]) -> bool:
        """True where none of the names that it saves is bound to something else by an operation.

        `named`: whether a value has the user's name.
        """
        values = [arg for push in self.pushes for arg in push.args if isinstance(arg, Value)]
        bound = set(op.outs).union(*map(defined_in, blocks(op)))
        bound.update(loop_params(op) if isinstance(op, Loop) else ())
        names = {value.hint for value in bound if value.hint and named(value)}
        return not any(value.hint in names for value in values if value not in op.outs)


def asked_after(pop: Pop, block: Block) -> int:
    """How often it is asked, behind the pop, whether more trips follow."""
    return sum(isinstance(op, If) and op.test is pop.tape for op in block.ops[block.ops.index(pop):])


class Together:
    """`pops`: the one place where a tape is popped, and its block (mirrors share their keys); `group`: of each tape
    that has one."""

    def __init__(self, function: Function) -> None:
        self.reads = count_reads(function.block)
        self.readers: dict[Arg, list[Op]] = {}
        self.definition = definitions(function.block)
        self.pushes: dict[Value, list[Push]] = {}
        self.pops: dict[Value, list[tuple[Pop, Block]]] = {}
        self.driven: dict[Value, Block] = {}
        self.group: dict[Value, Group] = {}
        self.done: set[Value] = set()
        self.fetched: set[Value] = set()
        self.note(function.block)
        self.find(function.block)

    def note(self, block: Block) -> None:
        for op in block.ops:
            for arg in operands(op):
                self.readers.setdefault(arg, []).append(op)
            if isinstance(op, Push):
                self.pushes.setdefault(op.tape, []).append(op)
            elif isinstance(op, Pop):
                self.pops.setdefault(op.tape, []).append((op, block))
            elif isinstance(op, Loop) and op.kind == "tape" and isinstance(op.header[0], Value):
                self.driven[op.header[0]] = op.body
            for inner in blocks(op):
                self.note(inner)

    def is_alone(self, push: Push) -> bool:
        """True for a value that has a name where it is saved, on a list that is for nothing else."""
        tape, value = push.tape, push.args[0]
        pops = self.pops.get(tape, [])
        if len(push.args) != 1 or len(self.pushes[tape]) != 1 or len(pops) != 1 or pops[0][0].peek:
            return False
        driver = self.driven.get(tape)
        if self.reads[tape] != 2 + (driver is not None) + asked_after(*pops[0]) or \
                driver not in (None, pops[0][1]):
            return False
        popped = pops[0][0].outs[0]
        put_back = self.reads[popped] == 1 and any(isinstance(op, (Store, Loop)) for op in self.readers.get(popped, ()))
        named = isinstance(value, Value) and (value.user or self.reads[value] > 1)
        return named and not put_back and not self.is_copy(value)

    def is_named(self, value: Value) -> bool:
        return value.user or value not in self.definition

    def is_copy(self, value: Arg) -> bool:
        made = self.definition.get(value)
        return isinstance(made, Prim) and made.primitive == core.COPY and not made.outs[0].user

    def find(self, block: Block) -> None:
        """The groups of a block: they end where a name that they save is bound anew."""
        open_groups: dict[Block, Group] = {}
        for op in block.ops:
            for inner in blocks(op):
                self.find(inner)
            if isinstance(op, Push) and self.is_alone(op):
                group = open_groups.setdefault(self.pops[op.tape][0][1], Group())
                group.pushes.append(op)
                if len(group.pushes) > 1:
                    self.group.update((push.tape, group) for push in group.pushes)
            elif isinstance(op, If) and op.leaves is not None:
                open_groups = {}
            else:
                open_groups = {there: group for there, group in open_groups.items() if group.holds(op, self.is_named)}

    # ---- rewriting

    def block(self, block: Block) -> Block:
        ops = [made for op in block.ops for made in self.op(with_blocks(op, self.block))]
        return replace(block, ops=tuple(ops))

    def op(self, op: Op) -> list[Op]:
        match op:
            case Tape() if op.outs[0] in self.group:
                tape = self.group[op.outs[0]].tape
                if tape in self.done:
                    return []
                self.done.add(tape)
                return [Tape((tape,), op.origin)]
            case Push() if op.tape in self.group:
                group = self.group[op.tape]
                values = tuple(push.args[0] for push in group.pushes)
                return [Push((), op.origin, group.tape, values)] if op is group.pushes[-1] else []
            case Pop() if op.tape in self.group:
                return self.pop(op, self.group[op.tape])
            case If() if op.test in self.group:
                return [replace(op, test=self.group[op.test].tape)]  # type: ignore[index]
            case Loop() if op.header and op.header[0] in self.group:
                return [replace(op, header=(self.group[op.header[0]].tape,))]  # type: ignore[index]
        return [op]

    def pop(self, op: Pop, group: Group) -> list[Op]:
        """All that was saved together is fetched where the first of it is asked for."""
        if group.tape in self.fetched:
            return []
        self.fetched.add(group.tape)
        outs = tuple(self.pops[push.tape][0][0].outs[0] for push in group.pushes)
        return [Pop(outs, None, group.tape)]    # it is for no line alone


def together(function: Function) -> Function:
    """The program with what is saved at one point saved as one."""
    if not any(isinstance(op, Push) for op in walk(function.block)):
        return function
    made = Together(function)
    return replace(function, block=made.block(function.block)) if made.group else function
