"""Lists in, reports out: the registry's exchange with the files of an office."""
