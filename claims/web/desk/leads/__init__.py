"""Leads: the list, what is done with them, and the feeds that bring them."""
