"""What the programs call: each writes to the array that it is given."""
from collections.abc import Callable

FACTOR, FACTORS = 2.5, [1.5, 2.5]
REFUSED = set()


def refused(program: Callable) -> Callable:
    """Marks a program that is refused."""
    REFUSED.add(program.__name__)
    return program


def h(x):
    x[0] *= 2.0
    return x[0]


def rest(x):
    x[1:] *= 2.0
    return x[0]


def one(x):
    x[0] *= 2.0
    return 1


def same(x):
    x[0] *= 2.0
    return x


def two(x):
    x[0] *= 2.0
    return x[0], x[1]


def again(x, n):
    if n == 0:
        return x[0]
    x[0] *= 2.0
    return again(x, n - 1) + x[0]


def minus(a, b):
    return a - 2.0 * b


def times(a, b=3.0):
    return a * b
