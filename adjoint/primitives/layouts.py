"""How arrays lie in memory, where it decides whether a reshape is a view of an array that is written.

A layout says of the orders "C" and "F" that an array lies in one, or surely does not ("not C"), and which
facts about parameters that rests on: these become guards.
"""
from __future__ import annotations

from collections.abc import Mapping

from ..errors import UnsupportedError
from ..ir.program import Alloc, Arg, Bind, Block, Const, If, Load, Loop, Op, Prim, Step, Storage, Value, View
from ..ir.traverse import walk
from ..ir.types import Array, Type
from . import core
from .build import Builder
from .facts import Facts
from .primitive import REGISTRY, SHAPE_ONLY

Layout = dict[str, frozenset[tuple[str, str]]]
NOTHING: frozenset[tuple[str, str]] = frozenset()
EITHER: Layout = {"C": NOTHING, "F": NOTHING}
OTHER = {"C": "F", "F": "C", "not C": "not F", "not F": "not C"}


def rank(kind: Type) -> int:
    return kind.ndim if isinstance(kind, Array) else 0


def asked_order(step: Step, operands: tuple[object, ...]) -> str:
    """The order in which a reshape takes the elements."""
    given = dict(zip(reversed(step.names), reversed(operands)))
    order = given.get("order")
    return str(order.value) if isinstance(order, Const) else "C"


def is_reshape(step: Step) -> bool:
    return step.kind != "index" and not step.locked and REGISTRY.by_name[step.kind].views == "maybe"


def turns(step: Step, kind: Type) -> bool:
    """True where a view has the axes of an array of this type in reverse order."""
    return step.kind == core.TRANSPOSE and not step.names or step.kind == core.MATRIX_TRANSPOSE and rank(kind) == 2


class Layouts:
    """The layouts of values.  `definition`: the operations that make them."""

    def __init__(self, definition: Mapping[Value, Op], facts: Facts) -> None:
        self.definition = definition
        self.facts = facts

    def of(self, arg: object) -> Layout:
        if not isinstance(arg, Value):
            return {}
        if arg in self.facts.layouts:
            return self.facts.layouts[arg]
        op = self.definition.get(arg)
        match op:
            case Alloc():
                return self.of(op.arg)
            case Bind():
                return self.of(op.args[op.outs.index(arg)])
            case Load():
                return self.of(op.handle)
            case View():
                return self.through(op)
            case Prim():
                return self.made(op)
        return {}

    def through(self, op: View) -> Layout:
        base = self.of(op.base)
        if turns(op.step, op.base.type):
            return {OTHER[word]: relied for word, relied in base.items()}
        if is_reshape(op.step):
            order = asked_order(op.step, op.operands)
            return dict.fromkeys(EITHER if rank(op.outs[0].type) < 2 else (order,), base.get(order, NOTHING))
        if op.step.kind == "index" and "C" in base and is_run(op.step):
            return dict.fromkeys(EITHER if rank(op.outs[0].type) < 2 else ("C",), base["C"])
        return {}

    def made(self, op: Prim) -> Layout:
        """The layout of a new array: elementwise results keep that of their operands."""
        primitive = REGISTRY.by_name.get(op.primitive)
        if primitive is None or primitive.views != "no":
            return {}
        if rank(op.outs[0].type) < 2:
            return EITHER
        if op.primitive == core.COPY:
            return {"C": NOTHING} if not op.attrs and op.spelling.startswith("method.") else {}
        if primitive.layout in SHAPE_ONLY:
            like = self.of(op.args[0])
            return {word: like[word] for word in EITHER if word in like}
        if primitive.layout:
            return {primitive.layout: NOTHING}
        if primitive.kind != "elementwise":
            return {}
        parts = [self.of(arg) for arg in op.args if rank(arg.type) > 1]
        return {word: NOTHING.union(*(part[word] for part in parts)) for word in EITHER
                if parts and all(word in part for part in parts)}


def is_run(step: Step) -> bool:
    """True where an index selects neighbours of an array that lies in the order C."""
    *first, last = step.pattern
    return all(part == "i" for part in first) and (last == "i" or isinstance(last, tuple) and not last[3])


def relied_orders(block: Block) -> dict[Storage, str]:
    """The storages of rank 2 and more of which a reshape is a view, and the order in which they lie."""
    views = {op.outs[0]: op for op in walk(block) if isinstance(op, (View, Bind))}
    found: dict[Storage, str] = {}
    for op in views.values():
        if isinstance(op, View) and is_reshape(op.step):
            order, base = asked_order(op.step, op.operands), op.base
            while (above := views.get(base)) is not None:
                if isinstance(above, View):
                    order = OTHER[order] if turns(above.step, above.base.type) else \
                        asked_order(above.step, above.operands) if is_reshape(above.step) else order
                    base = above.base
                else:
                    base = above.args[above.outs.index(base)]  # type: ignore[assignment]
            if rank(op.outs[0].buffer.type) > 1:
                found[op.outs[0].buffer] = order
    return found


def check_places(block: Block, orders: dict[Storage, str]) -> None:
    """Raises UnsupportedError where an array of which a reshape is a view changes places with others: the adjoint of
    such an array might lie in another order.
    """
    for op in walk(block):
        handed = [carry.init for carry in op.carries] if isinstance(op, Loop) else \
            [*op.then.yields, *op.orelse.yields] if isinstance(op, If) else []
        for arg in handed:
            if isinstance(arg, Value) and arg.is_handle and arg.buffer in orders:
                raise UnsupportedError(f"`{arg.buffer.name}` is written through a reshape, and changes places with "
                                       "another array", op.origin, "take a copy")


def lying(builder: Builder, start: Arg, order: str | None, like: Arg | None = None) -> Arg:
    """`start` as the first contents of a storage that must lie in this order; `like` is known to."""
    if order is None:
        return start
    made = builder.definition.get(start) if isinstance(start, Value) else None
    if isinstance(made, Prim) and made.primitive == core.ZEROS_LIKE:
        if made.args[0] is like:
            return start
        return builder.prim(core.ZEROS_LIKE, made.args[0], attrs={"order": Const(order)})
    source = made.args[0] if isinstance(made, Prim) and made.primitive == core.COPY else start
    return builder.prim(core.COPY, source, attrs={"order": Const(order)})
