"""Calls of functions that call themselves: each is a unit, with a program of its own.

before: a call of such a function
after:  a `Call`; the unit's program, built once for arguments of one kind.  What a call gives is assumed to
        be nothing at first, and the program is built again until what it gives is what was assumed.
"""
from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..ir.calls import users_own
from ..ir.program import Arg, Const, Function, Op, Prim, Storage, Value, new_key
from ..ir.structure import Listed
from ..ir.types import Array, Contents, Items, Listing, Opaque, Type
from ..ir.units import SAVED, Call, Unit
from ..primitives import core
from ..primitives.build import Builder, finished
from .inner import kind_of
from .passed import Callee, Outside, Passed, storages_in
from .scope import NUMERIC
from .source import Source, read_source
from .summaries import (
    KINDS,
    ROUNDS,
    Again,
    Known,
    Summary,
    at_call,
    own_kinds,
    sizes_in,
    summed_up,
)
from .things import DictThing, Frame, Instance, ListThing, LocalFunction, Nothing, Restart, Site, Thing
from .tuples import spoken
from .writes import Writes


class Recursion(Writes):
    """The meaning of calls of recursive functions."""

    def call_unit(self, function: types.FunctionType, args: list[Thing], keywords: dict[str, Thing], node: Any,
                  hint: str | None) -> Thing:
        source = read_source(function)
        names = self.bind_parameters(source.node, function, args, keywords, node)
        callee = Callee(source.name, function.__code__, tuple(map(id, function.__closure__ or ())), source,
                        tuple(source.node.body))
        return self.call_of(callee, names, node, hint)

    def call_of(self, callee: Callee, names: Mapping[str, Thing | Outside], node: Any, hint: str | None) -> Thing:
        """A call of a unit; `names`: what stands for its parameters."""
        passed = Passed()
        for name, thing in names.items():
            passed.shapes[name] = self.taken_apart(name, thing, passed, node)
        kinds = tuple(passed.kinds)
        recursions = self.session.recursions
        given = tuple(dim for kind in kinds for dim in sizes_in(kind))
        known = recursions.find(callee.code, (callee.cells, tuple(passed.shapes.items())), given, kinds)
        if known.rounds > ROUNDS or recursions.count(callee.code) > KINDS:
            raise self.refuse(f"the types of what `{callee.name}` takes and gives do not settle", node,
                              "write it as a loop")
        unit = self.session.units.get(known)
        if unit is None:
            unit = self.session.units[known] = Unit(callee.name, callee.source.span(callee.source.node))
            self.build_unit(unit, callee, passed, known, node)
        if known.summary is None:
            raise Nothing
        return self.called(unit, known, passed, given, node, hint)

    # ---- arguments

    def taken_apart(self, name: str, thing: Thing | Outside, passed: Passed, node: Any) -> object:
        if isinstance(thing, tuple):
            return tuple(self.taken_apart(f"{name}.{k}", item, passed, node) for k, item in enumerate(thing))
        if isinstance(thing, (ListThing, DictThing)):
            thing = self.read(thing, node)
        if isinstance(thing, Outside) or isinstance(thing, Const) and type(thing.value) not in NUMERIC:
            return thing
        if isinstance(thing, Instance) and thing.owner:
            return Outside(id(thing.found), thing)
        if not isinstance(thing, (Value, Const)) or thing in self.session.optional:
            raise self.later(f"the argument `{name}` of a recursive function", node, "pass arrays and numbers")
        if isinstance(thing.type, Opaque):
            if isinstance(known := self.static(thing), Const):
                return known
            raise self.later(f"{thing.type} as an argument of a recursive function", node, "pass arrays and numbers")
        passed.names.append(spoken(name) or name)
        passed.things.append(thing)
        passed.kinds.append(kind_of(thing))
        return len(passed.names) - 1

    # ---- the call

    def called(self, unit: Unit, known: Known, passed: Passed, given: tuple[Any, ...], node: Any,
               hint: str | None) -> Thing:
        summary, builder = known.summary, self.builder
        assert summary is not None
        args = tuple(self.written_argument(thing, node) if k in summary.written else self.read(thing, node)
                     for k, thing in enumerate(passed.things))
        self.check_apart(unit, args, node)
        kinds = at_call(summary.kinds, known, given, lambda: builder.facts.fresh_dim(unit.name))
        single = summary.structure == 0
        results = tuple(Value(kind, hint if single else None) for kind in kinds)
        for result in results:
            builder.facts.suggest(result, "value")
        storages = dict.fromkeys(arg.buffer for arg in args if isinstance(arg, Value) and arg.is_handle)
        before = tuple(builder.versions[storage] for storage in storages)
        after = tuple(Value(Contents(), storage.name, storage=storage) for storage in storages)
        saved = Value(SAVED, hint + "_saved" if hint and single else unit.name + "_saved")
        builder.origin = self.span(node) if node is not self.session.frame.statement else None
        builder.emit(Call((*results, *after, saved), builder.origin, unit, args, before))
        builder.versions.update(zip(storages, after))
        things = tuple(self.result_of(value, outer, passed, node, hint if single else None)
                       for value, outer in zip(results, summary.outer))

        def thing(structure: object) -> Thing:
            if isinstance(structure, tuple):
                items = tuple(map(thing, structure))
                return self.new_list(items, node) if isinstance(structure, Listed) else items
            return things[structure] if isinstance(structure, int) else structure  # type: ignore[return-value]

        return thing(summary.structure)

    def result_of(self, value: Value, outer: frozenset[object] | None, passed: Passed, node: Any,
                  hint: str | None) -> Thing:
        if outer is None:
            return self.made(value, node, hint)
        shared = [thing for k, thing in enumerate(passed.things) if k in outer]
        if any(isinstance(thing, Value) and thing.is_handle for thing in shared):
            raise self.later("a result that may be an array that was passed, and that is written,", node,
                             "let the function return a copy")
        sites = frozenset(site for site in outer if isinstance(site, tuple))
        self.session.sites[value] = sites.union(*map(self.sites_of, shared))
        return value

    def written_argument(self, thing: Thing, node: Any) -> Arg:
        if isinstance(thing, Value) and thing.is_handle:
            if (lock := self.builder.locked.get(thing)) is not None:
                raise self.builder.refuse(lock.why, lock.remedy)
            self.builder.version(thing)
            return thing
        sites = self.sites_of(thing)
        if not isinstance(thing, Value) or not isinstance(thing.type, Array) or not sites or sites <= self.session.hot:
            raise self.later("an array that a recursive function writes to, and that cannot be followed here,", node,
                             "pass an array by its name")
        self.handle(thing, node)
        raise Restart(sites)

    def check_apart(self, unit: Unit, args: tuple[Arg, ...], node: Any) -> None:
        """What the function writes is passed once, and not in a list, tuple or dict besides."""
        made = {out: op for op in self.builder.ops for out in op.outs}
        storages = [storage for arg in args for storage in storages_in(arg, made)]
        for arg in args:
            if isinstance(arg, Value) and arg.is_handle and storages.count(arg.buffer) > 1:
                raise self.refuse(f"an array that `{unit.name}` writes to is passed to it twice", node,
                                  "pass a copy for one of them")

    def handle(self, base: Value, node: Any) -> Value:
        raise NotImplementedError

    # ---- the unit

    def build_unit(self, unit: Unit, callee: Callee, passed: Passed, known: Known, node: Any) -> None:
        """The unit's program.  Raises Again where it gives other than what was assumed."""
        outer = self.session
        builder = Builder(outer.builder.facts, origin=unit.origin)
        session = outer.of_unit(builder)
        walk: Any = type(self)(session)
        params: list[Value] = []
        entry: list[Value] = []
        for name, kind in zip(passed.names, own_kinds(known, builder.facts)):
            params.append(self.parameter(name, kind, known, walk, entry))

        def thing(shape: object) -> Thing:
            if isinstance(shape, tuple):
                return tuple(map(thing, shape))
            if isinstance(shape, Outside):
                return self.taken_over(shape.thing, session.frame)
            return params[shape] if isinstance(shape, int) else shape  # type: ignore[return-value]

        session.frames.append(Frame(callee.source, {}, (known.number,), callee.source.node))
        session.frame.names.update((name, thing(shape)) for name, shape in passed.shapes.items())
        try:
            result = walk.body(list(callee.body), None)
        except Nothing:
            if known.summary is None:
                raise self.refuse(f"`{callee.name}` calls itself on every path", node,
                                  "let one path return without a call") from None
            raise
        self.finish_unit(unit, walk, callee.source, params, entry, known, result, node)

    def taken_over(self, thing: Any, frame: Frame) -> Thing:
        """A function that goes with the callee reads what it captures there; defaults that are values are not there."""
        if not isinstance(thing, LocalFunction):
            return thing  # type: ignore[no-any-return]
        defaults = {name: given for name, given in thing.defaults.items() if isinstance(given, Const)}
        return replace(thing, frame=frame, defaults=defaults)

    def parameter(self, name: str, kind: Type, known: Known, walk: Any, entry: list[Value]) -> Value:
        """A parameter; where it is written, a handle of the caller's array."""
        session = walk.session
        container = isinstance(kind, (Items, Listing))
        site: Site = ("inside" if container else "param", known.number, name)
        if site not in session.hot or not isinstance(kind, Array):
            param = Value(kind, name)
            session.sites[param] = frozenset({site})
            return param
        storage = Storage(name, kind)
        param = Value(kind, name, True, storage)
        entry.append(Value(Contents(), name, storage=storage))
        session.builder.versions[storage] = entry[-1]
        session.storage_sites[storage] = frozenset({site})
        return param

    def finish_unit(self, unit: Unit, walk: Any, source: Source, params: list[Value], entry: list[Value],
                    known: Known, result: Thing, node: Any) -> None:
        leaves: list[Arg] = []
        outer: list[frozenset[object] | None] = []
        borrowed = {param.buffer for param in params if param.is_handle}

        def structure(thing: Thing) -> object:
            if isinstance(thing, tuple):
                return tuple(map(structure, thing))
            if isinstance(thing, ListThing) and isinstance(items := walk.known_contents(thing, source.node), tuple):
                return Listed(map(structure, items))
            if isinstance(thing, Const) and type(thing.value) not in NUMERIC:
                return thing
            if thing in walk.session.unreturned:
                raise self.refuse(f"`{source.name}` returns None on some paths", node, "return the same on every path")
            if isinstance(thing, Value) and thing.storage in borrowed:
                raise self.later(f"the result of `{unit.name}`, an array that it was given and writes to,",
                                 node, "return a copy")
            own = isinstance(thing, Value) and thing.is_handle
            arg = walk.read(thing, source.node)
            leaves.append(arg)
            array = isinstance(arg.type, (Array, Items, Listing))
            outer.append(self.outer_of(walk, thing, params) if array and not own else None)
            return len(leaves) - 1

        tree = structure(result)
        builder = walk.session.builder
        written = tuple(k for k, param in enumerate(params) if param.is_handle)
        kinds = summed_up(tuple(map(kind_of, leaves)), known)
        last = tuple(builder.version(params[k]) for k in written)
        block = finished(new_key(), [*self.outer_reads(walk), *builder.ops], (), (*leaves, *last))
        unit.function = Function(unit.name, tuple(params), block, tree, unit.origin, tuple(entry))
        unit.user = unit.kept = users_own(block, params)
        unit.shares = {k for found in outer if found is not None for k in found if isinstance(k, int)}
        if not known.settle(Summary(tree, kinds, tuple(outer), written)):
            raise Again

    def outer_of(self, walk: Any, thing: Thing, params: list[Value]) -> frozenset[object] | None:
        """What an array that is returned may be: parameters, by number, and what stands outside; None for neither."""
        sites = walk.sites_of(thing)
        found: set[object] = {site for site in sites if site[0] == "global"}
        for k, param in enumerate(params):
            if walk.sites_of(param) & sites or not sites and isinstance(param.type, (Array, Items, Listing)):
                found.add(k)
        return frozenset(found) if found or not sites else None

    def outer_reads(self, walk: Any) -> list[Op]:
        """What the unit reads from outside, it reads itself; the program it belongs to knows of it."""
        found: list[Op] = []
        for (owner, name), (value, where) in walk.session.globals.items():
            attrs = (("owner", Const(owner)), ("name", Const(name)))
            found.append(Prim((value,), None, core.GLOBAL, (), attrs))
            self.session.globals.setdefault((owner, name), (Value(value.type, value.hint), where))
        return found
