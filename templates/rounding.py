"""Rounding and conversion to whole numbers: the derivative is 0."""


@constant(np.sign, result=signed)
@cases("A23 * np.sign(A23)", "A * np.sign(B)")
def sign(z, x):
    """z = -1, 0 or 1."""


@constant(np.heaviside)
@cases("A23 * np.heaviside(B23, 0.5)")
def heaviside(z, x, y):
    """z = 0 where x < 0, 1 where x > 0, y where x is 0."""


@constant(np.floor, math.floor)
@cases("A23 * np.floor(2.0 * B3)", "A * np.floor(B)", "A * math.floor(2.5)")
def floor(z, x):
    """z = the next whole number below x."""


@constant(np.ceil, math.ceil)
@cases("A23 * np.ceil(2.0 * B3)", "A * np.ceil(B)", "A * math.ceil(2.5)")
def ceil(z, x):
    """z = the next whole number above x."""


@constant(np.trunc, np.fix, math.trunc)
@cases("A23 * np.trunc(2.0 * B3)", "A * np.trunc(B)", "A * math.trunc(2.5)")
def trunc(z, x):
    """z = x cut to a whole number."""


@constant(np.rint)
@cases("A23 * np.rint(2.0 * B3)", "A * np.rint(B)")
def rint(z, x):
    """z = the whole number nearest to x."""


@constant(np.round, np.around, result=rounded)
@cases("A23 * np.round(2.0 * B3)", "A * np.round(B, 1)", "A23 * B23.round(decimals=1)")
def round(z, x, decimals=0):
    """z = x to so many decimals."""


@constant(builtins.round, result=python_rounded)
@cases("A * round(2.6)", "A * round(B, 1)", "A3 * round(B)")
def python_round(z, x, ndigits=None):
    """z = x to so many digits, or as an integer."""


@linear(builtins.float, result=python_float, noun=number)
@cases("float(A)", "float(np.sum(A3))")
def to_float(z, x):
    """z = x as a Python float."""
    x_bar = z_bar


@linear(np.float64, np.float32, result=named_dtype, noun=number)
@cases("np.float64(A)", "np.float32(2.0) * F23", "np.float64(F23)", "np.float32(F) * F")
def to_dtype(z, x):
    """z = x as a NumPy number of this type, or an array of them."""
    x_bar = z_bar


@linear(method.item, result=python_number, noun=number)
@cases("np.sum(A3).item()", "A3[1:2].item() * B", "A3.sum().item()")
def to_number(z, x):
    """z = the one element of x as a Python number."""
    x_bar = z_bar


@constant(builtins.int, result=python_int, noun=whole)
@cases("A3[int(2.5) - 1]", "A * int(B)")
def to_int(z, x):
    """z = x cut to an integer."""


@constant(builtins.bool, result=truth)
@cases("A3 * bool(A > 0.0)")
def to_bool(z, x):
    """z = the truth of x."""
