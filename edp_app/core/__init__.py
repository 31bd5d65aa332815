"""The rules of a workshop: pure functions over a log of events.

Nothing here knows of a web framework, a database, a clock or a source of chance. Times, identities and seeds
come in with the commands and the events.
"""
