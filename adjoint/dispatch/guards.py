"""The conditions under which a specialisation is right, as Python expressions over the arguments."""
from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..frontend.scope import is_instance
from ..ir.dims import EACH, Dim, Symbol, label
from ..ir.types import Array, Field, Items, Listing, Number, NumpyScalar, Opaque, Type, record_class
from ..primitives.facts import Facts

Item = tuple[str, str]      # one loop's item of a list: the list, and a tag for the loop


def item_at(value: Any, key: object) -> Any:
    """What stands in a container under a key."""
    return getattr(value, key.name) if isinstance(key, Field) else value[key]


@dataclass
class Guards:
    """Collects conditions; `objects` are what the expressions refer to, by name.

    `parameters` are the names that the expressions must not take for anything else.
    """

    parameters: tuple[str, ...] = ()
    objects: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.prefix = "_"
        while any(name.startswith(self.prefix) for name in self.parameters):
            self.prefix += "_"

    def refer(self, found: object, word: str) -> str:
        """The name of an object in the dispatcher's globals."""
        for known, other in self.objects.items():
            if other is found:
                return known
        first = name = self.prefix + re.sub(r"\W", "_", word)
        while name in self.objects:
            name = f"{first}_{len(self.objects)}"
        self.objects[name] = found
        return name

    def builtin(self, word: str) -> str:
        return self.refer(getattr(builtins, word), word) if word in self.parameters else word

    def is_of(self, word: str, kind: str) -> str:
        return f"{self.builtin('type')}({word}) is {kind}"

    def of_type(self, kind: Type, word: str, value: Any = None, outermost: bool = False) -> list[str]:
        """Conditions that the expression `word` has this type.

        `value` is what it is in the call at hand; of strings and objects the `outermost` are known by value.
        """
        if isinstance(kind, Number):
            return [self.is_of(word, self.builtin(kind.kind))]
        if isinstance(kind, NumpyScalar):
            return self.of_scalar(kind.dtype, word)
        if isinstance(kind, Array):
            return self.of_array(kind, word, value)
        if isinstance(kind, Items):
            return self.of_items(kind, word, value)
        if isinstance(kind, Listing):
            item = self.prefix + "item"
            inner = " and ".join(self.of_type(kind.element, item, value[0] if value else None))
            every = f"{self.builtin('all')}([{inner} for {item} in {word}])"
            return [self.is_of(word, self.builtin("list")), word, every]
        assert isinstance(kind, Opaque)
        return self.of_value(word, value)[:1 if isinstance(value, str) and not outermost else None]

    def of_value(self, word: str, value: object) -> list[str]:
        """Conditions that the expression is None, this string, this very object, or one of the same class."""
        if value is None:
            return [f"{word} is None"]
        if isinstance(value, str):
            return [self.is_of(word, self.builtin("str")), f"{word} == {value!r}"]
        if is_instance(value):
            return [self.is_of(word, self.refer(type(value), type(value).__name__))]
        return [f"{word} is {self.refer(value, 'object')}"]

    def of_scalar(self, dtype: np.dtype[Any], word: str) -> list[str]:
        found = [self.is_of(word, self.refer(dtype.type, dtype.type.__name__))]
        return found if dtype == np.dtype(dtype.type) else [*found, self.has_dtype(word, dtype)]

    def has_dtype(self, word: str, dtype: np.dtype[Any]) -> str:
        """The dtype of an array that was unpickled equals NumPy's own, but is another object."""
        known = self.refer(dtype, "dtype_" + dtype.name)
        return f"({word}.dtype is {known} or {word}.dtype == {known})"

    def of_array(self, kind: Array, word: str, value: Any) -> list[str]:
        array = type(value) if value is not None else np.ndarray
        found = [self.is_of(word, self.refer(array, array.__name__)), self.has_dtype(word, kind.dtype),
                 f"{word}.ndim == {kind.ndim}"]
        found += [f"{word}.shape[{k}] == 1" for k, dim in enumerate(kind.dims) if dim.is_one]
        return found

    def of_items(self, kind: Items, word: str, value: Any) -> list[str]:
        owner = record_class(kind)
        found = [self.is_of(word, self.builtin(kind.kind) if owner is None else self.refer(owner, owner.__name__))]
        found += [f"{self.builtin('len')}({word}) == {len(kind.items)}"] if owner is None else []
        if kind.kind == "dict":
            found.append(f"{self.builtin('tuple')}({word}) == {self.refer(kind.keys, 'keys')}")
        keys: Sequence[object] = kind.keys or range(len(kind.items))
        for key, item in zip(keys, kind.items):
            found += self.of_type(item, self.word_of(word, (key,)), item_at(value, key) if value is not None else None)
        return found

    def word_of(self, name: str, path: tuple[object, ...]) -> str:
        return name + "".join(f".{key.name}" if isinstance(key, Field) else f"[{self.key_word(key)}]" for key in path)

    def key_word(self, key: object) -> str:
        """A key of a dict as an expression."""
        try:
            ast.literal_eval(repr(key))
        except (ValueError, SyntaxError):
            return self.refer(key, "key")
        return repr(key)

    # ---- facts

    def of_facts(self, facts: Facts) -> list[str]:
        found = [self.size_condition((dim,), "{} != 1") for dim in facts.not_one]
        found += [self.size_condition(pair, "{} == {}") for pair in facts.equal]
        found += [f"{'not ' * word.startswith('not')}{name}.flags.{word[-1].lower()}_contiguous"
                  for name, word in facts.lies]
        return list(dict.fromkeys(found))

    def size_condition(self, dims: tuple[Dim, ...], form: str) -> str:
        """A condition on sizes: for all items of a list; for all pairs where items of two lists meet."""
        items: dict[Item, str] = {}
        for dim in dims:
            for symbol, _ in dim.terms:
                self.find_items(symbol, items)
        text = form.format(*(self.dim_word(dim, items) for dim in dims))
        if not items:
            return text
        loops = " ".join(f"for {name} in {word}" for (word, _), name in items.items())
        return f"{self.builtin('all')}([{text} {loops}])"

    def find_items(self, symbol: Symbol, items: dict[Item, str]) -> None:
        """Name the item of a list whose size a symbol is."""
        if symbol.source[0] == "derived":
            for inner, _ in [term for dim in symbol.source[2] for term in dim.terms]:  # type: ignore[attr-defined]
                self.find_items(inner, items)
        elif EACH in symbol.source[1]:  # type: ignore[operator]
            name = f"{self.prefix}item{len(items) + 1 if items else ''}"
            items.setdefault(self.item_of(symbol), name)

    def item_of(self, symbol: Symbol) -> Item:
        """The list, and what the loop's own symbols are marked with."""
        name, path, axis = symbol.source
        at = path.index(EACH)  # type: ignore[attr-defined]
        tag = symbol.name.removeprefix(label(str(name), path, axis))  # type: ignore[arg-type]
        return self.word_of(str(name), path[:at]), tag  # type: ignore[index]

    def dim_word(self, dim: Dim, items: dict[Item, str]) -> str:
        words = [(f"{c} * " if c != 1 else "") + self.symbol_word(s, items) for s, c in dim.terms]
        if dim.constant or not words:
            words.append(str(dim.constant))
        text = " + ".join(words).replace("+ -", "- ")
        return f"{self.builtin('max')}({text}, 0)" if dim.clipped else text

    def symbol_word(self, symbol: Symbol, items: dict[Item, str]) -> str:
        if symbol.source[0] == "derived":
            _, form, dims = symbol.source
            form = re.sub(r"[a-z]+", lambda word: self.builtin(word[0]), str(form))
            return "(" + form.format(*(f"({self.dim_word(dim, items)})" for dim in dims)) + ")"  # type: ignore[attr-defined]
        name, path, axis = symbol.source
        if EACH in path:  # type: ignore[operator]
            word = self.word_of(items[self.item_of(symbol)], path[path.index(EACH) + 1:])  # type: ignore[attr-defined,index]
        else:
            word = self.word_of(str(name), path)  # type: ignore[arg-type]
        return f"{self.builtin('len')}({word})" if axis == "len" else f"{word}.shape[{axis}]"
