"""Measurements that are run by hand: ``made`` makes the documents, ``encode`` and ``claims`` measure."""
