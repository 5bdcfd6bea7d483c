"""adjoint: ahead-of-time, source-to-source automatic differentiation of NumPy programs."""
from . import template
from .api import derivative, elementwise_grad, grad, jvp, value_and_grad, vjp
from .errors import AdjointError, AliasError, UnsupportedError, WrongGradientError

__all__ = ["AdjointError", "AliasError", "UnsupportedError", "WrongGradientError", "derivative", "elementwise_grad",
           "grad", "jvp", "template", "value_and_grad", "vjp"]
__version__ = "0.1.0"
