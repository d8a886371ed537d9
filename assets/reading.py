"""How drops are read: limits, and which fields of a record carry what. From `reading.yaml` at the top of the inbox.

    limits:
      document_bytes: 4000000
    fields:                     # for every outlet
      text: [story, body]
    outlets:
      harbour-post:             # for drops in this outlet's folder
        published: [meta.first_online]

What it leaves out keeps its default; without the file all does. Names are those of pipelines/ingest/limits.py and
fields.py.
"""

from pathlib import Path
from typing import Any, NamedTuple

import yaml

from pipelines.ingest.fields import DEFAULT_FIELDS, Fields
from pipelines.ingest.limits import Limits
from warehouse.errors import WarehouseError

NAME = "reading.yaml"


class Reading(NamedTuple):
    """Limits of what is read, fields of records in general and by outlet folder."""

    limits: Limits = Limits()
    general: Fields = DEFAULT_FIELDS
    by_outlet: dict[str, Fields] = {}  # noqa: RUF012 - a default that nothing ever writes to

    def fields(self, outlet_hint: str | None) -> Fields:
        """The fields of records that lie in this outlet's folder."""
        return self.by_outlet.get(outlet_hint or "", self.general)


def load_reading(raw: Path) -> Reading:
    """The inbox's reading.yaml, or all defaults where there is none.

    Raises WarehouseError with one line if it is no YAML or names something that does not exist.
    """
    file = raw / NAME
    try:
        content = yaml.safe_load(file.read_text("utf-8"))
    except FileNotFoundError:
        return Reading()
    except OSError as error:
        raise WarehouseError(f"{file} can't be read: {error.strerror}.") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # a date that is none is a ValueError to PyYAML
        raise WarehouseError(f"{file} can't be read as YAML: {str(error).splitlines()[0]}.") from None
    try:
        parts = _mapping(content or {}, "the file")
        unknown = parts.keys() - {"limits", "fields", "outlets"}
        if unknown:
            raise ValueError(f"{min(map(str, unknown))!r} is none of limits, fields, outlets")
        general = Fields.from_mapping(_mapping(parts.get("fields") or {}, "fields"))
        by_outlet = {
            str(outlet): Fields.from_mapping(_mapping(own, f"outlets.{outlet}"), general)
            for outlet, own in _mapping(parts.get("outlets") or {}, "outlets").items()
        }
        return Reading(Limits.from_mapping(_mapping(parts.get("limits") or {}, "limits")), general, by_outlet)
    except ValueError as error:
        # Without the cause: a run shows a person the innermost error, and only this one names the file.
        raise WarehouseError(f"{file}: {error}.") from None


def _mapping(value: Any, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{name} is no mapping of names to values")
    return value
