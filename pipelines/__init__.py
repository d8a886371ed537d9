"""What happens to the text: pure functions over records, bytes, arrays and Arrow batches. Touches no disk on import."""
