"""From bytes to documents: sniff, unpack, decode, one reader per format."""
