"""Units: functions that the program calls, each with a program of its own.

A unit's program takes its parameters and gives the leaves of its result.  A parameter that it writes is a
handle; the version of its storage on entry is in `entry`, and the last one follows the results.

The adjoint of a unit is a pair.  Before the pair is cut it is one program, the forward and then the backward
sweep, and `Handover` stands between them: there the forward part hands its results to the caller, who comes back
with their adjoints.  A call of the forward part gives `saved` too, which stands for all that the backward part
asks of it.  It is a value like any other; what it holds is found when the pair is cut.
"""
from __future__ import annotations

from dataclasses import dataclass, field

from ..errors import Span
from .node import node
from .program import Arg, Function, Op, Value
from .types import Opaque

SAVED = Opaque("saved")


@dataclass(eq=False)
class Unit:
    """A function with a program of its own.

    `user`: the values of the user's own statements; `kept`: those of the program that was differentiated last.
    `primal`: that program.  `function` is the program, of a pair both parts in one until it is cut; then `backward`
    is the backward part.  `shares`: the numbers of the parameters whose arrays a result may be, or be a view of;
    `holds`: of those that `saved` may hold.
    """

    name: str
    origin: Span | None
    function: Function | None = None
    user: set[Value] = field(default_factory=set)
    kept: set[Value] = field(default_factory=set)
    primal: Function | None = None
    backward: Function | None = None
    shares: set[int] = field(default_factory=set)
    holds: set[int] = field(default_factory=set)

    @property
    def source(self) -> Function:
        """What it computes, before anything in it was differentiated."""
        assert self.primal is not None, f"`{self.name}` is not differentiated"
        return self.primal

    @property
    def program(self) -> Function:
        assert self.function is not None, f"`{self.name}` has no program yet"
        return self.function


@node
class Call(Op):
    """`outs = unit(*args)`: results, then the version after of each storage that it writes, then `saved`.

    `before` are the versions that it finds.  A call of a backward part has for args the parameters of the
    forward part (None for what it does not ask for), `saved`, the adjoints of the results, the accumulators;
    `mirrors` is what the call of the forward part saved: what that wrote is put back.
    """

    unit: Unit
    args: tuple[Arg | None, ...]
    before: tuple[Value, ...] = ()
    mirrors: Value | None = None

    @property
    def is_backward(self) -> bool:
        return self.mirrors is not None

    @property
    def written(self) -> tuple[Value, ...]:
        """The versions that it leaves, in the order of `before`."""
        return tuple(out for out in self.outs if out.is_version)

    @property
    def handles(self) -> tuple[Value, ...]:
        return tuple(arg for arg in self.args if isinstance(arg, Value) and arg.is_handle)

    @property
    def results(self) -> tuple[Value, ...]:
        return tuple(out for out in self.outs if not out.is_version and out.type != SAVED)

    @property
    def saved(self) -> Value | None:
        return next((out for out in self.outs if out.type == SAVED), None)


@node
class Handover(Op):
    """Between the parts of a pair: `args` are the results and the last versions; `outs` the adjoints of the
    results, then the accumulators, each with its version on entry."""

    args: tuple[Arg, ...]

    @property
    def results(self) -> tuple[Arg, ...]:
        return without_versions(self.args)

    @property
    def given(self) -> tuple[Value, ...]:
        """What the caller comes back with: adjoints of results, and storages where those of arrays grow."""
        return tuple(out for out in self.outs if not out.is_version)







def handover_of(function: Function) -> Handover | None:
    """Where the backward part of a pair begins."""
    return next((op for op in function.block.ops if isinstance(op, Handover)), None)


def without_versions(args: tuple[Arg, ...]) -> tuple[Arg, ...]:
    return tuple(arg for arg in args if not (isinstance(arg, Value) and arg.is_version))


def results_of(function: Function) -> tuple[Arg, ...]:
    """What a call of a unit gives; of a pair, the forward part."""
    handover = handover_of(function)
    return without_versions(function.block.yields) if handover is None else handover.results
