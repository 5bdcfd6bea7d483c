"""Random expressions of the fuzzer's programs, as text.

Kinds of names: "s" a float, "v0", "v1", "v2" a vector that is 0, 1 or 2 shorter than the program's size, "m" a
square matrix, "i0", "i1", "i2" an integer that is an index of such a vector, "L" a list of vectors, "P" a list of
(matrix, vector).  Every expression is bounded where its operands are, and defined wherever they are.
"""
from __future__ import annotations

import random

SLICES = {0: {0: ("[::-1]", "[:]"), 1: ("[1:]", "[:-1]"), 2: ("[1:-1]", "[2:]", "[:-2]")},
          1: {1: ("[::-1]",), 2: ("[1:]", "[:-1]")}, 2: {2: ("[::-1]",)}}
SMOOTH = ("np.sin({})", "np.tanh({})", "np.cos({})", "np.exp(-({}) ** 2)", "np.sqrt(1.0 + ({}) ** 2)",
          "np.log(2.0 + ({}) ** 2)", "({}) ** 2", "-({})", "0.5 * ({})")
PAIRS = ("({} + {})", "({} - {})", "({} * {})", "({} / (1.5 + np.tanh({})))", "np.maximum({}, {})",
         "np.minimum({}, {})")
PAIR_WEIGHTS = (4, 4, 6, 2, 1, 1)
ORDER = ("<", ">", "<=", ">=")
# Part of the programs that use language which the compiler may still refuse.
NEW = 0.2


class Expressions:
    """Draws expressions over the names in scope."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.names: dict[str, str] = {}
        self.functions: dict[str, tuple[str, ...]] = {}
        self.new = self.chance(NEW)

    def chance(self, probability: float) -> bool:
        return self.draw.random() < probability

    def named(self, kind: str) -> list[str]:
        return [name for name, of in self.names.items() if of == kind]

    def vectors(self) -> list[tuple[str, int]]:
        return [(name, int(kind[1])) for name, kind in self.names.items() if kind[0] == "v"]

    def constant(self) -> str:
        return str(self.draw.choice((0.3, 0.5, 0.7, 1.2, 1.5, 2.0)))

    def index(self, short: int) -> str:
        """An index of a vector that is `short` shorter than the size, which is at least 4."""
        found = [name for name, kind in self.names.items() if kind[0] == "i" and int(kind[1]) >= short]
        if found and self.chance(0.6):
            name = self.draw.choice(found)
            return f"-1 - {name}" if self.chance(0.1) else name
        return self.draw.choice(("0", "1", "-1", "-2"))

    def element(self) -> str | None:
        """An element of a vector or a matrix."""
        if self.named("m") and self.chance(0.2):
            return f"{self.draw.choice(self.named('m'))}[{self.index(0)}, {self.index(0)}]"
        if not self.vectors():
            return None
        name, short = self.draw.choice(self.vectors())
        return f"{name}[{self.index(short)}]"

    # ---- scalars

    def scalar_leaf(self) -> str:
        found = self.named("s")
        if found and self.chance(0.6):
            return self.draw.choice(found)
        return (self.chance(0.6) and self.element()) or (found and self.draw.choice(found)) or self.constant()

    def scalar(self, depth: int = 2) -> str:
        if depth <= 0 or self.chance(0.2):
            return self.scalar_leaf()
        way = self.draw.choices(("pair", "smooth", "reduce", "call", "choice", "scale"), (6, 3, 3, 1, 0.7, 2))[0]
        if way == "smooth":
            return self.draw.choice(SMOOTH).format(self.scalar(depth - 1))
        if way == "reduce" and self.vectors():
            return self.reduction(depth - 1)
        if way == "call" and (found := self.call("s", depth - 1)):
            return found
        if way == "choice":
            return f"({self.scalar(depth - 1)} if {self.test()} else {self.scalar(depth - 1)})"
        if way == "scale":
            return f"{self.constant()} * {self.scalar(depth - 1)}"
        pair = self.draw.choices(PAIRS, PAIR_WEIGHTS)[0]
        return pair.format(self.scalar(depth - 1), self.scalar(depth - 1))

    def reduction(self, depth: int) -> str:
        short = self.draw.choice(self.vectors())[1]
        if self.chance(0.2):
            return f"{self.vector(short, 0)} @ ({self.vector(short, depth)})"
        if self.chance(0.15) and self.named("m"):
            return f"np.mean({self.matrix(depth)})"
        way = self.draw.choices(("np.sum({}) * 0.3", "np.mean({})", "np.max({})", "np.min({})"), (4, 3, 1, 1))[0]
        return way.format(self.vector(short, depth))

    def test(self) -> str:
        """A test: in most cases of values that are differentiated."""
        count = [name for name, kind in self.names.items() if kind[0] == "i"]
        if count and self.chance(0.25):
            return f"{self.draw.choice(count)} {self.draw.choice(('==', '>', '<'))} {self.draw.choice('12')}"
        if self.vectors() and self.chance(0.05):
            return f"np.any({self.mask(self.draw.choice(self.vectors())[1])})"
        left = self.scalar_leaf() if self.chance(0.6) else self.scalar(1)
        right = self.draw.choice(("0.0", "0.3", "-0.2", self.scalar_leaf()))
        found = f"{left} {self.draw.choice(ORDER)} {right}"
        if self.chance(0.12):
            return f"{found} {self.draw.choice(('and', 'or'))} {self.scalar_leaf()} {self.draw.choice(ORDER)} 0.2"
        if self.chance(0.05):
            return f"-0.6 < {self.scalar_leaf()} < 0.9"
        return f"not {found}" if self.chance(0.05) else found

    # ---- vectors

    def vector_leaf(self, short: int) -> str | None:
        """A name, or a slice of one, that has the length."""
        found = [(name, of) for name, of in self.vectors() if of <= short]
        if short == 0 and self.named("L") and self.chance(0.15):
            return f"{self.draw.choice(self.named('L'))}[{self.draw.choice(('0', '1', '-1'))}]"
        if short == 0 and self.named("m") and (not found or self.chance(0.15)):
            name = self.draw.choice(self.named("m"))
            return f"{name}[:, {self.index(0)}]" if self.chance(0.3) else f"{name}[{self.index(0)}]"
        if not found:
            return None
        name, of = self.draw.choice(found)
        return name if of == short and self.chance(0.9) else name + self.draw.choice(SLICES[of][short])

    def vector(self, short: int, depth: int = 2) -> str:
        leaf = self.vector_leaf(short)
        if leaf is None:
            return f"{self.scalar(depth)} * np.ones({self.length(short)})"
        if depth <= 0 or self.chance(0.2):
            return leaf
        way = self.draw.choices(("pair", "smooth", "where", "matrix", "call", "scale", "scalar"),
                                (6, 3, 1, 1.5, 0.7, 2, 2))[0]
        if way == "smooth":
            return self.draw.choice(SMOOTH).format(self.vector(short, depth - 1))
        if way == "where":
            return f"np.where({self.mask(short)}, {self.vector(short, depth - 1)}, {self.either(short, depth - 1)})"
        if way == "matrix" and short == 0 and (found := self.product(depth - 1)):
            return found
        if way == "call" and short == 0 and (found := self.call("v0", depth - 1)):
            return found
        if way == "scale":
            return f"{self.constant()} * {self.vector(short, depth - 1)}"
        pair = self.draw.choices(PAIRS, PAIR_WEIGHTS)[0]
        other = self.scalar(depth - 1) if way == "scalar" else self.vector(short, depth - 1)
        both = [self.vector(short, depth - 1), other]
        self.draw.shuffle(both)
        return pair.format(*both)

    def either(self, short: int, depth: int) -> str:
        return self.scalar(depth) if self.chance(0.4) else self.vector(short, depth)

    def length(self, short: int) -> str:
        sized = self.vectors() or [(name, 0) for name in self.named("m")]
        name, of = self.draw.choice(sized)
        return f"len({name})" + (f" - {short - of}" if short > of else f" + {of - short}" if of > short else "")

    def mask(self, short: int) -> str:
        right = self.draw.choice(("0.0", "0.2", self.scalar_leaf()))
        return f"{self.vector_leaf(short)} {self.draw.choice(ORDER)} {right}"

    def product(self, depth: int) -> str | None:
        found = self.named("m")
        if not found:
            return None
        name = self.draw.choice(found)
        ways = (f"0.4 * ({name} @ ({self.vector(0, depth)}))", f"0.4 * (({self.vector(0, depth)}) @ {name}.T)",
                f"np.sum({self.matrix(depth)}, axis={self.draw.choice('01')}) * 0.3", f"np.mean({name}, axis=0)")
        return self.draw.choice(ways)

    # ---- matrices and calls

    def matrix(self, depth: int) -> str:
        name = self.draw.choice(self.named("m"))
        if depth <= 0 or self.chance(0.3):
            return name if self.chance(0.8) else name + ".T"
        other = self.matrix(depth - 1)
        pair = self.draw.choices(PAIRS, PAIR_WEIGHTS)[0]
        ways = [f"0.4 * ({name} @ ({other}))", pair.format(name, other), pair.format(name, self.scalar(depth - 1)),
                self.draw.choice(SMOOTH).format(other)]
        if self.named("v0"):
            ways += [f"({name} * {self.vector(0, 0)})",
                     f"({self.draw.choice(self.named('v0'))}[:, None] * {self.vector(0, 0)})"]
        return self.draw.choice(ways)

    def of_kind(self, kind: str, depth: int) -> str:
        if kind == "s":
            return self.scalar(depth)
        return self.matrix(depth) if kind == "m" else self.vector(int(kind[1]), depth)

    def call(self, kind: str, depth: int) -> str | None:
        """A call of a generated function that gives the kind."""
        found = [name for name, kinds in self.functions.items() if kinds[-1] == kind]
        if not found:
            return None
        name = self.draw.choice(found)
        given = []
        for parameter in self.functions[name][:-1]:
            if parameter[0] == "v" and not self.vector_leaf(int(parameter[1])):
                return None
            given.append(self.of_kind(parameter, depth - 1))
        return f"{name}({', '.join(given)})"
