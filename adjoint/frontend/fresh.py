"""Whether a file still has the function that was imported from it.

before: a function object, the lines that its file has now
after:  True where they give the same code; what was edited after the import must not be differentiated
"""
from __future__ import annotations

import os
import time
import types
from collections.abc import Iterator

REWRITTEN = "@pytest_ar"     # a global of modules whose assertions pytest has rewritten
_started = time.time()


def is_current(lines: list[str], function: types.FunctionType) -> bool:
    """Whether a file of these lines compiles to the function's own code, where that stands.

    Asked only of files written since `adjoint` was imported: tools that rewrite code as it is imported
    would make others look changed.
    """
    code = function.__code__
    try:
        if os.stat(code.co_filename).st_mtime < _started or REWRITTEN in function.__globals__:
            return True
        module = compile("".join(lines), code.co_filename, "exec", dont_inherit=True)
    except (OSError, SyntaxError):  # a notebook's cell, a file in an archive; what else is wrong is said later
        return True
    return any(same_code(other, code) for other in codes_in(module)
               if (other.co_name, other.co_firstlineno) == (code.co_name, code.co_firstlineno))


def codes_in(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            yield from codes_in(inner)


def same_code(one: types.CodeType, other: types.CodeType) -> bool:
    """Whether two code objects do the same, wherever they stand."""
    if (one.co_code, one.co_names, one.co_varnames) != (other.co_code, other.co_names, other.co_varnames):
        return False
    if len(one.co_consts) != len(other.co_consts):
        return False
    return all(same_code(a, b) if isinstance(a, types.CodeType) and isinstance(b, types.CodeType) else
               type(a) is type(b) and repr(a) == repr(b) for a, b in zip(one.co_consts, other.co_consts))
