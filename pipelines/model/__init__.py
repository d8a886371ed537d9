"""The entity model that ships with Wirehouse: weights, vocabulary, labels and figures, and how they were made."""
