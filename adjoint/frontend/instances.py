"""Objects of the user's classes: their attributes are read when the derivative is called, methods inlined.

before: an object that stands in a module, a closure cell or a parameter
after:  what its attribute is: a value read there, another object, a method; what was found in its class is noted
"""
from __future__ import annotations

import inspect
import types
from typing import Any

from ..ir.program import Const, Value
from ..ir.types import NONE, Field, Items, record_class
from .abstract import fields_of
from .conditions import Conditions
from .things import Instance, Method, Thing


def class_of(found: object) -> type:
    """The class itself, or that of an object."""
    return found if isinstance(found, type) else type(found)


class Instances(Conditions):
    """The meaning of attributes and methods of objects."""

    def call(self, function: Any, args: list[Thing], keywords: dict[str, Thing], node: Any,
             hint: str | None) -> Thing:
        raise NotImplementedError

    def instance_attribute(self, base: Instance, node: Any, hint: str | None) -> Thing:
        """An attribute, read when the derivative is called; a property is inlined."""
        kind, name = class_of(base.found), node.attr
        if hasattr(kind, "__getattr__") or isinstance(kind.__getattribute__, types.FunctionType):
            raise self.refuse(f"`{kind.__name__}` computes its attributes", node, "pass them as arguments")
        self.session.instances.setdefault((base.owner, base.name), base)
        static = inspect.getattr_static(base.found, name, None)
        if isinstance(static, property) and static.fget is not None and kind is not base.found:
            self.session.methods[kind, name] = static
            return self.call(static.fget, [base], {}, node, hint)
        if isinstance(static, (types.FunctionType, staticmethod, classmethod)):
            return Method(base, name)
        plain = isinstance(static, (types.MemberDescriptorType, type)) or name in fields_of(base.found)
        if hasattr(type(static), "__get__") and not plain:
            raise self.later(f"the attribute `{name}` of `{kind.__name__}`, which is computed,", node)
        try:
            found = getattr(base.found, name)
        except AttributeError:
            raise self.refuse(f"`{base.name}` has no `{name}`", node) from None
        thing = self.outer_object(found, base.owner, f"{base.name}.{name}", node, base.where)
        if isinstance(thing, Const):
            self.session.fixed[base.owner, f"{base.name}.{name}"] = (base.where, found)
        return thing

    def record_attribute(self, base: Value, node: Any, hint: str | None) -> Thing:
        """A field of a namedtuple or dataclass, which may be differentiated; else what its class says."""
        kind, name = record_class(base.type), node.attr
        assert kind is not None and isinstance(base.type, Items)
        if Field(name, kind) in base.type.keys:
            value = self.builder.item(base, Const(Field(name, kind)), hint)
            return Const(None) if value.type == NONE else self.made(value, node, hint, (base,))
        static = inspect.getattr_static(kind, name, None)
        if isinstance(static, property) and static.fget is not None:
            self.session.methods[kind, name] = static
            return self.call(static.fget, [base], {}, node, hint)
        return Method(base, name)

    def record_method(self, base: Value, name: str, args: list[Thing], keywords: dict[str, Thing], node: Any,
                      hint: str | None) -> Thing:
        kind = record_class(base.type)
        function = inspect.getattr_static(kind, name, None)
        if kind is None or not isinstance(function, types.FunctionType) or function.__module__ == "collections":
            raise self.later(f"the method `{name}`", node)
        self.session.methods[kind, name] = function
        return self.call(function, [base, *args], keywords, node, hint)

    def instance_method(self, base: Instance, name: str, args: list[Thing], keywords: dict[str, Thing], node: Any,
                        hint: str | None) -> Thing:
        kind = class_of(base.found)
        static = inspect.getattr_static(kind, name, None)
        function = getattr(kind, name, None)
        if isinstance(static, classmethod) or not isinstance(function, types.FunctionType):
            raise self.later(f"the method `{name}` of `{kind.__name__}`", node)
        self.session.instances.setdefault((base.owner, base.name), base)
        self.session.methods[kind, name] = function
        own = [] if isinstance(static, staticmethod) or kind is base.found else [base]
        return self.call(function, [*own, *args], keywords, node, hint)
