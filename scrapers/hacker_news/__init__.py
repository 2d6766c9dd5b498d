"""Reading of Hacker News' "Who is hiring?": free text that keeps a loose grammar."""
