"""What is read before, and what after the value of an assignment."""
import numpy as np

from .helpers import h, refused, rest


def updated_number(x):
    y = x[0]
    y += h(x)
    y *= x[0]
    return y


def updated_array(x):
    y = x * 1.0
    y += h(x)
    y *= x[0]
    return np.sum(y)


def updated_argument(x):
    x += h(x)
    return np.sum(x)


def updated_by_its_own_element(x):
    x *= x[0]
    return np.sum(x)


def updated_view(x):
    y = x[1:]
    y += rest(x)
    return np.sum(x)


def updated_element_of_a_view(x):
    y = x[::-1]
    y[0] += rest(x)
    return np.sum(x * y)


def updated_element(x):
    x[0] += h(x)
    return np.sum(x)


def updated_elements(x):
    x[0] += h(x) + x[0]
    x[1] -= x[0] * h(x)
    return np.sum(x)


def updated_slice(x):
    x[:2] += h(x)
    return np.sum(x)


def updated_by_a_part(x):
    x[:2] += x[1:3] * h(x)
    return np.sum(x)


def updated_at_indices(x):
    x[[0, 2]] += h(x)
    return np.sum(x)


def updated_under_a_mask(x):
    x[x > 1.5] *= h(x)
    return np.sum(x)


def item_of_a_list_updated(x):
    L = [x[0], h(x)]
    L[0] += h(x)
    return L[0] * L[1] + x[0]


def array_in_a_list_updated(x):
    L = [x, x * 2.0]
    L[0][0] += h(x)
    L[1][0] += h(x)
    return np.sum(L[0] * L[1])


def entry_updated(x):
    d = {'a': x[0]}
    d['a'] += h(x)
    return d['a'] * x[0]


def named_on_the_way(x):
    return (y := x[0]) + h(x) + y + (y := x[0]) + y


def starred(x):
    a, *b = x[0], h(x), x[0]
    return a + b[0] * b[1]


def index_bound_first(x):
    i = 0
    i, x[i] = 1, 5.0
    return np.sum(x) * (i + 1)


def index_bound_last(x):
    i = 0
    x[i], i = 5.0, 1
    x[i] = 7.0
    return np.sum(x * x)


def two_targets(x):
    y = x[0] = h(x)
    return y * x[0]


def index_is_a_target(x):
    i = 0
    i = x[i] = 2
    return np.sum(x) * i


def out(x):
    y = np.empty(3)
    np.multiply(x, h(x), out=y)
    return np.sum(y * x)


def out_is_an_operand(x):
    np.add(x, h(x), out=x)
    return np.sum(x)


def rebound_and_updated(x):
    y = x
    x = x + 0.0
    x += y
    y += x
    return np.sum(x * y)


def another_name_updated(x):
    y = x
    y += 1.0
    return np.sum(x * y)


def part_moved(x):
    y = x[1:]
    x[:-1] = y
    y[0] = 3.0
    return np.sum(x)


def written_from_a_copy(x):
    y = x.copy()
    x[:] = y[::-1]
    y[0] = 10.0
    return np.sum(x * y)


@refused
def row_from_a_column(x):
    A = np.outer(x, x)
    A[0, :] = A[:, 1]
    A[:, 2] += A[1]
    return np.sum(A * A.T)


def filled(x):
    y = x[1:]
    y.fill(2.0)
    return np.sum(x * x)


@refused
def steps_from_a_slice(x):
    y = x[::2]
    y[:] = x[1:]
    return np.sum(x * np.arange(3.0))


def from_the_end(x):
    x[-1] = x[0]
    x[-2] += x[-1]
    return np.sum(x * np.arange(3.0))


def element_kept(x):
    y = x[1]
    x[1] = 10.0
    return y * x[1]


def slice_kept(x):
    y = x[1:2]
    x[1] = 10.0
    return y[0] * x[1]


def mask_inverted(x):
    m = ~(x > 1.5)
    x[m] = h(x)
    return np.sum(x)


def mask_made_before(x):
    m = x > 1.5
    x[0] = 100.0
    return np.sum(x[m])


def nested_targets(x):
    (a, b), c = (x[0], h(x)), x[0]
    return a * b + c


def list_of_targets(x):
    [a, b] = [x[0], h(x)]
    return a * b


def elements_as_targets(x):
    y = np.zeros(3)
    y[0], y[1:] = h(x), x[1:]
    return np.sum(y * x)


def transpose_updated(x):
    y = x.copy()
    y.T[0] += h(x)
    return np.sum(y)


def index_changes_in_the_value(x):
    i = 0
    x[i] += (i := 1) * h(x)
    return np.sum(x) * i


def index_named_on_the_way(x):
    i = 0
    x[(i := i + 1)] = h(x) + i
    return np.sum(x)
