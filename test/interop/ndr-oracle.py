#!/usr/bin/python3
"""ndr-oracle.py: says what Samba's libndr makes of stub data. One question a line on standard input, one answer a line on standard output.

A question is {"module", "opnum", "request", "response"?, "ndr64"}, octets in hex: with a response the answer is about the response, for which
the request gives the sizes. An answer is {"error"}, or {"same", "bigEndian"}: the same values packed again in the syntax of the question, and in
big-endian NDR. Objects are only unpacked, never built: setters can crash the interpreter."""
import importlib
import json
import sys
from ctypes import CDLL, CFUNCTYPE, POINTER, Structure, byref, c_char_p, c_int, c_size_t, c_uint8, c_uint32, c_void_p, string_at

BIG_ENDIAN, REF_ALLOC, NDR64 = 1 << 0, 1 << 20, 1 << 29
IN, OUT = 0x10, 0x20
Routine = CFUNCTYPE(c_int, c_void_p, c_int, c_void_p)


class Pipes(Structure):
    _fields_ = [("count", c_uint32), ("pipes", c_void_p)]


class Call(Structure):
    """struct ndr_interface_call"""

    _fields_ = [("name", c_char_p), ("size", c_size_t), ("push", Routine), ("pull", Routine), ("print", c_void_p)]
    _fields_ += [("in_pipes", Pipes), ("out_pipes", Pipes)]


class Table(Structure):
    """struct ndr_interface_table, as far as it matters"""

    _fields_ = [("name", c_char_p), ("syntax", c_uint8 * 20), ("help", c_char_p), ("count", c_uint32), ("calls", POINTER(Call))]


class Blob(Structure):
    _fields_ = [("data", c_void_p), ("length", c_size_t)]


class Pull(Structure):
    """The head of struct ndr_pull."""

    _fields_ = [("flags", c_uint32), ("data", c_void_p), ("size", c_uint32), ("offset", c_uint32)]


class TableCall:
    """A call by libndr's own table of an interface that has no module for Python, with the methods of those that have."""

    ndr, talloc = CDLL("libndr.so.3"), CDLL("libtalloc.so.2")
    ndr.ndr_pull_init_blob.restype = POINTER(Pull)
    ndr.ndr_push_init_ctx.restype = POINTER(c_uint32)
    ndr.ndr_push_blob.restype = Blob
    ndr.ndr_map_error2string.restype = c_char_p
    talloc._talloc_zero.restype = c_void_p

    def __init__(self, call):
        self.call = call
        self.values = c_void_p(self.talloc._talloc_zero(None, c_size_t(call.size), b"call"))

    def __ndr_unpack_in__(self, octets, ndr64, which=IN):
        pull = self.ndr.ndr_pull_init_blob(byref(Blob(self.copied(octets), len(octets))), self.values)
        pull.contents.flags |= REF_ALLOC | (NDR64 if ndr64 else 0)
        self.check(self.call.pull(pull, which, self.values))
        if pull.contents.offset < len(octets):
            raise ValueError("Unread Bytes")

    def __ndr_unpack_out__(self, octets, ndr64):
        self.__ndr_unpack_in__(octets, ndr64, OUT)

    def __ndr_pack_in__(self, bigendian=False, ndr64=False, which=IN):
        push = self.ndr.ndr_push_init_ctx(self.values)
        push[0] |= (BIG_ENDIAN if bigendian else 0) | (NDR64 if ndr64 else 0)
        self.check(self.call.push(push, which, self.values))
        blob = self.ndr.ndr_push_blob(push)
        return string_at(blob.data, blob.length) if blob.length else b""

    def __ndr_pack_out__(self, bigendian=False, ndr64=False):
        return self.__ndr_pack_in__(bigendian, ndr64, OUT)

    def copied(self, octets):
        """Values point into the octets, which must live as long."""
        self.talloc._talloc_memdup.restype = c_void_p
        return self.talloc._talloc_memdup(self.values, octets, c_size_t(len(octets)), b"octets")

    def check(self, error):
        if error != 0:
            raise ValueError(self.ndr.ndr_map_error2string(error).decode())


def operations(name):
    """What makes a call, by operation number, for an interface of Samba."""
    try:
        classes = vars(importlib.import_module("samba.dcerpc." + name)).values()
        return {each.opnum(): each for each in classes if hasattr(each, "opnum")}
    except ImportError:
        table = Table.in_dll(CDLL("libndr-standard.so.0"), "ndr_table_" + name)
        return {opnum: lambda call=table.calls[opnum]: TableCall(call) for opnum in range(table.count)}


def answer(question, tables):
    name = question["module"]
    if name not in tables:
        tables[name] = operations(name)
    call = tables[name].get(question["opnum"])
    if call is None:
        return {"error": "no such operation"}
    ndr64 = question["ndr64"]
    try:
        unpacked = call()
        unpacked.__ndr_unpack_in__(bytes.fromhex(question["request"]), ndr64=ndr64)
        pack = unpacked.__ndr_pack_in__
        if "response" in question:
            unpacked.__ndr_unpack_out__(bytes.fromhex(question["response"]), ndr64=ndr64)
            pack = unpacked.__ndr_pack_out__
        return {"same": pack(ndr64=ndr64).hex(), "bigEndian": pack(bigendian=True).hex()}
    except Exception as error:
        return {"error": str(error)}


seen = {}
for line in sys.stdin:
    print(json.dumps(answer(json.loads(line), seen)), flush=True)
