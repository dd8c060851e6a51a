"""Fills holes by OpenCV's Telea, on one core.

Reads lines of three paths, tab between: the picture, a mask that is white where the hole is, where to write the answer.
Answers each with the seconds the filling took."""
import sys
import time

import cv2

RADIUS = 5

cv2.setNumThreads(1)
for line in sys.stdin:
    picture, mask, answer = line.rstrip("\n").split("\t")
    spoilt, hole = cv2.imread(picture), cv2.imread(mask, cv2.IMREAD_GRAYSCALE)
    start = time.perf_counter()
    filled = cv2.inpaint(spoilt, hole, RADIUS, cv2.INPAINT_TELEA)
    seconds = time.perf_counter() - start
    cv2.imwrite(answer, filled)
    print(seconds, flush=True)
