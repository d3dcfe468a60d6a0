#!/usr/bin/python3
"""python-samba.py BINDING: calls the echo example with the typed client that Samba's pidl generated for Python.

TestDoublePointer is left out: after it, the interpreter crashes when it ends."""
import sys

from samba.credentials import DONT_USE_KERBEROS, Credentials
from samba.dcerpc import echo
from samba.param import LoadParm

settings = LoadParm()
settings.set("interfaces", "lo")
credentials = Credentials()
credentials.guess(settings)
credentials.set_kerberos_state(DONT_USE_KERBEROS)
credentials.set_anonymous()
client = echo.rpcecho(sys.argv[1], settings, credentials)


def equal(what, actual, expected):
    if actual != expected:
        sys.exit("%s: %r instead of %r" % (what, actual, expected))
    print("ok", what)


equal("AddOne", client.AddOne(41), 42)
equal("AddOne wraps around", client.AddOne(0xFFFFFFFF), 0)
equal("EchoData", client.EchoData([1, 2, 255]), [1, 2, 255])
equal("EchoData of nothing", client.EchoData([]), [])
large = [index % 251 for index in range(300000)]
equal("EchoData of 300,000 octets", client.EchoData(large) == large, True)
equal("SinkData", client.SinkData(large), None)
equal("SourceData", client.SourceData(1000), [index & 255 for index in range(1000)])
equal("TestCall", client.TestCall("grüße 😀"), "grüße 😀")
equal("TestCall of nothing", client.TestCall(""), "")

for level in range(1, 5):
    equal("TestCall2 level %d" % level, client.TestCall2(level).v, 10 * level)
info = client.TestCall2(5)
equal("TestCall2 level 5", (info.v1, info.v2), (50, 60))
info = client.TestCall2(6)
equal("TestCall2 level 6", (info.v1, info.info1.v), (70, 80))
info = client.TestCall2(7)
equal("TestCall2 level 7", (info.v1, info.info4.v), (80, 90))

equal("TestSleep", client.TestSleep(0), 0)
series = echo.Surrounding()
series.x = 5
series.surrounding = [1, 2, 3, 4, 5]
answer = client.TestSurrounding(series)
equal("TestSurrounding", (answer.x, answer.surrounding), (10, [0] * 10))

try:
    client.TestCall2(8)
    sys.exit("TestCall2 level 8: no fault")
except Exception as error:
    print("ok TestCall2 level 8 faults:", error)
equal("AddOne after a fault", client.AddOne(1), 2)
