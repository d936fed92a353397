"""The reads: page-sized selections with a fixed number of SQL queries."""
