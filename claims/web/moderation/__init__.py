"""Moderation: what waits for a decision, and the people who may send and decide. Nothing here is public."""
