"""Comparisons, truth values, and arithmetic of bits: no derivatives, but what they give selects and counts."""


@constant(np.less, ast.Lt, noun=test)
@cases("A23 < B3")
def less(z, x, y):
    """z = x < y."""


@constant(np.less_equal, ast.LtE, noun=test)
@cases("A23 <= B3")
def less_equal(z, x, y):
    """z = x <= y."""


@constant(np.greater, ast.Gt, noun=test)
@cases("A23 > B3")
def greater(z, x, y):
    """z = x > y."""


@constant(np.greater_equal, ast.GtE, noun=test)
@cases("A23 >= B3")
def greater_equal(z, x, y):
    """z = x >= y."""


@constant(np.equal, ast.Eq, noun=test)
@cases("A23 == B3")
def equal(z, x, y):
    """z = x == y."""


@constant(np.not_equal, ast.NotEq, noun=test)
@cases("A23 != B3")
def not_equal(z, x, y):
    """z = x != y."""


@constant(ast.Not, operator.not_, result=truth)
@cases("A23 * (not A > 0.0)")
def logical_not(z, x):
    """z = not x."""


@constant(np.logical_not, np.invert, ast.Invert)
@cases("~(A23 < B3)")
def invert(z, x):
    """z = ~x."""


@constant(np.logical_and)
@cases("A23 * np.logical_and(A23 > 0.0, B3 < 1.0)")
def logical_and(z, x, y):
    """z = x and y."""


@constant(np.logical_or)
@cases("A23 * np.logical_or(A23 > 0.0, B3 < 1.0)")
def logical_or(z, x, y):
    """z = x or y."""


@constant(np.logical_xor)
@cases("A23 * np.logical_xor(A23 > 0.0, B3 < 1.0)")
def logical_xor(z, x, y):
    """z = x or y, not both."""


@constant(np.bitwise_and, ast.BitAnd)
@cases("A23 * ((A23 > 0.0) & (B3 < 1.0))", "A * (6 & 3)", "A23 * ((A23 > 0.0) & True)")
def bitwise_and(z, x, y):
    """z = x & y."""


@constant(np.bitwise_or, ast.BitOr)
@cases("A23 * ((A23 > 0.0) | (B3 < 1.0))", "A * (6 | 3)")
def bitwise_or(z, x, y):
    """z = x | y."""


@constant(np.bitwise_xor, ast.BitXor)
@cases("A23 * ((A23 > 0.0) ^ (B3 < 1.0))", "A * (6 ^ 3)")
def bitwise_xor(z, x, y):
    """z = x ^ y."""


@constant(np.left_shift, ast.LShift)
@cases("A * (1 << 3)", "A23 * (I23 << 1)")
def left_shift(z, x, y):
    """z = x << y."""


@constant(np.right_shift, ast.RShift)
@cases("A * (8 >> 1)", "A23 * (I23 >> 1)")
def right_shift(z, x, y):
    """z = x >> y."""


@constant(np.isnan, math.isnan)
@cases("A23 * np.isnan(B3)", "A * math.isnan(B)")
def isnan(z, x):
    """z = x is not a number."""


@constant(np.isinf, math.isinf)
@cases("A23 * np.isinf(B3)", "A * math.isinf(B)")
def isinf(z, x):
    """z = x is infinite."""


@constant(np.isfinite, math.isfinite)
@cases("A23 * np.isfinite(B3)", "A * math.isfinite(B)")
def isfinite(z, x):
    """z = x is finite."""


@constant(np.signbit)
@cases("A23 * np.signbit(B3)")
def signbit(z, x):
    """z = x has a minus sign."""


@constant(np.isclose)
@cases("A23 * np.isclose(A23, B3)", "A23 * np.isclose(A23, 1.01 * A23, rtol=0.1)")
def isclose(z, x, y, rtol=1e-05, atol=1e-08, equal_nan=False):
    """z = |x - y| <= atol + rtol |y|."""


@constant(np.allclose, result=truth)
@cases("A23 * np.allclose(A23, B3)")
def allclose(z, x, y, rtol=1e-05, atol=1e-08, equal_nan=False):
    """z = all of x are close to y."""


@constant(np.any, result=reduced)
@cases("A23 * np.any(A23 > 0.5, axis=0)", "A * np.any(B3 > 0.0)", "A23 * (B23 > 1.0).any(axis=1, keepdims=True)")
def any(z, x, axis=None, keepdims=False):
    """z = some of x is true."""


@constant(np.all, result=reduced)
@cases("A23 * np.all(A23 > -0.5, axis=0)", "A * np.all(B3 > 0.0)", "A23 * (B23 > -1.0).all(axis=1, keepdims=True)")
def all(z, x, axis=None, keepdims=False):
    """z = all of x are true."""


@constant(np.array_equal, result=truth)
@cases("A23 * np.array_equal(A23, B23)", "A23 * (not np.array_equal(I23, I23))")
def array_equal(z, x, y):
    """z = x and y have one shape and the same elements."""


@constant(np.flatnonzero, result=flat_places, unique=yes, cost=dear, noun=places)
@cases("A3[np.flatnonzero(A3 > 0.0)]", "np.sum(A23) * np.flatnonzero(A23)", "A3[np.flatnonzero(M3)] * B3[M3]")
def flatnonzero(z, x):
    """z = the indices, in the flat x, of what is not 0."""


@constant(np.nonzero, result=places_of, unique=yes, cost=dear, noun=places)
@cases("A3[np.nonzero(A3 > 0.0)]", "A23[np.nonzero(M23)]", "A3[np.nonzero(M3)[0]]", "A23[(A23 > 0.0).nonzero()]")
def nonzero(z, x):
    """z = the indices, for each axis of x, of what is not 0."""
