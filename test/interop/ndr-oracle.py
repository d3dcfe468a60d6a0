#!/usr/bin/python3
"""ndr-oracle.py: says what Samba's libndr makes of stub data. One question a line on standard input, one answer a line on standard output.

A question is {"module", "opnum", "request", "response"?, "ndr64"}, octets in hex: with a response the answer is about the response, for which
the request gives the sizes. An answer is {"error"}, or {"same", "bigEndian"}: the same values packed again in the syntax of the question, in both byte
orders. Objects are only unpacked, never built: setters can crash the interpreter."""
import importlib
import json
import sys


def operations(name):
    """The call classes of an interface of Samba by operation number."""
    classes = vars(importlib.import_module("samba.dcerpc." + name)).values()
    return {each.opnum(): each for each in classes if hasattr(each, "opnum")}


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
