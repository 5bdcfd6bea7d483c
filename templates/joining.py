"""Joining a sequence of arrays into one, and cutting one into a list.

Of the sequence `*x`, a rule's x is the operand at hand: `part` is its piece of what was joined.
"""


@linear(np.concatenate, np.concat, result=joined, moves=yes, noun=joined)
@cases("np.concatenate((A3, B5))", "np.concatenate((A23, B53))", "np.concatenate((A23, B24, P21), axis=1)",
       "np.concatenate((A3, np.zeros(2), B3))", "np.concatenate((A23,), 0)", "np.concatenate((A03, B23))",
       "np.concatenate((A3, A3))", "np.concatenate((F3, A3))", "np.sum(np.concatenate((A3, B5)))",
       "np.concatenate((A23, B23), axis=-1)", "np.concatenate((A3, np.array((1, 2))))")
def concatenate(z, *x, axis=0, dtype=None):
    """z = the arrays x, one after another along `axis`."""
    x_bar = part(z_bar, axis)


@linear(np.stack, result=stacked, moves=yes, noun=stack)
@cases("np.stack((A3, B3))", "np.stack((A23, B23, A23), axis=1)", "np.stack((A3, B3), axis=-1)", "np.stack((A, B, 1.0))",
       "np.stack((F3, B3))")
def stack(z, *x, axis=0, dtype=None):
    """z = the arrays x along a new axis."""
    x_bar = layer(z_bar, axis)


@linear(np.hstack, result=joined_horizontally, moves=yes, noun=joined)
@cases("np.hstack((A3, B5))", "np.hstack((A23, B24))", "np.hstack((A, B3, 1.0))")
def hstack(z, *x, dtype=None):
    """z = the arrays x side by side."""
    x_bar = part(z_bar, 0 if ndim(z) == 1 else 1)


@linear(np.vstack, result=joined_vertically, moves=yes, noun=joined)
@cases("np.vstack((A3, B3))", "np.vstack((A23, B53))", "np.vstack((A3, B23))")
def vstack(z, *x, dtype=None):
    """z = the arrays x one below another."""
    x_bar = part(z_bar, 0)


@linear(np.column_stack, result=joined_as_columns, moves=yes, noun=joined)
@cases("np.column_stack((A3, B3))", "np.column_stack((np.ones(3), B34, A3))")
def column_stack(z, *x):
    """z = the vectors and matrices x as columns."""
    x_bar = part(z_bar, 1)


@linear(np.split, result=split, views=yes, noun=parts)
@cases("np.concatenate(np.split(A6, 3)) * B6", "np.split(A6, 2)[0] * np.split(A6, 2)[1]", "np.split(A64, 2, axis=1)[1]",
       "np.split(A6, (2, 5))[1]", "np.split(A64, (1,), axis=-1)[0]")
def split(z, x, /, indices_or_sections, axis=0):
    """z = the list of the parts of x along `axis`: so many alike, or cut at these indices."""
    x_bar = np.concatenate(z_bar, axis=axis)


@linear(np.array_split, result=split_unevenly, views=yes, noun=parts)
@cases("np.array_split(A7, 3)[0]", "np.array_split(A7, 3)[2]", "np.array_split(A53, 2, axis=0)[1]")
def array_split(z, x, /, indices_or_sections, axis=0):
    """z = the list of the parts of x along `axis`, the first of them longer where they cannot be alike."""
    x_bar = np.concatenate(z_bar, axis=axis)
