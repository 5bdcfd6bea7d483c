"""The adjoint of a primitive, from its template.

before: a forward operation, the adjoint of its result
after:  the operations that give each operand's share; the shares, added to the operands' adjoints
"""
from __future__ import annotations

from functools import partial

from ..analysis.activity import differentiable_args
from ..errors import LaterError, UnsupportedError
from ..ir.program import ADD_TO, SCATTER, ZERO, Arg, Const, Prim, Step, Value
from ..ir.types import Array, Items, dims_of, is_scalar
from ..primitives import core
from ..primitives.primitive import REGISTRY, Primitive
from ..primitives.results import BROADCAST, RULES
from .adjoints import Adjoints
from .masks import guarded, product
from .splice import PLACE, Given, Template
from .words import Surroundings


def is_pairing(op: Prim, primitive: Primitive) -> bool:
    """True for the product of two vectors that is a number: they are of one size, or NumPy has raised."""
    return primitive.kind == "bilinear" and is_scalar(op.outs[0].type) and all(
        len(dims_of(arg.type)) == 1 for arg in op.args)


def is_permutation(op: object) -> bool:
    """True for what makes a vector of indices of which no two are equal, and none is negative."""
    primitive = REGISTRY.by_name.get(op.primitive) if isinstance(op, Prim) else None
    if not isinstance(op, Prim) or primitive is None or primitive.unique == "no" or len(dims_of(op.outs[0].type)) != 1:
        return False
    bounds = [value for name, value in op.attrs if name in ("stop", "step")]
    steps = [value for name, value in op.attrs if name == "step"]
    counts = [*op.args, *steps] if bounds else []
    return all(isinstance(arg, Const) and type(arg.value) is int and arg.value >= 0 for arg in counts)


class Rules(Adjoints):
    """Uses templates."""

    def template(self, op: Prim, bar: Arg) -> None:
        """Add the shares of a primitive's operands to their adjoints."""
        if op.primitive not in REGISTRY.by_name:
            raise LaterError(f"the derivative of `{op.primitive}`", op.origin, "differentiate once, or in forward mode")
        primitive, out = REGISTRY.by_name[op.primitive], op.outs[0]
        elementwise = primitive.kind == "elementwise"
        if not elementwise and not self.takes_scalar(primitive, bar):
            bar = self.builder.filled(bar, out.type, lambda: self.shape_of(out))
        template = guarded(self.rule(op, primitive, bar), primitive, bar)
        allowed = differentiable_args(op)
        wanted = [(name, arg) for name, arg in [*zip(primitive.parameters[1:], op.args), *op.attrs]
                  if isinstance(arg, Value) and arg in self.active and any(arg is a for a in allowed)]
        for name, arg in wanted:
            if template.has(name + PLACE):
                self.scatter(arg, template.place(name), template.get(f"{name}_bar"))
                continue
            share = self.share(template, name, arg, bar)
            if share != ZERO:
                self.contribute(arg, share, out if elementwise else arg if is_pairing(op, primitive) else None)

    def takes_scalar(self, primitive: Primitive, bar: Arg) -> bool:
        """True where the rule need not know how large the result was."""
        return is_scalar(bar.type) and (primitive.moves == "yes" or RULES[primitive.result] in BROADCAST)

    def rule(self, op: Prim, primitive: Primitive, bar: Arg) -> Template:
        types: dict[str, Arg] = dict(zip(primitive.parameters, (op.outs[0], *op.args)))
        attrs = dict(primitive.attributes) | dict(op.attrs)
        given: Given = {name: partial(self.forward, arg) for name, arg in (types | attrs).items()}
        given["z_bar"] = lambda: bar
        return Template(self.builder, primitive, given, types, op.spelling,
                        Surroundings(self.forward, self.items_of, self.sized, self.axes.get, part=self.part))

    def share(self, template: Template, name: str, arg: Arg, bar: Arg) -> Arg:
        """What an operand's adjoint gets."""
        primitive = template.primitive
        if template.has(f"dz_d{name}"):
            partial = template.get(f"dz_d{name}")
            return ZERO if partial == ZERO else self.scaled(bar, partial, template.uncertain())
        if not template.has(f"{name}_bar"):
            raise UnsupportedError(f"`{primitive.name}` has no derivative with respect to `{name}`",
                                   self.builder.origin)
        if name == primitive.sequence:
            return template.of_sequence(name, arg, lambda own: self.of_item(own, name, bar))
        return self.moved(template, name, arg, bar)

    def moved(self, template: Template, name: str, arg: Arg, bar: Arg) -> Arg:
        """An operand's share as the template writes it; where elements only move, as large as the operand."""
        if template.primitive.moves == "no":
            return template.get(f"{name}_bar")
        return bar if is_scalar(bar.type) else self.builder.retyped(template.get(f"{name}_bar"), dims_of(arg.type))

    def of_item(self, own: Template, name: str, bar: Arg) -> Arg:
        """The share of one operand of a sequence."""
        arg = own.types[name]
        share = self.moved(own, name, arg, bar)
        if own.primitive.moves == "yes" or not isinstance(share.type, Array) or not isinstance(arg, Value):
            return share
        return self.builder.fit(share, share.type, arg.type, lambda: self.shape_of(arg), lambda: share)

    def scaled(self, bar: Arg, partial: Arg, operands: tuple[Arg, ...]) -> Arg:
        if partial == Const(1.0):
            return bar
        if partial == Const(-1.0):
            return self.builder.prim(core.NEGATIVE, bar)
        return product(self.builder, bar, partial, operands, self.definition.get)  # type: ignore[arg-type]

    def items_of(self, arg: Arg) -> tuple[Arg, ...]:
        """The operands in a tuple or list of known length."""
        made = self.definition.get(arg) if isinstance(arg, Value) else None
        if isinstance(made, Prim) and made.primitive == core.PACK:
            return made.args
        return self.builder.unpack(self.forward(arg))

    def part(self, arg: Arg, k: int) -> Arg | None:
        """An item of what a function gave, where the program has a name for it."""
        found = self.named.get(self.cell(arg, k)) if isinstance(arg, Value) else None
        return None if found is None else self.forward(found)

    # ---- parts

    def are_unique(self, operands: tuple[Arg, ...]) -> bool:
        """True where an index selects no element twice: masks, or indices of which no two are equal."""
        arrays = [operand for operand in operands if not is_scalar(operand.type)]
        if arrays and all(isinstance(a.type, Array) and a.type.dtype.kind == "b" for a in arrays):
            return True
        made = [self.definition.get(a) or self.builder.definition.get(a) for a in arrays]     # type: ignore[arg-type]
        return self.is_one_index(arrays) or any(is_permutation(op) and all(
            self.rides(other, a) for other in arrays if other is not a) for op, a in zip(made, arrays))

    def is_one_index(self, arrays: list[Arg]) -> bool:
        """True for the items of a tuple that together name no place twice."""
        items = [self.definition.get(a) if isinstance(a, Value) else None for a in arrays]
        sources = [op.args[0] for op in items if isinstance(op, Prim) and op.primitive == core.ITEM]
        if not sources or len(sources) < len(arrays) or any(source is not sources[0] for source in sources):
            return False
        made, kind = self.definition.get(sources[0]), sources[0].type  # type: ignore[arg-type]
        unique = isinstance(made, Prim) and made.primitive in REGISTRY.by_name and \
            REGISTRY.by_name[made.primitive].unique == "yes"
        return unique and isinstance(kind, Items) and len({op.args[1] for op in items}) == len(kind.items)  # type: ignore[union-attr]

    def rides(self, other: Arg, along: Arg) -> bool:
        """True where an index has one element for each of a vector of indices, or one for all."""
        kind, dims = other.type, dims_of(along.type)
        return isinstance(kind, Array) and kind.dtype.kind != "b" and kind.ndim == 1 and (
            kind.dims[0].is_one or self.builder.facts.are_equal(kind.dims[0], dims[0]))

    def scatter(self, base: Value, indices: tuple[Arg, ...], bar: Arg) -> None:
        """Add an adjoint to elements of that of an array: one array of indices for each axis."""
        forward = tuple(map(self.builder.forward_value, indices))
        unique = self.are_unique(forward) or any(self.is_order(arg, k, base) for k, arg in enumerate(forward))
        self.add_to_part(base, Step("index", ("a",) * len(indices)), indices, bar, unique)

    def is_order(self, index: Arg, axis: int, base: Value) -> bool:
        """True for indices that take each row of an array along an axis in an order of its own."""
        made = (self.definition.get(index) or self.builder.definition.get(index)) if isinstance(index, Value) else None
        if not isinstance(made, Prim) or made.primitive not in REGISTRY.by_name:
            return False
        primitive, rank = REGISTRY.by_name[made.primitive], len(dims_of(index.type))
        along = (dict(primitive.attributes) | dict(made.attrs)).get("axis")
        rows = all(k == axis or one.is_one or self.builder.facts.are_equal(one, other)
                   for k, (one, other) in enumerate(zip(dims_of(index.type), dims_of(base.type))))
        return primitive.unique == "yes" and rows and isinstance(along, Const) and along.value % rank == axis  # type: ignore[operator]

    def add_to_part(self, base: Value, step: Step, operands: tuple[Arg, ...], bar: Arg, unique: bool) -> None:
        """Add an adjoint to a part of that of an array."""
        key, builder = self.key_of(base), self.builder
        here = base in self.maybe and self.home_key(key) != self.block_key  # outside of here it may not be bound
        handle = builder.alloc(builder.prim(core.ZEROS_LIKE, self.forward(base)), "t") if here else self.handle_for(key)
        view = builder.view(handle, step, operands)
        builder.store(view, builder.cast(bar, base.type), ADD_TO if unique else SCATTER)
        if here:
            self.contribute(base, builder.load(handle))
