"""Functions that write what they are given into an array: the assignment that a call of them is."""


@write(np.copyto)
@cases("np.copyto(A23, B23)", "np.copyto(A23, B3)", "np.copyto(A23, B)", "np.copyto(A3, 2.0)", "np.copyto(A03, B3)")
def copyto(x, y):
    """x = y, everywhere."""
    x[...] = y


@write(method.fill, fits=one)
@cases("A23.fill(B)", "A3.fill(2.0)", "A03.fill(B)")
def fill(x, y):
    """x = the number y, everywhere."""
    x[...] = y


@write(np.fill_diagonal, fits=exactly)
@cases("np.fill_diagonal(A33, B)", "np.fill_diagonal(A33, B3)", "np.fill_diagonal(A33, 0.0)", "np.fill_diagonal(A00, B)",
       "np.fill_diagonal(A53, B3)", "np.fill_diagonal(A24, B)", "np.fill_diagonal(A03, B)")
def fill_diagonal(x, y):
    """The diagonal of x = y."""
    np.diagonal(x)[...] = y


@write(np.add.at)
@cases("np.add.at(A3, [0, 2, 0], B3)", "np.add.at(A3, I5, B5)", "np.add.at(A34, I5, B4)", "np.add.at(A34, (I5, 0), B5)",
       "np.add.at(A3, I5, B)", "np.add.at(A3, M3, 2.0)", "np.add.at(A3, I0, B0)", "np.add.at(A3, slice(0, 2), B2)")
def add_at(x, i, y):
    """x[i] += y; what stands at an index twice is added twice."""
    x[i] += y


@write(np.subtract.at)
@cases("np.subtract.at(A3, [0, 2, 0], B3)", "np.subtract.at(A34, I5, B4)", "np.subtract.at(A3, I5, B)")
def subtract_at(x, i, y):
    """x[i] -= y; what stands at an index twice is subtracted twice."""
    x[i] -= y
