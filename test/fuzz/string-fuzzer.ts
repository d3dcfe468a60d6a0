/** Mutated string bindings (RPC "String Binding"). */
import { formatStringBinding, parseStringBinding, RpcError } from "@midl-ts/runtime";
import { mutate, type Random } from "./mutate.ts";

const SEEDS = [
  "ncacn_ip_tcp:127.0.0.1[4747]",
  "ncacn_ip_tcp:host",
  "308fb580-1eb2-11ca-923b-08002b1075a7@ncacn_ip_tcp:host.example.org[135,Security=Impersonation Dynamic True]",
  "ncacn_np:\\\\server[\\pipe\\srvsvc]",
  "ncacn_ip_tcp:fe80::1[135]",
  "ncacn_ip_tcp:a\\[b\\]c[endpoint=1,option=a\\,b]",
  "ncalrpc:[port]",
];

/** A mutated string binding. */
export function stringMutant(random: Random): string {
  const seed = SEEDS[random.below(SEEDS.length)] ?? "";
  return Buffer.from(mutate(Buffer.from(seed, "latin1"), random)).toString("latin1");
}

/**
 * Parses a string binding; what is accepted is the same when it is written and parsed again.
 *
 * @throws Error when it is not
 */
export function runString(text: string): "accepted" | "refused" {
  try {
    const binding = parseStringBinding(text);
    const again = parseStringBinding(formatStringBinding(binding));
    if (JSON.stringify(again) !== JSON.stringify(binding))
      throw new Error(`written as ${formatStringBinding(binding)}`);
    return "accepted";
  } catch (error) {
    if (error instanceof RpcError) return "refused";
    throw error;
  }
}
