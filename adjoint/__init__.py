"""adjoint: ahead-of-time, source-to-source automatic differentiation of NumPy programs."""
from .api import derivative, grad, value_and_grad
from .errors import AdjointError, AliasError, UnsupportedError, WrongGradientError

__all__ = ["AdjointError", "AliasError", "UnsupportedError", "WrongGradientError", "derivative", "grad",
           "value_and_grad"]
__version__ = "0.1.0"
