/** A server and a client of the measurements in one process, over TCP. */
import { RpcBinding, RpcServer, managedMemory, trackMemory } from "@midl-ts/runtime";
import type { TrackedMemory } from "@midl-ts/runtime";
import { conversions } from "./conversions.ts";
import { MeasurementsClient } from "./generated/measurements_c.ts";
import { measurementsServerStub } from "./generated/measurements_s.ts";
import type { MeasurementsManager } from "./generated/measurements_s.ts";
import { freeList, listOf, valuesOf } from "./list.ts";

/** Manager routines over a map: they see lists and dates, never what travels. */
function manager(): MeasurementsManager {
  const days = new Map<number, number[]>();
  return {
    Keep({ day, list }) {
      days.set(day.getTime(), valuesOf(list));
      return days.size;
    },

    Limit({ list, highest }, call) {
      const values = valuesOf(list);
      const low = values.filter((value) => value <= highest);
      // The stub frees both lists by way of MEASUREMENT_LIST_free_inst: the one that came, and this one when it has been sent.
      return { list: listOf(low, call.memory), returnValue: values.length - low.length };
    },

    HighestDay() {
      const highest = [...days].reduce((left, right) => (Math.max(...right[1]) > Math.max(...left[1]) ? right : left));
      return { value: Math.max(...highest[1]), returnValue: new Date(highest[0]) };
    },
  };
}

/**
 * Runs the example.
 *
 * @param print takes each line of what it shows
 * @returns whether every node was given back
 */
export async function demonstrate(print: (line: string) => void): Promise<boolean> {
  const sides = { client: trackMemory(managedMemory()), server: trackMemory(managedMemory()) };
  const server = new RpcServer();
  server.register(measurementsServerStub(manager(), sides.server, conversions));
  await using binding = RpcBinding.fromString(await server.listen("ncacn_ip_tcp:127.0.0.1"));
  const client = new MeasurementsClient(binding, sides.client, conversions);
  const report = (call: string, result: string): void => {
    print(`${call.padEnd(11)} ${result.padEnd(38)} client ${counted(sides.client)}; server ${counted(sides.server)}`);
  };

  const list = listOf([12, 31, 19, 27], sides.client);
  const known = await client.Keep({ day: new Date(Date.UTC(2026, 6, 14)), list });
  report("Keep", `${valuesOf(list).join(" ")}: ${known} day known`);

  const limited = await client.Limit({ list, highest: 20 });
  report("Limit 20", `${valuesOf(limited.list).join(" ")}, ${limited.returnValue} taken out`);

  const highest = await client.HighestDay();
  report("HighestDay", `${highest.value} on ${highest.returnValue.toISOString().slice(0, 10)}`);

  freeList(list, sides.client);
  freeList(limited.list, sides.client);
  report("freed", "both lists, by the client");
  await server.close();
  return sides.client.liveCount === 0 && sides.server.liveCount === 0;
}

function counted({ allocations, frees, liveCount }: TrackedMemory): string {
  return `${allocations} allocated, ${frees} freed, ${liveCount} live`;
}
