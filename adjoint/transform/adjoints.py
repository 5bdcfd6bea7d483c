"""The adjoints of values, storages and containers: adding shares to them, taking them when complete.

before: shares of adjoints, in the order of the backward sweep
after:  one adjoint for each value that has any: a sum, a storage, or a container of such
"""
from __future__ import annotations

from dataclasses import replace
from functools import partial

from ..ir.program import ADD_TO, Arg, Bind, Const, Prim, Storage, Value, View
from ..ir.types import Array, Items, Listing, Type, dims_of, has_inexact, is_inexact, is_scalar
from ..primitives import core
from ..primitives.layouts import lying
from ..primitives.nouns import noun_of
from .bars import Cell, Home, Key, NeedStorage, Part, hint_of, leaf_type, leaves_of, type_of_key
from .primal import Primal


class Adjoints(Primal):
    """`contribute` adds a share; `take`, `complete` and `tree` give what has been added up."""

    def key_of(self, value: Value) -> Key:
        return self.paths.get(value, value)

    def home_key(self, home: Home) -> int:
        return self.home.get(home.root if isinstance(home, Cell) else home, self.top_key)

    def forward_key(self, key: Key) -> Arg:
        """The forward value of a key, for its size: a value, or an item of a container."""
        if not isinstance(key, Cell):
            return self.shape_of(key)
        if key in self.named:
            return self.shape_of(self.named[key])
        root: Arg = key.root
        positions = list(key.positions)
        while positions and isinstance(made := self.definition.get(root), Prim) and made.primitive == core.PACK:  # type: ignore[arg-type]
            root = made.args[positions.pop(0)]
        value = self.shape_of(root) if isinstance(root, Value) and not positions else self.forward(root)
        for at in positions:
            kind = value.type
            assert isinstance(kind, Items)
            word = Const(kind.keys[at]) if kind.keys else Const(at)
            value = self.builder.item(value, word)
        return value

    def contribute(self, to: Arg, share: Arg, whole: Value | None = None) -> None:
        """Add a share to the adjoint of a forward value.

        `whole`: the forward value whose size the share stands for, where it may be smaller.
        """
        if not isinstance(to, Value) or to not in self.active:
            return
        kind = to.type
        if isinstance(kind, Listing):
            self.bars.lists.setdefault(self.key_of(to), []).append(Part("whole", (), share))
        elif isinstance(kind, Items) and isinstance(share.type, Listing) and self.home_key(to) == self.block_key:
            self.bars.lists.setdefault(self.key_of(to), []).append(Part("whole", (), share))
        elif isinstance(kind, Items):
            for cell in leaves_of(to):
                part = self.component(share, cell.positions, leaf_type(to.type, cell.positions))
                place = self.cell(to, *cell.positions)
                if part is not None and isinstance(type_of_key(place), Listing):
                    self.bars.lists.setdefault(place, []).append(Part("whole", (), part))
                elif part is not None and has_inexact(type_of_key(place)):
                    self.add(place, self.builder.cast(part, type_of_key(place)))
        elif is_inexact(kind):
            if to in self.full:
                kind = replace(kind, partial=False)     # type: ignore[type-var]
            logical = share.type if len(dims_of(share.type)) >= len(dims_of(kind)) else kind
            if whole is not None:
                logical = whole.type
            like, full = partial(self.shape_of, to), partial(self.shape_of, whole or to)
            self.add(self.key_of(to), self.builder.fit(share, logical, kind, like, full))

    def bar_of_item(self, bars: Arg, at: Arg, kind: Type) -> Arg:
        """An item of a list's adjoint: as large as the item that it belongs to, whatever the list's others are."""
        item = self.builder.item(bars, at)
        if not isinstance(kind, Array) or not isinstance(item.type, Array) or kind.partial or item.type.partial:
            return item
        full = kind.ndim == item.type.ndim and all(dim.terms for dim in item.type.dims)
        return self.builder.retyped(item, kind.dims) if full else item

    def component(self, share: Arg, positions: tuple[int, ...], kind: Type) -> Arg | None:
        for at in positions:
            made = self.builder.made_here(share)
            if isinstance(made, Prim) and made.primitive == core.PACK:
                share = made.args[at]
            else:
                if isinstance(share.type, Listing):
                    share = self.bar_of_item(share, Const(at), kind)
                    continue
                assert isinstance(share.type, Items)
                key = share.type.keys[at] if share.type.keys else at
                share = self.builder.item(share, Const(key))
        return None if isinstance(share, Const) and share.value is None else share

    def add(self, key: Key, share: Arg) -> None:
        if key in self.bars.handles:
            self.builder.store(self.bars.handles[key], share, ADD_TO)
        elif key in self.bars.values:
            self.bars.values[key] = self.sum(self.bars.values[key], share, self.bar_hint(key))
        else:
            self.bars.values[key] = share

    def sum(self, a: Arg, b: Arg, hint: str | None) -> Arg:
        return self.builder.prim(core.ADD, a, b, hint=hint)

    def bar_hint(self, key: Key) -> str | None:
        hint = self.hint(key)
        if hint is None and self.statement is not None and isinstance(key, Value):
            if key in self.stored_as:
                return self.stored_as[key] + "_bar"
            target = self.targets.get(self.statement)
            return noun_of(self.definition.get(key), self.definition) + "_bar" if target is None else target + "_in_bar"
        return None if hint is None else hint + "_bar"

    def hint(self, key: Key) -> str | None:
        """The user's name for a value, or for an item of what a function gave."""
        return self.named[key].hint if key in self.named else hint_of(key)

    def take(self, key: Key) -> Arg | None:
        """The adjoint of a key, complete at the point where it is defined; None for zero."""
        if key in self.bars.handles:
            return self.builder.load(self.bars.handles.pop(key), self.bar_hint(key))
        bar = self.bars.values.pop(key, None)
        if bar is not None:
            self.builder.facts.suggest(bar, self.bar_hint(key))
        return bar

    def zeros(self, key: Key) -> Arg:
        """A zero adjoint of full size."""
        kind = type_of_key(key)
        if is_scalar(kind):
            return Const(0.0)
        return self.builder.prim(core.ZEROS_LIKE, self.forward_key(key), hint=self.bar_hint(key))

    def handle_for(self, home: Home) -> Value:
        """The adjoint storage of a storage or a value; made in the block where that is defined."""
        if home not in self.bars.handles:
            if self.home_key(home) != self.block_key:
                raise NeedStorage(home)
            self.make_storage(home)
        return self.bars.handles[home]

    def make_storage(self, home: Home) -> None:
        if isinstance(home, Storage):
            like = self.shape_of(self.root_handle[home])
            known, hint = None, home.name
        else:
            known, hint = self.bars.values.pop(home, None), self.hint(home) or "t"
            like = self.forward_key(home)
        if known is None:
            start: Arg = self.builder.prim(core.ZEROS_LIKE, like)
        else:
            start = self.builder.filled(known, type_of_key(home), lambda: like)  # type: ignore[arg-type]
        order, root = (self.orders.get(home), self.root_handle[home]) if isinstance(home, Storage) else (None, None)
        self.bars.handles[home] = self.builder.alloc(lying(self.builder, start, order, root), hint + "_bar")

    def adjoint_handle(self, handle: Value) -> Value:
        """The handle that is to the adjoint storage what `handle` is to the primal's."""
        op = self.definition.get(handle)
        if isinstance(op, View):
            base = self.adjoint_handle(op.base)
            return self.builder.view(base, op.step, tuple(map(self.forward, op.operands)))
        if isinstance(op, Bind):
            source = op.args[op.outs.index(handle)]
            assert isinstance(source, Value)
            return self.adjoint_handle(source)
        return self.handle_for(handle.buffer)

    # ---- containers

    def take_any(self, value: Value) -> Arg | None:
        """The adjoint of a value of any kind; None for zero."""
        if isinstance(value.type, Items):
            return self.take_tree(value, ())
        if isinstance(value.type, Listing):
            return self.combine(value, self.bars.lists.pop(value)) if value in self.bars.lists else None
        return self.take(value)

    def take_tree(self, root: Value, positions: tuple[int, ...]) -> Arg | None:
        """The adjoint of a container, or of a part of it, complete; None where all of it is zero."""
        cells = [c for c in leaves_of(root) if c.positions[:len(positions)] == positions] or [Cell(root, positions)]
        keys = [c if c.positions else root for c in cells]
        keys.append(Cell(root, positions) if positions else root)
        known = (self.bars.values, self.bars.handles, self.bars.lists)
        if not any(key in bars for key in keys for bars in known):  # type: ignore[operator]
            return None
        return self.tree(root, positions)

    def tree(self, root: Value, positions: tuple[int, ...]) -> Arg:
        kind = leaf_type(root.type, positions)
        listed = self.tree_of_list(root, positions) if isinstance(kind, Items) else None
        if listed is not None:
            return listed
        if isinstance(kind, Items):
            parts = tuple(self.tree(root, (*positions, k)) for k in range(len(kind.items)))
            return self.builder.pack(kind.kind, parts, kind.keys)
        key: Key = Cell(root, positions) if positions else root
        return self.complete(key, kind)

    def tree_of_list(self, root: Value, positions: tuple[int, ...]) -> Arg | None:
        """The adjoint of a tuple or dict that was read as a list, where nothing else was read of it."""
        key: Key = Cell(root, positions) if positions else root
        parts = self.bars.lists.pop(key, [])
        if not parts:
            return None
        total = parts[0].value
        for part in parts[1:]:
            total = self.builder.prim(core.LIST_ADD, total, part.value, kind=total.type, hint=self.bar_hint(key))
        cells: list[Key] = [c for c in leaves_of(root) if c.positions[:len(positions)] == positions]
        if not any(c in self.bars.values or c in self.bars.handles or c in self.bars.lists for c in cells):
            kind = leaf_type(root.type, positions)
            return self.builder.prim(core.ITEMS_OF, self.forward_key(key), total, kind=kind, hint=self.bar_hint(key))
        self.spread(root, positions, total)
        return None

    def spread(self, root: Value, positions: tuple[int, ...], total: Arg) -> None:
        """Add the elements of a list to the adjoints of a container's leaves."""
        for cell in leaves_of(root):
            if cell.positions[:len(positions)] == positions and has_inexact(type_of_key(cell)):
                share = self.component(total, cell.positions[len(positions):], leaf_type(root.type, cell.positions))
                if share is not None:
                    self.add(cell, self.builder.cast(share, type_of_key(cell)))

    def spread_list(self, root: Value) -> None:
        """What was read of a container as of a list becomes adjoints of its leaves."""
        for part in self.bars.lists.pop(root, []):
            self.spread(root, (), part.value)

    def whole_adjoint(self, param: Value) -> Arg:
        """The adjoint of a parameter, complete: its structure and size are the parameter's."""
        if isinstance(param.type, Items):
            return self.tree(param, ())
        return self.complete(param, param.type)

    def complete(self, key: Key, kind: Type) -> Arg:
        """The adjoint of a leaf at full size; zeros, or None for what has no derivative."""
        if not has_inexact(kind):
            return Const(None)
        if isinstance(kind, Listing):
            return self.combine(key, self.bars.lists.pop(key, []))
        bar = self.take(key)
        if bar is None:
            return self.zeros(key)
        if isinstance(kind, Array):
            bar = self.builder.filled(bar, kind, lambda: self.forward_key(key))
            self.builder.facts.suggest(bar, self.bar_hint(key))
        return bar

    def combine(self, key: Key, parts: list[Part]) -> Arg:
        """One list from the pieces of a list's adjoint."""
        kind = type_of_key(key)
        assert isinstance(kind, Listing)
        whole = [part.value for part in parts if part.kind == "whole"]
        pieces = [part for part in parts if part.kind != "whole"]
        joined = self.joined(kind, pieces, self.bar_hint(key)) if pieces else None
        if joined is not None:
            whole.append(joined)
            pieces = []
        total = whole[0] if whole else self.builder.prim(core.LIST_ZEROS, self.forward_key(key), kind=kind)
        for other in whole[1:]:
            total = self.builder.prim(core.LIST_ADD, total, other, kind=kind, hint=self.bar_hint(key))
        for part in pieces:
            name = core.LIST_ADD_SLICE if part.kind == "slice" else core.LIST_ADD_ITEM
            total = self.builder.prim(name, total, *part.where, part.value, kind=kind, hint=self.bar_hint(key))
        return total

    def joined(self, kind: Listing, pieces: list[Part], hint: str | None) -> Arg | None:
        """Pieces that follow one another without gap or overlap: `[:k]` and `[k:]`, or `[k]` at an end."""
        def ends(part: Part) -> tuple[object, object]:
            values = [arg.value if isinstance(arg, Const) else arg for arg in part.where]
            if part.kind == "element":
                known = type(values[0]) is int
                return values[0], None if values[0] == -1 or not known else values[0] + 1  # type: ignore[operator]
            return (values[0] or 0, values[1]) if values[2] is None else (object(), None)

        left = list(pieces)
        at: object = 0
        ordered: list[Arg] = []
        while left:
            found = next((p for p in left if ends(p)[0] == at), None)
            if found is None:
                return None
            left.remove(found)
            value = found.value
            if found.kind == "element":
                value = self.builder.pack("list", (value,))
            ordered.append(value)
            at = ends(found)[1]
        if at is not None:
            return None
        return ordered[0] if len(ordered) == 1 else self.builder.prim(core.LIST_JOIN, *ordered, kind=kind, hint=hint)
