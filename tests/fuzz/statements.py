"""Random statements of the fuzzer's programs, as lines of text."""
from __future__ import annotations

import random
from collections.abc import Callable

from .expressions import ORDER, SLICES, Expressions

SCALARS, VECTORS, MATRICES = "cdpqst", "wxyz", "BC"
WEIGHTS = {"bind_scalar": 4.0, "bind_vector": 4.0, "bind_matrix": 1.0, "alias": 2.0, "augment_scalar": 2.0,
           "augment_vector": 2.0, "store": 7.0, "store_row": 1.5, "mask_store": 1.0, "swap": 1.0, "item": 1.0,
           "branch": 3.0, "attempt": 0.6, "leave": 1.5}
AUGMENTED = ("+=", "-=", "*=")
DEEPEST = 3


class Statements(Expressions):
    """Draws statements; `depth` counts the blocks around, `loops` the loops, `left` the statements still to draw."""

    def __init__(self, draw: random.Random, weights: dict[str, float]) -> None:
        super().__init__(draw)
        self.weights = weights
        self.depth = self.loops = self.left = self.counters = 0

    def block(self, most: int) -> list[str]:
        """Statements in a scope of their own: names that they bind are not seen after it."""
        outer, self.depth = dict(self.names), self.depth + 1
        lines = [line for _ in range(self.draw.randint(1, most)) for line in self.statement()]
        self.names, self.depth = outer, self.depth - 1
        return ["    " + line for line in lines] or ["    pass"]

    def statement(self) -> list[str]:
        found: list[str] | None = None
        while self.left > 0 and found is None:
            way = self.draw.choices(list(self.weights), list(self.weights.values()))[0]
            make: Callable[[], list[str] | None] = getattr(self, way)
            found = make()
        self.left -= found is not None
        return found or []

    def target(self, pool: str, kind: str) -> str:
        """A name to bind: an old one of the kind, or a new one."""
        old = self.named(kind)
        fresh = [name for name in pool if name not in self.names]
        if old and (not fresh or self.chance(0.5)):
            return self.draw.choice(old)
        return self.draw.choice(fresh) if fresh else f"{pool[0]}{kind}"

    # ---- names

    def bind_scalar(self) -> list[str]:
        name, value = self.target(SCALARS, "s"), self.scalar(2)
        self.names[name] = "s"
        return [f"{name} = {value}"]

    def bind_vector(self) -> list[str] | None:
        if not self.vectors() and not self.named("m"):
            return None
        short = self.draw.choices((0, 1, 2), (5, 1, 2))[0]
        name, value = self.target(VECTORS, f"v{short}"), self.vector(short, 2)
        leaf = self.vector_leaf(short)
        if leaf and self.chance(0.15):
            value = self.draw.choice(("{}.copy()", "np.zeros_like({})", "1.0 * {}")).format(leaf)
        self.names[name] = f"v{short}"
        return [f"{name} = {value}"]

    def bind_matrix(self) -> list[str] | None:
        if not self.named("m"):
            return None
        name, value = self.target(MATRICES, "m"), self.matrix(2)
        self.names[name] = "m"
        return [f"{name} = {value}"]

    def alias(self) -> list[str] | None:
        """Another name of a vector, or of a part of it."""
        short = self.draw.choice((0, 0, 2))
        value = self.vector_leaf(short)
        if value is None:
            return None
        name = self.target(VECTORS, f"v{short}")
        self.names[name] = f"v{short}"
        return [f"{name} = {value}"]

    def swap(self) -> list[str] | None:
        kind = self.draw.choice(("s", "v0", "v0"))
        found = self.named(kind)
        if len(found) < 2:
            return None
        names = self.draw.sample(found, 3 if len(found) > 2 and self.chance(0.2) else 2)
        if kind == "s" and self.chance(0.4):
            return [f"{names[0]}, {names[1]} = {names[1]}, {self.scalar(1)}"]
        return [f"{', '.join(names)} = {', '.join([*names[1:], names[0]])}"]

    def augment_scalar(self) -> list[str] | None:
        found = self.named("s")
        return [f"{self.draw.choice(found)} {self.draw.choice(AUGMENTED)} {self.scalar(1)}"] if found else None

    def augment_vector(self) -> list[str] | None:
        if not self.vectors():
            return None
        name, short = self.draw.choice(self.vectors())
        return [f"{name} {self.draw.choice(AUGMENTED)} {self.either(short, 1)}"]

    # ---- writes

    def store(self) -> list[str] | None:
        """Into an element or a slice of a vector."""
        if not self.vectors():
            return None
        name, short = self.draw.choice(self.vectors())
        how = self.draw.choice(AUGMENTED) if self.chance(0.45) else "="
        if self.chance(0.45):
            return [f"{name}[{self.index(short)}] {how} {self.scalar(2)}"]
        if self.chance(0.1):
            return [f"{name}[::2] {how} {self.scalar(1)}"]
        to = self.draw.choice(list(SLICES[short]))
        return [f"{name}{self.draw.choice(SLICES[short][to])} {how} {self.either(to, 2)}"]

    def store_row(self) -> list[str] | None:
        """Into a row, a column or an element of a matrix."""
        if not self.named("m"):
            return None
        name, how = self.draw.choice(self.named("m")), self.draw.choice(("=", "=", "+=", "*="))
        if self.chance(0.3):
            return [f"{name}[{self.index(0)}, {self.index(0)}] {how} {self.scalar(1)}"]
        if self.chance(0.15):
            return [f"{name} {how.strip('=') or '+'}= {self.matrix(1)}"]
        place = self.draw.choice(("[{}]", "[{}]", "[:, {}]")).format(self.index(0))
        return [f"{name}{place} {how} {self.vector(0, 1)}"]

    def mask_store(self) -> list[str] | None:
        if not self.vectors():
            return None
        name, short = self.draw.choice(self.vectors())
        mask = f"{name} {self.draw.choice(ORDER)} {self.scalar_leaf()}" if self.chance(0.5) else self.mask(short)
        return [f"{name}[{mask}] {self.draw.choice(('=', '=', '+=', '*='))} {self.scalar(1)}"]

    def item(self) -> list[str] | None:
        """Into a vector of a list."""
        if not self.named("L"):
            return None
        place = f"{self.named('L')[0]}[{self.draw.choice(('0', '1', '-1'))}]"
        way = self.draw.randint(0 if self.new else 3, 3)
        if way == 0:
            return [f"{place} {self.draw.choice(AUGMENTED)} {self.vector(0, 1)}"]
        if way == 1:
            return [f"{place}[{self.index(0)}] {self.draw.choice(AUGMENTED)} {self.scalar(1)}"]
        if way == 2:
            return [f"{place}[1:-1] = {self.vector(2, 1)}"]
        name = self.target(VECTORS, "v0")
        self.names[name] = "v0"
        return [f"{name} = {place}"]

    # ---- leaving

    def leave(self) -> list[str] | None:
        """A `break`, `continue` or `return` behind a test."""
        ways = ["return"] if self.depth == 0 or self.chance(0.2) else []
        if self.loops:
            ways += ["break", "break", "continue"]
        if not ways or (ways == ["return"] and self.chance(0.5)):
            return None
        way = self.draw.choice(ways)
        return [f"if {self.test()}:", f"    {way} {self.result()}" if way == "return" else f"    {way}"]

    def result(self) -> str:
        """What a program returns: a number that much of what is in scope adds to."""
        return self.scalar(2)

    # ---- blocks

    def attempt(self) -> list[str] | None:
        """A `try` of an assignment that raises for some inputs."""
        if self.depth >= DEEPEST:
            return None
        name = self.target(SCALARS, "s")
        value = self.draw.choice(("math.sqrt(0.1 + {})", "math.sqrt(0.2 + {}) * {}", "math.log(0.1 + {}) + {}"))
        lines = ["try:", f"    {name} = {value.format(self.scalar(1), self.scalar_leaf())}", "except ValueError:"]
        lines += self.block(2) if self.chance(0.4) else []
        lines.append(f"    {name} = {self.scalar(1)}")
        self.names[name] = "s"
        return lines

    def branch(self) -> list[str] | None:
        if self.depth >= DEEPEST:
            return None
        lines = [f"if {self.test()}:", *self.block(3)]
        if self.left > 2 and self.chance(0.2):
            lines += [f"elif {self.test()}:", *self.block(2)]
        return lines + ["else:", *self.block(3)] if self.left > 1 and self.chance(0.5) else lines
