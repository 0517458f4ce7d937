"""How the page comes to the browser: Django set up for one workspace, and the server before it."""
