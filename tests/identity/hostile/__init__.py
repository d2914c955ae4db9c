"""A broker that errs on order, in one thing at a time."""
