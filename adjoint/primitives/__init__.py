"""What a primitive is, what its result looks like, and how operations are made."""
