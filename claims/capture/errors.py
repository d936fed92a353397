"""Why something could not be fetched, as a sentence for a person."""


class FetchError(Exception):
    """Nothing was fetched; the text says what was wrong and with which site."""


class AddressRefused(FetchError):
    """The address is not one that is fetched: malformed, another scheme or port, a user name in it."""


class PrivateAddress(AddressRefused):
    """The site's name leads to an address that is not on the public internet."""


class NameNotFound(FetchError):
    """The site's name is not known to the domain name system, or that could not be asked."""


class Unreachable(FetchError):
    """No connection could be made, or it broke off."""


class CertificateRefused(FetchError):
    """The site could not prove by https that it is the one that was asked for."""


class RedirectRefused(FetchError):
    """The site sent on too often, in a circle, or where nothing is fetched from."""


class TooLarge(FetchError):
    """What the site sent, unpacked, is larger than what was asked for may be."""


class TooSlow(FetchError):
    """Name, connection, answer and body together took longer than they may."""


class WrongContent(FetchError):
    """The site answered with another type of content than was asked for."""


class BadAnswer(FetchError):
    """What the site answered is not HTTP, or is packed in a way that cannot be undone."""
