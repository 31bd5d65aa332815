"""Load and cost: what a vote costs the server, beside what any server would have to pay.

Part of the checkout, not of the installed package. ``edp bench`` runs it, docs/bench.md says how to read it,
RESULTS.md keeps what was measured.
"""
