"""What stands beside the networks: each rule changes what is in doubt, or what a site says, and gives its reason in words."""
