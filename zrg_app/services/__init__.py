"""What the product does, domain by domain, without screens and without the web."""
