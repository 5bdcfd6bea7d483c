"""Programs, and the derivatives that an expert would have written for them by hand."""
