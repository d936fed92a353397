"""The JSON API, version 1: schemas and endpoints over the same actions and queries as the pages."""
