"""Making, copying and reshaping arrays.  `like` operands give a shape only: they are not differentiated."""


@constant(np.zeros, result=made)
@cases("A3 + np.zeros(3)", "A23 + np.zeros((2, 3))")
def zeros(z, shape, dtype=float):
    """z = zeros of the given shape."""


@constant(np.ones, result=made)
@cases("A3 * np.ones(3)")
def ones(z, shape, dtype=float):
    """z = ones of the given shape."""


@constant(np.empty, result=made)
@cases("np.sum(A3) + np.sum(np.empty(0))")
def empty(z, shape, dtype=float):
    """z = an array whose contents are not yet set."""


@constant(np.zeros_like, result=alike)
@cases("A23 + np.zeros_like(A23)")
def zeros_like(z, like, dtype=None):
    """z = zeros, shaped like an array."""


@constant(np.ones_like, result=alike)
@cases("A23 * np.ones_like(A23)")
def ones_like(z, like, dtype=None):
    """z = ones, shaped like an array."""


@constant(np.empty_like, result=alike)
@cases("A0 + np.empty_like(A0)")
def empty_like(z, like, dtype=None):
    """z = an array shaped like another, whose contents are not yet set."""


@linear(np.full_like, result=alike)
@cases("A23 * np.full_like(B23, A)", "A23 * np.full_like(B23, A3)")
def full_like(z, like, x, dtype=None):
    """z = x, broadcast to the shape of an array."""
    x_bar = fit(z_bar, x)


@linear(np.full, result=filled)
@cases("A23 * np.full((2, 3), A)", "np.full(3, A)")
def full(z, shape, x, dtype=None):
    """z = x, broadcast to a shape."""
    x_bar = fit(z_bar, x)


@constant(np.arange, result=counted)
@cases("A3 * np.arange(3)")
def arange(z, start, stop=None, step=None, dtype=None):
    """z = start, start + step, ... below stop."""


@linear(np.copy, method.copy, result=same)
@cases("A23.copy()", "np.copy(A23)", "A03.copy()")
def copy(z, x, order=None):
    """z = a copy of x."""
    x_bar = z_bar


@linear(np.transpose, attribute.T, result=transposed, views=yes)
@cases("A23.T", "np.transpose(A234)", "A3.T", "A03.T")
def transpose(z, x):
    """z = x with its axes in reverse order."""
    x_bar = np.transpose(z_bar)


@linear(intrinsic.mT, attribute.mT, result=matrix_transposed, views=yes)
@cases("A23.mT", "A234.mT")
def mT(z, x):
    """z = x with its last two axes swapped."""
    x_bar = mT(z_bar)


@linear(np.reshape, result=reshaped, views=maybe)
@cases("A23.reshape(6)", "A23.reshape((3, 2))", "np.reshape(A23, -1)", "A23.reshape(3, -1)")
def reshape(z, x, shape):
    """z = x with another shape."""
    x_bar = np.reshape(z_bar, shape(x))


@linear(np.ravel, result=raveled, views=maybe)
@cases("A23.ravel()", "np.ravel(A234)", "A3.ravel()")
def ravel(z, x):
    """z = x as one axis."""
    x_bar = np.reshape(z_bar, shape(x))


@linear(intrinsic.cast, method.astype, result=converted)
@cases("A23.astype(np.float32) * F23", "F23.astype(np.float64)")
def astype(z, x, dtype):
    """z = x in another dtype; a derivative passes where both are inexact."""
    x_bar = z_bar


@linear(intrinsic.real_part, attribute.real, result=real, views=yes)
@cases("C23.real")
def real(z, x):
    """z = the real part of x."""
    x_bar = z_bar


@linear(builtins.float, result=python_float, noun=number)
@cases("float(A)", "float(np.sum(A3))")
def to_float(z, x):
    """z = x as a Python float."""
    x_bar = z_bar


@constant(builtins.int, result=python_int, noun=whole)
@cases("A3[int(2.5) - 1]")
def to_int(z, x):
    """z = x cut to an integer: the derivative is 0."""


@constant(builtins.bool, result=truth)
@cases("A3 * bool(A > 0.0)")
def to_bool(z, x):
    """z = the truth of x."""
