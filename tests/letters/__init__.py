"""The letter engine as a whole: real processes, a real mail server, and a clock in our hands."""
