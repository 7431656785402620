"""Work in tasks that others do at the same time: processes of this machine, or the workers of a Dask scheduler."""
