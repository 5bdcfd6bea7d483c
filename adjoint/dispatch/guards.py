"""The conditions under which a specialisation is right, as Python expressions over the arguments."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..ir.dims import Dim, Symbol
from ..ir.types import Array, Items, Listing, Number, NumpyScalar, Opaque, Type
from ..primitives.facts import Facts


@dataclass
class Guards:
    """Collects conditions; `objects` are what the expressions refer to, by name."""

    objects: dict[str, object] = field(default_factory=dict)
    prefix: str = "g"

    def refer(self, found: object, name: str) -> str:
        """The name of an object in the dispatcher's globals."""
        for known, other in self.objects.items():
            if other is found:
                return known
        while name in self.objects:
            name += "_"
        self.objects[name] = found
        return name

    def of_type(self, kind: Type, word: str, value: Any = None) -> list[str]:
        """Conditions that the expression `word` has this type."""
        if isinstance(kind, Number):
            return [f"type({word}) is {kind.kind}"]
        if isinstance(kind, NumpyScalar):
            return [f"type({word}) is {self.refer(kind.dtype.type, '_' + kind.dtype.name)}"]
        if isinstance(kind, Array):
            return self.of_array(kind, word, value)
        if isinstance(kind, Items):
            return self.of_items(kind, word, value)
        if isinstance(kind, Listing):
            inner = " and ".join(self.of_type(kind.element, "_item", value[0] if value else None))
            return [f"type({word}) is list", f"{word}", f"all([{inner} for _item in {word}])"]
        assert isinstance(kind, Opaque)
        if value is None:
            return [f"{word} is None"]
        if isinstance(value, str):
            return [f"type({word}) is str", f"{word} == {value!r}"]
        return [f"{word} is {self.refer(value, '_object')}"]

    def of_array(self, kind: Array, word: str, value: Any) -> list[str]:
        array = type(value) if value is not None else np.ndarray
        found = [f"type({word}) is {self.refer(array, '_' + array.__name__)}",
                 f"{word}.dtype is {self.refer(kind.dtype, '_dtype_' + kind.dtype.name)}", f"{word}.ndim == {kind.ndim}"]
        found += [f"{word}.shape[{k}] == 1" for k, dim in enumerate(kind.dims) if dim.is_one]
        return found

    def of_items(self, kind: Items, word: str, value: Any) -> list[str]:
        found = [f"type({word}) is {kind.kind}", f"len({word}) == {len(kind.items)}"]
        if kind.kind == "dict":
            found.append(f"tuple({word}) == {self.refer(kind.keys, '_keys')}")
        keys = kind.keys if kind.kind == "dict" else range(len(kind.items))
        for key, item in zip(keys, kind.items):
            found += self.of_type(item, f"{word}[{key!r}]", value[key] if value is not None else None)
        return found

    # ---- facts

    def of_facts(self, facts: Facts) -> list[str]:
        found = [self.size_condition((dim,), "{} != 1") for dim in facts.not_one]
        found += [self.size_condition(pair, "{} == {}") for pair in facts.equal]
        return list(dict.fromkeys(found))

    def size_condition(self, dims: tuple[Dim, ...], form: str) -> str:
        lists = {self.list_of(symbol) for dim in dims for symbol, _ in dim.terms} - {None}
        words = [self.dim_word(dim) for dim in dims]
        text = form.format(*words)
        if not lists:
            return text
        assert len(lists) == 1, "sizes of two lists in one condition"
        return f"all([{text} for _item in {lists.pop()}])"

    def list_of(self, symbol: Symbol) -> str | None:
        """The list whose items have this size, or None for a size of one array."""
        if symbol.source and symbol.source[0] == "slice":
            inner = {self.list_of(s) for s, _ in symbol.source[1].terms} - {None}  # type: ignore[attr-defined]
            return inner.pop() if inner else None
        name, path, _ = symbol.source
        if "*" not in path:  # type: ignore[operator]
            return None
        at = path.index("*")  # type: ignore[attr-defined]
        return word_of(str(name), path[:at])  # type: ignore[index]

    def dim_word(self, dim: Dim) -> str:
        words = [self.symbol_word(s) if c == 1 else f"{c} * {self.symbol_word(s)}" for s, c in dim.terms]
        if dim.constant:
            words.append(str(dim.constant))
        return " + ".join(words).replace("+ -", "- ")

    def symbol_word(self, symbol: Symbol) -> str:
        if symbol.source[0] == "slice":
            _, dim, bounds = symbol.source
            parts = ":".join("" if b is None else str(b) for b in bounds)  # type: ignore[attr-defined]
            return f"len(range({self.dim_word(dim)})[{parts}])"  # type: ignore[arg-type]
        name, path, axis = symbol.source
        if "*" in path:  # type: ignore[operator]
            word = word_of("_item", path[path.index("*") + 1:])  # type: ignore[attr-defined,index]
        else:
            word = word_of(str(name), path)  # type: ignore[arg-type]
        return f"len({word})" if axis == "len" else f"{word}.shape[{axis}]"


def word_of(name: str, path: tuple[object, ...]) -> str:
    return name + "".join(f"[{key!r}]" for key in path)
