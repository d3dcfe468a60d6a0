import type { NdrBufferPool } from "../ndr/buffer-pool.ts";
import type { RpcLimits } from "../rpc/limits.ts";
import type { AssociationGroups } from "./association-group.ts";
import type { InterfaceRegistry } from "./interface-registry.ts";
import type { ServerStatistics } from "./management-interface.ts";
import type { UnfinishedStubData } from "./request-assembly.ts";
import type { ServerConnection } from "./server-connection.ts";
import type { ServerErrorReport } from "./server-error.ts";

/** What the connections of a server share. */
export interface ServerShared {
  readonly registry: InterfaceRegistry;
  readonly groups: AssociationGroups;
  readonly limits: RpcLimits;
  readonly unfinished: UnfinishedStubData;
  readonly report: ServerErrorReport;
  readonly statistics: ServerStatistics;
  /** For responses. */
  readonly buffers: NdrBufferPool;
  /** Called when a connection has gone. */
  readonly gone: (connection: ServerConnection) => void;
  /** Called when a call has ended and its answer has been handed to the transport. */
  readonly callEnded: () => void;
}
