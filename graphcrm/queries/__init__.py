"""What is asked: one .cypher file is one typed function of the same name. See ``binder``."""
