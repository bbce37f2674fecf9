"""The rules that come with Copydesk: a module a publisher."""
