"""What a browser sees: pages, the REST API and live sockets over the ground floor's rooms."""
