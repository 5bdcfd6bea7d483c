"""Namedtuples and dataclasses that a function makes.

before: `State(mean, cov)`, `state._replace(mean=m)`
after:  a value that holds the items; its class makes it again where the derivative runs
"""
from __future__ import annotations

import dataclasses
from typing import Any

from ..ir.program import Const, Value
from ..ir.types import Field, record_class
from .abstract import fields_of_class
from .instances import Instances
from .things import Thing, is_open


class Records(Instances):
    """The meaning of calls that make records."""

    def new_record(self, kind: Any, args: list[Thing], keywords: dict[str, Thing], node: Any) -> Value | None:
        """An object of a class; None where that is no record."""
        is_record = isinstance(kind, type) and fields_of_class(kind)
        return self.record_of(kind, args, keywords, node) if is_record else None

    def record_of(self, kind: type, args: list[Thing], keywords: dict[str, Thing], node: Any) -> Value:
        fields = fields_of_class(kind)
        given = {**defaults_of(kind), **dict(zip(fields, args)), **keywords}
        if set(given) != set(fields) or len(args) > len(fields):
            raise self.refuse(f"`{kind.__name__}` takes {', '.join(fields)}", node, "give each field once")
        things = [given[name] for name in fields]
        if any(map(is_open, things)):
            raise self.later(f"an array or list that is changed, in a `{kind.__name__}`,", node, "copy it first")
        keys = tuple(Field(name, kind) for name in fields)
        value = self.builder.pack("record", tuple(self.read(thing, node) for thing in things), keys)
        self.session.sites[value] = frozenset({("record", self.mark(node))}).union(*map(self.sites_of, things))
        return value

    def record_method(self, base: Value, name: str, args: list[Thing], keywords: dict[str, Thing], node: Any,
                      hint: str | None) -> Thing:
        kind = record_class(base.type)
        if name != "_replace" or kind is None or not issubclass(kind, tuple):
            return super().record_method(base, name, args, keywords, node, hint)
        kept = [word for word in fields_of_class(kind) if word not in keywords]
        items: dict[str, Thing] = {
            word: self.made(self.builder.item(base, Const(Field(word, kind))), node, None, (base,)) for word in kept}
        return self.record_of(kind, [], {**items, **keywords}, node)


def defaults_of(kind: Any) -> dict[str, Thing]:
    """The fields that need not be given."""
    if issubclass(kind, tuple):
        return {name: Const(value) for name, value in kind._field_defaults.items()}
    return {field.name: Const(field.default) for field in dataclasses.fields(kind)
            if field.default is not dataclasses.MISSING}
