"""How the entity model was made: corpora in, weights and figures out.

Needs the extra `training`, and is never imported by what Wirehouse runs. The order of work: `corpora` and `cleaning`,
`augment`, `examples`, `network`, `train`; then `graph`, `export` and `evaluate`.
"""
