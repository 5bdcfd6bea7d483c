"""Namedtuples and dataclasses that a function makes.

before: `State(mean, cov)`, `state._replace(mean=m)`, `dataclasses.replace(state, mean=m)`
after:  a value that holds the items; its class makes it again where the derivative runs
"""
from __future__ import annotations

import dataclasses
from typing import Any

from ..ir.program import Const, Value
from ..ir.types import Field, record_class
from .abstract import fields_of_class
from .instances import Instances
from .things import DictThing, ListThing, Thing, holds_handle


class Records(Instances):
    """The meaning of calls that make records."""

    def new_record(self, kind: Any, args: list[Thing], keywords: dict[str, Thing], node: Any,
                   hint: str | None) -> Thing | None:
        """An object of a class; None where that is no record."""
        fields = fields_of_class(kind) if isinstance(kind, type) else ()
        if not fields:
            return None
        given = {**defaults_of(kind), **dict(zip(fields, args)), **keywords}
        if set(given) != set(fields) or len(args) > len(fields):
            raise self.refuse(f"`{kind.__name__}` takes {', '.join(fields)}", node, "give each field once")
        things = [given[name] for name in fields]
        if any(holds_handle(thing) or isinstance(thing, (ListThing, DictThing)) for thing in things):
            raise self.later(f"an array or list that is changed, in a `{kind.__name__}`,", node, "copy it first")
        keys = tuple(Field(name, kind) for name in fields)
        value = self.builder.pack("record", tuple(self.read(thing, node) for thing in things), keys)
        self.session.sites[value] = frozenset({("record", self.mark(node))}).union(*map(self.sites_of, things))
        return value

    def replaced(self, base: Thing, keywords: dict[str, Thing], node: Any, hint: str | None) -> Thing:
        """A record like another, with other items."""
        kind = record_class(base.type) if isinstance(base, Value) else None
        if kind is None or not isinstance(base, Value):
            raise self.later("`replace` of this", node, "make the object again")
        kept = [name for name in fields_of_class(kind) if name not in keywords]
        items: dict[str, Thing] = {
            name: self.made(self.builder.item(base, Const(Field(name, kind))), node, None, (base,)) for name in kept}
        made = self.new_record(kind, [], {**items, **keywords}, node, hint)
        assert made is not None
        return made


def defaults_of(kind: Any) -> dict[str, Thing]:
    """The fields that need not be given."""
    if issubclass(kind, tuple):
        return {name: Const(value) for name, value in kind._field_defaults.items()}
    return {field.name: Const(field.default) for field in dataclasses.fields(kind)
            if field.default is not dataclasses.MISSING}
