"""What is stored: accounts, the index of workshops, and the log of every workshop's events.

The log is what counts. The index and the operations can be made anew from it
(:mod:`edp_app.log.store.upkeep`).
"""
