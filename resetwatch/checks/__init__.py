"""What `make check` holds the code to, beyond its tests."""
