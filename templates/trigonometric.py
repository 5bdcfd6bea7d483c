"""Trigonometric and hyperbolic functions, and their inverses."""


@elementwise(np.sin, math.sin, cost=dear)
@cases("np.sin(A23)", "np.sin(A)", "math.sin(A)", "np.sin(A03)", "np.sin(F23)", "np.sin(C23)")
def sin(z, x):
    """z = sin x."""
    dz_dx = np.cos(x)


@elementwise(np.cos, math.cos, cost=dear)
@cases("np.cos(A23)", "np.cos(A)", "math.cos(A)", "np.cos(A03)", "np.cos(F23)", "np.cos(C23)")
def cos(z, x):
    """z = cos x."""
    dz_dx = -np.sin(x)


@elementwise(np.tan, math.tan, cost=dear)
@cases("np.tan(U23)", "np.tan(U)", "math.tan(U)", "np.tan(F03)", "np.tan(C23)")
def tan(z, x):
    """z = tan x."""
    dz_dx = 1.0 + z * z


@elementwise(np.arcsin, math.asin, cost=dear)
@cases("np.arcsin(U23)", "np.arcsin(U)", "math.asin(U)", "np.arcsin(0.5 * np.tanh(F23))", "np.arcsin(C23)")
def arcsin(z, x):
    """z = arcsin x."""
    dz_dx = 1.0 / np.sqrt(1.0 - x * x)
    safe_x = 0.0


@elementwise(np.arccos, math.acos, cost=dear)
@cases("np.arccos(U23)", "np.arccos(U)", "math.acos(U)", "np.arccos(0.5 * np.tanh(F23))", "np.arccos(C23)")
def arccos(z, x):
    """z = arccos x."""
    dz_dx = -1.0 / np.sqrt(1.0 - x * x)
    safe_x = 0.0


@elementwise(np.arctan, math.atan, cost=dear)
@cases("np.arctan(A23)", "np.arctan(A)", "math.atan(A)", "np.arctan(F23)", "np.arctan(C23)")
def arctan(z, x):
    """z = arctan x."""
    dz_dx = 1.0 / (1.0 + x * x)


@elementwise(np.arctan2, math.atan2, cost=dear)
@cases("np.arctan2(A23, B23)", "np.arctan2(A23, B3)", "np.arctan2(A, B)", "math.atan2(A, B)", "np.arctan2(A21, B13)",
       "np.arctan2(F23, F3)", "np.arctan2(A23, 1.0)")
def arctan2(z, x, y):
    """z = the angle of the point (y, x): arctan(x / y) where y > 0."""
    square = x * x + y * y
    dz_dx = y / square
    dz_dy = -x / square
    safe_y = 1.0


@elementwise(np.sinh, math.sinh, cost=dear)
@cases("np.sinh(A23)", "np.sinh(A)", "math.sinh(A)", "np.sinh(F23)", "np.sinh(C23)")
def sinh(z, x):
    """z = sinh x."""
    dz_dx = np.cosh(x)


@elementwise(np.cosh, math.cosh, cost=dear)
@cases("np.cosh(A23)", "np.cosh(A)", "math.cosh(A)", "np.cosh(F23)", "np.cosh(C23)")
def cosh(z, x):
    """z = cosh x."""
    dz_dx = np.sinh(x)


@elementwise(np.tanh, math.tanh, cost=dear)
@cases("np.tanh(A23)", "np.tanh(A)", "math.tanh(A)", "np.tanh(A03)", "np.tanh(F23)", "np.tanh(C23)")
def tanh(z, x):
    """z = tanh x."""
    dz_dx = 1.0 - z * z


@elementwise(np.arcsinh, math.asinh, cost=dear)
@cases("np.arcsinh(A23)", "np.arcsinh(A)", "math.asinh(A)", "np.arcsinh(F23)", "np.arcsinh(C23)")
def arcsinh(z, x):
    """z = arcsinh x."""
    dz_dx = 1.0 / np.sqrt(1.0 + x * x)


@elementwise(np.arccosh, math.acosh, cost=dear)
@cases("np.arccosh(1.0 + P23)", "np.arccosh(1.0 + P)", "math.acosh(1.0 + P)", "np.arccosh(G23 + 1.0)")
def arccosh(z, x):
    """z = arccosh x."""
    dz_dx = 1.0 / np.sqrt(x * x - 1.0)
    safe_x = 2.0


@elementwise(np.arctanh, math.atanh, cost=dear)
@cases("np.arctanh(U23)", "np.arctanh(U)", "math.atanh(U)", "np.arctanh(0.5 * np.tanh(F23))", "np.arctanh(C23)")
def arctanh(z, x):
    """z = arctanh x."""
    dz_dx = 1.0 / (1.0 - x * x)
    safe_x = 0.0


@elementwise(np.deg2rad, np.radians, math.radians)
@cases("np.deg2rad(A23)", "np.radians(A)", "math.radians(A)", "np.deg2rad(F23)")
def deg2rad(z, x):
    """z = x degrees in radians."""
    dz_dx = 0.017453292519943295


@elementwise(np.rad2deg, np.degrees, math.degrees)
@cases("np.rad2deg(A23)", "np.degrees(A)", "math.degrees(A)", "np.rad2deg(F23)")
def rad2deg(z, x):
    """z = x radians in degrees."""
    dz_dx = 57.29577951308232
