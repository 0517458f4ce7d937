"""Work shared with others: a second process of this machine, and other machines where a cluster is named.

``here``     this process and the second
``cluster``  other machines, through Dask
``there``    what a worker of it does with a call
``likeness`` what two machines must have alike to make the same files
"""

from pipeline.adapters.workers.here import LISTEN_S, Workers, as_done, result_of, workers

__all__ = ["LISTEN_S", "Workers", "as_done", "result_of", "workers"]
