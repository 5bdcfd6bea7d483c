"""Partials that may be infinite, where a mask keeps what they would be multiplied with at 0.

before: an adjoint or tangent that a mask has set to zero in places: `np.where(mask, y_bar, 0.0)`, or an
        array into which `[mask] = 0.0` was written; a primitive whose template names a safe point
after:  the partial, taken at operands that are the safe point in those places: it is finite there; where a
        factor comes from such a primitive, the product is masked again

Without that, `0 * inf` would make nan of a place that the program leaves out.
"""
from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from ..ir.program import SET, ZERO, Alloc, Arg, At, Bind, Const, Load, Op, Prim, Store, Value, View
from ..ir.types import Array
from ..primitives import core
from ..primitives.build import Builder
from ..primitives.primitive import REGISTRY, Primitive
from .splice import Given, Template

SAFE = "safe_"
FACTORS = {core.MULTIPLY: (0, 1), core.DIVIDE: (0,), core.NEGATIVE: (0,), core.ASTYPE: (0,), core.REAL: (0,)}


class Mask(NamedTuple):
    """Where a value is zero: where `test` is false, or true if it is `inverted`."""

    test: Arg
    inverted: bool


def masks_of(builder: Builder, arg: Arg) -> list[Mask]:
    """The masks outside of which a value is surely zero."""
    return list(Masks(builder).by_test(arg).values())


class Masks:
    """Looks for masks among the operations of the block at hand.  Each value is asked once: sums share their terms."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.known: dict[Arg, list[Mask]] = {}

    def by_test(self, arg: Arg) -> dict[object, Mask]:
        """The masks of a value, by what tells them apart."""
        found: dict[object, Mask] = {}
        for mask in self.of(arg):
            made = self.builder.made_here(mask.test)
            found.setdefault((made.value if isinstance(made, At) else mask.test, mask.inverted), mask)
        return found

    def of(self, arg: Arg) -> list[Mask]:
        if arg not in self.known:
            self.known[arg] = self.found(self.builder.made_here(arg))
        return self.known[arg]

    def found(self, op: Op | None) -> list[Mask]:
        """Those of what an operation makes."""
        if isinstance(op, Load):
            return self.written(op)
        if isinstance(op, At):
            return self.of(op.value)
        if not isinstance(op, Prim):
            return []
        if op.primitive == core.WHERE:
            test, yes, no = op.args
            if ZERO not in (yes, no):
                return []
            return [Mask(test, yes == ZERO), *self.of(no if yes == ZERO else yes)]
        if op.primitive in (core.ADD, core.SUBTRACT):
            first, second = map(self.by_test, op.args)
            return [mask for test, mask in first.items() if test in second]
        return [mask for k in FACTORS.get(op.primitive, ()) for mask in self.of(op.args[k])]

    def written(self, load: Load) -> list[Mask]:
        """The mask of `y_bar[mask] = 0.0`, where that was the last write into what is read."""
        store = self.builder.made_here(load.version)
        if not isinstance(store, Store) or store.how != SET or store.value != ZERO:
            return []
        view = self.builder.made_here(store.handle)
        if not isinstance(view, View) or view.base is not load.handle or view.step.pattern != ("a",):
            return []
        kind = view.operands[0].type
        whole = isinstance(kind, Array) and kind.dtype.kind == "b" and isinstance(load.outs[0].type, Array) \
            and kind.ndim == load.outs[0].type.ndim
        return [Mask(view.operands[0], True)] if whole else []


def guarded(template: Template, primitive: Primitive, bar: Arg) -> Template:
    """The template at safe points wherever `bar` is masked; the template itself where nothing is at stake."""
    names = primitive.parameters[1:]
    points = {name: template.get(SAFE + name) for name in primitive.parameters if template.has(SAFE + name)}
    points = {name: at for name, at in points.items()
              if at != Const(None) and isinstance(template.types[name], Value)}
    masks = masks_of(template.builder, bar) if points else []
    if not masks:
        return template
    builder = template.builder
    given: Given = dict(template.given)
    for name, at in points.items():
        given[name] = partial(guard, builder, template.given[name], at, masks)
    safe = Template(builder, primitive, given, template.types, "", template.around)
    safe.finite = (primitive.parameters[0], *points)
    if primitive.parameters[0] not in points:
        given[primitive.parameters[0]] = lambda: builder.prim(primitive.name, *map(safe.get, names))
    return safe


def may_be_infinite(arg: Arg, definition: Callable[[Arg], Op | None]) -> bool:
    """True where finite operands may make this value infinite: it is computed from what names a safe point."""
    op = definition(arg)
    if isinstance(op, Bind):
        return may_be_infinite(op.args[op.outs.index(arg)], definition)  # type: ignore[arg-type]
    if isinstance(op, Load):
        made = definition(op.version)
        return isinstance(made, Alloc) and may_be_infinite(made.arg, definition)
    primitive = REGISTRY.by_name.get(op.primitive) if isinstance(op, Prim) else None
    if primitive is None or primitive.kind != "elementwise" or not isinstance(op, Prim):
        return False
    named = dict(zip(primitive.parameters[1:], op.args))
    whole = op.primitive == core.POWER and isinstance(op.args[1], Const)
    risky = any(isinstance(named.get(word.removeprefix(SAFE)), Value) for word in words_of(primitive))
    return risky and not whole or any(may_be_infinite(a, definition) for a in op.args if isinstance(a, Value))


def words_of(primitive: Primitive) -> list[str]:
    """The safe points that a template names."""
    targets = [getattr(target, "id", "") for node in primitive.body for target in getattr(node, "targets", ())]
    return [word for word in targets if word.startswith(SAFE)]


def product(builder: Builder, bar: Arg, factor: Arg, operands: tuple[Arg, ...],
            definition: Callable[[Arg], Op | None]) -> Arg:
    """`bar * factor`, masked as `bar` is where the factor may be infinite."""
    risky = isinstance(factor, Value) and any(may_be_infinite(arg, definition) for arg in operands)
    masks = masks_of(builder, bar) if risky else []
    made = builder.made_here(bar)
    if masks and isinstance(made, Prim) and made.primitive == core.WHERE:
        bar = made.args[2 if masks[0].inverted else 1]
    share: Arg = builder.prim(core.MULTIPLY, bar, factor)
    for mask in masks:
        pair = (ZERO, share) if mask.inverted else (share, ZERO)
        share = builder.prim(core.WHERE, mask.test, *pair)
    return share


def guard(builder: Builder, forward: object, at: Arg, masks: list[Mask]) -> Arg:
    """An operand, but the safe point wherever a mask leaves it out."""
    value: Arg = forward()  # type: ignore[operator]
    for mask in masks:
        pair = (at, value) if mask.inverted else (value, at)
        value = builder.prim(core.WHERE, mask.test, *pair)
    return value
