"""What shares memory with what, and what is a copy."""
import numpy as np

from .helpers import h, minus, refused, same


def joined_slices(x):
    a = np.concatenate([x[:1], same(x), x[:1]])
    return np.sum(a * a)


def another_name(x):
    y = x
    y[0] = 4.0
    return minus(x[0], h(y)) + x[0]


def argument_rebound(x):
    y = x
    x = x * 2.0
    y[0] = 7.0
    return np.sum(x * y)


def transposed_view(x):
    A = np.outer(x, x)
    B = A.T
    B[0, 1] = 9.0
    return np.sum(A * B)


@refused
def reshaped_view(x):
    A = np.outer(x, x)
    B = A.reshape(-1)
    B[1] = 9.0
    return np.sum(A * A.T)


@refused
def ravelled_view(x):
    A = np.outer(x, x)
    B = A.ravel()
    B[1] = 9.0
    return np.sum(A * A.T)


def flattened_copy(x):
    A = np.outer(x, x)
    B = A.flatten()
    B[1] = 9.0
    return np.sum(A * A.T) + B[1]


def row_is_a_view(x):
    A = np.outer(x, x)
    r = A[1]
    r *= 2.0
    return np.sum(A * A.T)


def rows_are_a_copy(x):
    A = np.outer(x, x)
    r = A[[1, 2]]
    r *= 2.0
    return np.sum(A * A.T) + np.sum(r)


def new_axis(x):
    y = x[None, :]
    y[0, 1] = 5.0
    return np.sum(x)


def all_of_it(x):
    y = x[...]
    y[1] = 5.0
    return np.sum(x)


def as_it_is(x):
    y = np.asarray(x)
    y[1] = 5.0
    return np.sum(x)


def array_is_a_copy(x):
    y = np.array(x)
    y[1] = 5.0
    return np.sum(x * y)


@refused
def at_least_one_axis(x):
    y = np.atleast_1d(x)
    y[1] = 5.0
    return np.sum(x * y)


def squeezed(x):
    A = x[:, None]
    y = np.squeeze(A)
    y[1] = 5.0
    return np.sum(x * y)


@refused
def parts(x):
    a, b, c = np.split(x, 3)
    a[0] = 8.0
    return np.sum(x) + b[0] * c[0]


def broadcast_view(x):
    B = np.broadcast_to(x, (2, 3))
    x[0] = 8.0
    return np.sum(B * B)


@refused
def real_part(x):
    y = np.real(x)
    y[0] = 8.0
    return np.sum(x)


def expanded(x):
    y = np.expand_dims(x, 0)
    y[0, 0] = 8.0
    return np.sum(x)


def moved_axes(x):
    A = np.outer(x, x)
    B = np.moveaxis(A, 0, 1)
    B[0, 1] = 8.0
    return np.sum(A * A.T)


def result_of_its_own(x):
    y = np.maximum(x, 1.0)
    y[0] = 8.0
    return np.sum(x * y)


def absolute_copy(x):
    y = abs(x)
    y[0] = 8.0
    return np.sum(x * y)


def plus_is_a_copy(x):
    y = +x
    y[0] = 8.0
    return np.sum(x * y)


def converted_copy(x):
    y = x.astype(float)
    y[0] = 8.0
    return np.sum(x * y)


@refused
def converted_as_it_is(x):
    y = x.astype(float, copy=False)
    y[0] = 8.0
    return np.sum(x * y)


def clipped_copy(x):
    y = np.clip(x, 0.5, 2.5)
    y[0] = 8.0
    return np.sum(x * y)


@refused
def list_of_elements(x):
    L = list(x)
    x[0] = 9.0
    return L[0] * x[0] + L[1]


def list_repeated(x):
    L = [x] * 2
    L[0][0] = 9.0
    return np.sum(L[1])


def twice_in_a_tuple(x):
    t = (x, x)
    t[0][0] = 9.0
    return np.sum(t[1])


def twice_in_a_dict(x):
    d = {'a': x, 'b': x}
    d['a'][0] = 9.0
    return np.sum(d['b'])


def lists_in_lists(x):
    L = [[x, 1.0], [x * 2.0, 2.0]]
    L[0][0][0] = 9.0
    L[1][0][0] = 3.0
    return np.sum(x) + np.sum(L[1][0]) * L[1][1]


@refused
def sorted_in_place(x):
    x.sort()
    return x[0]


@refused
def alias_on_one_path(x):
    y = x if x[0] > 0 else x * 2.0
    y[0] = 11.0
    return np.sum(x)


@refused
def alias_in_some_trips(x):
    y = x
    for i in range(3):
        y[i] = y[i] * x[0]
        y = x * 1.0 if i == 1 else y
    return np.sum(x) + np.sum(y)
