"""The servers that come with the site and the commands that run, test and stop it.

`python -m resetwatch.services --help` names them.
"""
