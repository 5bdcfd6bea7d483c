"""Reductions over axes, and sums along one.  `expand` gives a reduced value its axes back, with size 1."""


@linear(np.sum, result=reduced, cost=dear, noun=total, method=True)
@cases("np.sum(A23)", "np.sum(A234, axis=1)", "np.sum(A234, axis=(0, -1))", "np.sum(A23, axis=0, keepdims=True)",
       "np.sum(A03, axis=0)", "np.sum(A03)", "np.sum(A21, axis=1)", "np.sum(F23, axis=0)", "A23.sum(axis=0)", "A23.sum()",
       "np.sum(A23, 0)", "A23.sum(-1)", "np.sum(F23, dtype=np.float64)", "np.sum(C23, 0)")
def sum(z, x, axis=None, dtype=None, keepdims=False):
    """z = the sum of x over `axis`."""
    x_bar = expand(z_bar, x, axis, keepdims)


@linear(np.mean, result=reduced, cost=dear)
@cases("np.mean(A23)", "np.mean(A234, axis=1)", "np.mean(A234, axis=(0, -1))", "np.mean(A23, axis=0, keepdims=True)",
       "np.mean(A21, axis=1)", "np.mean(F23, axis=0)", "A23.mean(axis=1)", "A23.mean(0)")
def mean(z, x, axis=None, dtype=None, keepdims=False):
    """z = the mean of x over `axis`."""
    x_bar = expand(z_bar / count(x, axis), x, axis, keepdims)


@general(np.prod, result=reduced, cost=dear)
@cases("np.prod(A23)", "np.prod(A234, axis=1)", "np.prod(A234, axis=(0, -1))", "np.prod(A23, axis=0, keepdims=True)",
       "np.prod(A21, axis=1)", "np.prod(F23, axis=0)", "A23.prod(axis=1)", "np.prod(A3 * np.array((0.0, 1.0, 2.0)))",
       "np.prod(A3 * np.array((0.0, 0.0, 2.0)))", "np.prod(A03, axis=0)", "np.prod(C3)")
def prod(z, x, axis=None, dtype=None, keepdims=False):
    """z = the product of x over `axis`.  Where an element is 0, its share is the product of the others: for a second
    derivative it counts that another 0 among them may grow."""
    hole = x == 0.0
    rest = np.where(hole, 1.0, x)
    holes = np.sum(hole, axis=axis, keepdims=axis is not None)
    other = (holes == 1) + (holes == 2) * (np.sum(x * hole, axis=axis, keepdims=axis is not None) - x)
    others = np.prod(rest, axis=axis, keepdims=axis is not None) * other
    share = np.where(hole, others, expand(z, x, axis, keepdims) / rest)
    x_bar = expand(z_bar, x, axis, keepdims) * share
    z_dot = np.sum(x_dot * share, axis=axis, keepdims=keepdims)


@general(np.max, np.amax, result=reduced, cost=dear, noun=largest)
@cases("np.max(A23)", "np.max(A234, axis=1)", "np.max(A234, axis=(0, -1))", "np.max(A23, axis=0, keepdims=True)",
       "np.max(A21, axis=1)", "np.max(F23, axis=0)", "A23.max(axis=1)", "A23.max(0)")
def max(z, x, axis=None, keepdims=False):
    """z = the largest of x over `axis`; ties share alike."""
    hit = x == expand(z, x, axis, keepdims)
    share = hit / np.sum(hit, axis=axis, keepdims=axis is not None)
    x_bar = expand(z_bar, x, axis, keepdims) * share
    z_dot = np.sum(x_dot * share, axis=axis, keepdims=keepdims)


@general(np.min, np.amin, result=reduced, cost=dear, noun=smallest)
@cases("np.min(A23)", "np.min(A234, axis=1)", "np.min(A234, axis=(0, -1))", "np.min(A23, axis=0, keepdims=True)",
       "np.min(A21, axis=1)", "np.min(F23, axis=0)", "A23.min(axis=1)", "A23.min(0)")
def min(z, x, axis=None, keepdims=False):
    """z = the smallest of x over `axis`; ties share alike."""
    hit = x == expand(z, x, axis, keepdims)
    share = hit / np.sum(hit, axis=axis, keepdims=axis is not None)
    x_bar = expand(z_bar, x, axis, keepdims) * share
    z_dot = np.sum(x_dot * share, axis=axis, keepdims=keepdims)


@general(np.var, result=reduced, cost=dear)
@cases("np.var(A23)", "np.var(A234, axis=1)", "np.var(A234, axis=(0, -1))", "np.var(A23, axis=0, keepdims=True)",
       "np.var(F23, axis=1)", "A23.var(axis=1)", "A23.var(0, ddof=1)", "np.var(A23, ddof=1)", "np.var(C23)", "np.var(A3)")
def var(z, x, axis=None, dtype=None, ddof=0, keepdims=False):
    """z = the mean square of x - mean x over `axis`."""
    off = x - expand(np.mean(x, axis=axis, keepdims=keepdims), x, axis, keepdims)
    conjugate = np.conj(off) if is_complex(x) else off
    x_bar = expand(2.0 / count(x, axis, ddof) * z_bar, x, axis, keepdims) * conjugate
    z_dot = 2.0 / count(x, axis, ddof) * np.sum(x_dot * conjugate, axis=axis, keepdims=keepdims)


@general(np.std, result=reduced, cost=dear)
@cases("np.std(A23)", "np.std(A234, axis=1)", "np.std(A234, axis=(0, -1))", "np.std(A23, axis=0, keepdims=True)",
       "np.std(F23, axis=1)", "A23.std(axis=1)", "A23.std(0, ddof=1)", "np.std(A23, ddof=1)", "np.std(C23)", "np.std(A3)")
def std(z, x, axis=None, dtype=None, ddof=0, keepdims=False):
    """z = the root of the mean square of x - mean x over `axis`."""
    off = x - expand(np.mean(x, axis=axis, keepdims=keepdims), x, axis, keepdims)
    conjugate = np.conj(off) if is_complex(x) else off
    x_bar = expand(z_bar / (count(x, axis, ddof) * z), x, axis, keepdims) * conjugate
    z_dot = np.sum(x_dot * conjugate, axis=axis, keepdims=keepdims) / (count(x, axis, ddof) * z)


@general(np.median, result=reduced, cost=dear)
@cases("np.median(A3)", "np.median(A6)", "np.median(A23)", "np.median(A23, axis=1)", "np.median(A43, axis=0, keepdims=True)",
       "np.median(A234, 1)", "np.median(F23, axis=-1)", "np.median(A21, axis=1)", "np.median(A1)")
def median(z, x, axis=None, keepdims=False):
    """z = what stands in the middle of the sorted x, or between the two there."""
    n = count(x, axis)
    if axis is None and ndim(x) > 1:
        rank = np.reshape(np.argsort(np.argsort(np.ravel(x))), shape(x))
    else:
        along = -1 if axis is None else axis
        rank = np.argsort(np.argsort(x, axis=along), axis=along)
    share = 0.5 * ((rank == (n - 1) // 2) * 1.0 + (rank == n // 2))
    x_bar = expand(z_bar, x, axis, keepdims) * share
    z_dot = np.sum(x_dot * share, axis=axis, keepdims=keepdims)


@linear(np.cumsum, result=accumulated, cost=dear, noun=sums)
@cases("np.cumsum(A3)", "np.cumsum(A23)", "np.cumsum(A23, axis=0)", "np.cumsum(A234, axis=-1)", "A23.cumsum(1)",
       "np.cumsum(A03, axis=0)", "np.cumsum(F23, axis=1)", "A3.cumsum()")
def cumsum(z, x, axis=None, dtype=None):
    """z = the sums of x from the start to each element along `axis`."""
    if axis is not None:
        x_bar = backwards(np.cumsum(backwards(z_bar, axis), axis=axis), axis)
    elif ndim(x) == 1:
        x_bar = backwards(np.cumsum(backwards(z_bar, 0)), 0)
    else:
        x_bar = np.reshape(backwards(np.cumsum(backwards(z_bar, 0)), 0), shape(x))


@general(np.diff, result=differences, noun=steps)
@cases("np.diff(A3)", "np.diff(A23)", "np.diff(A23, axis=0)", "np.diff(A234, axis=1)", "np.diff(F23)", "np.diff(C3)",
       "np.diff(A3, prepend=0.0)", "np.diff(A23, append=1.0, axis=0)", "np.diff(A3, prepend=0.0, append=2.0)",
       "np.diff(A21)", "np.diff(A3, 1)")
def diff(z, x, n=1, axis=-1, prepend=None, append=None):
    """z = the differences of neighbours in x along `axis`."""
    if n == 1:
        if prepend is None:
            if append is None:
                x_bar = -np.diff(z_bar, axis=axis, prepend=0.0, append=0.0)
                z_dot = np.diff(x_dot, axis=axis)
            else:
                x_bar = -np.diff(z_bar, axis=axis, prepend=0.0)
                z_dot = np.diff(x_dot, axis=axis, append=0.0)
        else:
            if append is None:
                x_bar = -np.diff(z_bar, axis=axis, append=0.0)
                z_dot = np.diff(x_dot, axis=axis, prepend=0.0)
            else:
                x_bar = -np.diff(z_bar, axis=axis)
                z_dot = np.diff(x_dot, axis=axis, prepend=0.0, append=0.0)


@linear(builtins.sum, result=rows_reduced, cost=dear, noun=total)
@cases("sum(A3)", "sum(A23)", "sum(F3)")
def rows_sum(z, x):
    """z = Python's sum of an array: of its rows."""
    x_bar = z_bar


@linear(builtins.sum, result=totalled, noun=total)
@cases("sum((A, B, A * B))", "sum((A23, B3))")
def items_sum(z, *x):
    """z = Python's sum of a tuple."""
    x_bar = fit(z_bar, x)


@general(builtins.max, result=rows_reduced, cost=dear, noun=largest)
@cases("max(A3)", "max(F3)")
def rows_max(z, x):
    """z = Python's max of a vector: the first of the largest."""
    hit = np.arange(size(x, 0)) == np.argmax(x)
    x_bar = z_bar * hit
    z_dot = np.sum(x_dot * hit)


@general(builtins.min, result=rows_reduced, cost=dear, noun=smallest)
@cases("min(A3)", "min(F3)")
def rows_min(z, x):
    """z = Python's min of a vector: the first of the smallest."""
    hit = np.arange(size(x, 0)) == np.argmin(x)
    x_bar = z_bar * hit
    z_dot = np.sum(x_dot * hit)
