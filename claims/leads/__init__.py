"""Feeds and their entries: read, paced, found in pages, taken in and given out as lists, matched with claims."""
