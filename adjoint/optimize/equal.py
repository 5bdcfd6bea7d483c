"""Operations that compute the same: the first stands for all of them."""
from __future__ import annotations

from ..ir.program import Arg, At, Load, Op, Prim, Value, View
from ..ir.traverse import last_of, rename
from ..ir.types import Array, is_inexact
from ..primitives import core
from ..primitives.build import Builder
from ..primitives.facts import Facts
from ..primitives.primitive import EITHER, REGISTRY

BUFFERS = ("made", "alike", "filled")  # results that may be written to, as lists may: two equal ones are two


def is_read(op: Op | None) -> bool:
    """True for what reads an element or a part of an array."""
    return isinstance(op, (Load, View)) or isinstance(op, Prim) and op.primitive == core.GETITEM


class Merger:
    """Emits operations; one that equals another in scope is replaced by it.  `keep` are never merged."""

    def __init__(self, facts: Facts, keep: set[Value]) -> None:
        self.builder = Builder(facts)
        self.keep = keep
        self.same: dict[Arg, Arg] = {}
        self.definition: dict[Value, Op] = {}
        self.known: list[dict[object, tuple[Value, ...]]] = [{}]
        self.repeated: dict[Arg, Value] = {}
        self.parts_known: list[dict[object, Value]] = [{}]
        self.uses: dict[Arg, int] = {}
        self.buffers: set[Arg] = set()

    def to(self, arg: Arg) -> Arg:
        return last_of(arg, self.same)

    def first_of(self, arg: Arg) -> Arg:
        """What derived code reads for `arg`: of two equal reads of an array in the user's statements the first."""
        arg = self.to(arg)
        first = self.repeated.get(arg, arg)
        return first if is_inexact(first.type) and is_read(self.definition.get(first)) else arg  # type: ignore[arg-type]

    def put(self, op: Op) -> None:
        for out in op.outs:
            self.definition[out] = op
        self.builder.emit(op)

    def key(self, op: Op) -> object | None:
        if isinstance(op, Prim):
            primitive = REGISTRY.by_name.get(op.primitive)
            if primitive is not None and primitive.result in BUFFERS or op.primitive in core.LISTS:
                return None
            spelling = op.spelling if primitive is None or not op.spelling.startswith(EITHER) else primitive.spelling
            return ("prim", op.primitive, tuple(map(self.meant, op.args)), op.attrs, spelling)
        if isinstance(op, View):
            return ("view", op.base, op.step, op.operands)
        if isinstance(op, Load):
            return ("load", op.handle, op.version)
        if isinstance(op, At):
            return ("at", op.value)
        return None

    def meant(self, arg: Arg) -> Arg:
        """The forward value that an operand is."""
        made = self.definition.get(arg) if isinstance(arg, Value) else None
        return self.meant(made.value) if isinstance(made, At) else arg

    def shared(self, op: Op) -> None:
        """Keep the operation, unless an equal one is in scope."""
        key = self.key(op)
        if key is not None:
            for scope in reversed(self.known):
                if key in scope:
                    self.same.update(zip(op.outs, scope[key]))
                    self.builder.facts.suggest(scope[key][0], self.hint(op.outs[0]))
                    return
            self.known[-1][key] = op.outs
        self.put(op)

    def offer(self, op: Op) -> None:
        """What the user computes at a cost is not computed again."""
        key = self.key(op)
        if key is not None and not op.outs[0].user and op.outs[0] not in self.buffers:
            self.note_repeated(rename(op, lambda arg: self.repeated.get(arg, arg)))
        if key is not None and isinstance(op, Prim) and op.outs[0] not in self.buffers:
            primitive = REGISTRY.by_name.get(op.primitive)
            arrays = any(isinstance(arg.type, Array) for arg in op.args)
            if arrays and primitive is not None and primitive.cost == "dear":
                self.known[-1].setdefault(key, op.outs)

    def note_repeated(self, op: Op) -> None:
        """Remember a part of a statement of the user's, or that its block has computed it before."""
        first = self.parts_known[-1].setdefault(self.key(op), op.outs[0])
        if first is not op.outs[0]:
            self.repeated[op.outs[0]] = first

    def hint(self, value: Value) -> str | None:
        return value.hint or self.builder.facts.hints.get(value)
