"""Dicts that a function makes and changes.

before: `{"a": x}`, `d["b"] = y`, `d["a"] += 1.0`, `d.get("c", 0.0)`
after:  a `DictThing` that knows its keys and what stands under them where the program stands

A dict that is never changed, and holds no array that is written, is a value like any other.
"""
from __future__ import annotations

from typing import Any

import gast

from ..ir.program import Arg, Const, Value
from ..ir.types import Items
from ..primitives import core
from .lists import MADE, Lists
from .nodes import at, load
from .things import DictThing, Restart, Thing, is_open

KEYS = ".keys"
METHODS = ("get", "pop", "setdefault", "update", core.COPY)


class Dicts(Lists):
    """The meaning of dicts."""

    def _Dict(self, node: Any, hint: str | None) -> Thing:
        entries: list[tuple[object, Thing]] = []
        for key, item in zip(node.keys, node.values):
            word = getattr(key, "value", None)
            named = isinstance(word, str) and word.isidentifier()
            thing = self.expr(item, hint and f"{hint}_{word if named else len(entries)}")
            entries += self.entries_of(thing, node) if key is None else [
                (self.constant_key(self.expr(key), node), thing)]
        return self.dict_of(entries, node, hint)

    def dict_of(self, entries: list[tuple[object, Thing]], node: Any, hint: str | None) -> Thing:
        keys: list[object] = []
        things: list[Thing] = []
        for word, entry in entries:
            keys, things = put_under(keys, things, word, entry)
        site = ("dict", self.mark(node))
        if site in self.session.hot or any(map(is_open, things)):
            return self.new_dict(tuple(keys), tuple(things), node, hint)
        value = self.builder.pack("dict", tuple(self.read(thing, node) for thing in things), tuple(keys))
        self.session.sites[value] = frozenset({site})
        return value

    def _DictComp(self, node: Any, hint: str | None) -> Thing:
        """Keys that are known: over a tuple of strings, or over what a dict holds."""
        known = self.entries_run_over(node)
        if known is not None:
            return self.dict_of([self.entry(node, key, thing) for key, thing in known], node, hint)
        made = self.new_dict((), (), node, hint)
        place = gast.Subscript(load(MADE, node), node.key, gast.Store())
        self.run_generators(node, made, at(gast.Assign([at(place, node)], node.value, None), node))
        return made

    def entries_run_over(self, node: Any) -> list[tuple[object, Thing]] | None:
        """The entries of the dict whose `items()` a comprehension runs over, if its keys are known."""
        part = node.generators[0]
        call, names = part.iter, [getattr(name, "id", None) for name in getattr(part.target, "elts", ())]
        items = isinstance(call, gast.Call) and isinstance(call.func, gast.Attribute) and call.func.attr == "items"
        if not items or len(node.generators) > 1 or part.ifs or len(names) != 2 or None in names:
            return None
        found = self.expr(call.func.value)
        known = isinstance(found, DictThing) or isinstance(found, Value) and isinstance(found.type, Items)
        return self.entries_of(found, node) if known else None

    def entry(self, node: Any, key: object, thing: Thing) -> tuple[object, Thing]:
        """One entry of a dict comprehension; the names that it runs over are its own."""
        names = self.session.frame.names
        own = dict(zip((name.id for name in node.generators[0].target.elts), (Const(key), thing)))
        before = {name: names.get(name) for name in own}
        names.update(own)
        made = self.constant_key(self.expr(node.key), node), self.expr(node.value)
        for name, thing_before in before.items():
            names.pop(name)
            names.update({name: thing_before} if thing_before is not None else {})
        return made

    def constant_key(self, thing: Thing, node: Any) -> object:
        known, key = self.constant_of(thing)
        if not known:
            raise self.later("a key of a dict that is computed", node, "use constant keys")
        return key

    def entries_of(self, thing: Thing, node: Any) -> list[tuple[object, Thing]]:
        """The entries of a dict whose keys are known."""
        if isinstance(thing, DictThing):
            keys, things = self.dict_contents(thing, node)
            return list(zip(keys, things))
        if isinstance(thing, Value) and isinstance(thing.type, Items) and thing.type.kind == "dict":
            return [(key, self.builder.item(thing, Const(key))) for key in thing.type.keys]
        raise self.later("entries of what is no dict with known keys", node, "write them out")

    def new_dict(self, keys: tuple[object, ...], things: tuple[Thing, ...], node: Any,
                 hint: str | None = None) -> DictThing:
        made = DictThing(self.new_list(things, node, hint).key)
        self.put_entries(made, keys, things)
        return made

    def put_entries(self, base: DictThing, keys: tuple[object, ...], things: tuple[Thing, ...]) -> None:
        names = self.session.frame.names
        names[base.key], names[base.key + KEYS] = things, Const(keys)

    def dict_contents(self, base: DictThing, node: Any) -> tuple[tuple[object, ...], tuple[Thing, ...]]:
        names = self.session.frame.names
        things, keys = names.get(base.key), names.get(base.key + KEYS)
        if not isinstance(things, tuple) or not isinstance(keys, Const) or len(keys.value) != len(things):  # type: ignore
            raise self.later("a dict that has other keys on some paths", node, "give it all its keys where it is made")
        return keys.value, things  # type: ignore[return-value]

    def read_dict(self, base: DictThing, node: Any) -> Arg:
        keys, things = self.dict_contents(base, node)
        return self.builder.pack("dict", tuple(self.read(thing, node) for thing in things), keys)

    # ---- entries

    def entry_at(self, base: DictThing, index: Thing, node: Any) -> int | None:
        """The place of a key; None where the dict lacks it."""
        keys, _ = self.dict_contents(base, node)
        key = self.constant_key(index, node)
        return next((k for k, known in enumerate(keys) if type(known) is type(key) and known == key), None)

    def dict_item(self, base: DictThing, index: Thing, node: Any) -> Thing:
        at = self.entry_at(base, index, node)
        if at is None:
            raise self.refuse("the dict has no such key here", node)
        return self.dict_contents(base, node)[1][at]

    def set_entry(self, base: DictThing, index: Thing, thing: Thing, node: Any) -> None:
        """`d[key] = ...`."""
        keys, things = self.dict_contents(base, node)
        made = put_under(list(keys), list(things), self.constant_key(index, node), thing)
        self.put_entries(base, tuple(made[0]), tuple(made[1]))

    def remove_entry(self, base: DictThing, index: Thing, node: Any) -> Thing:
        taken, at = self.dict_item(base, index, node), self.entry_at(base, index, node)
        keys, things = self.dict_contents(base, node)
        assert at is not None
        self.put_entries(base, (*keys[:at], *keys[at + 1:]), (*things[:at], *things[at + 1:]))
        return taken

    def changed(self, thing: Thing) -> None:
        """Builds again where a dict that was taken for never changed is changed."""
        sites = frozenset(site for site in self.sites_of(thing) if site[0] == "dict")
        if isinstance(thing, Value) and isinstance(thing.type, Items) and thing.type.kind == "dict" and sites:
            raise Restart(sites)

    # ---- methods

    def entry_or(self, base: Value, kind: Items, args: list[Thing], node: Any) -> Thing:
        """`d.get(key, default)` of a dict that is never changed."""
        key = self.static(args[0])
        if kind.kind != "dict" or not isinstance(key, Const):
            raise self.in_trips(self.later("`get` with a key that is computed", node, "use keys that are constants"))
        if kind.position(key.value) is not None:
            return self.container_item(base, key, node, None)
        return args[1] if len(args) > 1 else Const(None)

    def dict_method(self, base: DictThing, name: str, args: list[Thing], node: Any) -> Thing:
        if name == core.COPY and not args:
            return self.new_dict(*self.dict_contents(base, node), node)
        if name == "update" and len(args) == 1:
            for key, thing in self.entries_of(args[0], node):
                self.set_entry(base, Const(key), thing, node)
            return Const(None)
        if name not in ("get", "pop", "setdefault") or not 1 <= len(args) <= 2:
            raise self.later(f"the method `{name}` of this dict", node, "use its keys")
        if self.entry_at(base, args[0], node) is not None:
            return self.remove_entry(base, args[0], node) if name == "pop" else self.dict_item(base, args[0], node)
        if name == "pop" and len(args) == 1:
            raise self.refuse("the dict has no such key here", node)
        default = args[1] if len(args) > 1 else Const(None)
        if name == "setdefault":
            self.set_entry(base, args[0], default, node)
        return default


def put_under(keys: list[object], things: list[Thing], key: object, thing: Thing) -> tuple[list[object], list[Thing]]:
    """The entries after `d[key] = thing`."""
    at = next((k for k, known in enumerate(keys) if type(known) is type(key) and known == key), len(keys))
    return [*keys[:at], key, *keys[at + 1:]], [*things[:at], thing, *things[at + 1:]]
