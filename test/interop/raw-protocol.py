#!/usr/bin/python3
"""raw-protocol.py: runs Samba's conformance tests of the connection-oriented protocol against 127.0.0.1, port 135, and prints
"ok NAME", "skipped NAME" or "failed NAME: REASON" for each."""
import os
import unittest

os.environ.update(
    SERVER="127.0.0.1",
    TARGET_HOSTNAME="localhost",
    DOMAIN="X",
    REALM="X",
    USERNAME="u",
    PASSWORD="p",
    SMB_CONF_PATH="/dev/null",
    IGNORE_RANDOM_PAD="1",
)

from samba.tests.dcerpc import raw_protocol  # reads the environment


def tests(suite):
    for each in suite:
        if isinstance(each, unittest.TestSuite):
            yield from tests(each)
        else:
            yield each


for test in tests(unittest.defaultTestLoader.loadTestsFromModule(raw_protocol)):
    result = unittest.TestResult()
    test.run(result)
    name = test.id().split(".")[-1]
    problems = result.failures + result.errors
    if problems:
        print("failed %s: %s" % (name, problems[0][1].strip().split("\n")[-1]), flush=True)
    else:
        print("skipped" if result.skipped else "ok", name, flush=True)
