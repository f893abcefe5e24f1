"""What the registry owes to the people it knows: telling, restricting, erasing, and the papers that say so."""
