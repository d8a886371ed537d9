"""When and in what order: Dagster assets, partitions, resources and the command line. Thin: the work is elsewhere."""

import warnings

# Dagster calls backfill policies beta. Its version is pinned, so that is no news; pyproject.toml tells pytest the same.
warnings.filterwarnings("ignore", message=r".*is currently in beta")
