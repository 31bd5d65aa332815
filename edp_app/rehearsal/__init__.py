"""Simulated participants and a simulated facilitator: they use the pages' own protocol over the network, so
that a rehearsal shows what a real afternoon would. Seeds fix what they choose, not when things happen.
"""
