"""A derivative that a function calls: its program stands in place of the call, and is differentiated like any other.

before: a call of a derivative, or of `grad(f)` made on the spot
after:  the operations of the derivative program; what they read from outside is read by the caller
"""
from __future__ import annotations

import types
from dataclasses import replace
from typing import Any

from ..ir.program import Arg, At, Block, Const, Function, Loop, Value
from ..ir.traverse import last_of, rename, walk, with_blocks
from ..ir.types import Opaque, Type, of_number
from ..primitives.layouts import Layouts
from .builtins import Builtins
from .scope import NUMERIC
from .things import Instance, Thing, is_argument

MAKERS = "adjoint.api"      # the module of `grad` and its relatives


class Inner(Builtins):
    """The meaning of calls of derivatives."""

    def made_here(self, function: Any, args: list[Thing], keywords: dict[str, Thing], node: Any) -> Thing | None:
        """What `grad(f)` is, where f is known; None for a call of anything else."""
        things = [*args, *keywords.values()]
        if getattr(function, "__module__", "") != MAKERS:
            return None
        if not all(isinstance(thing, Const) or is_constant(thing) for thing in things):
            raise self.later(f"`{function.__name__}` of what is not known before the call", node,
                             "make the derivative outside, and call it here")
        return Const(function(*map(value_of, args), **{name: value_of(thing) for name, thing in keywords.items()}))

    def derived(self, made: Any, args: list[Thing], keywords: dict[str, Thing], node: Any, hint: str | None) -> Thing:
        """The derivative's program in place of its call."""
        count = len(made.signature.extra)
        source = made.signature.source
        own = args[:len(args) - count]
        names = self.bind_parameters(source.node, source.function, own, keywords, node)
        names.update(zip(made.signature.extra, args[len(args) - count:]))
        values, kinds, constants = [], {}, {}
        for name in (*made.names, *made.signature.extra):
            if isinstance(names[name], Instance):
                raise self.later(f"an object as the argument `{name}` of a derivative", node)
            value = self.read(names[name], node)
            values.append(value)
            kinds[name] = kind_of(value)
            if isinstance(value, Const) and isinstance(kinds[name], Opaque):
                constants[name] = value.value
        layouts = Layouts(self.builder.definition, self.builder.facts)
        lying = {name: layouts.of(value) for name, value in zip(made.names, values)}
        reading = made.program({name: kinds[name] for name in made.names}, constants, self.session, lying)
        if self.session.in_loop and any(isinstance(op, Loop) for op in walk(reading.function.block)):
            raise self.later("a derivative of a function with loops, called in a loop", node,
                             "write the loop around the derivative")
        self.keep_apart(made, reading.unshared, names, node)
        return self.spliced(reading.function, values, node, hint)

    def keep_apart(self, made: Any, unshared: tuple[str, ...], names: dict[str, Thing], node: Any) -> None:
        """What the derivative's primal writes must share no memory with another argument, here or of the caller."""
        for hot in unshared:
            own = self.sites_of(names[hot])
            others = [self.sites_of(names[name]) for name in made.names if name != hot]
            if any(own & sites for sites in others):
                raise self.refuse(f"`{hot}` is written by `{made.primal.__name__}`, and may share memory with another "
                                  "argument here", node, "pass a copy of one of them")
            if any(others):
                self.session.unshared.update({str(site[1]): None for site in sorted(own, key=str) if is_argument(site)})

    def spliced(self, program: Function, values: list[Arg], node: Any, hint: str | None) -> Thing:
        bound: dict[Arg, Arg] = dict(zip(program.params, values))
        whole = {out for op in program.block.ops for out in op.outs}
        bound.update((op.outs[0], op.value) for op in walk(program.block) if isinstance(op, At) and op.value in whole)

        def to(arg: Arg) -> Arg:
            return last_of(arg, bound)

        for op in without_reads(program.block, whole).ops:
            self.builder.emit(rename(op, to))

        def thing(structure: object) -> Thing:
            if isinstance(structure, tuple):
                return tuple(map(thing, structure))
            assert isinstance(structure, int)
            found = to(program.block.yields[structure])
            return self.made(found, node, hint) if isinstance(found, Value) else found

        return thing(program.structure)

    def bind_parameters(self, definition: Any, function: types.FunctionType, args: list[Thing],
                        keywords: dict[str, Thing], node: Any) -> dict[str, Thing]:
        raise NotImplementedError


def without_reads(block: Block, whole: set[Value]) -> Block:
    """The block without the operations that name values from outside of all loops: those stand for themselves."""
    ops = [with_blocks(op, lambda inner: without_reads(inner, whole)) for op in block.ops
           if not (isinstance(op, At) and op.value in whole)]
    return replace(block, ops=tuple(ops))


def is_constant(thing: Thing) -> bool:
    return isinstance(thing, tuple) and all(isinstance(item, Const) or is_constant(item) for item in thing)


def value_of(thing: Any) -> Any:
    return tuple(map(value_of, thing)) if isinstance(thing, tuple) else thing.value


def kind_of(value: Arg) -> Type:
    if isinstance(value, Const) and type(value.value) in NUMERIC:
        return of_number(value.value)
    return value.type
