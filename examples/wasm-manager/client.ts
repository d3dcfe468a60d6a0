/** A client of the stock interface, like any other: it does not know what its server is written in. */
import { allocateNode, managedMemory } from "@midl-ts/runtime";
import type { RpcBinding } from "@midl-ts/runtime";
import { ITEM } from "./generated/stock.ts";
import { StockClient } from "./generated/stock_c.ts";

/** Calls every operation, and tells what came of it. */
export async function useStock(binding: RpcBinding, print: (line: string) => void): Promise<void> {
  const memory = managedMemory();
  const client = new StockClient(binding, memory);
  const item = (name: string, quantity: number, cents: bigint, next: ITEM | null): ITEM =>
    allocateNode(memory, ITEM, { name, quantity, cents, next });
  const stock = item("Äpfel", 120, 35n, item("Birnen", 0, 45n, item("Quitten 🍐", 8, 80n, null)));

  print(`Value       ${await client.Value({ items: stock })} cents`);

  const { items, returnValue } = await client.Reprice({ percent: 20, items: stock });
  print(`Reprice     ${returnValue} items: ${told(items)}`);

  const { missing } = await client.Order({ items, least: 10 });
  print(`Order       ${told(missing)}`);

  const catalogue = await client.Catalogue({ count: 20_000 });
  print(`Catalogue   ${countOf(catalogue.items)} items, status ${catalogue.returnValue}`);

  const tooMuch = await client.Catalogue({ count: 200_000 });
  print(`Catalogue   ${countOf(tooMuch.items)} items, status ${tooMuch.returnValue}`);
}

function told(list: ITEM | null): string {
  const texts: string[] = [];
  for (let item = list; item !== null; item = item.next)
    texts.push(`${item.quantity} ${item.name ?? "?"} at ${item.cents}`);
  return texts.join(", ");
}

function countOf(list: ITEM | null): number {
  let count = 0;
  for (let item = list; item !== null; item = item.next) count++;
  return count;
}
