"""Random expressions of arrays with up to three axes, as text.

Kinds of names: "s" a float, "n" a number of steps, "iN" an index of an axis of length n; of an array its shape, a
letter an axis: "N", "M", "K" (of length n, m, k), "x", "y" (n - 1, m - 1), "1".  The shape of a number is "".
"""
from __future__ import annotations

from .expressions import ORDER
from .loops import Loops

SIZES = {"N": "n", "M": "m", "K": "k", "x": "n - 1", "y": "m - 1", "1": "1"}
SHORTER = {"N": "x", "M": "y"}
SMOOTH = ("np.sin({})", "np.tanh({})", "np.exp(-({}) ** 2)", "np.sqrt(1.0 + ({}) ** 2)", "({}) ** 2", "-({})",
          "0.5 * ({})", "np.clip({}, -0.9, 0.8)", "np.abs({})")
PAIRS = ("({} + {})", "({} - {})", "({} * {})", "({} / (1.5 + np.tanh({})))", "np.maximum({}, {})")
PAIR_WEIGHTS = (4, 4, 7, 2, 1)
WAYS = {"": {"pair": 6.0, "smooth": 3.0, "reduce": 3.0}, "N": {
    "pair": 6.0, "smooth": 3.0, "reduce": 2.0, "where": 1.0, "multiplied": 1.5, "turn": 1.0, "widen": 0.4, "join": 0.4,
    "along": 0.5}}
REDUCTIONS = ("np.sum({}, axis={}{})", "np.mean({}, axis={}{})", "np.max({}, axis={}{})", "({}).sum({}{})")
ALONG = ("0.3 * np.cumsum({}, axis={})", "np.roll({}, 1, axis={})", "np.flip({}, axis={})")
PRODUCTS = ("0.4 * ({} @ {})", "0.4 * np.einsum('ij,jk->ik', {}, {})", "0.4 * np.einsum('ik,ij->ij', {0}, {0} @ {1})")


class Shapes(Loops):
    """Draws expressions of a shape over the names in scope."""

    def arrays(self) -> list[tuple[str, str]]:
        return [(name, kind) for name, kind in self.names.items() if all(axis in SIZES for axis in kind)]

    def size(self, shape: str) -> str:
        return "(" + "".join(f"{SIZES[axis]}, " for axis in shape) + ")"

    # ---- places

    def position(self, axis: str) -> str:
        found = self.named("i" + axis)
        return self.draw.choice(found) if found and self.chance(0.7) else self.draw.choice(("0", "-1", "0", "-1", "1"))

    def along_axis(self, axis: str) -> tuple[str, str]:
        """A part of a subscript, and the axis that it leaves, if any."""
        if self.chance(0.4):
            return self.position(axis), ""
        if self.chance(0.6):
            return ":", axis
        ways = [("::-1", axis), (":1", "1")]
        if axis in SHORTER:
            ways += [("1:", SHORTER[axis]), (":-1", SHORTER[axis])]
        return self.draw.choice(ways)

    def subscript(self, shape: str) -> tuple[str, str]:
        """A subscript, and the shape of what it selects."""
        found = [self.along_axis(axis) for axis in shape]
        parts, left = [part for part, _ in found], "".join(axis for _, axis in found)
        while len(parts) > 1 and parts[-1] == ":" and self.chance(0.7):
            parts.pop()
        if len(parts) == len(shape) > 1 and parts[0] == ":" and self.chance(0.3):
            parts[0] = "..."
        return f"[{', '.join(parts)}]", left

    def place(self, name: str, shape: str) -> tuple[str, str]:
        """A view of an array, or an element, and its shape."""
        for _ in range(self.draw.choice((1, 1, 1, 2))):
            if shape:
                part, shape = self.view(shape)
                name += part
        return name, shape

    def view(self, shape: str) -> tuple[str, str]:
        if len(shape) == 2 and self.chance(0.15):
            return ".T", shape[::-1]
        if len(shape) == 3 and self.chance(0.2):
            return self.draw.choice(((".swapaxes(0, 2)", shape[::-1]), (".swapaxes(1, -1)", shape[0] + shape[:0:-1]),
                                     (".transpose(1, 2, 0)", shape[1:] + shape[0])))
        if len(shape) < 3 and self.chance(0.1):
            at = self.draw.randint(0, len(shape))
            parts = [":"] * len(shape)
            return f"[{', '.join([*parts[:at], 'None', *parts[at:]])}]", shape[:at] + "1" + shape[at:]
        return self.subscript(shape)

    def leaf(self, shape: str) -> str:
        """A name, or a view, that has the shape."""
        found = self.named(shape or "s")
        if found and self.chance(0.5):
            return self.draw.choice(found)
        for _ in range(30 if self.arrays() else 0):
            text, of = self.place(*self.draw.choice(self.arrays()))
            if of == shape:
                return text
        if found or not shape:
            return self.draw.choice(found or ["0.3", "0.7", "1.2"])
        return f"np.{self.draw.choice(('ones', 'zeros'))}({self.size(shape)})"

    # ---- expressions

    def scalar_leaf(self) -> str:
        return self.leaf("")

    def scalar(self, depth: int = 2) -> str:
        return self.shaped("", depth)

    def shaped(self, shape: str, depth: int = 2) -> str:
        """An expression of the shape."""
        if depth <= 0 or self.chance(0.2):
            return self.leaf(shape)
        ways = WAYS["N" if shape else ""]
        way = self.draw.choices(list(ways), list(ways.values()))[0]
        made: str | None = getattr(self, way)(shape, depth - 1)
        return made or self.pair(shape, depth - 1)

    def loose(self, shape: str, depth: int) -> str:
        """An expression of the shape, or of one that is broadcast to it."""
        return self.shaped(self.narrower(shape) if shape and self.chance(0.35) else shape, depth)

    def narrower(self, shape: str) -> str:
        if self.chance(0.3):
            return ""
        if len(shape) > 1 and self.chance(0.5):
            return shape[self.draw.randint(1, len(shape) - 1):]
        at = self.draw.randrange(len(shape))
        return shape[:at] + "1" + shape[at + 1:]

    def pair(self, shape: str, depth: int) -> str:
        both = [self.shaped(shape, depth), self.loose(shape, depth)]
        self.draw.shuffle(both)
        return self.draw.choices(PAIRS, PAIR_WEIGHTS)[0].format(*both)

    def smooth(self, shape: str, depth: int) -> str:
        return self.draw.choice(SMOOTH).format(self.shaped(shape, depth))

    def reduce(self, shape: str, depth: int) -> str | None:
        if len(shape) > 2:
            return None
        axis, at = self.draw.choice("NM"), self.draw.randint(0, len(shape))
        if "1" in shape and self.chance(0.6):
            at, keep = shape.index("1"), ", keepdims=True"
            inner = shape.replace("1", axis, 1)
        else:
            inner, keep = shape[:at] + axis + shape[at:], ""
        at -= len(inner) * self.chance(0.4)
        return self.draw.choice(REDUCTIONS).format(self.shaped(inner, depth), at, keep)

    def mask_of(self, shape: str) -> str:
        return f"{self.leaf(shape)} {self.draw.choice(ORDER)} {self.draw.choice(('0.0', '0.2', self.leaf('')))}"

    def where(self, shape: str, depth: int) -> str:
        return f"np.where({self.mask_of(shape)}, {self.shaped(shape, depth)}, {self.loose(shape, depth)})"

    def multiplied(self, shape: str, depth: int) -> str:
        inner = self.draw.choice("NM")
        if len(shape) == 1:
            return f"0.4 * ({self.shaped(shape + inner, depth)} @ {self.shaped(inner, depth)})"
        if len(shape) == 2:
            both = self.shaped(shape[0] + inner, depth), self.shaped(inner + shape[1], depth)
            return self.draw.choice(PRODUCTS[:2] if inner != shape[1] else PRODUCTS).format(*both)
        return f"np.einsum('ij,jk->ijk', {self.shaped(shape[:2], depth)}, {self.shaped(shape[1:], depth)})"

    def turn(self, shape: str, depth: int) -> str | None:
        if len(shape) == 2:
            return self.draw.choice(("({}).T", "np.transpose({})")).format(self.shaped(shape[::-1], depth))
        if len(shape) == 3:
            return f"np.transpose({self.shaped(shape[2] + shape[:2], depth)}, (1, 2, 0))"
        found = self.named(shape * 2)
        return f"np.diagonal({self.draw.choice(found)})" if found else None

    def widen(self, shape: str, depth: int) -> str:
        return f"(0.5 * np.broadcast_to({self.shaped(self.narrower(shape), depth)}, {self.size(shape)}))"

    def join(self, shape: str, depth: int) -> str | None:
        found = [k for k, axis in enumerate(shape) if axis in SHORTER]
        if not found:
            return None
        at = self.draw.choice(found)
        parts = [self.shaped(shape[:at] + axis + shape[at + 1:], depth) for axis in ("1", SHORTER[shape[at]])]
        self.draw.shuffle(parts)
        return f"np.concatenate(({', '.join(parts)}), axis={at - len(shape) * self.chance(0.4)})"

    def along(self, shape: str, depth: int) -> str:
        return self.draw.choice(ALONG).format(self.shaped(shape, depth), self.draw.randrange(len(shape)))
