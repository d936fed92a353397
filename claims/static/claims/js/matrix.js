// A matrix by keyboard (WAI-ARIA's grid pattern): one tab stop, arrows between cells, and below the table what is in hand.
