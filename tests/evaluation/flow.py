"""Branches, loops and functions whose tests and items write."""
import numpy as np

from .helpers import again, h, refused, same


def and_or(x):
    c = 0.0
    if x[0] > 0 and h(x) > 0 or h(x) > 100:
        c = x[0]
    return c + x[0]


def value_of_or(x):
    c = (x[0] > 100) or h(x)
    return c * 1.0 + x[0]


@refused
def test_of_while(x):
    n = 0
    s = 0.0
    while h(x) < 50.0:
        s += x[0]
        n += 1
    return s * n


def enumerated_while_written(x):
    s = 0.0
    for i, e in enumerate(x):
        x[2] = 9.0
        s += i * e
    return s


def zipped(x):
    s = 0.0
    for p, q in zip(x, same(x)):
        s += p * q
    return s


def rows_written_ahead(x):
    s = 0.0
    for e in x:
        x[1:] *= 2.0
        s += e
    return s


def rows_of_a_copy(x):
    s = 0.0
    for e in x * 1.0:
        x[1:] *= 2.0
        s += e
    return s


def rows_in_reverse(x):
    s = 0.0
    for e in reversed(x):
        x[:] *= 2.0
        s += e
    return s


def rows_of_a_slice(x):
    s = 0.0
    for e in x[1:]:
        x[:] *= 2.0
        s += e
    return s


def items_are_numbers(x):
    s = 0.0
    L = [x[0], x[1]]
    for e in L:
        x[:] *= 2.0
        s += e * x[0]
    return s


def conditional(x):
    y = h(x) if h(x) > 3.0 else x[0]
    return y + x[0]


def assertion(x):
    assert h(x) > 0
    return x[0]


def calls_as_statements(x):
    h(x)
    h(x)
    return x[0]


def lambda_reads_late(x):
    q = lambda: x[0]
    h(x)
    return q() + h(x) + q()


def default_reads_early(x):
    def q(y=x[0]):
        return y * x[0]
    h(x)
    return q() + q(2.0)


def captured_late(x):
    y = x[0]
    def q():
        return y
    y = h(x)
    return q()


def tried(x):
    try:
        y = x[0] * h(x)
    except ZeroDivisionError:
        y = 0.0
    return y + x[0]


def formatted(x):
    s = f'{h(x)}'
    return x[0]


def named_in_a_test(x):
    if (y := h(x)) > 1.0:
        return y * x[0]
    return y


def returned_conditional(x):
    return h(x) if x[0] > 100.0 else x[0] + h(x)


def number_grows(x):
    n = 0
    for i in range(3):
        n = n + x[i] if i > 0 else n
    return n * 1.0


def no_trip(x):
    s = 0.0
    i = 5
    for i in range(0):
        s += x[i]
    return s + x[0] * i


def index_after_the_loop(x):
    for i in range(3):
        pass
    return x[i] * i


def index_rebound(x):
    for i in range(3):
        i = i * 2
    return x[0] * i


def else_of_while(x):
    i = 0
    while i < 3:
        i += 1
        if x[0] > 100:
            break
    else:
        h(x)
    return x[0] * i


def inner_else(x):
    s = 0.0
    for i in range(3):
        for j in range(3):
            if j == i:
                break
            s += h(x)
        else:
            s += 100.0
    return s


def continued(x):
    s = 0.0
    for i in range(4):
        if i % 2:
            h(x)
            continue
        s += x[0]
    return s


def element_counts(x):
    y = np.zeros(3)
    for y[0] in range(3):
        pass
    return np.sum(y * x) + x[0]


def tuples_of_items(x):
    s = 0.0
    for (a, b), c in [((x[0], 1.0), h(x)), ((x[0], 2.0), h(x))]:
        s += a * b * c
    return s


def recursive(x):
    return again(x, 3) + x[0]


def negation(x):
    if not h(x) > 100.0:
        return x[0]
    return 0.0


def none_at_first(x):
    y = None
    if y is None:
        y = h(x)
    return y * x[0]


def none_in_the_loop(x):
    y = None
    for i in range(2):
        if y is None:
            y = h(x)
        else:
            y = y * x[0]
    return y
