"""Pages and feeds of the web: fetched under guard, and later preserved."""
