"""What can go wrong in the warehouse, as one kind of error whose text is for a person."""


class WarehouseError(Exception):
    """Something a person has to act on. The text is one line: what happened and what to do."""
