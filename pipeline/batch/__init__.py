"""A whole archive through the registry: walked, read by worker processes, filed by one writer, resumable at any moment.

walk.py     folders and archives → files, one after another
jobs.py     what a worker does with one file or one step
workers.py  worker processes of this machine, or of a Dask cluster, behind one face
run.py      the run: what is known is left out, what comes back is filed
"""
