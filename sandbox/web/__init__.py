"""The sandbox's open internet: a few pages at hosts below `.example`, well behaved and otherwise."""
