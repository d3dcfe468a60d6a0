"""Times Samba's C code on a NetrShareEnum response (standard input): unpack and pack. Prints JSON, microseconds a run."""
import hashlib, json, sys, time

sys.path = [path for path in sys.path if "pyenv" not in path]
try:
    import samba
    from samba.dcerpc import srvsvc
except ImportError:
    sys.exit(77)

octets = sys.stdin.buffer.read()
ndr64 = sys.argv[1] == "ndr64"
response = srvsvc.NetShareEnumAll()
response.__ndr_unpack_out__(octets, ndr64=ndr64)


def measured(work):
    for _ in range(50):
        work()
    times = []
    for _ in range(25):
        start = time.perf_counter()
        for _ in range(50):
            work()
        times.append((time.perf_counter() - start) / 50 * 1e6)
    times.sort()
    quarter = len(times) // 4
    median = times[len(times) // 2]
    return {"median": median, "spread": (times[3 * quarter] - times[quarter]) / 2 / median}


packed = response.__ndr_pack_out__(ndr64=ndr64)
print(json.dumps({
    "decode": measured(lambda: srvsvc.NetShareEnumAll().__ndr_unpack_out__(octets, ndr64=ndr64)),
    "encode": measured(lambda: response.__ndr_pack_out__(ndr64=ndr64)),
    "digest": hashlib.sha256(packed).hexdigest(),
    "octets": len(packed),
    "version": samba.version,
}))
