"""`make bench`: what the site promises of its speed, each as a ratio to an anchor measured in the same run."""
