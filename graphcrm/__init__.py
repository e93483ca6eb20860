"""graphcrm: relationship intelligence on a graph."""

__version__ = "0.1.0"
