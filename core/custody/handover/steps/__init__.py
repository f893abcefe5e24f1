"""The steps of the protocol, the port through which they see the world, and the guards before them."""
