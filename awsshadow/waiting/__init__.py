"""Waiting for a state, without the network: goals, rounds of looks, and the line that shows them."""
