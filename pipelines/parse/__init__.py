"""From a document to an article: blocks with roles, and what hangs on them."""
