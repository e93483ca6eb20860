"""The pure domain: what follows from the facts. No database, no files, no clock; "today" is an argument."""
