"""Arrays in another shape or order: z holds the elements of x, each once, where it says `moves`."""


@linear(np.transpose, attribute.T, result=transposed, views=yes, moves=yes)
@cases("A23.T", "np.transpose(A234)", "A3.T", "A03.T", "np.transpose(A234, (2, 0, 1))", "A234.transpose(1, 2, 0)",
       "A234.transpose((1, 0, 2))", "A23.transpose()", "np.transpose(A234, axes=(0, 2, -2))", "np.sum(A234.transpose(1, 2, 0))")
def transpose(z, x, axes=None):
    """z = x with its axes in reverse order, or in the order `axes`."""
    x_bar = z_bar.T if axes is None else np.transpose(z_bar, inverse(axes))


@linear(intrinsic.mT, attribute.mT, np.matrix_transpose, result=matrix_transposed, views=yes, moves=yes)
@cases("A23.mT", "A234.mT")
def mT(z, x):
    """z = x with its last two axes swapped."""
    x_bar = mT(z_bar)


@linear(np.swapaxes, result=swapped, views=yes, moves=yes)
@cases("np.swapaxes(A234, 0, 2)", "A234.swapaxes(0, -1)", "np.swapaxes(A23, 0, 1)")
def swapaxes(z, x, /, axis1, axis2):
    """z = x with two axes swapped."""
    x_bar = np.swapaxes(z_bar, axis1, axis2)


@linear(np.moveaxis, result=moved, views=yes, moves=yes)
@cases("np.moveaxis(A234, 0, -1)", "np.moveaxis(A234, (0, 1), (2, 0))", "np.moveaxis(A234, 2, 0)")
def moveaxis(z, x, /, source, destination):
    """z = x with axes moved to other places."""
    x_bar = np.moveaxis(z_bar, destination, source)


@linear(np.reshape, method.reshape, result=reshaped, views=maybe, moves=yes)
@cases("A23.reshape(6)", "A23.reshape((3, 2))", "np.reshape(A23, -1)", "A23.reshape(3, -1)", "np.reshape(A23, (3, 2), order='F')",
       "A23.reshape(len(A23), -1)", "np.sum(A23.reshape(-1))", "A6.reshape(len(A6) // 2, 2)", "A03.reshape(0)", "A23.reshape(-1, 2)")
def reshape(z, x, shape, order="C"):
    """z = x with another shape."""
    x_bar = np.reshape(z_bar, shape(x), order=order)


@linear(np.ravel, result=raveled, views=maybe, moves=yes, copied=flatten)
@cases("A23.ravel()", "np.ravel(A234)", "A3.ravel()", "np.ravel(A23, order='F')", "A23.ravel() @ B23.ravel()")
def ravel(z, x, order="C"):
    """z = x as one axis."""
    x_bar = np.reshape(z_bar, shape(x), order=order)


@linear(method.flatten, result=raveled, moves=yes)
@cases("A23.flatten()", "A234.flatten()", "A3.flatten()", "A23.flatten('F')")
def flatten(z, x, order="C"):
    """z = a copy of x as one axis."""
    x_bar = np.reshape(z_bar, shape(x), order=order)


@linear(np.expand_dims, result=with_new_axes, views=yes, moves=yes)
@cases("np.expand_dims(A23, 0)", "np.expand_dims(A23, axis=-1)", "np.expand_dims(A23, (0, 2))")
def expand_dims(z, x, /, axis):
    """z = x with new axes of size 1."""
    x_bar = np.squeeze(z_bar, axis)


@linear(np.squeeze, result=squeezed, views=yes, moves=yes)
@cases("np.squeeze(A213)", "np.squeeze(A213, axis=1)", "A213.squeeze(1)", "A1213.squeeze((0, 2))", "A21.squeeze(-1)")
def squeeze(z, x, axis=None):
    """z = x without axes of size 1."""
    x_bar = np.reshape(z_bar, shape(x)) if axis is None else np.expand_dims(z_bar, axis)


@linear(np.flip, result=unmoved, views=yes, moves=yes)
@cases("np.flip(A23)", "np.flip(A23, axis=1)", "np.flip(A234, (0, 2))", "np.flip(A3, 0)", "np.flip(A03, 0)")
def flip(z, x, axis=None):
    """z = x in reverse order along `axis`."""
    x_bar = np.flip(z_bar, axis=axis)


@linear(np.fliplr, result=unmoved, views=yes, moves=yes)
@cases("np.fliplr(A23)")
def fliplr(z, x):
    """z = x with its columns in reverse order."""
    x_bar = np.fliplr(z_bar)


@linear(np.flipud, result=unmoved, views=yes, moves=yes)
@cases("np.flipud(A23)", "np.flipud(A3)")
def flipud(z, x):
    """z = x with its rows in reverse order."""
    x_bar = np.flipud(z_bar)


@linear(np.rot90, result=turned, views=yes, moves=yes)
@cases("np.rot90(A23)", "np.rot90(A23, 2)", "np.rot90(A234, -1, (1, 2))", "np.rot90(A234, k=3, axes=(0, 2))")
def rot90(z, x, k=1, axes=(0, 1)):
    """z = x turned by so many right angles, from the first of two axes to the second."""
    x_bar = np.rot90(z_bar, opposite(k), axes=axes)


@linear(np.roll, result=unmoved, moves=yes)
@cases("np.roll(A23, 1)", "np.roll(A23, 2, axis=1)", "np.roll(A23, -1, 0)", "np.roll(A23, (1, -1), axis=(0, 1))",
       "np.roll(A3, len(A3) // 2)", "np.roll(A03, 1)")
def roll(z, x, /, shift, axis=None):
    """z = x moved along `axis`; what leaves at one end comes in at the other."""
    x_bar = np.roll(z_bar, opposite(shift), axis=axis)


@linear(np.broadcast_to, result=stretched, views=locked)
@cases("np.broadcast_to(A3, (2, 3))", "np.broadcast_to(A21, (2, 3))", "np.broadcast_to(A, (2, 3))",
       "np.broadcast_to(A3, B23.shape) * B23", "np.broadcast_to(A3, (2, len(A3)))", "np.sum(np.broadcast_to(A3, (2, 3)))")
def broadcast_to(z, x, shape):
    """z = x at a larger size."""
    x_bar = fit(z_bar, x)


@linear(np.tile, result=tiled)
@cases("np.tile(A3, 2)", "np.tile(A23, (2, 1))", "np.tile(A23, 3)", "np.tile(A3, len(A3))", "np.tile(A23, (2, 2))",
       "np.tile(A3, (2, 1))", "np.tile(A3, (2, 3))")
def tile(z, x, /, reps):
    """z = x, so many times beside itself."""
    x_bar = copies_summed(z_bar, x, reps)


@linear(np.repeat, result=repeated)
@cases("np.repeat(A3, 2)", "np.repeat(A23, 2)", "np.repeat(A23, 3, axis=1)", "A23.repeat(2, axis=0)", "np.repeat(A03, 2, axis=0)",
       "np.repeat(A3, len(A3))", "np.repeat(A3, 0)")
def repeat(z, x, /, repeats, axis=None):
    """z = x, each element so many times."""
    x_bar = repeats_summed(z_bar, x, repeats, axis)


@linear(np.diag, result=diagonal_matrix, views=locked)
@cases("np.diag(A3)", "np.diag(A33)", "np.diag(A3, 1)", "np.diag(A33, k=-1)", "np.diag(F33)")
def diag(z, x, k=0):
    """z = the matrix with x on a diagonal, or the diagonal of the square matrix x."""
    x_bar = np.diag(z_bar, k)


@linear(np.diagonal, result=diagonal, views=locked, writer=fill_diagonal)
@cases("np.diagonal(A33)", "A33.diagonal()", "np.diagonal(A33, offset=1)", "A33.diagonal(-1)", "np.diagonal(A23)", "A53.diagonal()")
def diagonal(z, x, offset=0):
    """z = a diagonal of the square matrix x, or the first one of any matrix."""
    if offset != 0 or reaches(z, x):
        x_bar = np.diag(z_bar, offset)
    else:
        places = np.arange(size(z, 0))
        x_at = (places, places)
        x_bar = z_bar


@linear(np.tril, result=unmoved)
@cases("np.tril(A33)", "np.tril(A23, -1)", "np.tril(A33, k=1)")
def tril(z, x, k=0):
    """z = x below a diagonal, else 0."""
    x_bar = np.tril(z_bar, k)


@linear(np.triu, result=unmoved)
@cases("np.triu(A33)", "np.triu(A23, -1)", "np.triu(A33, k=1)")
def triu(z, x, k=0):
    """z = x above a diagonal, else 0."""
    x_bar = np.triu(z_bar, k)
