"""The pages of personas, company and knowledge, and the memory of a lead, as each role meets them."""
