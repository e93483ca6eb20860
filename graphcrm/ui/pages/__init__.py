"""The pages: each module has ``page()``, which draws it."""
