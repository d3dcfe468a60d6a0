import { RpcError } from "../../rpc-error.ts";
import { forgetServed, pairThatServed } from "./client-pair.ts";
import { logicalThreads } from "./logical-threads.ts";

/**
 * Frees a node that a client stub returned by whatever served that call (C706 "rpc_sm_client_free").
 *
 * @throws RpcError RPC_S_INVALID_ARG for a node that no client stub is known to have returned, and for one of another environment
 */
export function clientFree(node: object): void {
  const { environment } = logicalThreads;
  if (environment?.holds(node) === true) {
    environment.midl_user_free(node);
    return;
  }
  const pair = pairThatServed(node);
  if (pair === undefined)
    throw new RpcError(
      "RPC_S_INVALID_ARG",
      "no call is known to have returned the node: it was freed already, belongs to another RpcSs environment, or came through a stub that heeds none",
    );
  forgetServed(node);
  pair.midl_user_free(node);
}
