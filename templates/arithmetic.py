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
    safe_y = 1.0


@elementwise(np.power, ast.Pow, math.pow, builtins.pow, cost=dear, noun=power)
@cases("P23 ** 2", "P23 ** B3", "P ** B", "A23 ** 3", "2.0 ** A23", "P21 ** B13", "P03 ** B3", "G23 ** 2", "pow(P, B)",
       "math.pow(P, B)", "np.power(P23, B3)", "C23 ** 3")
def power(z, x, y):
    """z = x ** y."""
    dz_dx = 0.0 if is_constant(y, 0) else y * z / x if is_negative(y) else y * x ** (y - 1)
    dz_dy = z * np.log(x)
    safe_x = None if is_whole(y) else 1.0


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


@elementwise(np.abs, np.absolute, builtins.abs, math.fabs, np.fabs, noun=magnitude)
@cases("np.abs(A23)", "abs(A)", "np.abs(A03)", "np.abs(F23)", "np.abs(C23)", "math.fabs(A)", "np.fabs(A23)", "abs(C)")
def absolute(z, x):
    """z = |x|; 0 has derivative 0."""
    dz_dx = np.conj(x) / np.where(z == 0.0, 1.0, z) if is_complex(x) else np.sign(x)


@elementwise(np.square)
@cases("np.square(A23)", "np.square(A)", "np.square(F23)", "np.square(C23)")
def square(z, x):
    """z = x x."""
    dz_dx = 2.0 * x


@elementwise(np.reciprocal)
@cases("np.reciprocal(P23)", "np.reciprocal(P)", "np.reciprocal(G23)", "np.reciprocal(C23)")
def reciprocal(z, x):
    """z = 1 / x."""
    dz_dx = -z * z
    safe_x = 1.0


@constant(np.floor_divide, ast.FloorDiv)
@cases("A23 // B3", "A * (5 // 2)", "np.sum(A3[:len(A3) // 2])")
def floor_divide(z, x, y):
    """z = floor(x / y): the derivative is 0."""


@elementwise(np.remainder, np.mod, ast.Mod, noun=rest)
@cases("A23 % P3", "A % P", "F23 % G3", "np.mod(4.0 * A23, P3)", "np.sum(A3[len(A3) % 2:])")
def remainder(z, x, y):
    """z = x - y floor(x / y)."""
    dz_dx = 1.0
    dz_dy = -(x // y)
    safe_y = 1.0


@elementwise(np.fmod, math.fmod, noun=rest)
@cases("np.fmod(A23, P3)", "np.fmod(A, P)", "math.fmod(A, P)", "np.fmod(F23, G3)", "np.fmod(4.0 * A23, P3)")
def fmod(z, x, y):
    """z = x - y trunc(x / y)."""
    dz_dx = 1.0
    dz_dy = -np.trunc(x / y)
    safe_y = 1.0


@elementwise(np.copysign, math.copysign)
@cases("np.copysign(A23, B3)", "np.copysign(A, B)", "math.copysign(A, B)", "np.copysign(F23, F3)")
def copysign(z, x, y):
    """z = |x| with the sign of y."""
    dz_dx = np.sign(x) * np.copysign(1.0, y)
    dz_dy = 0.0


@elementwise(np.conj, np.conjugate)
@cases("np.conj(C23)", "C23.conj()", "C23.conjugate()", "np.conj(A23)", "np.conj(C)")
def conj(z, x):
    """z = the complex conjugate of x."""
    x_bar = np.conj(z_bar) if is_complex(x) else z_bar
    z_dot = np.conj(x_dot) if is_complex(x) else x_dot
