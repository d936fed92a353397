"""Why a feed or a list of feeds could not be read, as a sentence for a person."""


class LeadsError(Exception):
    """What was read is not usable; the text says why."""


class NotAFeed(LeadsError):
    """The document is neither RSS nor Atom, or none that can be read."""


class OpmlError(LeadsError):
    """The file is not a list of feeds in OPML, or none that is taken."""
