# expect: refuse, `fill_diagonal` with an array of another size
"""`np.fill_diagonal` takes the elements that it needs of what it is given, again and again."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(7)
    return [(rng.normal(size=(4, 4)), rng.normal(size=2))]


def f(A, d):
    np.fill_diagonal(A, d)  # caret
    return np.sum(A * A)
