"""What the DAGs share: the store's days, the assets, and the operator that runs a job of the command line."""
