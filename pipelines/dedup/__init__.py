"""Which articles are copies of which: signatures, candidates, exact verification, links.

`near_pairs` does it all for one set of texts. Step by step: `sign` texts, ask `candidate_pairs`, or `probe` an index of
history, for the pairs worth comparing, `verify` them, leave out what `is_series`, `link` or `relink` what `is_near`,
each with its `relation`, and ask for the `added_text` of updates.
Arrays in, arrays out; keeping them, and finding a day's neighbours in history, is the business of `warehouse/` and
`assets/`. Importing this package loads nothing; the modules with compiled loops load numba.
"""
