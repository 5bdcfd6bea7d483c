"""Forward mode: from a program to the program of its derivative along a direction.

before: a program
after:  the same operations, a tangent beside each; the results are (results, tangents).  The tangent
        of a write stands before the write; a storage that is ever active has a twin.

>>> def f(x):  # float
...     y = x * x
...     return y * x
%2:y = multiply(%0:x, %0:x)  : float
%3 = multiply(%1:x_dot, %0:x)  : float
%4 = multiply(%1:x_dot, %0:x)  : float
%5 = add(%3, %4)  : float
%6 = multiply(%2:y, %0:x)  : float
%7 = multiply(%5, %0:x)  : float
%8 = multiply(%1:x_dot, %2:y)  : float
%9 = add(%7, %8)  : float
"""
from __future__ import annotations

from dataclasses import dataclass, replace

from ..analysis.activity import activity, check_differentiable
from ..ir.calls import units_of
from ..ir.program import (
    UNDEFINED,
    Alloc,
    Arg,
    At,
    Bind,
    Block,
    Carry,
    Collect,
    Const,
    Function,
    If,
    Load,
    Loop,
    Op,
    Prim,
    Store,
    Unpack,
    Value,
    View,
)
from ..ir.structure import shifted
from ..ir.types import Array, Items, Listing, Type, has_inexact
from ..ir.units import SAVED, Call, Handover, Unit, handover_of, results_of, without_versions
from ..primitives.build import finished
from ..primitives.facts import Facts
from ..primitives.fitting import AdjointBuilder
from ..primitives.layouts import check_places, relied_orders
from .tangents import ZERO, Tangents
from .units import with_own_units


@dataclass(frozen=True)
class Direction:
    """A forward derivative: with respect to which parameters."""

    wrt: tuple[int, ...]


class Forward(Tangents):
    """Walks blocks, branches and loops."""

    # ---- blocks

    def block(self, block: Block) -> None:
        for op in block.ops:
            self.builder.origin = op.origin
            self.op(op)

    def op(self, op: Op) -> None:
        match op:
            case Prim():
                self.builder.emit(op)
                if op.outs[0] in self.active:
                    self.prim(op)
            case Bind():
                self.bind(op)
            case Unpack():
                self.builder.emit(op)
                self.unpack(op)
            case Alloc():
                self.alloc(op)
            case View():
                self.view(op)
            case Load():
                self.load(op)
            case Store():
                self.store(op)
            case At():
                self.builder.emit(op)
                if op.outs[0] in self.active:
                    dot = self.tangent(op.value)
                    if isinstance(dot, Value):
                        dot = self.builder.at(dot)
                    self.set(op.outs[0], dot)
            case If():
                self.branch(op)
            case Loop():
                self.loop(op)
            case Call():
                self.call_back(op) if op.is_backward else self.call(op)
            case Handover():
                self.handover(op)
            case _:
                self.builder.emit(op)

    def call(self, op: Call) -> None:
        """A call of the unit that computes tangents too: its parameters are followed by theirs."""
        program = op.unit.source
        params = [(param, arg) for param, arg in zip(program.params, op.args) if param in self.active]
        dots = [self.dot_argument(arg) for _, arg in params if arg is not None]
        outs = [self.like(out) for out, arg in zip(op.results, results_of(program)) if arg in self.active]
        twins = [after for after in op.written if after in self.active]
        before = [self.dot[version] for version in op.before if version in self.active]
        rest = [out for out in op.outs if out.type == SAVED]
        self.builder.emit(Call((*op.results, *outs, *op.written, *map(self.like, twins), *rest), op.origin, op.unit,
                               (*op.args, *dots), (*op.before, *before)))  # type: ignore[arg-type]

    def call_back(self, op: Call) -> None:
        """A call of the backward part of a pair: all that it is passed is followed by its tangent."""
        program = op.unit.source
        count, handover = len(program.params), handover_of(program)
        assert handover is not None
        first = [None if param.is_handle or arg is None else self.dot_argument(arg)
                 for param, arg in zip(program.params, op.args) if param in self.active]
        rest = [self.dot_argument(arg) for out, arg in zip(handover.given, op.args[count + 1:])
                if out in self.active and arg is not None]
        given = zip(op.results, without_versions(program.block.yields))
        outs = [self.like(out) for out, arg in given if arg in self.active]
        before = [self.dot[version] for version in op.before if version in self.active]
        twins = [self.like(after) for after in op.written if after in self.active]
        args = (*op.args[:count], *first, *op.args[count:], *rest)
        self.builder.emit(Call((*op.results, *outs, *op.written, *twins), op.origin, op.unit, args,
                               (*op.before, *before), op.mirrors))  # type: ignore[arg-type]

    def handover(self, op: Handover) -> None:
        tangents = [self.full(arg) for arg in op.results if arg in self.active]
        last = [arg for arg in op.args if isinstance(arg, Value) and arg.is_version]
        twins = [self.dot[arg] for arg in last if arg in self.active]
        entry = [out for out in op.outs if out.is_version]
        dots = [self.like(out) for out in op.given if out in self.active]
        own = [self.like(version) for version in entry if version in self.active]
        self.builder.emit(Handover((*op.given, *dots, *entry, *own), op.origin,
                                   (*op.results, *tangents, *last, *twins)))

    def dot_argument(self, arg: Arg) -> Arg:
        if isinstance(arg, Value) and arg.is_handle:
            return self.dot[arg]
        dot = self.full(arg)
        return ZERO if dot == Const(None) else dot

    def unit(self, unit: Unit) -> None:
        """The unit's program with tangents."""
        function = unit.source
        builder, outer = self.builder, dict(self.dot)
        self.builder = AdjointBuilder(builder.facts, [], {}, function.origin)
        dots = [self.like(param) for param in function.params if param in self.active]
        entry = [self.like(version) for version in function.entry if version in self.active]
        self.block(function.block)
        own = without_versions(function.block.yields)
        last = function.block.yields[len(own):]
        results = results_of(function)
        count = sum(arg in self.active for arg in results)
        tangents = [self.full(arg) for arg in own if arg in self.active]
        twins = [self.dot[arg] for arg in last if isinstance(arg, Value) and arg in self.active]
        yields = (*own, *tangents, *last, *twins)
        structure: object = shifted(function.structure, len(results))
        if count < len(results):
            structure = tuple(range(len(results), len(results) + count))
        structure = (function.structure, structure) if count else function.structure
        block = finished(function.block.key, self.builder.ops, (), yields)
        active = [k for k, param in enumerate(function.params) if param in self.active]
        unit.shares |= {len(function.params) + at for at, k in enumerate(active) if k in unit.shares}
        unit.name += "_tangent" if dots else ""
        unit.function = Function(function.name, (*function.params, *dots), block, structure, function.origin,
                                 (*function.entry, *entry))
        self.builder, self.dot = builder, outer

    # ---- regions

    def merged(self, ends: list[Arg], kind: Type) -> Type:
        """The type of a tangent that is one of `ends` on each edge."""
        if not isinstance(kind, Array) or all(self.builder.is_full(arg, kind) for arg in ends):
            return kind
        return replace(kind, partial=True)

    def branch(self, op: If) -> None:
        arms = []
        active = [out for out in op.outs if out in self.active]
        for block in (op.then, op.orelse):
            with self.builder.block() as ops:
                self.block(block)
                extra = [self.dot_of(arg) for arg, out in zip(block.yields, op.outs) if out in self.active]
                arms.append(finished(block.key, ops, block.params, (*block.yields, *extra)))
        outs = [self.like(out) for out in active]
        for k, out in enumerate(outs):
            ends = [arm.yields[len(op.outs) + k] for arm in arms]
            if out.storage is None:
                outs[k] = Value(self.merged(ends, out.type), out.hint)
                self.dot[active[k]] = outs[k]
        self.builder.emit(replace(op, outs=(*op.outs, *outs), then=arms[0], orelse=arms[1]))

    def dot_of(self, arg: Arg) -> Arg:
        if arg is UNDEFINED:
            return UNDEFINED
        dot = self.tangent(arg)
        if dot is None and isinstance(arg.type, (Items, Listing)):
            return self.full(arg)
        return ZERO if dot is None else dot

    def loop(self, op: Loop) -> None:
        header, item, first = self.items(op)
        active = [c for c in op.carries if c.param in self.active]
        inits = [self.init(c) for c in active]
        params = [self.like(c.param) for c in active]
        with self.builder.block() as ops:
            if first is not None:
                self.builder.emit(first)
            self.block(op.body)
            nexts = [self.closing(c) for c in active]
            collected = [self.full(c.value) for c in op.collects if c.result in self.active]
            body = finished(op.body.key, ops)
        carries = [*op.carries]
        for carry, init, param, following in zip(active, inits, params, nexts):
            carries.append(Carry(init, param, following, self.like(carry.result)))
        collects = [*op.collects]
        for collect, value in zip([c for c in op.collects if c.result in self.active], collected):
            collects.append(Collect(value, self.like(collect.result), extend=collect.extend))
        results = (*(c.result for c in carries), *(c.result for c in collects))
        self.builder.emit(replace(op, outs=results, header=header, item=item, carries=tuple(carries),
                                  collects=tuple(collects), body=body))

    def init(self, carry: Carry) -> Arg:
        """A tangent's first value; arrays start at full size."""
        if carry.init is UNDEFINED:
            return UNDEFINED
        if carry.param.storage is not None:
            return self.dot[carry.init]  # type: ignore[index]
        return self.full(carry.init) if has_inexact(carry.init.type) else ZERO

    def closing(self, carry: Carry) -> Arg:
        if carry.param.storage is not None:
            return self.dot[carry.next]  # type: ignore[index]
        return self.full(carry.next) if has_inexact(carry.next.type) else ZERO

    def items(self, op: Loop) -> tuple[tuple[Arg, ...], Value | None, Op | None]:
        """A loop over a list that is active runs over the list and its tangent side by side."""
        if op.item is None or op.item not in self.active:
            return op.header, op.item, None
        both = Value(Items("tuple", (op.item.type, op.item.type)))
        dot = Value(op.item.type, self.hint(op.item))
        self.dot[op.item] = dot
        return (op.header[0], self.full(op.header[0])), both, Unpack((op.item, dot), op.origin, both)


def forward(function: Function, direction: Direction, facts: Facts) -> Function:
    """The program of (results, tangents); a tangent parameter follows for each differentiated one."""
    function = with_own_units(function, lambda block: block, True)
    wrt = [function.params[k] for k in direction.wrt]
    active = activity(function.block, wrt, twins=True)
    builder = AdjointBuilder(facts, [], {}, function.origin)
    walk = Forward(builder, active)
    units = units_of(function)
    for block in (function.block, *(unit.program.block for unit in units)):
        walk.orders.update(relied_orders(block))
        check_places(block, walk.orders)
    for param in wrt:
        check_differentiable(str(param.hint), param.type, function.origin)
        walk.dot[param] = Value(param.type, (param.hint or "x") + "_dot")
    walk.block(function.block)
    for k, arg in enumerate(function.block.yields):
        end = "" if len(function.block.yields) == 1 else str(k)
        facts.suggest(arg, "value" + end)
        facts.suggest(walk.tangent(arg) or arg, f"value{end}_dot")
    dots = [walk.full(arg) for arg in function.block.yields]
    for unit in units:
        walk.unit(unit)
    count = len(dots)
    block = finished(function.block.key, builder.ops, (), (*function.block.yields, *dots))
    structure = (function.structure, shifted(function.structure, count))
    params = (*function.params, *(walk.dot[p] for p in wrt))
    return Function(function.name, params, block, structure, function.origin)  # type: ignore[arg-type]
