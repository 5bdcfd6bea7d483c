"""Folds arithmetic in derived code, and merges operations that compute the same.

before: `1.0 * r + 1.0 * r`, `a * (1.0 / b)`, `x + -y`, the same load twice
after:  `2.0 * r`, `a / b`, `x - y`, one load.  The operations in `keep` (the user's own) stay as written.
"""
from __future__ import annotations

from dataclasses import replace

from ..ir.program import Arg, At, Block, Carry, Collect, Const, Function, If, Load, Loop, Op, Prim, Undo, Value, View
from ..ir.traverse import blocks, loop_yields, operands, rename, rename_block
from ..ir.types import Array, Number, is_inexact
from ..primitives.build import Builder, finished
from ..primitives.facts import Facts
from ..primitives.primitive import REGISTRY

ONE, ZERO = Const(1.0), Const(0.0)
SIGNS = {"add": "operator.Add", "subtract": "operator.Sub", "multiply": "operator.Mult", "divide": "operator.Div",
         "negative": "operator.USub"}


def number(arg: Arg) -> float | int | None:
    """The value of a numeric constant."""
    if isinstance(arg, Const) and type(arg.value) in (int, float):
        return arg.value  # type: ignore[return-value]
    return None


BUFFERS = ("made", "alike", "filled")


class Folder:
    """Rewrites a program block by block; values that turn out equal are replaced."""

    def __init__(self, facts: Facts, keep: set[Value]) -> None:
        self.builder = Builder(facts)
        self.keep = keep
        self.same: dict[Arg, Arg] = {}
        self.definition: dict[Value, Op] = {}
        self.known: list[dict[object, tuple[Value, ...]]] = [{}]
        self.uses: dict[Arg, int] = {}

    def to(self, arg: Arg) -> Arg:
        while arg in self.same:
            arg = self.same[arg]
        return arg

    def block(self, block: Block) -> Block:
        self.known.append({})
        with self.builder.block() as ops:
            for op in block.ops:
                self.op(op)
            made = finished(block.key, ops, block.params, tuple(map(self.to, block.yields)))
        self.known.pop()
        return made

    def op(self, op: Op) -> None:
        self.builder.origin = op.origin
        if isinstance(op, If):
            test = self.to(op.test)
            self.put(replace(op, test=test, then=self.block(op.then), orelse=self.block(op.orelse)))
        elif isinstance(op, Loop):
            self.loop(op)
        elif isinstance(op, Undo):
            self.put(op)
        elif op.outs and op.outs[0] in self.keep:
            self.put(rename(op, self.to))
        elif isinstance(op, Prim):
            self.derived(rename(op, self.to))  # type: ignore[arg-type]
        else:
            self.shared(rename(op, self.to))

    def loop(self, op: Loop) -> None:
        for carry in op.carries:
            if carry.next is carry.param and carry.param not in self.keep and carry.param.storage is None:
                self.same[carry.param] = self.same[carry.result] = self.to(carry.init)
        op = replace(op, carries=tuple(c for c in op.carries if c.param not in self.same))
        inits = [self.to(c.init) for c in op.carries]
        head = None if op.head is None else self.block(op.head)
        body = self.block(op.body)
        carries = tuple(Carry(init, c.param, self.to(c.next), c.result) for init, c in zip(inits, op.carries))
        collects = tuple(Collect(self.to(c.value), c.result) for c in op.collects)
        stop = None if op.stop is None else self.to(op.stop)
        limit = None if op.limit is None else self.to(op.limit)
        self.put(replace(op, header=tuple(map(self.to, op.header)), head=head, body=body, carries=carries,
                         collects=collects, stop=stop, limit=limit))

    def put(self, op: Op) -> None:
        for out in op.outs:
            self.definition[out] = op
        self.builder.emit(op)

    def key(self, op: Op) -> object | None:
        if isinstance(op, Prim):
            primitive = REGISTRY.by_name.get(op.primitive)
            if primitive is not None and primitive.result in BUFFERS:
                return None
            return ("prim", op.primitive, op.args, op.attrs, op.spelling)
        if isinstance(op, View):
            return ("view", op.base, op.step, op.operands)
        if isinstance(op, Load):
            return ("load", op.handle, op.version)
        if isinstance(op, At):
            return ("at", op.value)
        return None

    def shared(self, op: Op) -> None:
        """Keep the operation, unless an equal one is in scope."""
        key = self.key(op)
        if key is not None:
            for scope in reversed(self.known):
                if key in scope:
                    self.same.update(zip(op.outs, scope[key]))
                    self.builder.facts.suggest(scope[key][0], self.hint(op.outs[0]))
                    return
            self.known[-1][key] = op.outs
        self.put(op)

    def derived(self, op: Prim) -> None:
        rule = getattr(self, "fold_" + op.primitive, None)
        found = self.fold_sum(op) if op.primitive == "sum" else rule(*op.args) if rule is not None else None
        if found is not None and found is not op.outs[0]:
            self.same[op.outs[0]] = found
            if found not in self.keep:
                self.builder.facts.suggest(found, self.hint(op.outs[0]))
            return
        self.shared(op)

    def hint(self, value: Value) -> str | None:
        return value.hint or self.builder.facts.hints.get(value)

    # ---- arithmetic

    def make(self, name: str, *args: Arg) -> Arg:
        """An operation, folded; existing ones are found again."""
        found = getattr(self, "fold_" + name)(*args)
        if found is not None:
            return found  # type: ignore[no-any-return]
        with_ops = len(self.builder.ops)
        made = self.builder.prim(name, *args, spelling=SIGNS[name])
        op = self.builder.ops.pop()
        assert len(self.builder.ops) == with_ops
        self.shared(op)
        return self.to(made)

    def parts(self, arg: Arg, name: str) -> tuple[Arg, ...] | None:
        """The operands of `arg`, where derived code computes it by the operation `name`."""
        op = self.definition.get(arg) if isinstance(arg, Value) else None
        if isinstance(op, Prim) and op.primitive == name and arg not in self.keep:
            return op.args
        return None

    def negated(self, arg: Arg) -> Arg | None:
        """`a` where `arg` is -a."""
        value = number(arg)
        if value is not None and value < 0:
            return Const(-value)
        inner = self.parts(arg, "negative")
        if inner:
            return inner[0]
        factors = self.parts(arg, "multiply") or self.parts(arg, "divide")
        if factors and (number(factors[0]) or 0) < 0:
            name = "multiply" if self.parts(arg, "multiply") else "divide"
            return self.make(name, Const(-number(factors[0])), factors[1])  # type: ignore[operator]
        return None

    def once(self, arg: Arg) -> bool:
        """True where nothing else reads `arg`, so that taking it apart leaves no work to do twice."""
        return self.uses.get(arg, 1) <= 1

    def scale(self, arg: Arg, shared: bool = False) -> tuple[float | int, Arg]:
        """`arg` as (constant, rest)."""
        factors = self.parts(arg, "multiply") if shared or self.once(arg) else None
        if factors and number(factors[0]) is not None:
            return number(factors[0]), factors[1]  # type: ignore[return-value]
        return 1.0, arg

    def fold_negative(self, x: Arg) -> Arg | None:
        value = number(x)
        if value is not None:
            return Const(-value)
        return self.negated(x)

    def fold_add(self, a: Arg, b: Arg) -> Arg | None:
        if number(a) is not None and number(b) is not None:
            return Const(number(a) + number(b))  # type: ignore[operator]
        if number(a) == 0 and is_inexact(b.type):
            return b
        if number(b) == 0 and is_inexact(a.type):
            return a
        first, second = self.scale(a, True), self.scale(b, True)
        if first[1] is second[1] and is_inexact(a.type):
            return self.make("multiply", Const(float(first[0] + second[0])), first[1])
        minus = self.negated(b)
        if minus is not None:
            return self.make("subtract", a, minus)
        minus = self.negated(a)
        if minus is not None:
            return self.make("subtract", b, minus)
        return None

    def fold_subtract(self, a: Arg, b: Arg) -> Arg | None:
        if number(a) is not None and number(b) is not None:
            return Const(number(a) - number(b))  # type: ignore[operator]
        if number(b) == 0 and is_inexact(a.type):
            return a
        if number(a) == 0 and is_inexact(b.type):
            return self.make("negative", b)
        minus = self.negated(b)
        return self.make("add", a, minus) if minus is not None else None

    def fold_multiply(self, a: Arg, b: Arg) -> Arg | None:
        x, y = number(a), number(b)
        if x is not None and y is not None:
            return Const(x * y)
        if y is not None:
            return self.make("multiply", b, a)
        if x is not None:
            return self.times_constant(a, x, b)
        for one, other in ((a, b), (b, a)):
            minus = self.parts(one, "negative")
            if minus:
                pair = (minus[0], other) if one is a else (other, minus[0])
                return self.make("negative", self.make("multiply", *pair))
        for one, other in ((a, b), (b, a)):
            constant, rest = self.scale(one)
            if rest is not one and (isinstance(one.type, Array) or not isinstance(other.type, Array)):
                pair = (rest, other) if one is a else (other, rest)
                return self.make("multiply", Const(constant), self.make("multiply", *pair))
        over = self.parts(b, "divide") if self.once(b) else None
        if over:
            return self.make("divide", self.make("multiply", a, over[0]), over[1])
        return None

    def times_constant(self, constant: Arg, value: float | int, x: Arg) -> Arg | None:
        if not is_inexact(x.type):
            return None
        if type(value) is int:
            return self.make("multiply", Const(float(value)), x)
        if value == 0:
            return ZERO
        if value == 1.0:
            return x
        if value == -1.0:
            return self.make("negative", x)
        inner = self.parts(x, "negative")
        if inner:
            return self.make("multiply", Const(-value), inner[0])
        inner = self.parts(x, "multiply") if self.once(x) else None
        ratio = self.parts(inner[0], "divide") if inner and self.once(inner[0]) else None
        if inner and ratio and number(ratio[0]) is not None:
            first = self.make("divide", Const(value * number(ratio[0])), ratio[1])  # type: ignore[operator]
            return self.make("multiply", first, inner[1])
        if inner and isinstance(inner[1].type, Array) and not isinstance(inner[0].type, Array) and number(inner[0]) is None:
            return self.make("multiply", self.make("multiply", constant, inner[0]), inner[1])
        other, rest = self.scale(x)
        if rest is not x:
            return self.make("multiply", Const(value * other), rest)
        over = self.parts(x, "divide") if self.once(x) else None
        if over and number(over[0]) is not None:
            return self.make("divide", Const(value * number(over[0])), over[1])  # type: ignore[operator]
        return None

    def fold_divide(self, a: Arg, b: Arg) -> Arg | None:
        if number(b) == 1 and is_inexact(a.type):
            return a
        if number(a) is not None and isinstance(b, Const) and number(b):
            return Const(number(a) / number(b))  # type: ignore[operator]
        minus = self.parts(a, "negative")
        return self.make("negative", self.make("divide", minus[0], b)) if minus else None

    def fold_sum(self, op: Prim) -> Arg | None:
        inner = self.parts(op.args[0], "negative")
        if not inner:
            return None
        made = Prim((Value(op.outs[0].type),), op.origin, "sum", inner, op.attrs, op.spelling)
        self.shared(made)
        return self.make("negative", self.to(made.outs[0]))

    def fold_transpose(self, x: Arg) -> Arg | None:
        inner = self.parts(x, "transpose")
        return inner[0] if inner else None

    def fold_to_float(self, x: Arg) -> Arg | None:
        return x if isinstance(x.type, Number) and x.type.kind == "float" else None

    def fold_power(self, x: Arg, y: Arg) -> Arg | None:
        if number(y) == 0 and is_inexact(x.type):
            return ONE
        return x if number(y) == 1 and is_inexact(x.type) else None


def count_uses(block: Block, uses: dict[Arg, int]) -> None:
    for op in block.ops:
        read = [*operands(op), *(loop_yields(op) if isinstance(op, Loop) else ())]
        for arg in {id(a): a for a in read}.values():
            uses[arg] = uses.get(arg, 0) + 1
        for inner in blocks(op):
            count_uses(inner, uses)
    for arg in block.yields:
        uses[arg] = uses.get(arg, 0) + 1


def fold(function: Function, facts: Facts, keep: set[Value]) -> Function:
    """The program with its derived arithmetic folded."""
    folder = Folder(facts, keep)
    count_uses(function.block, folder.uses)
    block = folder.block(function.block)
    return replace(function, block=rename_block(block, folder.to))
