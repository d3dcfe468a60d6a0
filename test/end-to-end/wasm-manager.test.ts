/** M31, proved with a real C module: the wasm-manager example. `test/interop` builds the module anew; here it is the one that is checked in. */
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { RpcServer, linearMemory, managedMemory, RpcBinding } from "@midl-ts/runtime";
import { loadCModule } from "../../examples/wasm-manager/c-module.ts";
import { runExample } from "../../examples/wasm-manager/example.ts";
import type { ITEM } from "../../examples/wasm-manager/generated/stock.ts";
import { StockClient } from "../../examples/wasm-manager/generated/stock_c.ts";
import { stockServerStub } from "../../examples/wasm-manager/generated/stock_s.ts";
import { stockManager } from "../../examples/wasm-manager/manager.ts";
import { WASM_MANAGER_LINES } from "../support/wasm-manager-lines.ts";

const MODULE = fileURLToPath(new URL("../../examples/wasm-manager/manager.wasm", import.meta.url));

describe("M31: a manager in C over linear memory", () => {
  it("walks, changes and makes lists in its own memory, which grows in mid-call, and nothing leaks", async () => {
    const lines: string[] = [];
    expect(await runExample(MODULE, (line) => void lines.push(line))).toBe(0);
    expect(lines).toEqual(WASM_MANAGER_LINES);
  });

  it("gets null for an empty list", async () => {
    const { module, client, close } = await served();
    expect(await client.Value({ items: null })).toBe(0n);
    expect(await client.Reprice({ percent: 5, items: null })).toEqual({ items: null, returnValue: 0 });
    expect(await client.Order({ items: null, least: 1 })).toEqual({ missing: null, returnValue: 0 });
    await close();
    expect(module.blocks_in_use()).toBe(0);
  });

  it("leaves the server usable when the memory of the module does not hold a request", async () => {
    const { module, client, close } = await served();
    let items: ITEM | null = null;
    for (let index = 0; index < 100_000; index++)
      items = { name: `item ${index}`, quantity: 1, cents: 1n, next: items };
    await expect(client.Value({ items })).rejects.toMatchObject({ name: "RPC_S_SERVER_OUT_OF_MEMORY", status: 1130 });
    expect(module.blocks_in_use()).toBe(0);
    expect(await client.Value({ items: { name: "last", quantity: 2, cents: 21n, next: null } })).toBe(42n);
    await close();
    expect(module.blocks_in_use()).toBe(0);
  });
});

async function served(): Promise<{
  module: ReturnType<typeof loadCModule>;
  client: StockClient;
  close: () => Promise<void>;
}> {
  const module = loadCModule(MODULE);
  const memory = linearMemory({
    memory: module.memory,
    malloc: (cBytes) => module.midl_user_allocate(cBytes),
    free: (address) => {
      module.midl_user_free(address);
    },
  });
  const server = new RpcServer();
  server.register(stockServerStub(stockManager(module, memory), memory));
  const binding = RpcBinding.fromString(await server.listen("ncacn_ip_tcp:127.0.0.1"));
  return {
    module,
    client: new StockClient(binding, managedMemory()),
    close: async () => {
      await binding[Symbol.asyncDispose]();
      await server.close({ drain: true });
    },
  };
}
