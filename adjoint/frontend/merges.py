"""Where control flow meets: which names, handles and versions a branch leaves behind.

The partition rule: the handles that are live where two paths meet, and point at storages that are
written, must fall into the same alias classes on both; each class then gets a storage of its own.
"""
from __future__ import annotations

from typing import Any

from ..ir.program import UNDEFINED, Arg, Const, Storage, Value
from ..ir.types import Contents, JoinError, Listing, Opaque, Type, join
from .dicts import KEYS
from .joins import Joins
from .lists import MARK
from .things import DictThing, Growing, ListThing, Many, RangeThing, Restart, Thing, holds_handle
from .tuples import RETURN, SKIP, STOP, spoken

Arm = tuple[list[Any], dict[str, Thing], dict[Storage, Value]]


class Merges(Joins):
    """Merging of the two arms of a branch."""

    def merge_arms(self, before: dict[str, Thing], arms: list[Arm],
                   node: Any) -> tuple[dict[str, Thing], list[Value], list[list[Arg]]]:
        """The names after an `if`; its results; what each arm yields for them."""
        self.arms = arms
        self.outs: list[Value] = []
        self.yields: list[list[Arg]] = [[], []]
        outs, yields = self.outs, self.yields
        self.arms = arms
        (_, first, first_versions), (_, second, second_versions) = arms
        self.pairs: dict[tuple[Storage, Storage], Storage] = {}
        merged: dict[str, Thing] = {}
        for name in dict.fromkeys([*before, *first, *second]):
            if name == RETURN and self.merge_returned(merged, before, first, second, node):
                continue
            thing = self.merge(name, first.get(name), second.get(name), node)
            if thing is not None:
                merged[name] = thing
            elif name == RETURN:
                raise self.refuse("what is returned here is of another kind on another path", node,
                                  "return the same on every path")
            else:
                self.session.frame.lost.add(name)
        self.check_partition(node)
        versions = self.builder.versions
        for storage in list(versions):
            pair = first_versions.get(storage), second_versions.get(storage)
            if pair[0] is None or pair[1] is None:
                del versions[storage]
            elif pair[0] is not pair[1]:
                versions[storage] = self.result(Contents(), storage.name, pair, storage)  # type: ignore[arg-type]
        for (one, two), storage in self.pairs.items():
            if one not in first_versions or two not in second_versions:
                raise self.refuse("an array that is written is an alias of another on one path only", node,
                                  "take a copy, so that each name has an array of its own")
            pair = first_versions[one], second_versions[two]
            versions.pop(one, None)
            versions.pop(two, None)
            versions[storage] = self.result(Contents(), storage.name, pair, storage)
        return merged, outs, yields

    def merge_returned(self, merged: dict[str, Thing], before: dict[str, Thing], first: dict[str, Thing],
                       second: dict[str, Thing], node: Any) -> bool:
        """Lists that both arms make and return, of one length: one list of what their items are after the branch."""
        lists = [arm.get(RETURN) for arm in (first, second)]
        held = [arm.get(thing.key) if isinstance(thing, ListThing) and thing.key not in before else None
                for thing, arm in zip(lists, (first, second))]
        if lists[0] == lists[1] or not all(isinstance(items, tuple) for items in held):
            return False
        items = self.merge(RETURN, held[0], held[1], node)
        if items is None:
            return False
        merged[RETURN] = made = self.new_list(items, node)
        merged[made.key] = items
        return True

    def result(self, kind: Any, name: str | None, pair: tuple[Arg, Arg], storage: Storage | None = None) -> Value:
        out = Value(kind, name, storage=storage)
        self.outs.append(out)
        for arm, arg in zip(self.yields, pair):
            arm.append(arg)
        return out

    def read_in(self, arm: Arm, thing: Thing, node: Any) -> Arg:
        """A list or dict as a value, read where an arm ends."""
        frame, builder = self.session.frame, self.builder
        outer = frame.names, builder.ops, builder.versions
        builder.ops, frame.names, builder.versions = arm
        try:
            return self.read(thing, node)
        finally:
            frame.names, builder.ops, builder.versions = outer

    def merge(self, name: str, a: Thing | None, b: Thing | None, node: Any) -> Thing | None:
        """What a name means after the branch; None where it is lost."""
        if name in (STOP, SKIP):
            a, b = a or Const(False), b or Const(False)
        if name == RETURN:  # what ends without `return` gives None
            a, b = Const(None) if a is None else a, Const(None) if b is None else b
        if a is b or isinstance(a, (Const, ListThing, DictThing, Growing)) and a == b:
            return a
        if name.endswith(KEYS):
            return None
        if name.startswith(MARK) and "." not in name and (both := self.merge_lists(name, a, b, node)) is not None:
            return both
        if a is None or b is None:
            return self.merge_missing(name, a, b)
        if isinstance(a, (ListThing, DictThing)) or isinstance(b, (ListThing, DictThing)):
            a, b = (self.read_in(arm, thing, node) for arm, thing in zip(self.arms, (a, b)))
        if isinstance(a, tuple) and isinstance(b, tuple) and len(a) == len(b):
            items = [self.merge(f"{name}.{k}", p, q, node) for k, (p, q) in enumerate(zip(a, b))]
            return None if any(item is None for item in items) else tuple(items)
        if isinstance(a, RangeThing) and isinstance(b, RangeThing):
            bounds = self.merge(name, a.bounds, b.bounds, node)
            return RangeThing(bounds) if isinstance(bounds, tuple) else None
        if not isinstance(a, (Value, Const)) or not isinstance(b, (Value, Const)):
            return None
        for one, other in ((a, b), (b, a)):
            if isinstance(one, Value) and one.is_handle and not (isinstance(other, Value) and other.is_handle):
                raise Restart(self.writable_sites(other, name, node))
        if isinstance(a, Value) and a.is_handle:
            return self.merge_handles(name, a, b, node)  # type: ignore[arg-type]
        none = Const(None)
        optional = any(c == none or c in self.session.optional for c in (a, b)) and not (
            isinstance(a.type, Opaque) and isinstance(b.type, Opaque))
        kind = b.type if a == none else a.type if b == none else self.joined(name, a.type, b.type, node)
        out = self.result(kind, spoken(name), (a, b))
        if optional:
            self.session.optional.add(out)
        if name == RETURN and any(c == none or c in self.session.unreturned for c in (a, b)):
            self.session.unreturned.add(out)
        self.session.sites[out] = self.sites_of(a) | self.sites_of(b)
        return out

    def merge_lists(self, name: str, a: Thing | None, b: Thing | None, node: Any) -> Thing | None:
        """A list that grows by other items in each arm; None where it does not."""
        if isinstance(a, Growing) and isinstance(b, Growing) and a.base is b.base:
            same = next((k for k, (p, q) in enumerate(zip(a.items, b.items)) if p is not q),
                        min(len(a.items), len(b.items)))
            tails = a.items[same:], b.items[same:]
            if len(tails[0]) == len(tails[1]) and not any(isinstance(item, Many) for tail in tails for item in tail):
                items = [self.merge(f"{name}.{same + k}", p, q, node) for k, (p, q) in enumerate(zip(*tails))]
                return None if None in items else Growing(a.base, (*a.items[:same], *items))
            made = self.either_list(name, tails, node)
            return None if made is None else Growing(a.base, (*a.items[:same], Many(made)))
        whole = [(Many(thing),) if isinstance(thing, Value) and isinstance(thing.type, Listing) else thing
                 for thing in (a, b)]
        if not all(isinstance(thing, tuple) for thing in whole) or len(whole[0]) == len(whole[1]) and not any(  # type: ignore
                isinstance(thing, Value) for thing in (a, b)):
            return None
        return self.either_list(name, (whole[0], whole[1]), node)  # type: ignore[arg-type]

    def either_list(self, name: str, things: tuple[tuple[Thing, ...], tuple[Thing, ...]], node: Any) -> Value | None:
        """One list or the other, whose lengths differ."""
        elements = [kind for tail in things if (kind := self.element_of(tail, node)) is not None]
        if not elements or any(map(holds_handle, things)):
            return None
        element = elements[0] if len(elements) == 1 else self.joined_item(elements[0], elements[1], node)
        kind = Listing(element, self.builder.facts.fresh_dim("len"))
        pair: list[Arg] = []
        outer, versions = self.builder.ops, self.builder.versions
        for (ops, _, own), tail in zip(self.arms, things):
            self.builder.ops, self.builder.versions = ops, own
            pair.append(self.as_listing(tail, kind, node))
        self.builder.ops, self.builder.versions = outer, versions
        out = self.result(kind, None, (pair[0], pair[1]))
        self.session.sites[out] = frozenset({("inside", name)})
        return out

    def joined_item(self, a: Type, b: Type, node: Any) -> Type:
        try:
            return join(a, b, f"item@{self.mark(node)}", self.builder.facts.sizes)
        except JoinError as failure:
            raise self.refuse(f"a list of unlike items: {failure}", node, "make lists of one kind") from None

    def joined(self, name: str, a: Type, b: Type, node: Any, remedy: str = "") -> Type:
        """The type of a name that is an `a` on one path and a `b` on another."""
        try:
            return join(a, b, f"{name}@{self.mark(node)}", self.builder.facts.sizes)
        except JoinError as failure:
            raise self.refuse(f"`{name}` is {failure}", node, remedy) from None

    def writable_sites(self, thing: Thing, name: str, node: Any) -> frozenset[Any]:
        sites = self.sites_of(thing)
        if not sites:
            raise self.later(f"`{name}`, an array that is written on one path and a number on another,", node)
        return sites

    def merge_missing(self, name: str, a: Thing | None, b: Thing | None) -> Thing | None:
        """A name that only one arm defines: defined after the branch if that arm ran."""
        if name in self.session.frame.lost:
            return None
        there = a if b is None else b
        if isinstance(there, tuple) and name != RETURN:
            items = [self.merge_missing(f"{name}.{k}", *((item, None) if b is None else (None, item)))
                     for k, item in enumerate(there)]
            return None if any(item is None for item in items) else tuple(items)
        if name in (RETURN, STOP, SKIP) or not isinstance(there, (Value, Const)):
            return None
        if isinstance(there, Value) and there.is_handle:
            return None
        self.session.maybe.add(name)
        pair = (there, UNDEFINED) if b is None else (UNDEFINED, there)
        out = self.result(there.type, spoken(name), pair)
        self.session.sites[out] = self.sites_of(there)
        if not self.session.in_loop:
            self.session.undefined.add(out)
        return out

    def merge_handles(self, name: str, a: Value, b: Value, node: Any) -> Value:
        if a.storage is b.storage or a in self.builder.views or b in self.builder.views:
            raise self.later(f"`{name}`, another view of one array on each path,", node)
        word = spoken(name) or "choice"
        storage = self.pairs.setdefault((a.buffer, b.buffer), Storage(word, a.type))
        kind = self.joined(name, a.type, b.type, node)
        self.session.storage_sites[storage] = self.sites_of(a) | self.sites_of(b)
        return self.result(kind, word, (a, b), storage)

    def check_partition(self, node: Any) -> None:
        firsts = [one for one, _ in self.pairs]
        seconds = [two for _, two in self.pairs]
        if len(set(firsts)) < len(firsts) or len(set(seconds)) < len(seconds):
            raise self.refuse("names that stand for one array on one path stand for two on the other, "
                              "and it is written", node, "take a copy, so that each name has an array of its own")
