"""What a careful proofreader sees, found without a dictionary: each module finds one kind of slip in the running texts."""
