"""Which articles tell one text, sentence by sentence, and who copied whom."""
