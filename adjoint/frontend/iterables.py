"""What a `for` loop runs over: ranges, lists, rows, dicts; and `enumerate`, `zip` and `reversed` of these.

before: the expression after `in`
after:  an `Iterable`: a tree whose leaves are sequences, of which trip k reads element k
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gast

from ..ir.program import Arg, Const, Value
from ..ir.types import Array, Items, JoinError, Listing, Number, Opaque, Type, join
from ..primitives import core
from .nodes import leaves
from .sizes import unsized
from .things import DictThing, ListThing, Method, RangeThing, Site, Thing, holds_handle
from .tuples import SKIP, STOP
from .unlike import Unlike, asks_words

WRAPPERS = {enumerate: "enumerate", zip: "zip", reversed: "reversed"}
VIEWS = ("keys", "values", "items")


@dataclass(frozen=True)
class Iterable:
    """kind: range (args: start, stop, step), list, rows, keys (one arg), enumerate (start), zip, reversed."""

    kind: str
    args: tuple[Arg, ...] = ()
    parts: tuple[Iterable, ...] = ()

    @property
    def leaves(self) -> list[Iterable]:
        return [self] if not self.parts else [leaf for part in self.parts for leaf in part.leaves]


def holds_word(thing: Thing) -> bool:
    """True for a string, and for a tuple of which an item is one."""
    if isinstance(thing, tuple):
        return any(map(holds_word, thing))
    return isinstance(thing, Const) and isinstance(thing.value, str)


MOST = 6


class Iterables(Unlike):
    """Reads what loops run over."""

    def iterable(self, node: Any) -> Iterable:
        if isinstance(node, gast.Call):
            function = self.expr(node.func)
            wrapper = next((word for f, word in WRAPPERS.items() if function == Const(f)), None)
            if wrapper is not None:
                return self.wrapped(wrapper, node)
            if isinstance(function, Method) and function.name in VIEWS and not node.args:
                return self.dict_view(function.base, function.name, node)
        return self.sequence(self.expr(node), node)

    # ---- loops over arrays that are written

    def written_out(self, node: Any) -> tuple[Thing, ...] | None:
        """The elements of a list or tuple that holds arrays that are written, or of one of strings: each trip is
        another program.
        """
        if self.site(node) in self.session.hot:
            return self.few(node)
        made = getattr(node, "is_comprehension", False)
        things, parts = self.known_elements(node.iter), list(gast.walk(node.iter))
        asked = asks_words(node)
        if things is None and (asked or any(map(self.is_unlike, parts)) or made and all(map(self.is_own, parts))):
            self.taking_apart = True
            things = self.known_elements(node.iter)
            self.taking_apart = False
            return things if not made or things is None or len(things) <= MOST else None
        if not things:
            return things
        words = any(map(holds_word, things)) and (asked or not leaves(node.body))
        known = made and len(things) <= MOST    # so that what a comprehension makes is known, too
        return things if words or known or any(map(holds_handle, things)) else None

    def site(self, node: Any) -> Site:
        """A loop, as what is found of it is remembered: that it cannot be built but where its trips are written out."""
        return ("loop", self.mark(node))

    def few(self, node: Any) -> tuple[Thing, ...] | None:
        """The few elements, or numbers, that a loop runs over, where they are known."""
        things = self.known_elements(node.iter)
        counts = isinstance(node.iter, gast.Call) and self.expr(node.iter.func) == Const(range)
        found = self.expr(node.iter) if things is None and (counts or isinstance(node.iter, gast.Name)) else None
        if isinstance(found, RangeThing):
            bounds = [self.constant_of(bound) for bound in found.bounds]
            things = tuple(map(Const, range(*(at for _, at in bounds)))) if all(known for known, _ in bounds) else None
        return things if things is not None and len(things) <= MOST else None

    def known_elements(self, node: Any) -> tuple[Thing, ...] | None:
        """What a loop over an expression runs over, where that is known one by one and nothing is evaluated for it."""
        names = self.session.frame.names
        if isinstance(node, gast.Name):
            found = names.get(node.id)
            if isinstance(found, DictThing):
                return tuple(map(Const, self.dict_contents(found, node)[0]))
            found = names.get(found.key) if isinstance(found, ListThing) else found
            return found if isinstance(found, tuple) else self.opened(found)
        if isinstance(node, gast.Subscript):
            return self.opened(self.container(node))
        if isinstance(node, gast.Call) and isinstance(node.func, gast.Attribute) and not node.args:
            return self.known_view(node.func)
        if isinstance(node, (gast.Tuple, gast.List)):
            parts = [self.known_element(item) for item in node.elts]
            return None if None in parts else tuple(parts)  # type: ignore[arg-type]
        if not isinstance(node, gast.Call) or not isinstance(node.func, gast.Name):
            return None
        word = next((word for f, word in WRAPPERS.items() if self.expr(node.func) == Const(f)), None)
        return self.known_wrapped(word, node) if word is not None else None

    def known_wrapped(self, word: str, node: Any) -> tuple[Thing, ...] | None:
        """The same of `enumerate`, `zip` and `reversed` of what is known."""
        extra = [*node.args[1:], *(k.value for k in node.keywords)] if word == "enumerate" else node.keywords
        parts = [self.known_elements(arg) for arg in (node.args[:1] if word == "enumerate" else node.args)]
        if not parts or None in parts:
            return None
        if word == "zip":
            return tuple(zip(*parts)) if not extra else None  # type: ignore[arg-type]
        start = [part.value for part in extra if isinstance(part, gast.Constant) and type(part.value) is int]
        if len(start) != len(extra) or len(extra) > 1:
            return None
        things = parts[0] or ()
        if word == "reversed":
            return tuple(reversed(things))
        return tuple((Const(k), thing) for k, thing in enumerate(things, *start))

    def known_element(self, node: Any) -> Thing | None:
        """What a name, a constant or a tuple of such in a display is."""
        if isinstance(node, gast.Constant):
            return Const(node.value)
        if isinstance(node, gast.UnaryOp) and isinstance(node.operand, gast.Constant):
            return self.expr(node)      # -1
        if isinstance(node, gast.Tuple):
            found = [self.known_element(item) for item in node.elts]
            return None if None in found else tuple(found)
        return self.session.frame.names.get(node.id) if isinstance(node, gast.Name) else None

    def known_view(self, node: Any) -> tuple[Thing, ...] | None:
        """The keys, values or items of a dict that is changed."""
        found = self.session.frame.names.get(node.value.id) if isinstance(node.value, gast.Name) else None
        if not isinstance(found, DictThing) or node.attr not in VIEWS:
            return self.opened(self.container(node.value), node.attr) if node.attr in VIEWS else None
        keys, things = self.dict_contents(found, node)
        words = tuple(map(Const, keys))
        return {"keys": words, "values": things, "items": tuple(zip(words, things))}[node.attr]

    def unrolled(self, node: Any, things: tuple[Thing, ...]) -> str | None:
        """The trips of a loop, one after another; "Return" where one of them surely returns."""
        frame = self.session.frame
        path, around = frame.path, frame.unrolled
        flags = {word: frame.names.pop(word) for word in (STOP, SKIP) if word in frame.names}   # of a loop around
        frame.unrolled = self.session.in_loop
        done: str | None = None
        for k, thing in enumerate(things):
            frame.path, frame.statement = (*path, k), node
            self.assign_part(node.target, thing, node)
            done = self.run(node.body)
            if done not in (None, "Continue"):
                break
        frame.path, frame.unrolled = path, around
        frame.names.pop(STOP, None)
        frame.names.update(flags)
        return None if done in ("Break", "Continue") else done

    def assign_part(self, target: Any, thing: Thing, node: Any) -> None:
        """Bind the targets of a trip; what is constant in it needs no statement."""
        targets = getattr(target, "elts", [])
        if isinstance(thing, Const) and isinstance(target, gast.Name):
            self.session.frame.names[target.id] = thing
        elif isinstance(thing, tuple) and len(thing) == len(targets):
            for part, item in zip(targets, thing):
                self.assign_part(part, item, node)
        else:
            self.assign(target, thing, node)

    def wrapped(self, word: str, node: Any) -> Iterable:
        given = {k.arg: k.value for k in node.keywords}
        parts = node.args
        start: tuple[Arg, ...] = ()
        if word == "enumerate":
            at = node.args[1] if len(node.args) > 1 else given.pop("start", None)
            start, parts = (Const(0) if at is None else self.arg(at),), node.args[:1]
        if given.pop("strict", None) is not None or given:
            raise self.later(f"a keyword of `{word}`", node, "leave it out")
        made = tuple(map(self.iterable, parts))
        if word == "reversed" and made[0].parts:
            raise self.refuse(f"`reversed` of `{made[0].kind}`: Python cannot reverse it", node)
        return Iterable(word, start, made)

    def dict_view(self, base: Thing, word: str, node: Any) -> Iterable:
        found = self.sequence(base, node)
        if found.kind != "keys":
            raise self.refuse(f"`{word}` of what is no dict", node)
        values = Iterable("list", (found.args[1],))
        return {"keys": found, "values": values, "items": Iterable("items", (), (found, values))}[word]

    def sequence(self, thing: Thing, node: Any) -> Iterable:
        if isinstance(thing, DictThing):
            if holds_handle(self.dict_contents(thing, node)[1]):
                raise self.later("a loop over a dict of arrays that are written", node, "use its keys one by one")
            thing = self.read(thing, node)
        if isinstance(thing, Value):
            if isinstance(thing.type, Listing):
                return Iterable("list", (thing,))
            if isinstance(thing.type, Array) and thing.type.ndim:
                return Iterable("rows", (thing,))
            if isinstance(thing.type, Items):
                if thing.type.kind == "record":
                    raise self.later("a loop over a namedtuple", node, "name its fields")
                if thing.type.kind == "dict":
                    return Iterable("keys", (thing, self.listed(thing, node)))
                return Iterable("list", (self.listed(thing, node),))
        if isinstance(thing, RangeThing):
            return Iterable("range", thing.bounds)
        if isinstance(thing, ListThing):
            thing = self.known_contents(thing, node)
            if isinstance(thing, Value):
                return self.sequence(thing, node)
        if holds_handle(thing):
            raise self.later("a loop over an expression that holds arrays that are written", node,
                             "bind the list to a name, and loop over that")
        if isinstance(thing, tuple) and thing:
            return Iterable("list", (self.listed(self.read(thing, node), node),))
        raise self.later("a loop over this", node)

    def listed(self, items: Arg, node: Any) -> Value:
        """A tuple or dict of like items as a list of any length."""
        kind = items.type
        assert isinstance(kind, Items)
        if not kind.items:
            raise self.later("a loop over an empty list, tuple or dict", node, "skip the loop with `if`")
        element: Type = kind.items[0]
        for k, other in enumerate(kind.items[1:]):
            try:
                element = join(element, other, f"item@{self.mark(node)}.{k}", self.builder.facts.sizes)
            except JoinError as failure:
                raise self.refuse(f"a loop over unlike items: {failure}", node,
                                  "loop over items of one kind, or write the trips out") from None
        length = Const(len(kind.items)).type
        assert isinstance(length, Number) and length.size is not None
        attrs: dict[str, Arg] = {"view": Const("values")} if kind.kind == "dict" else {}
        value = self.builder.prim(core.LISTED, items, attrs=attrs, kind=Listing(unsized(element), length.size))
        return self.made(value, node, None, (items,))

    # ---- the elements of a trip

    def element(self, it: Iterable, index: Arg, node: Any) -> Thing:
        """What the loop's target stands for in trip `index`."""
        match it.kind:
            case "range":
                start, _, step = it.args
                at = index if step == Const(1) else self.number("Mult", index, step, node)
                return at if start == Const(0) else self.number("Add", at, start, node)
            case "list":
                return self.list_element(it.args[0], index, node)
            case "rows":
                return self.row(it.args[0], index, node)
            case "keys":
                return self.key(it.args[0], it.args[1], index)
            case "enumerate":
                count = index if it.args[0] == Const(0) else self.number("Add", index, it.args[0], node)
                return count, self.element(it.parts[0], index, node)
            case "reversed":
                last = self.number("Sub", self.count(it.parts[0], node), Const(1), node)
                return self.element(it.parts[0], self.number("Sub", last, index, node), node)
        return tuple(self.element(part, index, node) for part in it.parts)

    def number(self, word: str, left: Arg, right: Arg, node: Any) -> Value:
        return self.operator(word, (left, right), node, None)

    def count(self, it: Iterable, node: Any) -> Arg:
        """How many elements a sequence has."""
        if it.kind == "range":
            if it.args[0] == Const(0) and it.args[2] == Const(1):
                return it.args[1]
            return self.builder.prim(core.RANGE_LENGTH, *it.args, kind=Number("int"))
        return self.builder.length(it.args[0])

    def list_element(self, sequence: Arg, index: Arg, node: Any) -> Value:
        raise NotImplementedError

    def row(self, array: Any, index: Any, node: Any) -> Thing:
        raise NotImplementedError

    def key(self, entries: Arg, values: Arg, index: Arg) -> Value:
        """A key of a dict; the entry under it is known as that of this trip."""
        key = self.builder.prim(core.KEY, entries, index, kind=Opaque("str"))
        self.session.entries[key] = (entries, values, index)
        return key
