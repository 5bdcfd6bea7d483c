"""The pass that knows tapes.

before: a derivative program; forward values of inner blocks are named by `At`
after:  no `At`, no `Undo`: what the backward sweep needs is saved, put back or computed again
"""
from __future__ import annotations

from dataclasses import replace

from ..ir.program import At, Function, Value
from ..ir.traverse import walk
from ..optimize.dead import without_dead
from .cut import choose
from .plan import Options, Plan
from .rewrite import Rewriter
from .survey import Survey, survey
from .tapes import Tapes


def materialise(function: Function, options: Options) -> Function:
    """The program with its tapes."""
    function, found = survey(function)
    plan = Plan(options)
    if options.cut:
        plan.recomputed, _, _ = choose(found, needed(function, found), set())
    rewriter, block = saved_params(function, found, plan)
    made = Tapes(rewriter).run(replace(function, block=block))
    return without_dead(made)


def needed(function: Function, found: Survey) -> list[Value]:
    """The forward values that the backward sweep names, in order."""
    return list(dict.fromkeys(op.value for op in walk(function.block) if isinstance(op, At)))


def saved_params(function: Function, found: Survey, plan: Plan) -> tuple[Rewriter, object]:
    """Rewrite until it is known which carried variables are saved: their next values need no tape."""
    saved: set[Value] = set()
    for _ in range(4):
        rewriter = Rewriter(found, plan, function)
        rewriter.plan_params = saved
        block, _scope = rewriter.block(function.block)
        again = {s.value for s in rewriter.saves if s.value in found.loops}
        if again == saved:
            break
        saved = again
    return rewriter, block
