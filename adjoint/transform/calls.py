"""The backward sweep over `Call`: a call of the backward part of the pair.

before: a call of a unit; adjoints of its results, and of what it wrote
after:  a call that adds to the adjoints of the arrays that it was given, and gives those of its numbers.
        It is passed the storage that an adjoint grows in, or a view of it: no call makes an array of the
        size of its argument.
"""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..analysis.activity import Activity
from ..ir.program import Arg, Bind, Function, Load, Op, Prim, Storage, Value
from ..ir.types import Array, Contents, Items, Number, NumpyScalar, Type, dtype_of
from ..ir.units import Call
from ..primitives import core
from ..primitives.indexing import is_basic, step_of
from .sweep import Sweep


@dataclass(frozen=True)
class Roles:
    """The numbers of the results and parameters that adjoints go through: `seeds` are adjoints of results, `grown`
    parameters whose adjoints are passed to be added to, `given` those whose adjoints are returned."""

    seeds: tuple[int, ...]
    grown: tuple[int, ...]
    given: tuple[int, ...]


def roles_of(program: Function, active: Activity) -> Roles:
    results = [arg for arg in program.block.yields if not (isinstance(arg, Value) and arg.is_version)]
    params = [(k, param) for k, param in enumerate(program.params) if param in active]
    grown = tuple(k for k, param in params if is_grown(param.type))
    return Roles(tuple(k for k, arg in enumerate(results) if arg in active), grown,
                 tuple(k for k, _ in params if k not in grown))


def is_grown(kind: Type) -> bool:
    return isinstance(kind, Array) and kind.ndim > 0 and not kind.partial


def bar_type(kind: Type) -> Type:
    """The type of an adjoint that comes from elsewhere: a number may be NumPy's."""
    return NumpyScalar(np.dtype(dtype_of(kind))) if isinstance(kind, Number) else kind


class Calls(Sweep):
    """`Call`."""

    def call(self, op: Call) -> None:
        program = op.unit.source
        roles = roles_of(program, self.active)
        bars = [self.take_any(op.results[k]) for k in roles.seeds]
        touched = any(handle.buffer in self.bars.handles for handle in op.handles)
        if not roles.grown + roles.given or not touched and not op.before and all(bar is None for bar in bars):
            return
        seeds = [self.seed(op.results[k], bar) for k, bar in zip(roles.seeds, bars)]
        grown = [self.accumulator(op, op.args[k]) for k in roles.grown]
        given = tuple(Value(bar_type(program.params[k].type), self.given_hint(op.args[k])) for k in roles.given)
        versions = {handle.buffer: self.builder.version(handle) for handle in grown}
        after = {storage: Value(Contents(), storage.name, storage=storage) for storage in versions}
        saved = op.saved
        assert saved is not None
        again = tuple(None if arg is None or isinstance(arg, Value) and arg.is_handle else self.forward(arg)
                      for arg in op.args)
        args = (*again, self.forward(saved), *seeds, *grown)
        self.builder.emit(Call((*given, *after.values()), op.origin, op.unit, args, tuple(versions.values()), saved))
        self.builder.versions.update(after)
        for k, bar in zip(roles.given, given):
            if isinstance(arg := op.args[k], Value):
                self.contribute(arg, bar)

    def seed(self, result: Value, bar: Arg | None) -> Arg:
        """The adjoint of a result at its full size."""
        if bar is None:
            return self.tree(result, ()) if isinstance(result.type, Items) else self.complete(result, result.type)
        return self.builder.filled(bar, result.type, lambda: self.forward(result))

    def given_hint(self, arg: Arg | None) -> str | None:
        hint = arg.hint if isinstance(arg, Value) else None
        return hint + "_bar" if hint else None

    # ---- where adjoints grow

    def accumulator(self, op: Call, arg: Arg | None) -> Value:
        """The storage, or a view of one, that the adjoint of an argument grows in."""
        assert isinstance(arg, Value)
        if arg.is_handle and arg in self.active:
            return self.adjoint_handle(arg)
        if arg in self.active:
            return self.place_of_adjoint(op, arg)
        like = self.builder.at(arg) if arg.is_handle else self.forward(arg)
        return self.builder.alloc(self.builder.prim(core.ZEROS_LIKE, like), (arg.hint or "t") + "_bar")

    def place_of_adjoint(self, op: Call, arg: Value) -> Value:
        """Of a part of an array that is never written, the part of its adjoint."""
        made = self.definition.get(arg)
        if isinstance(made, Bind):
            source = made.args[made.outs.index(arg)]
            return self.place_of_adjoint(op, source) if isinstance(source, Value) else self.handle_for(arg)
        if isinstance(made, Load) and arg not in self.shown and self.is_current(made, op):
            return self.adjoint_handle(made.handle)
        base = made.args[0] if isinstance(made, Prim) and made.args else None
        if isinstance(made, Prim) and isinstance(base, Value) and base in self.active and is_grown(base.type):
            if made.primitive == core.GETITEM and is_basic(step_of(made)):
                place = self.place_of_adjoint(op, base)
                return self.builder.view(place, step_of(made), tuple(map(self.forward, made.args[1:])))
        return self.handle_for(self.key_of(arg))

    def is_current(self, load: Load, op: Call) -> bool:
        """True where nothing is written to the array between its load and the call, in one block."""
        between: list[Op] | None = None
        for inner in self.block_of.get(self.home[load.outs[0]], ()):
            if inner is op:
                return between is not None and not any(self.may_write(o, load.handle.buffer) for o in between)
            if between is not None:
                between.append(inner)
            if inner is load:
                between = []
        return False

    def may_write(self, op: Op, storage: Storage) -> bool:
        return any(out.is_version for out in op.outs if out.storage is storage)
