"""What a user can do: fetch by query, judge by domain, return a result. Every call is made for a viewer."""
