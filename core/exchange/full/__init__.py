"""Full exports: whole lists and the whole log, as one reader may have them."""
