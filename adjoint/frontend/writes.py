"""Functions that write into an array: what is written where, as their templates say it.

before: `np.fill_diagonal(x, v)`, `np.add.at(x, i, v)`, `x.fill(v)`
after:  a `Store` into a view of x, with the function that the user called for it
"""
from __future__ import annotations

from typing import Any

from ..ir.program import SCATTER, SET, Arg, Const, Step, Value
from ..ir.types import Array, dims_of
from ..primitives import core
from ..primitives.primitive import REGISTRY, Primitive
from .arguments import Arranged
from .templates import dotted
from .things import Thing
from .views import Views


class Writes(Views):
    """The meaning of calls that write into what they are given."""

    def written(self, primitive: Primitive, call: Arranged, spelling: str, node: Any) -> Thing:
        """A call as the assignment that the template's body is: `x[i] = v`, `x[i] += v` or `x[i] -= v`."""
        given = dict(zip(primitive.parameters[1:], call.operands))
        rule: Any = primitive.body[0]
        sign = type(rule.op).__name__ if type(rule).__name__ == "AugAssign" else ""
        target = rule.target if sign else rule.targets[0]
        place = self.place_in(target, given, node)
        value = self.operand(primitive, rule.value.id, given[rule.value.id], node)
        self.check_fit(primitive, place, value, node)
        if sign == "Sub":
            value = self.builder.prim(core.NEGATIVE, value)
        self.write(place, value, node, how=SCATTER if sign else SET, spelling=spelling)
        return Const(None)

    def place_in(self, target: Any, given: dict[str, Thing], node: Any) -> Value:
        """The place that `x[i]`, `x[...]` or `view(x)[...]` names; the view is one whose `writer` the function is."""
        viewed = type(target.value).__name__ == "Call"
        base = given[target.value.args[0].id if viewed else target.value.id]
        self.changed(base)
        if not isinstance(base, Value) or not isinstance(base.type, Array):
            raise self.later("a write into what is not an array", node)
        if viewed:
            shown = REGISTRY.by_spelling[dotted(target.value.func)]
            step = Step(shown.name, locked=True, spelling=shown.spelling)
            return self.builder.view(self.handle(base, node), step)
        whole = type(target.slice).__name__ == "Constant"
        return self.handle(base, node) if whole else self.place(base, given[target.slice.id], node)

    def check_fit(self, primitive: Primitive, place: Value, value: Arg, node: Any) -> None:
        """Raises UnsupportedError where the function would do other than an assignment."""
        mine, theirs = dims_of(place.type), dims_of(value.type)
        if primitive.fits == "broadcast" or not theirs:
            return
        if primitive.fits == "one" or len(theirs) != 1 or not self.builder.facts.same_size(theirs[0], mine[0]):
            raise self.refuse(f"`{primitive.name}` with an array of another size: NumPy repeats it, or cuts it off",
                              node, "give it one number, or an array of the size of what is written")

    def handle(self, base: Value, node: Any) -> Value:
        raise NotImplementedError

    def place(self, base: Thing, index: Thing, node: Any) -> Value:
        raise NotImplementedError

    def write(self, target: Value, value: Arg, node: Any, augmented: bool = False, how: str = SET,
              spelling: str = "") -> None:
        raise NotImplementedError
