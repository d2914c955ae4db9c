"""What a fresh machine needs before anything of ours can run; standard library only."""
