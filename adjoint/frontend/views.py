"""Views of arrays that are written: what a primitive gives that moves an array's elements, or shows some of them.

before: `x.T`, `np.flip(x)`, `x.reshape(2, 3)`, `np.diagonal(x)` of an array that is written
after:  a handle of the array; where the layout decides if it is a view or a copy, either, by what a call shows of it
"""
from __future__ import annotations

from typing import Any

from ..ir.program import Arg, Const, Step, Value
from ..ir.types import Array
from ..primitives.facts import Lock
from ..primitives.layouts import OTHER, Layouts
from ..primitives.primitive import REGISTRY, Primitive
from .arguments import Arranged
from .inner import Inner
from .things import Thing


class Views(Inner):
    """The meaning of primitives that give views."""

    def primitive(self, primitive: Primitive, spelling: str, args: list[Thing], keywords: dict[str, Thing],
                  node: Any, hint: str | None) -> Thing:
        raise NotImplementedError

    def attribute_of(self, primitive: Primitive, base: Arg, spelling: str, node: Any, hint: str | None) -> Thing:
        return self.primitive(primitive, spelling, [base], {}, node, hint)

    def applied(self, primitive: Primitive, call: Arranged, spelling: str, node: Any, hint: str | None) -> Value:
        """The operation itself, of what its operands hold."""
        given = [self.operand(primitive, name, thing, node)
                 for name, thing in zip(primitive.parameters[1:], call.operands)]
        return self.builder.prim(primitive.name, *given, attrs=call.attrs, hint=hint, spelling=spelling,
                                 positional=call.positional)

    def viewed(self, primitive: Primitive, call: Arranged, spelling: str, node: Any, hint: str | None) -> Thing | None:
        """A view of an array that is written; None where the operand is a plain value."""
        base = call.operands[0]
        if not isinstance(base, Value) or not base.is_handle:
            return None
        if primitive.views == "self" and not call.attrs:
            return base
        if primitive.views == "maybe":
            return self.reshaped(primitive, call, base, spelling, node, hint)
        lock = None if primitive.moves == "yes" else Lock(
            f"a write to what `{primitive.name}` gives", "write to the array itself")
        return self.handle_of(primitive, call, base, spelling, node, hint, lock)

    def handle_of(self, primitive: Primitive, call: Arranged, base: Value, spelling: str, node: Any,
                  hint: str | None, lock: Lock | None) -> Value:
        rest = [self.operand(primitive, name, thing, node)
                for name, thing in zip(primitive.parameters[2:], call.operands[1:])]
        step = Step(primitive.name, (), tuple(call.attrs), lock is not None, spelling, call.positional)
        handle = self.builder.view(base, step, (*rest, *call.attrs.values()), hint)
        if not isinstance(handle.type, Array):
            raise self.later(f"`{primitive.name}` of an array that is written", node, "take slices, or `.copy()` first")
        self.builder.lock(handle, lock)
        return handle

    def reshaped(self, primitive: Primitive, call: Arranged, base: Value, spelling: str, node: Any,
                 hint: str | None) -> Thing:
        """A view of an array in the order asked for, a copy of one in the other order.

        Where that is not known, either: they are the same as long as nothing is written.
        """
        asked = call.attrs.get("order", Const("C"))
        order = str(asked.value) if isinstance(asked, Const) else ""
        layout, lies = Layouts(self.builder.definition, self.builder.facts).of(base), self.builder.facts.lies
        if order in layout:
            lies.update(dict.fromkeys(sorted(layout[order])))
            return self.handle_of(primitive, call, base, spelling, node, hint, None)
        if primitive.copied and f"not {order}" in layout and OTHER[order] in layout:
            lies.update(dict.fromkeys(sorted(layout[f"not {order}"] | layout[OTHER[order]])))
            return self.made(self.applied(REGISTRY.by_name[primitive.copied], call, spelling, node, hint), node, hint)
        lock = Lock(f"`{primitive.name}` of an array that is written may be a view or a copy",
                    "take `.copy()` first, or do not write to it", self.builder.version(base))
        return self.handle_of(primitive, call, base, spelling, node, hint, lock)
