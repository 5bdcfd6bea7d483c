"""Lists that a function makes: displays, comprehensions, `append` and its like.

before: `[a, b]`, `[f(x) for x in xs]`, `hs.append(h)`
after:  a `ListThing` that knows its contents where the program stands: items one by one, or a list of any length

A list is one object under all its names: what one of them appends the others see.
"""
from __future__ import annotations

import copy
import types
from typing import Any

import gast

from ..ir.program import Arg, Const, Value
from ..ir.types import Items, Listing, Number
from ..primitives import core
from .listings import Listings
from .nodes import at, load
from .things import Frame, Growing, ListThing, LocalFunction, Many, SliceThing, Thing, holds_handle

MARK = "%list"
MADE = "%made"     # what a comprehension makes


def lists_in(names: dict[str, Thing]) -> dict[str, Thing]:
    """The contents of the lists that a function knows."""
    return {name: thing for name, thing in names.items() if name.startswith(MARK)}


def hand_back(callee: Frame, caller: Frame) -> None:
    """What a call made of the lists is what they hold after it; what it lost is lost."""
    kept = lists_in(callee.names)
    for key in [key for key in lists_in(caller.names) if key not in kept]:
        del caller.names[key]
        caller.lost.add(key)
    caller.names.update(kept)
    caller.lost.update(name for name in callee.lost if name.startswith(MARK))


class Lists(Listings):
    """The meaning of lists."""

    def run(self, statements: list[Any]) -> str | None:
        raise NotImplementedError

    def _List(self, node: Any, hint: str | None) -> Thing:
        return self.new_list(self.display(node, hint), node, hint)

    def display(self, node: Any, hint: str | None) -> tuple[Thing, ...]:
        """The items of a display; a star spreads a tuple."""
        items: list[Thing] = []
        for part in node.elts:
            if type(part).__name__ != "Starred":
                thing = self.expr(part, hint and f"{hint}_{len(items)}")
                if isinstance(thing, Value) and thing.hint:
                    self.session.aliased.add(thing.hint)
                items.append(thing)
                continue
            spread = self.items_in(self.expr(part.value), part)
            if spread is None:
                raise self.later("`*` of a list of any length", part, "join the lists with `+`")
            items += spread
        return tuple(items)

    def _Tuple(self, node: Any, hint: str | None) -> Thing:
        return self.display(node, hint)

    def new_list(self, contents: Thing, node: Any, hint: str | None = None) -> ListThing:
        """A list.  Its key ends in what its items are called where they need names."""
        keys = self.session.lists
        number = keys.setdefault(self.mark(node), len(keys))
        key = f"{MARK}{number}%{hint or 'item'}"
        self.session.frame.names[key] = contents
        return ListThing(key)

    # ---- contents

    def contents(self, thing: ListThing, node: Any) -> Thing:
        """Items one by one, or a value: a list of any length."""
        found = self.session.frame.names.get(thing.key)
        if found is None:
            raise self.later("a list that is appended to on some paths only", node, "append on every path")
        return found

    def known_contents(self, thing: ListThing, node: Any) -> Thing:
        found = self.contents(thing, node)
        if isinstance(found, Growing):
            raise self.later("to read a list in the loop that appends to it", node, "keep what is read in a variable")
        return found

    def items_in(self, thing: Thing, node: Any) -> tuple[Thing, ...] | None:
        """The items of a tuple or list, where each is known."""
        if isinstance(thing, ListThing):
            thing = self.known_contents(thing, node)
        if isinstance(thing, Value) and isinstance(thing.type, Items) and thing.type.kind != "dict":
            return tuple(self.builder.item(thing, Const(k)) for k in range(len(thing.type.items)))
        return thing if isinstance(thing, tuple) else None

    def read_list(self, thing: ListThing, node: Any) -> Arg:
        found = self.known_contents(thing, node)
        if isinstance(found, tuple):
            return self.packed("list", found, node)
        return self.read(found, node)

    def list_item(self, base: ListThing, index: Thing, node: Any, hint: str | None) -> Thing:
        found, at = self.contents(base, node), self.static(index)
        if isinstance(found, Growing) and at == Const(-1) and found.items and not isinstance(found.items[-1], Many):
            return found.items[-1]
        found = self.known_contents(base, node)
        if not isinstance(found, tuple):
            return self.container_item(self.read(found, node), index, node, hint)
        if isinstance(at, Const) and type(at.value) is int:
            if not -len(found) <= at.value < len(found):
                raise self.refuse(f"the list has {len(found)} items here", node)
            return found[at.value]
        bounds = self.bounds(at)
        if bounds is not None:
            return self.new_list(found[bounds], node)
        if holds_handle(found):
            raise self.in_trips(self.later("an item of a list of arrays that are written, at a place that is computed,",
                                           node, "use constant places, or one array"))
        return self.container_item(self.listed(self.read_list(base, node), node), index, node, hint)

    def slice_of(self, base: Arg, index: SliceThing, node: Any, hint: str | None) -> Thing:
        """`xs[1:]` of a list of any length, of a shape; of another tuple or list that is an argument: its items."""
        bounds = tuple(Const(None) if b is None else b for b in (index.start, index.stop, index.step))
        where, kind = self.bounds(index), base.type
        if isinstance(kind, Listing):
            kind = Listing(kind.element, self.builder.facts.fresh_dim("len"))
        elif where is None or not isinstance(kind, Items) or kind.kind not in ("tuple", "list"):
            raise self.later(f"a slice of {kind}", node)
        elif not all(isinstance(item, Number) for item in kind.items) or kind.kind == "list":
            items = self.items_in(base, node)[where]  # type: ignore[index]
            return items if kind.kind == "tuple" else self.new_list(items, node)
        else:
            kind = Items("tuple", kind.items[where])
        return self.made(self.builder.prim(core.SLICE_LIST, base, *bounds, kind=kind, hint=hint), node, hint, (base,))

    def bounds(self, thing: Thing) -> slice | None:
        if not isinstance(thing, SliceThing):
            return None
        parts: list[Any] = []
        for bound in (thing.start, thing.stop, thing.step):
            known = Const(None) if bound is None else self.static(bound)
            if not isinstance(known, Const) or known.value is not None and type(known.value) is not int:
                return None
            parts.append(known.value)
        return slice(*parts)

    def listed(self, items: Arg, node: Any) -> Value:
        raise NotImplementedError

    # ---- methods

    def list_method(self, base: ListThing, name: str, args: list[Thing], node: Any) -> Thing:
        found = self.contents(base, node)
        if name == "append" and len(args) == 1:
            self.append(base, found, args[0], node)
            return Const(None)
        if name == core.COPY and not args:
            return self.new_list(self.known_contents(base, node), node)
        if name == "reverse" and isinstance(found, Value):
            self.put(base, self.builder.prim(core.REVERSED_LIST, found, kind=found.type, hint=found.hint))
            return Const(None)
        items = self.items_in(base, node) if name in ("extend", "pop", "insert", "reverse") else None
        if items is None:
            raise self.later(f"the method `{name}` of this list", node, "append, or make a new list")
        numbers = [self.static(arg) for arg in args]
        if name == "extend":
            added = self.items_in(args[0], node)
            if added is None:
                raise self.later("`extend` by a list of any length", node, "append in a loop")
            self.put(base, (*items, *added))
            return Const(None)
        if name == "reverse":
            self.put(base, items[::-1])
            return Const(None)
        at = numbers[0] if numbers else Const(-1)
        if not isinstance(at, Const) or type(at.value) is not int:
            raise self.later(f"`{name}` at a place that is computed", node, "make a new list")
        left = list(items)
        if name == "insert":
            left.insert(at.value, args[1])
            self.put(base, tuple(left))
            return Const(None)
        if not left:
            raise self.refuse("`pop` of an empty list", node)
        taken = left.pop(at.value)
        self.put(base, tuple(left))
        return taken

    def append(self, base: ListThing, found: Thing, item: Thing, node: Any) -> None:
        if isinstance(item, Value) and item.hint:
            self.session.aliased.add(item.hint)
        if isinstance(found, Growing):
            self.put(base, Growing(found.base, (*found.items, item)))
        elif isinstance(found, tuple):
            self.put(base, (*found, item))
        else:
            one = self.builder.pack("list", (self.read(item, node),))
            self.put(base, self.joined_lists(self.read(found, node), one, node))

    def put(self, base: ListThing, contents: Thing) -> None:
        self.session.frame.names[base.key] = contents

    def set_item(self, base: ListThing, index: Thing, thing: Thing, node: Any) -> None:
        """`L[k] = ...`."""
        items, at = self.items_in(base, node), self.static(index)
        if items is None or not isinstance(at, Const) or type(at.value) is not int:
            raise self.in_trips(self.later("to replace an item of a list of any length", node,
                                           "make a new list, or use an array"))
        if not -len(items) <= at.value < len(items):
            raise self.refuse(f"the list has {len(items)} items here", node)
        left = list(items)
        left[at.value] = thing
        self.put(base, tuple(left))

    # ---- comprehensions

    def _ListComp(self, node: Any, hint: str | None) -> Thing:
        made = self.new_list((), node)
        if len(node.generators) == 1 and not node.generators[0].ifs:
            self.session.displays.add(made.key)
        if hasattr(node, "is_repeat"):
            self.session.repeats.add(made.key)
        if hint is not None:
            self.session.list_names[made.key] = hint
        call = gast.Call(gast.Attribute(load(MADE, node), "append", gast.Load()), [node.elt], [])
        self.run_generators(node, made, at(gast.Expr(at(call, node)), node))
        return made

    def with_calls_named(self, source: Any) -> Any:
        """`zip(xs, f(x))` with a name for what `f` gives, so that it is known what that is."""
        function = self.expr(source.func) if isinstance(source, gast.Call) else None
        if not isinstance(function, Const) or function.value not in (zip, enumerate):
            return source
        made = copy.copy(source)
        made.args = []
        for arg in source.args:
            called = self.expr(arg.func) if isinstance(arg, gast.Call) else None
            if isinstance(called, LocalFunction) or isinstance(called, Const) and isinstance(
                    called.value, types.FunctionType):
                name = f"{MADE}.{len(made.args)}"
                self.session.frame.names[name] = self.expr(arg)
                arg = load(name, arg)
            made.args.append(arg)
        return made

    def run_generators(self, node: Any, made: Thing, body: Any) -> None:
        """Build a comprehension as the loops and branches that it is; its names are its own."""
        names = self.session.frame.names
        before, statement = dict(names), self.session.frame.statement
        names[MADE] = made
        for part in reversed(node.generators):
            for test in reversed(part.ifs):
                body = at(gast.If(test, [body], []), node)
            source = self.with_calls_named(part.iter) if part is node.generators[0] else part.iter
            body = at(gast.For(part.target, source, [body], [], None), node)
            body.is_comprehension = True
        self.run([body])
        self.session.frame.statement = statement
        names = self.session.frame.names
        for inner in [inner for part in node.generators for inner in gast.walk(part.target)]:
            if isinstance(inner, gast.Name):
                names.pop(inner.id, None)
                names.update({inner.id: before[inner.id]} if inner.id in before else {})
        for name in [name for name in names if name.startswith(MADE)]:
            names.pop(name)
        names.update({name: thing for name, thing in before.items() if name.startswith(MADE)})
