"""Which articles are copies of which: signatures, candidates, exact verification, links.

`sign` texts, ask `candidate_pairs` or `probe` for the pairs worth comparing, `verify` them, and `link` or
`relink` what `is_near`. Arrays in, arrays out; keeping them, and finding a day's neighbours in history, is
the business of `warehouse/` and `assets/`. Importing this package loads nothing; the modules with compiled
loops load numba.
"""
