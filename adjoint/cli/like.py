"""Reads the small language of `--like` into example arguments.

before: "f8[n,d], [(f8[n,h], f8[h]), ...], float"
after:  (an array of shape (5, 7), [(shape (5, 11), shape (11,)), the same again], 1.0)

A symbol is one size wherever it stands, and no other symbol's.  `[T, ...]` is a list of any length.
"""
from __future__ import annotations

import re
from typing import Any

import numpy as np

SIZES = (5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47)
SCALARS: dict[str, Any] = {"float": 1.0, "int": 2, "complex": 1.0 + 1.0j, "bool": True, "None": None}
DTYPE = re.compile(r"[fciub](1|2|4|8|16)$")
TOKEN = re.compile(r"""\s*(\.\.\.|[A-Za-z_]\w*|\d+|"[^"]*"|'[^']*'|[\[\](){},:])""")


class LikeError(ValueError):
    """The text is not of the language; the message has the text and a caret."""


class Reader:
    """Reads tokens from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.sizes: dict[str, int] = {}

    def error(self, why: str) -> LikeError:
        blanks = len(self.text[self.at:]) - len(self.text[self.at:].lstrip())
        return LikeError(f"{why}\n    {self.text}\n    {' ' * (self.at + blanks)}^")

    def peek(self) -> str:
        """The next token; "" at the end."""
        found = TOKEN.match(self.text, self.at)
        if found is None and self.text[self.at:].strip():
            raise self.error("this character has no meaning here")
        return found.group(1) if found else ""

    def take(self, wanted: str = "") -> str:
        token = self.peek()
        if not token or wanted and token != wanted:
            raise self.error(f"expected {wanted or 'a type'}")
        found = TOKEN.match(self.text, self.at)
        assert found is not None
        self.at = found.end()
        return token

    def value(self) -> Any:
        token = self.peek()
        if token == "[":
            return self.list()
        if token == "(":
            return self.tuple()
        if token == "{":
            return self.dict()
        if token in SCALARS:
            return SCALARS[self.take()]
        if not DTYPE.match(token):
            raise self.error(f"{token!r} is no type; write f8[n,d], float, int, [T, ...], (T, U) or {{'key': T}}"
                             if token else "expected a type")
        return self.array()

    def array(self) -> Any:
        start = self.at
        try:
            dtype = np.dtype(self.take())
        except TypeError:
            self.at = start
            raise self.error("NumPy has no such dtype") from None
        shape = self.shape() if self.peek() == "[" else None
        return dtype.type(1) if shape is None else np.ones(shape, dtype)

    def shape(self) -> tuple[int, ...]:
        self.take("[")
        sizes = []
        while self.peek() != "]":
            sizes.append(self.size())
            if self.peek() != "]":
                self.take(",")
        self.take("]")
        return tuple(sizes)

    def size(self) -> int:
        word = self.peek()
        if word.isdigit():
            return int(self.take())
        if not word.isidentifier():
            raise self.error("expected a size: a number or a symbol")
        if word not in self.sizes:
            if len(self.sizes) == len(SIZES):
                raise self.error(f"more than {len(SIZES)} symbols")
            self.sizes[word] = SIZES[len(self.sizes)]
        self.take()
        return self.sizes[word]

    def list(self) -> list[Any]:
        self.take("[")
        items: list[Any] = []
        while self.peek() != "]":
            if self.peek() == "..." and len(items) == 1:
                start = self.take()
                assert start
                items.append(again(items[0]))
                break
            items.append(self.value())
            if self.peek() != "]":
                self.take(",")
        self.take("]")
        return items

    def tuple(self) -> Any:
        self.take("(")
        items = []
        while self.peek() != ")":
            items.append(self.value())
            if self.peek() != ")":
                self.take(",")
        self.take(")")
        return tuple(items)

    def dict(self) -> dict[str, Any]:
        self.take("{")
        items = {}
        while self.peek() != "}":
            key = self.peek()
            if key[:1] not in "\"'":
                raise self.error("expected a key in quotes")
            self.take()
            self.take(":")
            items[key[1:-1]] = self.value()
            if self.peek() != "}":
                self.take(",")
        self.take("}")
        return items


def again(value: Any) -> Any:
    """A second item like the first that shares no memory with it."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, (list, tuple)):
        return type(value)([again(item) for item in value])
    if isinstance(value, dict):
        return {key: again(item) for key, item in value.items()}
    return value


def parse_like(text: str) -> tuple[Any, ...]:
    """Example arguments, one per type of the text.  Raises LikeError where it is not well formed."""
    reader = Reader(text)
    values = []
    while True:
        values.append(reader.value())
        if not reader.peek():
            return tuple(values)
        reader.take(",")
