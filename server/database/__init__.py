"""Where everything is kept: one store per file, its table beside it, SQL nowhere else."""
