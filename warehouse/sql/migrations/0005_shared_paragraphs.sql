-- Only views are new: shared_paragraphs, and the macro background. They are made after the last step.
SELECT 5;
