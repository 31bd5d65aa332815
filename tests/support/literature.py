"""Values that others have published, for whatever computes them."""

AGREEMENT = (
    ([30, 40, 210, 130, 530, 50, 10], 0.6113),
    ([5, 0, 0, 0, 5], -1),
    ([2, 2, 2, 2, 2], 0),
    ([0, 0, 0, 0, 5], 1),
    ([0, 0, 2, 3, 5], 0.65),
    ([4, 1, 0, 1, 4], -0.6556),
)
"""How many gave each step, and van der Eijk's A of it."""
