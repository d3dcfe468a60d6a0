/** Every number that the MIDL reference documents ("Compiler Errors", "Preprocessor Errors"), and what becomes of it here. */
import { diagnosticTable, type DiagnosticEntry } from "./table.ts";

/** `implemented`: the front end reports it; `command line`: the command does; `cannot occur`: nothing does, for the reason given. */
export type NumberStatus = "implemented" | "command line" | "cannot occur";

/** What becomes of a documented number. */
export interface DocumentedNumber {
  readonly status: NumberStatus;
  /** The diagnostics that have the number, or why there are none. */
  readonly because: string;
}

/** The numbers that no diagnostic of the front end has. */
const others: readonly (DocumentedNumber & { readonly numbers: readonly number[] })[] = [
  {
    status: "command line",
    because: "the command line reports it",
    numbers: [
      1000, 1001, 1002, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1015, 1020, 1021, 1022, 1023, 2212, 2230, 2334, 2338,
      2345, 2346, 2356, 2364, 2397,
    ],
  },
  {
    status: "cannot occur",
    because: "the preprocessor is part of the compiler: no program is started and no intermediate file written",
    numbers: [1004, 1005, 1006, 1014, 1016, 2398, 2399, 2406, 2407],
  },
  {
    status: "cannot occur",
    because: "files are read whole and closed at once",
    numbers: [1018],
  },
  {
    status: "cannot occur",
    because: "a client is given its binding when it is made; no binding is chosen for it",
    numbers: [2004],
  },
  {
    status: "cannot occur",
    because: "Node.js itself reports that memory ran out",
    numbers: [2005],
  },
  {
    status: "cannot occur",
    because: "type libraries are neither read nor written",
    numbers: [2015, 2018, 2019, 2020, 2106, 2118, 2119, 2120, 2167, 2350, 2367, 2368, 2387, 2395, 2408, 2409],
  },
  {
    status: "cannot occur",
    because: "recovery goes on behind the declaration; nothing is assumed and nothing aborted",
    numbers: [2023, 2026, 2214],
  },
  {
    status: "cannot occur",
    because: "MIDL2035 or MIDL2173 says that the value is not constant",
    numbers: [2036, 2335],
  },
  {
    status: "cannot occur",
    because: "strings of structures of bytes are implemented, as the page of [string] has them",
    numbers: [2191],
  },
  {
    status: "cannot occur",
    because: "imported files are compiled in the mode of the importing file",
    numbers: [2224],
  },
  {
    status: "cannot occur",
    because: "MIDL2264 says that the type is no handle",
    numbers: [2099],
  },
  {
    status: "cannot occur",
    because: "names and strings have any length",
    numbers: [2113, 2114],
  },
  {
    status: "cannot occur",
    because: "MIDL2072 says that the attribute does not apply",
    numbers: [2122, 2162, 2303],
  },
  {
    status: "cannot occur",
    because: "int has 32 bits everywhere; no 16-bit platform is a target",
    numbers: [2138, 2144, 2240, 2265, 2266, 2302, 2310, 2373],
  },
  {
    status: "cannot occur",
    because: "MIDL2128 refuses the qualifier where it stands",
    numbers: [2141],
  },
  {
    status: "cannot occur",
    because: "MIDL2078 and MIDL2161 say what the union lacks",
    numbers: [2143, 2147, 2243],
  },
  {
    status: "cannot occur",
    because: "MIDL2006 and MIDL2164 say that the type is recursive",
    numbers: [2179],
  },
  {
    status: "cannot occur",
    because: "MIDL2194 says that a binding handle is not [out]",
    numbers: [2180],
  },
  {
    status: "cannot occur",
    because: "several binding handles are an extension that is implemented; handles elsewhere are MIDL2135 or MIDL2136",
    numbers: [2182],
  },
  {
    status: "cannot occur",
    because: "MIDL2168 refuses wchar_t where it stands",
    numbers: [2207],
  },
  {
    status: "cannot occur",
    because: "full pointers have aliases here",
    numbers: [2216],
  },
  {
    status: "cannot occur",
    because: "types have any size",
    numbers: [2219, 2220, 2309, 2363, 2379, 2380, 2381, 2383, 2389],
  },
  {
    status: "cannot occur",
    because: "stubs are generated in one way, which has none of the limits of /Oi and /Os",
    numbers: [
      2246, 2247, 2250, 2251, 2252, 2253, 2254, 2267, 2291, 2294, 2297, 2306, 2308, 2315, 2318, 2319, 2320, 2323, 2324,
      2329, 2330, 2341, 2369, 2370, 2374, 2375, 2382, 2393, 2396, 2405, 2414, 2415,
    ],
  },
  {
    status: "cannot occur",
    because: "MIDL2304 says that the attribute does not apply to procedures of COM",
    numbers: [2283],
  },
  {
    status: "cannot occur",
    because: "MIDL2131 and MIDL2142 say that functions are not sent",
    numbers: [2289, 2290],
  },
  {
    status: "cannot occur",
    because: "no mode compatible with MkTypLib exists",
    numbers: [2311, 2312, 2313],
  },
  {
    status: "cannot occur",
    because: "the documentation calls it obsolete",
    numbers: [2333, 2339, 2344, 2348, 2351],
  },
  {
    status: "cannot occur",
    because: "calls over ORPC are not generated",
    numbers: [2260, 2273, 2343, 2353, 2354, 2355, 2372, 2388],
  },
  {
    status: "cannot occur",
    because: "datagrams are not a transport",
    numbers: [2352],
  },
  {
    status: "cannot occur",
    because: "faults of the compiler's own are assertions",
    numbers: [2410, 2411, 9008],
  },
  {
    status: "cannot occur",
    because: "bit-fields may stand in types that do not travel; where one would travel it is MIDL2140, 2146 or 2242",
    numbers: [2413],
  },
  {
    status: "cannot occur",
    because: "MIDL2043 says that a conformant structure is passed by reference",
    numbers: [2465],
  },
  {
    status: "cannot occur",
    because: "published interfaces have such fields, and they travel as unsigned long",
    numbers: [2160],
  },
  {
    status: "cannot occur",
    because: "automation is not generated: a VARIANT is a structure like any other",
    numbers: [2400],
  },
];

/** What becomes of each documented number, in ascending order. */
export function documentedNumbers(): ReadonlyMap<number, DocumentedNumber> {
  const found = new Map<number, DocumentedNumber>();
  for (const [code, { midl }] of Object.entries<DiagnosticEntry>(diagnosticTable)) {
    const known = found.get(midl);
    if (midl < firstOwnNumber)
      found.set(midl, { status: "implemented", because: known === undefined ? code : `${known.because}, ${code}` });
  }
  for (const { status, because, numbers } of others)
    for (const number of numbers) found.set(number, { status, because });
  return new Map([...found].sort(([left], [right]) => left - right));
}

/** Numbers from here on are ours. */
const firstOwnNumber = 9100;
