"""Arithmetic: Python's operators and the ufuncs of the same meaning."""


@elementwise(np.add, ast.Add, noun=total)
@cases("A23 + B23", "A23 + B3", "A23 + B", "A + B", "A21 + B13", "A03 + B3", "A23 + 2.0", "F23 + F3")
def add(z, x, y):
    """z = x + y."""
    dz_dx = 1.0
    dz_dy = 1.0


@elementwise(np.subtract, ast.Sub, noun=difference)
@cases("A23 - B23", "A23 - B3", "A - B23", "A - B", "A21 - B13", "A03 - B3", "2.0 - A23", "F23 - F3")
def subtract(z, x, y):
    """z = x - y."""
    dz_dx = 1.0
    dz_dy = -1.0


@elementwise(np.multiply, ast.Mult, noun=product)
@cases("A23 * B23", "A23 * B3", "A21 * B13", "A23 * B", "A * B", "A03 * B3", "C23 * C3", "F23 * F3")
def multiply(z, x, y):
    """z = x y."""
    dz_dx = y
    dz_dy = x


@elementwise(np.divide, np.true_divide, ast.Div, noun=ratio)
@cases("A23 / P23", "A23 / P3", "A21 / P13", "A / P23", "A / P", "A03 / P3", "F23 / G3", "1.0 / P23")
def divide(z, x, y):
    """z = x / y."""
    dz_dx = 1.0 / y
    dz_dy = -z / y


@elementwise(np.power, ast.Pow, math.pow, cost=dear, noun=power)
@cases("P23 ** 2", "P23 ** B3", "P ** B", "A23 ** 3", "2.0 ** A23", "P21 ** B13", "P03 ** B3", "G23 ** 2")
def power(z, x, y):
    """z = x ** y."""
    dz_dx = y * x ** (y - 1)
    dz_dy = z * np.log(x)


@elementwise(np.negative, ast.USub, noun=negative)
@cases("-A23", "-A", "-A03", "-F23")
def negative(z, x):
    """z = -x."""
    dz_dx = -1.0


@elementwise(np.positive, ast.UAdd)
@cases("+A23", "+A")
def positive(z, x):
    """z = x."""
    dz_dx = 1.0


@elementwise(np.abs, np.absolute, builtins.abs, math.fabs, noun=magnitude)
@cases("np.abs(A23)", "abs(A)", "np.abs(A03)", "np.abs(F23)")
def absolute(z, x):
    """z = |x|; 0 has derivative 0."""
    dz_dx = np.sign(x)


@elementwise(np.square)
@cases("np.square(A23)", "np.square(A)", "np.square(F23)")
def square(z, x):
    """z = x x."""
    dz_dx = 2.0 * x


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


@constant(np.sign)
@cases("np.sign(A23)")
def sign(z, x):
    """z = -1, 0 or 1: the derivative is 0."""


@constant(np.floor_divide, ast.FloorDiv)
@cases("A23 // B3")
def floor_divide(z, x, y):
    """z = floor(x / y): the derivative is 0."""


@elementwise(np.remainder, np.mod, ast.Mod, noun=rest)
@cases("A23 % P3", "A % P", "F23 % G3")
def remainder(z, x, y):
    """z = x - y floor(x / y)."""
    dz_dx = 1.0
    dz_dy = -(x // y)


@constant(np.less, ast.Lt, noun=test)
@cases("A23 < B3")
def less(z, x, y):
    """z = x < y."""


@constant(np.less_equal, ast.LtE, noun=test)
@cases("A23 <= B3")
def less_equal(z, x, y):
    """z = x <= y."""


@constant(np.greater, ast.Gt, noun=test)
@cases("A23 > B3")
def greater(z, x, y):
    """z = x > y."""


@constant(np.greater_equal, ast.GtE, noun=test)
@cases("A23 >= B3")
def greater_equal(z, x, y):
    """z = x >= y."""


@constant(np.equal, ast.Eq, noun=test)
@cases("A23 == B3")
def equal(z, x, y):
    """z = x == y."""


@constant(np.not_equal, ast.NotEq, noun=test)
@cases("A23 != B3")
def not_equal(z, x, y):
    """z = x != y."""


@constant(ast.Not, operator.not_, result=truth)
@cases("A23 * (not A > 0.0)")
def logical_not(z, x):
    """z = not x."""


@constant(np.logical_not, np.invert, ast.Invert)
@cases("~(A23 < B3)")
def invert(z, x):
    """z = ~x."""
