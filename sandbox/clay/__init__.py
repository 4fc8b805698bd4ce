"""The stand-in Clay: tables that take rows, and a person who lets them answer."""
