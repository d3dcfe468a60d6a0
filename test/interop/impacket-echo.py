#!/usr/bin/python3
"""impacket-echo.py PORT: calls the echo example with Impacket, which marshals with code of its own."""
import sys

from impacket.dcerpc.v5 import transport
from impacket.dcerpc.v5.dtypes import LPWSTR, NULL, ULONG, USHORT, WSTR
from impacket.dcerpc.v5.ndr import NDRCALL, NDRPOINTER, NDRSTRUCT, NDRUniConformantArray
from impacket.dcerpc.v5.rpcrt import DCERPCException
from impacket.uuid import uuidtup_to_bin


class DCERPCSessionError(DCERPCException):
    """Impacket looks for this name in the module of a request."""


class OCTETS(NDRUniConformantArray):
    item = "c"


class AddOne(NDRCALL):
    opnum = 0
    structure = (("number", ULONG),)


class AddOneResponse(NDRCALL):
    structure = (("sum", ULONG),)


class EchoData(NDRCALL):
    opnum = 1
    structure = (("length", ULONG), ("sent", OCTETS))


class EchoDataResponse(NDRCALL):
    structure = (("received", OCTETS),)


class SourceData(NDRCALL):
    opnum = 3
    structure = (("length", ULONG),)


class SourceDataResponse(NDRCALL):
    structure = (("data", OCTETS),)


class TestCall(NDRCALL):
    opnum = 4
    structure = (("sent", WSTR),)


class TestCallResponse(NDRCALL):
    structure = (("received", LPWSTR),)


class SHORTS(NDRUniConformantArray):
    item = "<H"


class SERIES(NDRSTRUCT):
    structure = (("count", ULONG), ("values", SHORTS))


class TestSurrounding(NDRCALL):
    opnum = 8
    structure = (("series", SERIES),)


class TestSurroundingResponse(NDRCALL):
    structure = (("series", SERIES),)


class PUSHORT(NDRPOINTER):
    referent = (("Data", USHORT),)


class PPUSHORT(NDRPOINTER):
    referent = (("Data", PUSHORT),)


class TestDoublePointer(NDRCALL):
    opnum = 9
    structure = (("number", PPUSHORT),)


class TestDoublePointerResponse(NDRCALL):
    structure = (("result", USHORT),)


def equal(what, actual, expected):
    if actual != expected:
        sys.exit("%s: %r instead of %r" % (what, actual, expected))
    print("ok", what)


def call(request, **parameters):
    message = request()
    for name, value in parameters.items():
        message[name] = value
    return client.request(message, checkError=False)


client = transport.DCERPCTransportFactory("ncacn_ip_tcp:127.0.0.1[%s]" % sys.argv[1]).get_dce_rpc()
client.connect()
client.bind(uuidtup_to_bin(("60a15ec5-4de8-11d7-a637-005056a20182", "1.0")))

equal("AddOne", call(AddOne, number=41)["sum"], 42)
large = [bytes([index % 251]) for index in range(100000)]
received = call(EchoData, length=len(large), sent=large)["received"]
equal("EchoData of 100,000 octets", b"".join(received) == b"".join(large), True)
data = call(SourceData, length=1000)["data"]
equal("SourceData", b"".join(data), bytes(index & 255 for index in range(1000)))
equal("TestCall", call(TestCall, sent="grüße\0")["received"], "grüße\0")

message = TestSurrounding()
message["series"]["count"] = 3
message["series"]["values"] = [1, 2, 3]
series = client.request(message, checkError=False)["series"]
equal("TestSurrounding", (series["count"], list(series["values"])), (6, [0] * 6))

equal("TestDoublePointer of a null pointer", call(TestDoublePointer, number=NULL)["result"], 0)
try:
    client.call(99, b"")
    client.recv()
    sys.exit("operation 99: no fault")
except DCERPCException as error:
    print("ok operation 99 faults:", error)
equal("AddOne after a fault", call(AddOne, number=1)["sum"], 2)
client.disconnect()
