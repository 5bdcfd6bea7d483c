"""The operations that the compiler itself speaks, by name.  All others it knows only by their templates.

Arithmetic and the making of arrays have templates, which say how they are typed, differentiated and
spelled.  Structural operations have none: each stage knows them.
"""
from __future__ import annotations

# ---- with a template

ADD = "add"  # z = x + y
SUBTRACT = "subtract"  # z = x - y
MULTIPLY = "multiply"  # z = x y
DIVIDE = "divide"  # z = x / y
NEGATIVE = "negative"  # z = -x
POWER = "power"  # z = x ** y
FLOOR_DIVIDE = "floor_divide"  # z = x // y
REMAINDER = "remainder"  # z = x % y
FIRST_MAX = "first_max"  # z = Python's max(x, y): x unless y is larger
FIRST_MIN = "first_min"  # z = Python's min(x, y): x unless y is smaller
WHERE = "where"  # z = x where the mask is true, else y
SUM = "sum"  # z = the sum of x over axes
COPY = "copy"  # z = an array of its own with the contents of x
ZEROS = "zeros"  # z = zeros in the shape x
ZEROS_LIKE = "zeros_like"  # z = zeros in the shape of x
ONES_LIKE = "ones_like"  # z = ones in the shape of x
ARRAY = "array"  # z = an array of numbers or arrays, in tuples or lists
ARANGE = "arange"  # z = 0, 1, ... below x
FULL_LIKE = "full_like"  # z = y, broadcast to the shape of x
ROWS_MAX = "rows_max"  # z = Python's max of a vector
ROWS_MIN = "rows_min"  # z = Python's min of a vector
ROWS_SUM = "rows_sum"  # z = Python's sum of an array
ITEMS_SUM = "items_sum"  # z = Python's sum of a tuple
MOVEAXIS = "moveaxis"  # z = x with an axis in another place
EINSUM = "einsum"  # z = a sum of products of arrays, as subscripts tell
SPLIT = "split"  # z = the list of the parts of x along an axis
TRANSPOSE = "transpose"  # z = x with its axes in reverse order
MATRIX_TRANSPOSE = "mT"  # z = x with its last two axes swapped
RESHAPE = "reshape"  # z = x in another shape
ASTYPE = "astype"  # z = x in another dtype
REAL = "real"  # z = the real part of x
TO_FLOAT = "to_float"  # z = x as a Python float

# ---- structural

GETITEM = "getitem"  # z = x[pattern] of an array; attribute `step`
ITEM = "item"  # z = x[key] of a tuple, list or dict
PACK = "pack"  # z = a tuple, list or dict of the operands; attributes `kind`, `keys`
SHAPE = "shape"  # z = x.shape
SIZE = "size"  # z = x.size
LEN = "len"  # z = len(x)
GLOBAL = "global"  # z = what a module or closure cell holds; attributes `owner`, `name`
UNBROADCAST = "unbroadcast"  # z = x summed to the size of y, which only the call knows
LAST_WRITES = "last_writes"  # z = x[pattern], zero where a later write went to the same place
CHAIN = "chain"  # z = x < y < ...; attribute `words`
IS_NONE = "is_none"  # z = x is None; with the attribute `negated`, x is not None
CALL = "call"  # z = f(x, y, ...) of a function that has no derivative; attributes: `function`, and its keywords
FORMAT = "format"  # z = an f-string of the operands; attribute `pieces`
ITERATE = "iterate"  # z = an iterator over a tape, which stays as it is
AS_ROWS = "as_rows"  # z = the list x of arrays of one size, as an array
ROWS = "rows"  # z = the array x as a list of its rows
LISTED = "listed"  # z = a tuple or dict of like items, as a list; with the attribute `view`, x.values()
ITEMS_OF = "items_of"  # z = a tuple or dict like x of the elements of the list y
KEY = "key"  # z = the key number i of the dict x
ENTRY = "entry"  # z = x[key], which is y
RANGE_LENGTH = "range_length"  # z = len(range(x, y, ...))
CUTS = "cuts"  # z = where each array of the list x but the first begins, in all of them joined; attribute `axis`
SHORTEST = "shortest"  # z = min(x, y, ...) of lengths
SLICE_LIST = "slice_list"  # z = x[start:stop:step] of a list
REVERSED_LIST = "reversed_list"  # z = the list x from its end to its start
LIST_JOIN = "list_join"  # z = the lists x, y, ... one after another
LIST_ADD = "list_add"  # z = x + y, leaf by leaf
LIST_ADD_ITEM = "list_add_item"  # z = the list x with y added to its item k
LIST_ADD_SLICE = "list_add_slice"  # z = the list x with y added to its slice
LIST_ZEROS = "list_zeros"  # z = zeros in the structure of x

# ---- groups

ARITHMETIC = (ADD, SUBTRACT, MULTIPLY, DIVIDE)
COMPARISONS = ("Lt", "LtE", "Gt", "GtE", "Eq", "NotEq")
SIZES = (SHAPE, SIZE, LEN)
LISTS = (LIST_JOIN, LIST_ADD, LIST_ADD_ITEM, LIST_ADD_SLICE, LIST_ZEROS)
