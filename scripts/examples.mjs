// The examples and the .idl that each is generated from.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.mjs";

/** Folder of the published interface definitions that examples/shares is generated from. */
const OPEN_SPECIFICATIONS = join(root, "../shared/corpus/openspecs");

/** One command line of midl-ts for each example; `missing` says why one cannot be run here. */
export const examples = [
  {
    name: "phonebook",
    args: ["examples/phonebook/phonebook.idl", "/out", "examples/phonebook/generated", "--memory-report"],
  },
  {
    name: "enable-allocate",
    args: ["examples/enable-allocate/directory.idl", "/out", "examples/enable-allocate/generated", "/W0"],
  },
  {
    name: "phonebook-osf",
    args: ["examples/phonebook-osf/phonebook.idl", "/out", "examples/phonebook-osf/generated", "/osf"],
  },
  { name: "echo", args: ["examples/echo/rpcecho.idl", "/out", "examples/echo/generated", "/protocol", "all"] },
  {
    name: "conversions",
    args: ["examples/conversions/measurements.idl", "/out", "examples/conversions/generated"],
  },
  {
    name: "strout",
    args: ["examples/strout/strout.idl", "/out", "examples/strout/generated"],
  },
  {
    name: "linked-list",
    args: ["examples/linked-list/linked-list.idl", "/out", "examples/linked-list/generated"],
  },
  {
    name: "byte-count",
    args: ["examples/byte-count/directory.idl", "/out", "examples/byte-count/generated"],
  },
  {
    name: "tree",
    args: ["examples/tree/tree.idl", "/out", "examples/tree/generated"],
  },
  {
    name: "persistent-state",
    args: ["examples/persistent-state/notes.idl", "/out", "examples/persistent-state/generated"],
  },
  {
    name: "shares",
    args: [join(OPEN_SPECIFICATIONS, "ms-srvs.idl"), "/out", "examples/shares/generated", "/server", "none"],
    missing: existsSync(OPEN_SPECIFICATIONS) ? undefined : "the published interface definitions are not here",
  },
  {
    name: "wasm-manager",
    args: [
      "examples/wasm-manager/stock.idl",
      ...["/out", "examples/wasm-manager/generated", "/env", "win32", "/h", "stock.h"],
    ],
  },
  {
    name: "worker-pool",
    args: ["examples/worker-pool/statistics.idl", "/out", "examples/worker-pool/generated"],
  },
];
