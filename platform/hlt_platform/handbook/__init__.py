"""Pages of infra/handbook that are made from the code, so that they cannot say anything else."""
