"""Files of the city's identity: what each is, small and cut pictures of it, and how it gets in and out."""
