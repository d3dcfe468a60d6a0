/** The whole example: a server whose manager routines are C code compiled to WebAssembly, and a client that calls it over TCP. */
import { RpcBinding, RpcServer, linearMemory } from "@midl-ts/runtime";
import { loadCModule } from "./c-module.ts";
import { useStock } from "./client.ts";
import { stockServerStub } from "./generated/stock_s.ts";
import { stockManager } from "./manager.ts";

/** Serves the module at `path`, calls every operation, and prints what happened; gives the blocks that were not freed. */
export async function runExample(path: string | URL, print: (line: string) => void): Promise<number> {
  const module = loadCModule(path);
  const memory = linearMemory({
    memory: module.memory,
    malloc: (cBytes) => module.midl_user_allocate(cBytes),
    free: (address) => {
      module.midl_user_free(address);
    },
  });
  const pages = (): number => module.memory.buffer.byteLength / 65_536;
  const account = (): string =>
    `${module.blocks_given_out()} blocks given out, ${module.blocks_in_use()} in use, ${pages()} pages`;
  print(`server  begins   ${account()}`);

  const server = new RpcServer();
  server.register(stockServerStub(stockManager(module, memory), memory));
  const address = await server.listen("ncacn_ip_tcp:127.0.0.1");
  {
    await using binding = RpcBinding.fromString(address);
    await useStock(binding, (line) => {
      print(`client  ${line}`);
      print(`server           ${account()}`);
    });
  }
  await server.close({ drain: true });
  return module.blocks_in_use();
}
