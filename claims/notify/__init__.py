"""Telling people: mail now; follows and webhooks come later."""
