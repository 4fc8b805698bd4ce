"""The product as people use it: a real browser, app, worker, database and sandbox."""
