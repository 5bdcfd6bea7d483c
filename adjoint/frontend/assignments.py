"""Builds operations from assignments and writes.

before: `x = ...`, `a, b = ...`, `x[i] = ...`, `x += ...`, and the names in scope
after:  the names bound; a `Store` for each write into an array
"""
from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..ir.dims import ONE
from ..ir.program import SET, Arg, Const, Load, Loop, Step, Unpack, Value
from ..ir.types import Array, Items, Number, NumpyScalar, dims_of, dtype_of
from ..ir.units import Call
from ..primitives.indexing import is_mask, turns
from .nested import Nested
from .things import DictThing, ListThing, Restart, Thing


class Assignments(Nested):
    """The meaning of assignments."""

    def _Assign(self, node: Any) -> None:
        if len(node.targets) == 1 and type(node.targets[0]).__name__ == "Name":
            return self.assign_name(node.targets[0].id, node.value)
        thing = self.expr(node.value)
        if len(node.targets) > 1:
            thing = self.shared(thing, node)
        for target in node.targets:
            self.assign(target, thing, node)

    def _AnnAssign(self, node: Any) -> None:
        if node.value is not None:
            self.assign(node.target, self.expr(node.value), node)

    def shared(self, thing: Thing, node: Any) -> Thing:
        """A value that several targets get: evaluated once."""
        return tuple(self.shared(item, node) for item in thing) if isinstance(thing, tuple) else thing

    def assign_name(self, name: str, value: Any) -> None:
        before = len(self.builder.ops)
        thing = self.expr(value, name)
        fresh = isinstance(thing, Value) and thing.hint == name and not thing.user and any(
            thing in op.outs for op in self.builder.ops[before:] if not isinstance(op, Loop))
        if fresh and type(value).__name__ != "Name":
            self.session.frame.names[name] = self.as_statement(thing, name)
        else:
            self.bind_names((name,), (thing,))

    def as_statement(self, thing: Any, name: str) -> Value:
        """The value of the operation just made, now bound by a statement of the user's."""
        named = Value(thing.type, name, True, thing.storage)
        for k in range(len(self.builder.ops) - 1, -1, -1):
            op = self.builder.ops[k]
            if thing in op.outs:
                outs = tuple(named if out is thing else out for out in op.outs)
                self.builder.ops[k] = self.builder.definition[named] = replace(op, outs=outs)
                break
        session = self.session
        if thing in session.sites:
            session.sites[named] = session.sites[thing]
        if thing in self.builder.views:
            self.builder.views[named] = self.builder.views[thing]
        self.builder.lock(named, self.builder.locked.get(thing))
        return named

    def bind_names(self, names: tuple[str, ...], things: tuple[Thing, ...]) -> None:
        frame = self.session.frame
        if len(self.session.frames) > 1 or not all(isinstance(t, (Value, Const)) for t in things):
            frame.names.update(zip(names, things))
            return
        plain = {name: t for name, t in zip(names, things) if isinstance(t, Const) and not isinstance(t.type, Number)}
        frame.names.update(plain)   # None, a string: nothing is computed with them
        names, things = tuple(n for n in names if n not in plain), tuple(t for t in things if t not in plain.values())
        if not names:
            return
        outs = self.builder.bind(tuple(things), names, True)  # type: ignore[arg-type]
        for name, thing, out in zip(names, things, outs):
            self.session.sites[out] = self.sites_of(thing)
            if isinstance(thing, Value) and thing.hint and thing.hint != name:
                self.session.aliased.add(thing.hint)
            if thing in self.session.optional:
                self.session.optional.add(out)
            if thing in self.session.entries:
                self.session.entries[out] = self.session.entries[thing]  # type: ignore[index]
            known = self.static(thing)
            if isinstance(known, Const):
                self.session.known[out] = known
            frame.names[name] = out

    def assign(self, target: Any, thing: Thing, node: Any) -> None:
        kind = type(target).__name__
        if kind == "Name":
            self.bind_names((target.id,), (thing,))
        elif kind in ("Tuple", "List"):
            self.assign_tuple(target, thing, node)
        elif kind == "Subscript":
            self.set_place(target, thing, node)
        else:
            raise self.later(f"assignment to `{kind}`", target)

    def _NamedExpr(self, node: Any, hint: str | None) -> Thing:
        """`(name := value)`: a statement of its own, before the one that it stands in."""
        self.assign_name(node.target.id, node.value)
        return self.session.frame.names[node.target.id]

    def assign_starred(self, target: Any, thing: Thing, at: int, node: Any) -> None:
        """`a, *b, c = ...`: the star takes what the others leave."""
        thing = self.unpacked(thing, None, node)
        others = len(target.elts) - 1
        if len(thing) < others:
            raise self.refuse(f"{len(thing)} values for at least {others} names", node)
        end = at + len(thing) - others
        parts = [*target.elts[:at], *target.elts[at + 1:]]
        self.assign_each(parts, (*thing[:at], *thing[end:]), node)
        self.assign(target.elts[at].value, thing[at:end], node)

    def assign_each(self, targets: list[Any], things: tuple[Thing, ...], node: Any) -> None:
        if all(type(t).__name__ == "Name" for t in targets):
            return self.bind_names(tuple(t.id for t in targets), things)
        for part, item in zip(targets, things):
            self.assign(part, item, node)

    def assign_tuple(self, target: Any, thing: Thing, node: Any) -> None:
        star = next((k for k, part in enumerate(target.elts) if type(part).__name__ == "Starred"), None)
        if star is not None:
            return self.assign_starred(target, thing, star, node)
        things = self.unpacked(thing, len(target.elts), node)
        if all(type(t).__name__ == "Name" for t in target.elts):
            names = tuple(t.id for t in target.elts)
            if self.is_result(things):
                self.name_outs(names, things)
            else:
                self.bind_names(names, things)
            return
        for part, item in zip(target.elts, things):
            self.assign(part, item, node)

    def is_result(self, things: tuple[Thing, ...]) -> bool:
        """True for the results of the call, or the items of the tuple, just taken apart, each once."""
        made = self.builder.ops[-1] if self.builder.ops else None
        outs = made.results if isinstance(made, Call) else made.outs if isinstance(made, Unpack) else ()
        return len(set(map(id, things))) == len(things) > 0 and all(thing in outs for thing in things)

    def name_outs(self, names: tuple[str, ...], things: tuple[Thing, ...]) -> None:
        for name, thing in zip(names, things):
            self.session.frame.names[name] = self.as_statement(thing, name)

    def unpacked(self, thing: Thing, count: int | None, node: Any) -> tuple[Thing, ...]:
        if isinstance(thing, ListThing):
            thing = self.known_contents(thing, node)
        if isinstance(thing, tuple):
            things: tuple[Thing, ...] = thing
        elif isinstance(thing, Value) and isinstance(thing.type, Items) and thing.type.kind != "dict":
            things = self.builder.unpack(thing)
            for item in things:
                self.session.sites[item] = self.sites_of(thing)  # type: ignore[index]
        elif isinstance(thing, Value) and isinstance(thing.type, Array):
            things = self.rows_of(thing, count, node)
        else:
            raise self.later("unpacking of what is not a tuple", node)
        if count is not None and len(things) != count:
            raise self.refuse(f"{len(things)} values for {count} names", node)
        return things

    def rows_of(self, array: Value, count: int | None, node: Any) -> tuple[Thing, ...]:
        """The elements of an array of as many as there are names, which is a fact that the compile relies on."""
        size = self.builder.facts.length(dims_of(array.type)[0], count)
        if size is None:
            raise self.later("unpacking of an array whose length is known only when it is there", node,
                             "name its elements by their indices")
        return tuple(self.elements(array, Step("index", ("i",)), (Const(k),), node) for k in range(size))

    # ---- writes

    def set_place(self, target: Any, thing: Thing, node: Any) -> None:
        """`x[i] = ...` of an array or of a list."""
        base = self.expr(target.value)
        if isinstance(base, ListThing):
            return self.set_item(base, self.expr(target.slice), thing, node)
        if isinstance(base, DictThing):
            return self.set_entry(base, self.expr(target.slice), thing, node)
        self.changed(base)
        self.write(self.place(base, self.expr(target.slice), target), self.read(thing, node), node)

    def place(self, base: Thing, index: Thing, node: Any) -> Value:
        """The handle that a subscript of `base` points at."""
        if not isinstance(base, Value) or not isinstance(base.type, Array):
            raise self.later("a write into what is not an array", node)
        step, operands = self.index_step(index, node)
        return self.builder.view(self.handle(base, node), step, operands)

    def handle(self, base: Value, node: Any) -> Value:
        if base.is_handle:
            self.session.written |= self.session.storage_sites.get(base.buffer, frozenset())
            return base
        sites = self.session.sites.get(base, frozenset())
        if any(site[0] == "global" for site in sites):
            raise self.refuse("a write to an array that outlives the call", node, "pass it as an argument")
        if any(site[0] == "inside" for site in sites):
            raise self.later("a write to an array that stands in a list, tuple or dict", node, "copy it first")
        if sites <= self.session.hot:
            raise self.later("a write to an array that stands in a list, tuple or dict", node, "copy it first")
        raise Restart(sites)

    def write(self, target: Value, value: Arg, node: Any, augmented: bool = False, how: str = SET,
              spelling: str = "") -> None:
        target, value = self.handle(target, node), self.as_array(value, node)
        into, what = dtype_of(target.type), dtype_of(value.type)
        if into is not None and into.kind in "iub" and what is not None and what.kind in "fc":
            raise self.refuse("a float written into an array of integers is cut off: its derivative is 0", node,
                              "make the array with dtype=float")
        if dims_of(target.type) and len(dims_of(value.type)) > len(dims_of(target.type)):
            raise self.later("a write that drops leading axes of size 1", node)
        if not augmented and how == SET and self.runs_into_itself(target, value):
            raise self.refuse("part of an array is written to another part of it with another stride: where they "
                              "overlap, NumPy reads what it has just written", node, "write a `.copy()` of it")
        self.builder.store(target, value, how, augmented, spelling)

    def runs_into_itself(self, target: Value, value: Arg) -> bool:
        """True where NumPy may copy element by element over what is still to be read.

        It makes a copy first where there are several axes, or where the strides have unlike signs; along one axis it
        relies on `memmove`, which is right for equal strides only (`array_assign_array.c`). Of what is written by
        index arrays it makes a copy too, but not where one mask says where.
        """
        read = self.builder.ops[-1] if self.builder.ops else None
        if not isinstance(read, Load) or read.outs[0] is not value or read.handle.storage is not target.storage:
            return False
        if len(dims_of(target.type)) != 1 or len(dims_of(value.type)) != 1 or dims_of(value.type)[0] == ONE:
            return False
        if not self.builder.is_view(target) or not self.builder.is_view(read.handle):
            return self.builder.is_view(read.handle) and is_mask(self.builder.definition[target])
        (axis, steps), (other, others) = *self.builder.axes(target), *self.builder.axes(read.handle)
        unlike = {turns(steps), turns(others)} == {True, False}
        return axis != other or steps != others and not unlike

    def _AugAssign(self, node: Any) -> None:
        name = type(node.op).__name__
        if type(node.target).__name__ == "Name":
            return self.augment_name(node, name)
        if type(node.target).__name__ != "Subscript":
            raise self.later(f"assignment to `{type(node.target).__name__}`", node)
        base = self.expr(node.target.value)
        self.changed(base)
        if isinstance(base, (ListThing, DictThing)):
            return self.augment_item(base, self.expr(node.target.slice), node, name)
        target = self.place(base, self.expr(node.target.slice), node.target)
        before = self.builder.version(target)
        old = self.builder.load(target)  # a view shows what the value's evaluation writes; all else is read before it
        value = self.expr(node.value)
        in_one = self.builder.version(target) is before
        if isinstance(target.type, Array) and (in_one or self.builder.is_view(target)):
            old, in_one = self.builder.load(target), True
        spelling = "augmented." + name if in_one else ""
        result = self.operator(name, (old, self.read(value, node)), node, None, spelling)
        self.write(target, self.read(result), node, in_one)
        return None

    def augment_item(self, base: ListThing | DictThing, index: Thing, node: Any, name: str) -> None:
        """`L[k] += ...`: writes to an array in the list, puts a new number into it."""
        old = self.list_item(base, index, node, None) if isinstance(base, ListThing) else \
            self.dict_item(base, index, node)
        value = self.expr(node.value)
        if isinstance(old, Value) and isinstance(old.type, Array) and not old.type.partial:
            return self.augment_array(old, value, node, name)
        thing = self.operator(name, (self.read(old, node), self.read(value, node)), node, None)
        if isinstance(base, DictThing):
            return self.set_entry(base, index, thing, node)
        return self.set_item(base, index, thing, node)

    def augment_array(self, old: Value, value: Thing, node: Any, name: str) -> None:
        handle = self.handle(old, node)
        result = self.operator(name, (self.builder.load(handle), self.read(value, node)), node, None,
                               "augmented." + name)
        return self.write(handle, self.read(result), node, True)

    def augment_name(self, node: Any, name: str) -> None:
        old = self.expr(node.target)
        value = self.expr(node.value)
        if isinstance(old, (Value, Const)) and not isinstance(old.type, (Array, Number, NumpyScalar)):
            raise self.later(f"`{name}=` on {old.type}", node)
        if isinstance(old, Value) and isinstance(old.type, Array) and not old.type.partial:
            return self.augment_array(old, value, node, name)
        args = (self.read(old, node), self.read(value, node))
        if isinstance(old, Value) and isinstance(old.type, Array):
            self.session.augmented[node.target.id] = node
        thing = self.operator(name, args, node, node.target.id, "augmented." + name)
        self.session.frame.names[node.target.id] = self.as_statement(thing, node.target.id)
        return None
