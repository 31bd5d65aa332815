"""How results are computed: who is shown together (cells), and the figures of each method. Pure functions."""
