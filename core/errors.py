"""What a request that cannot be carried out raises; each carries a sentence in the user's language."""


class RegistryError(Exception):
    """A request that could not be carried out, with a sentence that says what, where and what to do."""

    @property
    def sentence(self) -> str:
        """The text to show to the user, already translated."""
        return str(self)


class BadInputError(RegistryError):
    """What the user gave cannot be used as it is."""


class UnusableFileError(RegistryError):
    """A file cannot be opened, read or written."""


class ConflictError(RegistryError):
    """Somebody else changed the same record in the meantime."""


class IrreversibleError(ConflictError):
    """What was done has effects that the registry cannot take back, in a keyring for example."""


class BusyError(RegistryError):
    """Another program holds the registry and did not let go in time."""
