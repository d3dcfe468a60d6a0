import { RpcError } from "../../rpc-error.ts";
import type { RpcSsThreadHandle } from "../rpc-ss/environment.ts";
import type { PostedThreadHandle } from "./shared-environment.ts";
import { sharedMemory } from "./shared-memory.ts";

/**
 * The handle of an environment in shared memory that another thread has posted, as `postMessage` delivers it (structured clone): for
 * RpcSsSetThreadHandle, which makes that environment the one of this thread. Its memory is `sharedMemory(posted.buffer)`.
 *
 *     worker.postMessage({ handle: RpcSsGetThreadHandle() }); // in a thread with an environment over sharedMemory
 *     RpcSsSetThreadHandle(threadHandleFrom(message.handle)); // in the other one
 *
 * What is set in the handler of an event holds there, and in all that it begins; the next event is another asynchronous context.
 *
 * @throws RpcError RPC_S_INVALID_ARG for what is no such handle: those of other environments lose what they are when they are posted
 */
export function threadHandleFrom(posted: object): RpcSsThreadHandle {
  if (!isPosted(posted))
    throw new RpcError(
      "RPC_S_INVALID_ARG",
      "threadHandleFrom takes the handle of an RpcSs environment over sharedMemory, as another thread has posted it",
    );
  return sharedMemory(posted.buffer).environmentAt(posted.address, posted.serial);
}

function isPosted(posted: object): posted is PostedThreadHandle {
  return (
    "buffer" in posted &&
    posted.buffer instanceof SharedArrayBuffer &&
    "address" in posted &&
    typeof posted.address === "number" &&
    "serial" in posted &&
    typeof posted.serial === "number"
  );
}
