"""Functions that give one of their operands: the larger, the smaller, the one a mask points at."""


@elementwise(np.maximum, noun=larger)
@cases("np.maximum(A23, B23)", "np.maximum(A23, B3)", "np.maximum(A, B)", "np.maximum(A23, 0.0)", "np.maximum(F23, F3)")
def maximum(z, x, y):
    """z = max(x, y); at a tie each gets half."""
    dz_dx = 0.5 * ((x >= y) * 1.0 + (x > y))
    dz_dy = 0.5 * ((y >= x) * 1.0 + (y > x))


@elementwise(np.minimum, noun=smaller)
@cases("np.minimum(A23, B23)", "np.minimum(A23, B3)", "np.minimum(A, B)", "np.minimum(A23, 0.0)", "np.minimum(F23, F3)")
def minimum(z, x, y):
    """z = min(x, y); at a tie each gets half."""
    dz_dx = 0.5 * ((x <= y) * 1.0 + (x < y))
    dz_dy = 0.5 * ((y <= x) * 1.0 + (y < x))


@elementwise(np.fmax, noun=larger)
@cases("np.fmax(A23, B23)", "np.fmax(A23, B3)", "np.fmax(A, B)", "np.fmax(A23, 0.0)", "np.fmax(F23, F3)")
def fmax(z, x, y):
    """z = max(x, y), the other where one is nan; at a tie each gets half."""
    dz_dx = 0.5 * ((z == x) * 1.0 + (z != y))
    dz_dy = 0.5 * ((z == y) * 1.0 + (z != x))


@elementwise(np.fmin, noun=smaller)
@cases("np.fmin(A23, B23)", "np.fmin(A23, B3)", "np.fmin(A, B)", "np.fmin(A23, 0.0)", "np.fmin(F23, F3)")
def fmin(z, x, y):
    """z = min(x, y), the other where one is nan; at a tie each gets half."""
    dz_dx = 0.5 * ((z == x) * 1.0 + (z != y))
    dz_dy = 0.5 * ((z == y) * 1.0 + (z != x))


@elementwise(builtins.max, noun=larger)
@cases("max(A, B)", "max(B, A, P)", "max((A, B))", "max(A, 0.0)", "max(1, 2) * A", "max(A3[0], B3[1])")
def first_max(z, x, y):
    """z = Python's max: y where y > x, else x."""
    dz_dx = not y > x
    dz_dy = y > x


@elementwise(builtins.min, noun=smaller)
@cases("min(A, B)", "min(B, A, P)", "min((A, B))", "min(A, 0.0)", "min(1, 2) * A", "min(A3[0], B3[1])")
def first_min(z, x, y):
    """z = Python's min: y where y < x, else x."""
    dz_dx = not y < x
    dz_dy = y < x


@elementwise(np.clip, noun=clipped)
@cases("np.clip(A23, -0.3, 0.4)", "np.clip(A23, None, 0.1)", "np.clip(A23, B3, B3 + 1.0)", "np.clip(A, -0.1, 0.1)",
       "A23.clip(0.0, 1.0)", "np.clip(F23, F3 - 1.0, 0.5)", "A23.clip(min=0.0, max=1.0)", "np.clip(A3, A - 0.2, A + 0.2)",
       "np.clip(A23, a_min=0.0, a_max=1.0)")
def clip(z, x, low, high):
    """z = x cut to what lies between low and high; low <= high."""
    dz_dx = z == x
    dz_dlow = z > x
    dz_dhigh = z < x


@elementwise(np.where, noun=chosen)
@cases("np.where(A23 > 0.0, A23, B3)", "np.where(A3 > 0.0, A23, 0.0)", "np.where(A > 0.0, A, B)", "np.where(M23, A23, 1.0)",
       "np.where(A23 > 0.0, A, B)", "np.where(F23 > 0.0, F23, F3)", "np.where(M03, A03, B3)", "np.where(M3, C23, B)")
def where(z, mask, x, y):
    """z = x where the mask is true, else y."""
    mask_bar = 0.0
    x_bar = np.where(mask, z_bar, 0.0)
    y_bar = np.where(mask, 0.0, z_bar)
    z_dot = np.where(mask, x_dot, y_dot)


@constant(np.argmax, result=reduced)
@cases("A23[np.argmax(B3) // 2]", "A3 * np.argmax(A23, axis=0)", "A3[B3.argmax()]", "A23 * B23.argmax(axis=1, keepdims=True)")
def argmax(z, x, axis=None, keepdims=False):
    """z = where the largest of x is."""


@constant(np.argmin, result=reduced)
@cases("A23[np.argmin(B3) // 2]", "A3 * np.argmin(A23, axis=0)", "A3[B3.argmin()]", "A23 * B23.argmin(axis=1, keepdims=True)")
def argmin(z, x, axis=None, keepdims=False):
    """z = where the smallest of x is."""


@constant(np.argsort, result=ordering, unique=yes)
@cases("A3[np.argsort(A3)]", "A23 * np.argsort(A23, axis=1)", "A3[B3.argsort()]", "A3[np.argsort(B3, kind='stable')]")
def argsort(z, x, axis=-1, kind=None):
    """z = the order that sorts x."""


@general(np.sort, result=sorted_along, cost=dear, method=writes, noun=ordered)
@cases("np.sort(A3)", "np.sort(A23)", "np.sort(A23, axis=0)", "np.sort(A234, 1)", "np.sort(F23, axis=0)", "np.sort(F3)",
       "np.sort(A03, axis=0)", "np.sort(A03)", "np.sort(A13, axis=0)", "np.sort(A31, axis=-2)", "np.sort(A1)", "np.sort(A0)",
       "np.sort(A3, kind='stable')")
def sort(z, x, axis=-1, kind=None):
    """z = x in ascending order along `axis`; elements that are equal keep some order."""
    order = np.argsort(x, axis=axis)
    x_at = along(x, order, axis)
    x_bar = z_bar
    z_dot = x_dot[order] if ndim(x) == 1 else np.take_along_axis(x_dot, order, axis=axis)


@linear(np.take_along_axis, result=taken_along, noun=taken)
@cases("np.take_along_axis(A23, I21, 1)", "np.take_along_axis(A23, I23, axis=1)", "np.take_along_axis(A23, I43, axis=0)",
       "np.take_along_axis(A234, np.argsort(A234, axis=1), axis=1)", "np.take_along_axis(A3, I5, axis=0)",
       "np.take_along_axis(F23, I21, axis=-1)", "np.take_along_axis(A23, I21 - 1, axis=1)",
       "np.take_along_axis(A23, I13, axis=1)", "np.take_along_axis(A13, I43, axis=1)",
       "np.take_along_axis(A13, np.argsort(A23, axis=1), axis=1)")
def take_along_axis(z, x, index, /, axis):
    """z[..., i, ...] = x[..., index[..., i, ...], ...] along `axis`."""
    x_at = along(x, index, axis)
    x_bar = z_bar


@constant(np.searchsorted, result=places, noun=place)
@cases("A3[np.searchsorted(A3, B) // 4]", "A3 * np.searchsorted(np.arange(4.0), B3)",
       "A23 * np.searchsorted(np.arange(4.0), A23, side='right')")
def searchsorted(z, x, y, side="left"):
    """z = where y would stand in the sorted x."""


@constant(np.count_nonzero, result=number_of)
@cases("A3 * np.count_nonzero(A3 > 0.0)", "A23 * np.count_nonzero(B23 > 0.0, axis=0)")
def count_nonzero(z, x, axis=None, keepdims=False):
    """z = how many elements of x are not 0."""
