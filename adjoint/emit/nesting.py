"""What a nesting is: the values that are printed inside the expressions that use them."""
from __future__ import annotations

from dataclasses import dataclass, field

from ..ir.calls import is_branching
from ..ir.program import Alloc, Arg, Bind, Block, Function, If, Loop, Op, Prim, Storage, Value
from ..ir.traverse import blocks, loop_yields, operands, walk
from ..ir.types import Number
from ..primitives import core

SIZE_ONLY = (*core.SIZES, core.ZEROS_LIKE, core.ONES_LIKE)   # these read no contents


@dataclass
class Nesting:
    """`inline`: printed where used; `copied`: loads that print `.copy()`; `uses`: how often each is used."""

    inline: set[Value] = field(default_factory=set)
    copied: set[Value] = field(default_factory=set)
    uses: dict[Value, int] = field(default_factory=dict)
    definition: dict[Value, Op] = field(default_factory=dict)
    block: dict[Value, int] = field(default_factory=dict)


def is_holder(op: Prim) -> bool:
    """True for what keeps its operands by reference: a tuple, a list."""
    return op.primitive in (core.PACK, core.ITEMS_OF) or op.primitive in core.LISTS


def is_offset(op: Prim) -> bool:
    """`i - 1`, `i + k`: an index so simple that it is written again where it is used."""
    kind = op.outs[0].type
    counts = op.spelling.startswith("augmented.")
    return isinstance(kind, Number) and kind.kind == "int" and not op.outs[0].hint and not counts and \
        len(op.args) == 2 and op.primitive in (core.ADD, core.SUBTRACT)


def exchanged(op: Loop) -> frozenset[Arg]:
    """What a trip hands on while another carried variable takes over the one it replaces: `a, b = b, ...`; what it
    puts into lists."""
    return frozenset(c.next for c in op.carries if any(o.next is c.param for o in op.carries if o is not c)) | {
        c.value for c in op.collects}


def count_uses(block: Block, nesting: Nesting) -> None:
    def use(*args: Arg | None) -> None:
        for arg in args:
            if isinstance(arg, Value):
                nesting.uses[arg] = nesting.uses.get(arg, 0) + 1

    for op in block.ops:
        for out in op.outs:
            nesting.definition[out] = op
            nesting.block[out] = id(block)
        use(*operands(op))
        if isinstance(op, Loop):
            use(*loop_yields(op))
        for inner in blocks(op):
            count_uses(inner, nesting)
    use(*block.yields)


def is_expression(op: Op, inline: set[Value]) -> bool:
    """True for a branch that is printed as `a if test else b`: nothing in its arms has a line of its own."""
    return isinstance(op, If) and not op.is_statement and len(op.outs) == 1 and not op.outs[0].is_version and all(
        inner.outs and inner.outs[0] in inline for arm in (op.then, op.orelse) for inner in arm.ops)


def is_display(op: Loop) -> bool:
    """True for a loop that was written as `[...]`, and hands on nothing else."""
    return len(op.collects) == 1 and op.collects[0].display and not op.carries and op.stop is None


def unnested(function: Function) -> Nesting:
    """Every operation on a line of its own, but what a new array is made of, or the items of `[...]`."""
    nesting = Nesting()
    count_uses(function.block, nesting)
    for op in walk(function.block):
        inside = [op.arg] if isinstance(op, Alloc) else []
        if isinstance(op, Loop) and is_display(op):
            inside = [out for inner in op.body.ops if not isinstance(inner, Bind) for out in inner.outs]
        nesting.inline.update(value for value in inside if isinstance(value, Value) and value in nesting.definition
                              and nesting.uses.get(value) == 1)
    return nesting


def is_comprehension(op: Loop, nesting: Nesting) -> bool:
    """True for a loop that surely is printed as `[... for x in xs]`: its list is bound when all of xs is read."""
    if not is_display(op) or op.reverse:
        return False
    lines = [inner for inner in op.body.ops if not (inner.outs and inner.outs[0] in nesting.inline)]
    if op.kind == "range" or not lines:
        return op.kind == "range" and not lines and op.index is not None and op.index.user
    if len(lines) > 1 or not isinstance(lines[0], Bind) or len(lines[0].args) != 1 or len(op.header) != 1:
        return False
    element = lines[0].args[0]
    if op.kind == "items":
        return element is op.item and nesting.uses.get(element) == 1
    made = nesting.definition.get(element) if isinstance(element, Value) else None
    return op.kind == "rows" and isinstance(made, Prim) and made.primitive == core.GETITEM and \
        made.args == (op.header[0], op.index) and nesting.uses.get(made.args[1]) == 1


def last_branch(ops: tuple[Op, ...]) -> int:
    """The place of the branch that ends a function, behind which only what is returned is packed; -1 for none."""
    at = len(ops) - 1
    packed: set[Arg] = set()
    while at >= 0 and isinstance(op := ops[at], Prim) and op.primitive == core.PACK:
        packed.update(op.args)
        at -= 1
    return at if at >= 0 and is_branching(ops[at]) and packed.isdisjoint(ops[at].outs) else -1


@dataclass
class Layout:
    """One block while it is decided where each of its operations is printed.

    `user`: the operations that read a value, by index; `at_end`, `deep`, `held`: values read at the block's end, in
    its regions, and by containers; `handed_on`: the results that what loops start from may be.  `barred`
    are printed on a line of their own, `copied` as copies.  `inline`, and `where` each operation is printed last,
    follow from these, and the `names` that expressions read.  For each operation: `writes`, the storages that it
    writes; `inner`, the names that its regions bind.
    """

    ops: tuple[Op, ...]
    kind: str
    user: dict[Value, list[int]]
    at_end: set[Value]
    deep: set[Value]
    held: set[Value]
    copied: set[Value]
    barred: set[Value]
    writes: list[frozenset[Storage]]
    inner: list[set[str]]
    handed_on: dict[Value, set[Value]]
    inline: set[Value] = field(default_factory=set)
    where: list[int] = field(default_factory=list)
    names: dict[Op, set[str]] = field(default_factory=dict)
