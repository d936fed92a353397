"""Django's admin, for looking things up: everything is shown, nothing can be changed."""
