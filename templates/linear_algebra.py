"""Products of matrices and vectors, norms, linear systems.  `mT` swaps the last two axes; `fit` sums broadcast axes away."""


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


@general(np.linalg.norm, result=normed, cost=dear)
@cases("np.linalg.norm(A3)", "np.linalg.norm(A23)", "np.linalg.norm(A23, axis=1)", "np.linalg.norm(A234, axis=(0, 2))",
       "np.linalg.norm(A23, axis=0, keepdims=True)", "np.linalg.norm(A3, 2)", "np.linalg.norm(A3, 1)", "np.linalg.norm(A3, np.inf)",
       "np.linalg.norm(A23, ord=1, axis=0)", "np.linalg.norm(A23, np.inf, 1)", "np.linalg.norm(A34, 'fro')", "np.linalg.norm(F23)",
       "np.linalg.norm(F23, axis=-1)", "np.linalg.norm(C3)", "np.linalg.norm(A21, axis=1)", "np.linalg.norm(F3, 1)",
       "np.linalg.norm(F3, np.inf)", "np.linalg.norm(A23, axis=1) * np.linalg.norm(B23, ord=2, axis=1)", "np.linalg.norm(A234)")
def norm(z, x, ord=None, axis=None, keepdims=False):
    """z = the square root of the sum of |x|^2 over `axis`; the sum, or the largest, of |x| where `ord` is 1 or infinite."""
    safe_z = 1.0
    if ord == 1:
        way = np.sign(x)
    elif ord == np.inf:
        hit = np.abs(x) == expand(z, x, axis, keepdims)
        way = np.sign(x) * hit / np.sum(hit, axis=axis, keepdims=axis is not None)
    if ord == 1 or ord == np.inf:
        x_bar = expand(z_bar, x, axis, keepdims) * way
        z_dot = np.sum(x_dot * way, axis=axis, keepdims=keepdims)
    else:
        conjugate = np.conj(x) if is_complex(x) else x
        x_bar = expand(z_bar / z, x, axis, keepdims) * conjugate
        z_dot = np.sum(x_dot * conjugate, axis=axis, keepdims=keepdims) / z


@general(np.linalg.solve, result=solution, cost=never, noun=solution)
@cases("np.linalg.solve(A33 + 3.0 * np.eye(3), B3)", "np.linalg.solve(A33 + 3.0 * np.eye(3), B34)",
       "np.linalg.solve(A233 + 3.0 * np.eye(3), B234)", "np.linalg.solve(A33 + 3.0 * np.eye(3), B234)",
       "np.linalg.solve(A233 + 3.0 * np.eye(3), B3)", "np.linalg.solve(F33 + np.float32(3.0) * np.eye(3, dtype=np.float32), F3)",
       "np.linalg.solve(P11, B13)", "np.linalg.solve(np.tril(np.ones((3, 3))), B3)", "np.linalg.solve(A33, np.ones(3))",
       "np.linalg.solve(A233, np.ones(3))", "np.linalg.solve(C33 + 3.0 * np.eye(3), C3)")
def solve(z, x, y):
    """x @ z = y."""
    if ndim(y) > 1:
        y_bar = np.linalg.solve(mT(x), z_bar)
        x_bar = -(y_bar @ mT(z))
    elif ndim(x) == 2:
        y_bar = np.linalg.solve(mT(x), z_bar)
        x_bar = -y_bar[:, None] * z
    else:
        column = np.linalg.solve(mT(x), z_bar[..., None])
        y_bar = column[..., 0]
        x_bar = -column * z[..., None, :]
    share = x_dot @ z if ndim(y) > 1 or ndim(x) == 2 else (x_dot @ z[..., None])[..., 0]
    change = y_dot if not varies(x) else y_dot - share if varies(y) else -share
    if ndim(y) > 1 or ndim(x) == 2 or not varies(x):
        z_dot = np.linalg.solve(x, change)
    else:
        z_dot = np.linalg.solve(x, change[..., None])[..., 0]


@general(np.linalg.inv, result=square_matrices, cost=never, noun=inverse)
@cases("np.linalg.inv(A33 + 3.0 * np.eye(3))", "np.linalg.inv(A233 + 3.0 * np.eye(3))", "np.linalg.inv(P11)",
       "np.linalg.inv(F33 + np.float32(3.0) * np.eye(3, dtype=np.float32))", "np.linalg.inv(C33 + 3.0 * np.eye(3))",
       "np.linalg.inv(A033)")
def inv(z, x):
    """z @ x = 1."""
    x_bar = -(mT(z) @ z_bar @ mT(z))
    z_dot = -(z @ x_dot @ z)


@general(np.linalg.det, result=of_matrices, cost=never, noun=determinant)
@cases("np.linalg.det(A33)", "np.linalg.det(A233)", "np.linalg.det(P11)", "np.linalg.det(F33)", "np.linalg.det(C33)",
       "np.linalg.det(A033)")
def det(z, x):
    """z = the determinant of x."""
    way = mT(np.linalg.inv(x))
    x_bar = expand(z_bar * z, x, (-2, -1), False) * way
    z_dot = z * np.sum(x_dot * way, axis=(-2, -1))


@general(np.linalg.slogdet, result=sign_and_logarithm, cost=never, noun=logdet)
@cases("np.linalg.slogdet(A33)[1]", "np.linalg.slogdet(A233)[1]", "np.linalg.slogdet(P11)[1] * P11", "np.linalg.slogdet(F33)[1]",
       "np.linalg.slogdet(A33)[0] * A33", "A233[:, 0, 0] * np.linalg.slogdet(A233)[0]")
def slogdet(z, x):
    """z = the sign of the determinant of x, and the logarithm of its size."""
    way = mT(np.linalg.inv(x))
    x_bar = expand(item(z_bar, 1), x, (-2, -1), False) * way
    z_dot = (0.0 * z[0], np.sum(x_dot * way, axis=(-2, -1)))


@general(np.linalg.cholesky, result=triangles, cost=never, noun=triangle)
@cases("np.linalg.cholesky(A33 @ A33.T + np.eye(3))", "np.linalg.cholesky(A233 @ A233.mT + np.eye(3))", "np.linalg.cholesky(P11)",
       "np.linalg.cholesky(F33 @ F33.T + np.eye(3, dtype=np.float32))", "np.linalg.cholesky(3.0 * np.eye(3) + A33)")
def cholesky(z, x):
    """z @ z.T = x, z lower triangular; of x the upper triangle is not read."""
    half = 1.0 - 0.5 * np.eye(size(x, -1), dtype=dtype(x))
    inverse = np.linalg.inv(z)
    both = mT(inverse) @ (np.tril(mT(z) @ z_bar) * half) @ inverse
    x_bar = np.tril(both) + mT(np.triu(both, 1))
    whole = np.tril(x_dot) + mT(np.tril(x_dot, -1))
    z_dot = z @ (np.tril(inverse @ whole @ mT(inverse)) * half)


@general(np.linalg.eigh, result=values_and_vectors, cost=never, noun=eigen)
@cases("np.linalg.eigh(A33 + A33.T)[0]", "np.linalg.eigh(A33 + A33.T)[1]", "np.linalg.eigh(A33)[1] @ np.linalg.eigh(A33)[0]",
       "np.linalg.eigh(A233)[1] * np.linalg.eigh(A233)[0][:, None]", "np.linalg.eigh(F33)[1]", "np.linalg.eigh(A11)[0]",
       "np.linalg.eigh(np.eye(3) * A3)[0]", "np.linalg.eigh(F33)[0]")
def eigh(z, x):
    """x @ z[1] = z[1] * z[0] for the symmetric x, of which the upper triangle is not read."""
    values = item(z, 0)
    vectors = item(z, 1)
    one = np.eye(size(x, -1), dtype=dtype(x))
    row = values if ndim(x) == 2 else values[..., None, :]
    factor = (1.0 - one) / (row - values[..., None] + one)
    by_values = vectors * (item(z_bar, 0) if ndim(x) == 2 else item(z_bar, 0)[..., None, :])
    by_vectors = vectors @ (mT(vectors) @ item(z_bar, 1) * factor)
    shares = by_values if is_zero(z_bar, 1) else by_vectors if is_zero(z_bar, 0) else by_values + by_vectors
    both = shares @ mT(vectors)
    x_bar = np.tril(both) + mT(np.triu(both, 1))
    whole = np.tril(x_dot) + mT(np.tril(x_dot, -1))
    moved = whole @ vectors
    z_dot = (np.sum(vectors * moved, axis=-2), vectors @ (mT(vectors) @ moved * factor))


@general(np.linalg.eigvalsh, result=values_only, cost=never, noun=values)
@cases("np.linalg.eigvalsh(A33 + A33.T)", "np.linalg.eigvalsh(A233)", "np.linalg.eigvalsh(F33)", "np.linalg.eigvalsh(A11)",
       "np.linalg.eigvalsh(np.eye(3) * A3)")
def eigvalsh(z, x):
    """z = the eigenvalues of the symmetric x, of which the upper triangle is not read."""
    eigen = np.linalg.eigh(x)
    vectors = item(eigen, 1)
    both = vectors * (z_bar if ndim(x) == 2 else z_bar[..., None, :]) @ mT(vectors)
    x_bar = np.tril(both) + mT(np.triu(both, 1))
    whole = np.tril(x_dot) + mT(np.tril(x_dot, -1))
    z_dot = np.sum(vectors * (whole @ vectors), axis=-2)


@general(np.einsum, result=subscripted, cost=never, noun=product)
@cases("np.einsum('ij,jk->ik', A23, B34)", "np.einsum('ij,jk', A23, B34)", "np.einsum('ijk->ki', A234)", "np.einsum('ij->', A23)",
       "np.einsum('ij->i', A23)", "np.einsum('i,i', A3, B3)", "np.einsum('i,j->ij', A3, B4)", "np.einsum('ij,kj->ki', A23, B43)",
       "np.einsum('bij,bjk->bik', A523, B534)", "np.einsum('i,ij,j->', A2, B23, P3)", "np.einsum('td,sd->ts', A23, A43)",
       "np.einsum('ij,k->k', A23, B4)", "np.einsum('ijk,j->i', A234, B3)", "np.einsum('i j, j -> i', A23, B3)",
       "np.einsum('ij,ij->ij', F23, F23)", "np.einsum('ij,jk->ik', A21, B34)", "np.einsum(',i->i', A, B3)",
       "np.einsum('ij,jk,kl->il', A23, B34, P42, optimize=True)", "np.einsum('ij,j->i', I23, B3)", "np.einsum('ij,ij', C23, C23)",
       "np.einsum('ijk->j', A234)", "np.einsum('ij,jk->ik', A03, B34)", "np.einsum('kji->ik', A234)", "np.einsum('i,ij->j', np.ones(2), A23)",
       "np.einsum('...ij,...jk->...ik', A523, B534)", "np.einsum('...ij,jk', A523, B34)", "np.einsum('...i,...i', A523, B23)",
       "np.einsum('...ij,...j->...', A23, B53)", "np.einsum('...ij->...i', A523)", "np.einsum('...ijk->...ki', A5234)",
       "np.einsum('...ij,kl->...i', A523, B23)")
def einsum(z, subscripts, *x, optimize=False):
    """z = the sum of the products of x over the letters that the result does not have."""
    x_bar = others(z_bar, subscripts)
    z_dot = one_by_one(x, x_dot, subscripts)
