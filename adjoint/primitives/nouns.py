"""What to call results that the user did not name."""
from __future__ import annotations

from collections.abc import Mapping

from ..ir.program import Arg, Bind, Const, If, Load, Op, Prim, Step, Value, View
from ..ir.types import Number
from . import core
from .indexing import step_of
from .primitive import REGISTRY

NOTHING = "t"
NEIGHBOURS = {core.ADD: "next", core.SUBTRACT: "prev"}
Definition = Mapping[Value, Op]


def noun_of(op: object, definition: Definition) -> str:
    """A word for what computes the unnamed result of an operation; an element `A[i, j]` is called A_ij."""
    if isinstance(op, If) and not op.is_statement:
        return "choice" if op.form == "else" else "test"
    if isinstance(op, Load):
        return place_noun(op.handle, definition)
    if not isinstance(op, Prim):
        return NOTHING
    if op.primitive == core.GETITEM:
        return part_noun(base_noun(op.args[0], definition), step_of(op), op.args[1:], definition)
    primitive = REGISTRY.by_name.get(op.primitive)
    if primitive is None:
        return "test" if op.outs[0].type == Number("bool") else NOTHING
    return primitive.noun or primitive.name


def place_noun(handle: Value, definition: Definition) -> str:
    """A word for what is read through a handle."""
    view = definition.get(handle)
    if isinstance(view, View) and handle.hint is None:
        return part_noun(base_noun(view.base, definition), view.step, view.operands, definition)
    return base_noun(handle, definition)


def base_noun(arg: Arg, definition: Definition) -> str:
    """The name of the array that a place is in."""
    if not isinstance(arg, Value):
        return NOTHING
    op = definition.get(arg)
    if arg.hint is not None:
        return arg.hint
    if isinstance(op, (View, Bind)):
        return base_noun(op.base if isinstance(op, View) else op.args[op.outs.index(arg)], definition)
    return NOTHING if arg.storage is None else arg.storage.name


def part_noun(base: str, step: Step, operands: tuple[Arg, ...], definition: Definition) -> str:
    """`A_ij` for A[i, j], `A_i` for A[i, :], `x_prev` for x[i - 1], `A_part` where the index has no short name."""
    if base == NOTHING or step.kind != "index":
        return base
    stem, role = parted(base)
    plain = all(part in ("i", "a", "e", "n", ("s", False, False, False)) for part in step.pattern)
    words = [index_word(arg, definition) for arg in operands]
    if not plain or None in words:
        return f"{stem}_{'item' if all(part == 'i' for part in step.pattern) else 'part'}{role}"
    found = [word for word in words if word]
    if not found:
        return base
    return f"{stem}_{('' if all(len(word) == 1 for word in found) else '_').join(found)}{role}"


def parted(name: str) -> tuple[str, str]:
    """What a part of `x_bar` is called before and after its index; a part of `x_saved` is a part of x."""
    if name.endswith("_saved"):
        return name.removesuffix("_saved"), ""
    ending = next((ending for ending in ("_bar", "_dot") if name.endswith(ending)), "")
    return name.removesuffix(ending), ending


def index_word(arg: Arg, definition: Definition) -> str | None:
    if isinstance(arg, Const):
        return {-1: "last"}.get(arg.value, str(arg.value) if arg.value >= 0 else None) \
            if type(arg.value) is int else None
    op = definition.get(arg)
    if arg.hint is None and isinstance(op, Prim) and op.primitive in NEIGHBOURS and op.args[1] == Const(1):
        return NEIGHBOURS[op.primitive] if isinstance(op.args[0], Value) and op.args[0].hint else None
    return arg.hint
