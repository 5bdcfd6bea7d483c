"""Making, copying and converting arrays.  `like` and `shape` give a size only: they are not differentiated."""


@constant(np.zeros, result=made, layout=C)
@cases("A3 + np.zeros(3)", "A23 + np.zeros((2, 3))", "F3 + np.zeros(3, np.float32)", "A23 + np.zeros(A23.shape)",
       "A23 + np.zeros(shape=(2, 3), dtype=float)")
def zeros(z, shape, dtype=float):
    """z = zeros of the given shape."""


@constant(np.ones, result=made, layout=C)
@cases("A3 * np.ones(3)")
def ones(z, shape, dtype=float):
    """z = ones of the given shape."""


@constant(np.empty, result=made, layout=C)
@cases("np.sum(A3) + np.sum(np.empty(0))")
def empty(z, shape, dtype=float):
    """z = an array whose contents are not yet set."""


@constant(np.zeros_like, result=alike, layout=like)
@cases("A23 + np.zeros_like(A23)", "A23 + np.zeros_like(A23, order='C')")
def zeros_like(z, like, dtype=None, order="K"):
    """z = zeros, shaped like an array."""


@constant(np.ones_like, result=alike, layout=like)
@cases("A23 * np.ones_like(A23)")
def ones_like(z, like, dtype=None):
    """z = ones, shaped like an array."""


@constant(np.empty_like, result=alike, layout=like)
@cases("A0 + np.empty_like(A0)")
def empty_like(z, like, dtype=None):
    """z = an array shaped like another, whose contents are not yet set."""


@linear(np.full_like, result=alike, layout=like)
@cases("A23 * np.full_like(B23, A)", "A23 * np.full_like(B23, A3)")
def full_like(z, like, x, dtype=None):
    """z = x, broadcast to the shape of an array."""
    x_bar = fit(z_bar, x)


@linear(np.full, result=filled, layout=C)
@cases("A23 * np.full((2, 3), A)", "np.full(3, A)", "np.full((2, 3), A3)", "np.full(3, fill_value=A)",
       "np.full(F3.shape, F, dtype=np.float64)")
def full(z, shape, x, dtype=None):
    """z = x, broadcast to a shape."""
    x_bar = fit(z_bar, x)


@general(np.arange, result=counted, unique=yes)
@cases("A3 * np.arange(3)", "np.arange(A, A + 2.0)", "A3 * np.arange(1, 7, 2)", "A3 * np.arange(3, dtype=float)",
       "A3 * np.arange(len(A3))")
def arange(z, x, stop=None, step=None, dtype=None):
    """z = x, x + step, ... below stop; 0, 1, ... below x where that stands alone."""
    stop_bar = 0.0
    if stop is not None:
        x_bar = np.sum(z_bar)
        z_dot = x_dot * np.ones_like(z)


@general(np.linspace, result=spaced)
@cases("np.linspace(A, B, 5)", "np.linspace(0.0, A, 4)", "np.linspace(A, B, num=4, endpoint=False)", "np.linspace(F3, G3, 3)",
       "np.linspace(A3, B, 4)", "A3 * np.linspace(0.0, 1.0, 3)")
def linspace(z, x, y, num=50, endpoint=True, dtype=None):
    """z = num points from x to y, in equal steps."""
    way = rise(np.linspace(0.0, 1.0, num, endpoint=endpoint), z)
    x_bar = fit(np.sum(z_bar * (1.0 - way), axis=0 if ndim(z) > 1 else None), x)
    y_bar = fit(np.sum(z_bar * way, axis=0 if ndim(z) > 1 else None), y)
    z_dot = x_dot * (1.0 - way) + y_dot * way


@constant(np.eye, result=square, layout=C)
@cases("A3 @ np.eye(3)", "A3 @ np.eye(3, 4, 1)", "A3 @ np.eye(len(A3), M=2)", "F3 @ np.eye(3, dtype=np.float32)")
def eye(z, shape, M=None, k=0, dtype=float):
    """z = ones on a diagonal."""


@constant(np.identity, result=square_matrix, layout=C)
@cases("A3 @ np.identity(3)", "A3 @ np.identity(len(A3))")
def identity(z, shape, dtype=float):
    """z = the unit matrix."""


@linear(np.array, result=arrayed)
@cases("np.array((A, B, 1.0))", "np.array((A3, B3))", "np.array(A23)", "np.array(((A, B), (B, 2)))", "np.array(A)",
       "np.array(F23, dtype=float)", "np.array((A, 1), dtype=float)")
def array(z, *x, dtype=None):
    """z = an array of the numbers or arrays x."""
    x_bar = element(z_bar)


@linear(np.asarray, np.ascontiguousarray, np.asanyarray, result=arrayed, views=self)
@cases("np.asarray((A, B, 1.0))", "np.asarray(A23)", "np.asarray(F23, dtype=float)", "np.asarray(A23) * A23",
       "np.ascontiguousarray(A23)")
def asarray(z, *x, dtype=None):
    """z = an array of the numbers or arrays x; an array itself, where it is one."""
    x_bar = element(z_bar)


@linear(np.copy, method.copy, result=same)
@cases("A23.copy()", "np.copy(A23)", "A03.copy()")
def copy(z, x, order=None):
    """z = a copy of x."""
    x_bar = z_bar


@linear(intrinsic.cast, method.astype, result=converted)
@cases("A23.astype(np.float32) * F23", "F23.astype(np.float64)")
def astype(z, x, dtype):
    """z = x in another dtype; a derivative passes where both are inexact."""
    x_bar = z_bar


@linear(np.real, attribute.real, result=real, views=yes)
@cases("C23.real", "np.real(C23)", "C23.real * C23.imag")
def real(z, x):
    """z = the real part of x."""
    x_bar = z_bar


@general(np.imag, attribute.imag, result=real, views=yes)
@cases("C23.imag", "np.imag(C23)", "C.imag")
def imag(z, x):
    """z = the imaginary part of x."""
    if is_complex(x):
        x_bar = -1j * z_bar
        z_dot = np.imag(x_dot)
    else:
        x_bar = 0.0
        z_dot = 0.0


@linear(np.meshgrid, result=meshed, noun=grid)
@cases("np.meshgrid(A3, B4)[0]", "np.meshgrid(A3, B4)[1]", "np.meshgrid(A3, B4, indexing='ij')[0]",
       "np.meshgrid(A3, B4, indexing='ij')[1]", "np.meshgrid(A3, np.arange(4), B2)[0]", "np.meshgrid(A3, B4, A3)[2]",
       "np.meshgrid(A3, F4, sparse=True)[1]", "np.meshgrid(A3, B4)[0] * np.meshgrid(A3, B4)[1]", "np.meshgrid(A3)[0]",
       "np.meshgrid(A1, B0)[0]", "np.meshgrid(A3, B)[0] * np.meshgrid(A3, B)[1]")
def meshgrid(z, *x, sparse=False, indexing="xy"):
    """z = for each of the vectors x an array that is as large as all of them span, and holds it along its axis."""
    x_bar = across(z_bar, indexing)


@constant(np.diag_indices, result=index_of_diagonal, unique=yes, cost=dear)
@cases("A33[np.diag_indices(3)]", "A333[np.diag_indices(3, 3)] * A3", "np.sum(A33[np.diag_indices(len(A33))])")
def diag_indices(z, shape, ndim=2):
    """z = the indices of a diagonal, for each axis."""


@constant(np.tril_indices, result=index_of_lower, unique=yes, cost=dear)
@cases("A33[np.tril_indices(3)]", "A33[np.tril_indices(len(A33), -1)]", "A44[np.tril_indices(4, k=2)] * A44[np.tril_indices(4, 2)]")
def tril_indices(z, shape, k=0):
    """z = the rows and the columns of the elements below a diagonal."""


@constant(np.triu_indices, result=index_of_upper, unique=yes, cost=dear)
@cases("A33[np.triu_indices(3)]", "A33[np.triu_indices(len(A33), 1)]", "A44[np.triu_indices(4, k=-2)] * A44[np.triu_indices(4, -2)]")
def triu_indices(z, shape, k=0):
    """z = the rows and the columns of the elements above a diagonal."""


@linear(np.atleast_1d, result=at_least_vector, views=locked)
@cases("np.atleast_1d(A23)", "np.atleast_1d(A3)", "np.atleast_1d(A)", "np.atleast_1d(F3)", "np.atleast_1d(F)")
def atleast_1d(z, x):
    """z = x; a number as an array of one element."""
    x_bar = z_bar[0] if ndim(x) == 0 else z_bar


@linear(np.atleast_2d, result=at_least_matrix, views=locked)
@cases("np.atleast_2d(A23)", "np.atleast_2d(A3)", "np.atleast_2d(A)", "np.atleast_2d(F3)")
def atleast_2d(z, x):
    """z = x; a vector as a row."""
    x_bar = z_bar[0, 0] if ndim(x) == 0 else z_bar[0] if ndim(x) == 1 else z_bar


@general(np.pad, result=padded)
@cases("np.pad(A3, 2)", "np.pad(A23, 1)", "np.pad(A23, ((1, 0), (0, 2)))", "np.pad(A23, (1, 2))", "np.pad(A3, (0, 1))",
       "np.pad(A23, ((0, 0), (2, 1)), mode='constant', constant_values=3.0)", "np.pad(A3, 1, 'constant')", "np.pad(F23, 1)",
       "np.pad(A3, len(A3) - 1)", "np.pad(A23, ((0, 0), (0, len(A23))))", "np.pad(A03, 1)", "np.pad(A3, ((1, 0),))", "np.pad(A3, 0)",
       "np.pad(A3, (len(A3) - 3, 1))")
def pad(z, x, /, pad_width, mode="constant", constant_values=0):
    """z = x with a border of so many elements on either side."""
    x_bar = unpadded(z_bar, x, pad_width)
    z_dot = np.pad(x_dot, pad_width)
