"""Products of matrices and vectors.  `mT` swaps the last two axes; `fit` sums broadcast axes away."""


@bilinear(np.matmul, ast.MatMult, result=product, cost=never)
@cases("A23 @ B34", "A3 @ B3", "A3 @ B34", "A23 @ B3", "A523 @ B34", "A1523 @ B7134", "A03 @ B34", "A21 @ B14", "F23 @ F34",
       "A4 @ B543", "A543 @ B3", "A5143 @ B3", "A3 @ B2534")
def matmul(z, x, y):
    """z = x @ y; a 1-D operand loses its axis in z."""
    if ndim(x) == 1 and ndim(y) == 1:
        x_bar = z_bar * y
        y_bar = z_bar * x
    elif ndim(x) == 1 and ndim(y) == 2:
        x_bar = y @ z_bar
        y_bar = x[:, None] * z_bar
    elif ndim(x) == 2 and ndim(y) == 1:
        x_bar = z_bar[:, None] * y
        y_bar = mT(x) @ z_bar
    elif ndim(x) == 1:
        x_bar = fit((y @ z_bar[..., None])[..., 0], x)
        y_bar = fit(x[:, None] * z_bar[..., None, :], y)
    elif ndim(y) == 1:
        x_bar = z_bar[..., None] * y
        y_bar = fit((mT(x) @ z_bar[..., None])[..., 0], y)
    else:
        x_bar = fit(z_bar @ mT(y), x)
        y_bar = fit(mT(x) @ z_bar, y)


@bilinear(np.dot, result=dotted, cost=never, noun=product)
@cases("np.dot(A23, B34)", "np.dot(A3, B3)", "np.dot(A3, B34)", "np.dot(A23, B3)", "np.dot(A, B23)", "np.dot(A23, B)",
       "np.dot(A, B)", "A23.dot(B3)", "np.dot(A523, B3)", "np.dot(A23, B534)", "np.dot(A3, B534)", "np.dot(A423, B534)")
def dot(z, x, y):
    """z = x . y: the last axis of x with the last but one of y; a scalar multiplies."""
    if ndim(x) == 0 or ndim(y) == 0:
        x_bar = z_bar * y
        y_bar = z_bar * x
    elif ndim(x) == 1 and ndim(y) == 1:
        x_bar = z_bar * y
        y_bar = z_bar * x
    elif ndim(x) == 1 and ndim(y) == 2:
        x_bar = np.dot(y, z_bar)
        y_bar = x[:, None] * z_bar
    elif ndim(x) == 2 and ndim(y) == 1:
        x_bar = z_bar[:, None] * y
        y_bar = np.dot(mT(x), z_bar)
    elif ndim(x) == 2 and ndim(y) == 2:
        x_bar = np.dot(z_bar, mT(y))
        y_bar = np.dot(mT(x), z_bar)
    elif ndim(y) == 1:
        x_bar = z_bar[..., None] * y
        y_bar = np.tensordot(z_bar, x, ndim(z))
    else:
        rows = tuple(range(ndim(x) - 1))
        columns = tuple(range(ndim(x) - 1, ndim(z)))
        x_bar = np.tensordot(z_bar, y, (columns, free(((ndim(x) - 1,), (ndim(y) - 2,)), x, y, 1)))
        y_bar = np.moveaxis(np.tensordot(x, z_bar, (rows, rows)), 0, -2)


@bilinear(np.inner, result=inner_product, cost=never, noun=product)
@cases("np.inner(A3, B3)", "np.inner(A23, B43)", "np.inner(A23, B3)", "np.inner(A3, B23)", "np.inner(A, B3)", "np.inner(A523, B43)",
       "np.inner(F23, F3)")
def inner(z, x, y):
    """z = the products of the last axes of x and y."""
    if ndim(x) == 0 or ndim(y) == 0 or ndim(z) == 0:
        x_bar = z_bar * y
        y_bar = z_bar * x
    else:
        x_bar = np.tensordot(z_bar, y, (tuple(range(ndim(x) - 1, ndim(z))), tuple(range(ndim(y) - 1))))
        y_bar = np.tensordot(z_bar, x, (tuple(range(ndim(x) - 1)), tuple(range(ndim(x) - 1))))


@bilinear(np.outer, result=outer_product, cost=never, noun=product)
@cases("np.outer(A3, B4)", "np.outer(A3, A3)", "np.outer(F3, G4)")
def outer(z, x, y):
    """z[i, j] = x[i] y[j]."""
    x_bar = z_bar @ y
    y_bar = x @ z_bar


@general(np.vdot, result=inner_product, cost=never, noun=product)
@cases("np.vdot(A3, B3)", "np.vdot(C3, B3 * 1j)", "np.vdot(C3, C3 * 2.0)", "np.vdot(A, B)")
def vdot(z, x, y):
    """z = the sum of conj(x) y, of vectors."""
    x_bar = np.conj(z_bar * y) if is_complex(x) else z_bar * y
    y_bar = z_bar * np.conj(x) if is_complex(x) else z_bar * x
    z_dot = np.vdot(x_dot, y) + np.vdot(x, y_dot)


@linear(np.trace, result=traced, cost=dear)
@cases("np.trace(A33)", "A34.trace()", "np.trace(A43, offset=1)", "np.trace(F33)", "np.trace(A33 @ B33)")
def trace(z, x, offset=0):
    """z = the sum of the diagonal of a matrix."""
    columns = None if is_square(x) else size(x, 1)
    x_bar = z_bar * np.eye(size(x, 0), columns, offset, dtype=dtype(x))


@bilinear(np.tensordot, result=contracted, cost=never, noun=product)
@cases("np.tensordot(A23, B34, 1)", "np.tensordot(A234, B345, axes=2)", "np.tensordot(A234, B42, ((0, 2), (1, 0)))",
       "np.tensordot(A23, B23, 2)", "np.tensordot(A234, B542, axes=((2,), (1,)))", "np.tensordot(A3, B4, 0)")
def tensordot(z, x, y, axes=2):
    """z = the products of x and y, summed over pairs of axes."""
    left = free(axes, x, y, 0)
    right = free(axes, x, y, 1)
    x_bar = untangled(np.tensordot(z_bar, y, (tuple(range(len(left), ndim(z))), right)), axes, x, y, 0)
    y_bar = untangled(np.tensordot(z_bar, x, (tuple(range(len(left))), left)), axes, x, y, 1)
