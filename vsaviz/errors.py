"""The one error that vsaviz raises about what a user gave it."""


class InputError(ValueError):
    """Input that cannot be used: the message names the place, the value, the rule and the cure."""
