"""What can go wrong in the warehouse, as one kind of error whose text is for a person."""


class WarehouseError(Exception):
    """Something a person has to act on. The text is one line: what happened and what to do."""


class CatalogUnreachableError(WarehouseError):
    """The catalog's server did not answer, or the connection to it was lost: the same may work later."""
