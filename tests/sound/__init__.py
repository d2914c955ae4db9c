"""How sound leaves a browser."""
