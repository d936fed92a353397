"""The ways in which an act can be refused; each says in words for a person what is wrong."""

from collections.abc import Mapping


class ActionError(Exception):
    """An act was refused and nothing of it was stored."""


class NotAllowed(ActionError):
    """The person does not have the right to this act."""


class Invalid(ActionError):
    """What was given cannot be stored; `errors` maps a field's name to its sentences."""

    def __init__(self, errors: Mapping[str, str | list[str]]) -> None:
        self.errors = {field: [words] if isinstance(words, str) else list(words) for field, words in errors.items()}
        super().__init__(" ".join(words for sentences in self.errors.values() for words in sentences))


class Hindsight(Invalid):
    """An assessment cites what was not known on the day that it speaks of."""


class Stale(ActionError):
    """Somebody changed the thing since it was read; `version` is the one that stands now."""

    def __init__(self, what: str, version: int) -> None:
        self.version = version
        super().__init__(f"{what} was changed by somebody else since you opened it.")


class Locked(ActionError):
    """A moderator has locked the claim."""


class WrongState(ActionError):
    """The thing is not in the state that the act needs, usually because somebody acted before."""


class KeyUsed(ActionError):
    """The key of an act was used before for another act."""
