"""The pass that knows tapes.

before: a derivative program; forward values of inner blocks are named by `At`
after:  no `At`, no `Undo`: what the backward sweep needs is saved, put back or computed again

>>> def f(x, n):  # float, int
...     for _ in range(n):
...         x = np.sin(x)
...     return x
%2:x_saved = tape
loop range (0, %1:n, 1) index %4:_ item - trips %5:trips key 0
    carry %6:x : scalar float64 = %0:x; next %7:x; after %3:x
    push %2:x_saved %6:x
    %7:x = sin(%6:x)  : scalar float64
loop reverse tape (%2:x_saved) index %9 item - trips %10:trips key 0
    carry %11:x_bar : scalar float64 = 1.0; next %12; after %8:x_bar
    %13:x = pop %2:x_saved
    %14 = cos(%13:x)  : scalar float64
"""
from __future__ import annotations

from dataclasses import replace

from ..ir.program import At, Block, Function, Op, Prim, Storage, Value
from ..ir.traverse import walk, with_blocks
from ..ir.units import handover_of
from ..optimize.dead import without_dead
from ..primitives import core
from .contents import from_arrays
from .cut import NESTED, SCALAR, choose
from .entry import still_there
from .last_trip import with_last_trips
from .narrow import narrowed
from .plan import Options, Plan
from .rewrite import Rewriter
from .scopes import check_scopes
from .survey import Survey, survey
from .tapes import Tapes
from .together import together
from .undo import Replan, candidates, loads_of, undo_cost


def materialise(function: Function, options: Options, hints: dict[Value, str] | None = None) -> Function:
    """The program with its tapes; names found for its values are added to `hints`."""
    function, found = survey(replace(function, block=without_elements(function.block)))
    wanted = needed(function)
    if options.entry and not options.unsafe_reference:
        found.entry, found.lasting = still_there(function)
    plan = Plan(options, undone=set(undone(found, wanted, options)), hints={} if hints is None else hints,
                pair=handover_of(function) is not None)
    while True:
        if options.cut:
            plan.recomputed, _, _ = choose(found, wanted, free_loads(found, plan))
        try:
            rewriter, made = saved_params(function, found, plan)
            break
        except Replan as change:
            plan.undone -= {change.keep}  # type: ignore[arg-type]
            plan.saved_loads |= {change.save} if change.save is not None else set()
    made = without_dead(Tapes(rewriter).run(made))
    made = with_last_trips(made, found) if options.last_trip else made
    made = made if plan.pair else narrowed(made)
    made = from_arrays(made) if options.reference else made
    made = together(made) if options.together and not plan.pair else made
    check_scopes(made)
    return made


def without_elements(block: Block) -> Block:
    """Entries of dicts are read by their keys: what stood for their adjoints' sake is dropped."""
    def without(op: Op) -> Op:
        if isinstance(op, Prim) and op.primitive == core.ENTRY:
            return replace(op, args=op.args[:2])
        return with_blocks(op, without_elements)

    return replace(block, ops=tuple(map(without, block.ops)))


def needed(function: Function) -> list[Value]:
    """The forward values that the backward sweep names, in order."""
    return list(dict.fromkeys(op.value for op in walk(function.block) if isinstance(op, At)))


def undone(found: Survey, wanted: list[Value], options: Options) -> list[Storage]:
    """The storages that it is cheaper to undo than to save what is read of them."""
    if not options.undo or any(len(loops) > 2 for loops in found.mirrors.values()):
        return []
    possible = candidates(found, wanted)
    chosen = [storage for storage in possible if storage in found.written_by_calls()]
    for storage in possible:
        if storage in chosen:
            continue
        free = set().union(*(loads_of(found, s) for s in chosen))
        before = choose(found, wanted, free)[2]
        after = choose(found, wanted, free | loads_of(found, storage))[2]
        if after + undo_cost(found, storage, SCALAR, NESTED) < before:
            chosen.append(storage)
    return chosen


def free_loads(found: Survey, plan: Plan) -> set[Value]:
    """Loads that are done again at no cost, because their storage is put back."""
    return set().union(*(loads_of(found, s) for s in plan.undone)) - plan.saved_loads


def saved_params(function: Function, found: Survey, plan: Plan) -> tuple[Rewriter, Function]:
    """Rewrite until it is known which carried variables are saved: their next values need no tape."""
    saved: set[Value] = set()
    for _ in range(4):
        rewriter = Rewriter(found, plan, saved)
        made = rewriter.whole(function)
        again = {s.value for s in rewriter.saves if s.value in found.loops}
        if again == saved:
            break
        saved = again
    return rewriter, made
