# The whole work is done by a script that needs nothing but Python, so that it also runs where make is missing.
.PHONY: run test slow check bench

run test slow check bench:
	@exec python3 server/bootstrap.py $@
