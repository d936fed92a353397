"""The verbs: the only code that writes. One function is one act: permission, change, event, one transaction."""
