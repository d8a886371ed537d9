"""The one partitioning: by arrival day (UTC), a range of days in one run."""

import dagster as dg

from warehouse.inbox import FIRST_DAY

# Tomorrow's folder is admitted, for drops from east of Greenwich: hence two days past the last whole one.
arrival_days = dg.DailyPartitionsDefinition(start_date=FIRST_DAY.isoformat(), end_offset=2)
one_run = dg.BackfillPolicy.single_run()
