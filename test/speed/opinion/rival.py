"""The axes and places of an opinion map the usual way: a dense matrix, and LAPACK. No groups, no statistics, nothing read.

Prints seconds on the clock, of the processor, and the peak resident set in kilobytes.
"""

import resource
import sys
import time

import numpy as np

participants, statements, each, camps = map(int, sys.argv[1:5])
random = np.random.default_rng(3)
lean = random.random((camps, statements)) if camps else np.full((1, statements), 0.5)
row = np.repeat(np.arange(participants), each)
column = np.concatenate([random.choice(statements, each, replace=False) for _ in range(participants)])
camp = random.integers(0, len(lean), participants)
agree = random.random(len(row)) < lean[camp[row], column]
vote = np.where(random.random(len(row)) < 0.1, 0, np.where(agree, 1, -1)).astype(float)

start, used = time.perf_counter(), time.process_time()
given = np.bincount(column, minlength=statements)
mean = np.bincount(column, weights=vote, minlength=statements) / np.maximum(given, 1)
centred = np.zeros((participants, statements))  # a missing vote is the mean
centred[row, column] = vote - mean[column]
_, vectors = np.linalg.eigh(centred.T @ centred)
places = centred @ vectors[:, -2:] * np.sqrt(statements / each)
print(time.perf_counter() - start, time.process_time() - used, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
