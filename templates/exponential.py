"""Exponentials, logarithms, trigonometric and hyperbolic functions, and the error function."""


@elementwise(np.exp, math.exp, cost=dear)
@cases("np.exp(A23)", "np.exp(A)", "math.exp(A)", "np.exp(A03)", "np.exp(F23)", "np.exp(C23)")
def exp(z, x):
    """z = exp x."""
    dz_dx = z


@elementwise(np.log, math.log, cost=dear)
@cases("np.log(P23)", "np.log(P)", "math.log(P)", "np.log(P03)", "np.log(G23)")
def log(z, x):
    """z = log x."""
    dz_dx = 1.0 / x


@elementwise(np.sqrt, math.sqrt, cost=dear)
@cases("np.sqrt(P23)", "np.sqrt(P)", "math.sqrt(P)", "np.sqrt(P03)", "np.sqrt(G23)")
def sqrt(z, x):
    """z = sqrt x."""
    dz_dx = 0.5 / z


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
@cases("np.tan(U23)", "np.tan(U)", "math.tan(U)")
def tan(z, x):
    """z = tan x."""
    dz_dx = 1.0 + z * z


@elementwise(np.tanh, math.tanh, cost=dear)
@cases("np.tanh(A23)", "np.tanh(A)", "math.tanh(A)", "np.tanh(A03)", "np.tanh(F23)", "np.tanh(C23)")
def tanh(z, x):
    """z = tanh x."""
    dz_dx = 1.0 - z * z


@elementwise(scipy.special.erf, math.erf, cost=dear)
@cases("scipy.special.erf(A23)", "math.erf(A)", "scipy.special.erf(A03)", "scipy.special.erf(F23)")
def erf(z, x):
    """z = 2 / sqrt(pi) times the integral of exp(-t t) from 0 to x."""
    dz_dx = 1.1283791670955126 * np.exp(-(x * x))
