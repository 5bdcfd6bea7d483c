"""In which order operands, arguments and items are evaluated."""
import numpy as np

from .helpers import FACTOR, FACTORS, h, minus, one, refused, same, times, two


def keywords_in_their_order(x):
    s = minus(b=h(x), a=x[0])
    return s


def a_default(x):
    return times(x[0], h(x)) + times(h(x))


def bounds_of_a_slice(x):
    return np.sum(x[one(x):one(x)+2]) + x[0]


def a_chain(x):
    c = 0.0
    if x[0] < h(x) < x[0] + 1.0 < h(x):
        c = 1.0
    return c + x[0]


def methods(x):
    return x.sum() + h(x) + x.sum()


def argument_of_a_method(x):
    return x.dot(same(x)) + x.sum()


def product(x):
    return x @ same(x) + x.sum()


def terms(x):
    return np.sum(x * same(x) + x)


def two_results(x):
    a, b = two(x), x[0]
    return a[0] * b + a[1]


def comprehension(x):
    ys = [h(x) + x[0] for _ in range(3)]
    return ys[0] * ys[1] + ys[2]


def calls_in_calls(x):
    return minus(minus(h(x), x[0]), minus(x[0], h(x)))


def largest_and_smallest(x):
    return max(h(x), x[0], h(x)) + min(x[0], h(x))


def sum_of_a_list(x):
    return sum([x[0], h(x), x[0]])


def array_of_lists(x):
    a = np.array([[x[0], h(x)], [h(x), x[0]]])
    return np.sum(a * a)


def stacked_views(x):
    a = np.stack([x, same(x)])
    return np.sum(a[0] * a[1])


def selected(x):
    return np.sum(np.where(x > 1.0, x, same(x)) * x)


def powers(x):
    return x[0] ** 2 + h(x) ** x[0] % 7.0


def quotients(x):
    q = h(x) // x[0]
    r = x[0] % h(x)
    return q + r + x[0]


def integers_divided(x):
    n = 7
    n /= 2
    n //= 2
    return n * x[0]


def a_mode(x):
    mode = 'a'
    if mode == 'a':
        return h(x)
    return x[0]


def from_outside(x):
    return FACTOR * x[0] + len(FACTORS) * FACTORS[0] * x[1]


def spread_arguments(x):
    t = (h(x), x[0])
    return minus(*t)


@refused
def spread_keywords(x):
    d = {'a': h(x), 'b': x[0]}
    return minus(**d)


def equal_and_unequal(x):
    return 1.0 * (x[0] == h(x)) + 2.0 * (h(x) != x[0])


def truth_as_numbers(x):
    return (x[0] > 0) * h(x) + (x > 1.5).sum()


def absolute_and_rounded(x):
    return abs(x[0] - h(x)) + round(h(x))


def sizes(x):
    return len(x) * h(x) + x.size + x.shape[0] + x.ndim
