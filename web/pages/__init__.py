"""The pages, a module for each thing that somebody does."""
