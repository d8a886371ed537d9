"""Reviewed lists and the gazetteer, each file with its source and licence.

`lists.py` reads the YAML, `build_places.py` builds the two Parquet files; what is done with them lives in
`pipelines/extract/`.
"""
