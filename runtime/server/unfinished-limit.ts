import { RpcError } from "../rpc-error.ts";
import type { RequestLimit } from "./pipe-exchange.ts";
import type { ServerShared } from "./server-shared.ts";

/** Counts what comes of a request before its manager can be called, against the limits of one request and of all. */
export function unfinishedLimit({ limits, unfinished }: Pick<ServerShared, "limits" | "unfinished">): RequestLimit {
  let counted = 0;
  const count = (octets: number): void => {
    unfinished.octets += octets - counted;
    counted = octets;
  };
  return {
    check(octets) {
      if (octets > limits.stubDataOctets)
        throw new RpcError("RPC_S_ACCESS_DENIED", `stub data exceeds ${limits.stubDataOctets} octets`);
      count(octets);
      if (unfinished.octets > limits.unfinishedStubDataOctets)
        throw new RpcError("RPC_S_SERVER_TOO_BUSY", "too many unfinished requests");
    },
    settled() {
      count(0);
    },
  };
}
