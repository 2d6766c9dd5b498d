"""Parse the comments of Hacker News' "Who is hiring?" threads: free text with a loose grammar."""
