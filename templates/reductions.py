"""Reductions over axes.  `expand` gives a reduced value its axes back, with size 1."""


@linear(np.sum, result=reduced, cost=dear, noun=total)
@cases("np.sum(A23)", "np.sum(A234, axis=1)", "np.sum(A234, axis=(0, -1))", "np.sum(A23, axis=0, keepdims=True)",
       "np.sum(A03, axis=0)", "np.sum(A03)", "np.sum(A21, axis=1)", "np.sum(F23, axis=0)", "A23.sum(axis=0)", "A23.sum()")
def sum(z, x, axis=None, keepdims=False):
    """z = the sum of x over `axis`."""
    x_bar = expand(z_bar, x, axis, keepdims)


@linear(np.mean, result=reduced, cost=dear)
@cases("np.mean(A23)", "np.mean(A234, axis=1)", "np.mean(A234, axis=(0, -1))", "np.mean(A23, axis=0, keepdims=True)",
       "np.mean(A21, axis=1)", "np.mean(F23, axis=0)", "A23.mean(axis=1)")
def mean(z, x, axis=None, keepdims=False):
    """z = the mean of x over `axis`."""
    x_bar = expand(z_bar / count(x, axis), x, axis, keepdims)


@general(np.max, np.amax, result=reduced, cost=dear, noun=largest)
@cases("np.max(A23)", "np.max(A234, axis=1)", "np.max(A234, axis=(0, -1))", "np.max(A23, axis=0, keepdims=True)",
       "np.max(A21, axis=1)", "np.max(F23, axis=0)", "A23.max(axis=1)")
def max(z, x, axis=None, keepdims=False):
    """z = the largest of x over `axis`; ties share alike."""
    hit = x == expand(z, x, axis, keepdims)
    share = hit / np.sum(hit, axis=axis, keepdims=True)
    x_bar = expand(z_bar, x, axis, keepdims) * share
    z_dot = np.sum(x_dot * share, axis=axis, keepdims=keepdims)


@general(np.min, np.amin, result=reduced, cost=dear, noun=smallest)
@cases("np.min(A23)", "np.min(A234, axis=1)", "np.min(A234, axis=(0, -1))", "np.min(A23, axis=0, keepdims=True)",
       "np.min(A21, axis=1)", "np.min(F23, axis=0)", "A23.min(axis=1)")
def min(z, x, axis=None, keepdims=False):
    """z = the smallest of x over `axis`; ties share alike."""
    hit = x == expand(z, x, axis, keepdims)
    share = hit / np.sum(hit, axis=axis, keepdims=True)
    x_bar = expand(z_bar, x, axis, keepdims) * share
    z_dot = np.sum(x_dot * share, axis=axis, keepdims=keepdims)
