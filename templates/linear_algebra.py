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
@cases("np.dot(A23, B34)", "np.dot(A3, B3)", "np.dot(A3, B34)", "np.dot(A23, B3)", "np.dot(A, B23)", "np.dot(A23, B)", "np.dot(A, B)")
def dot(z, x, y):
    """z = x . y: as matmul up to rank 2; a scalar multiplies."""
    if ndim(x) == 0 or ndim(y) == 0:
        x_bar = z_bar * y
        y_bar = z_bar * x
    elif ndim(x) == 1 and ndim(y) == 1:
        x_bar = z_bar * y
        y_bar = z_bar * x
    elif ndim(x) == 1:
        x_bar = np.dot(y, z_bar)
        y_bar = x[:, None] * z_bar
    elif ndim(y) == 1:
        x_bar = z_bar[:, None] * y
        y_bar = np.dot(mT(x), z_bar)
    else:
        x_bar = np.dot(z_bar, mT(y))
        y_bar = np.dot(mT(x), z_bar)
