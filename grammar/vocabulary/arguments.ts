/** Words of the MIDL reference that are arguments of attributes: protocol sequences and kinds of system handles. */
import type { VocabularyEntry } from "./entry.ts";

const elsewhere = {
  effect: "accepted",
  note: "[endpoint]: kept for transports that an application brings; the runtime itself has none",
} as const;
const systemHandle = {
  effect: "accepted",
  note: "[system_handle]: a kind of handle; an operation that has one is left out of the stubs (MIDL9200)",
} as const;

/** Arguments of [endpoint] (MIDL "ncacn_ip_tcp" and its like) and of [system_handle] (MIDL "sh_file" and its like). */
export const attributeArguments = {
  ncacn_ip_tcp: { effect: "implemented", note: "[endpoint]: TCP" },
  ncacn_at_dsp: elsewhere,
  ncacn_dnet_nsp: elsewhere,
  ncacn_http: elsewhere,
  ncacn_nb_ipx: elsewhere,
  ncacn_nb_nb: elsewhere,
  ncacn_nb_tcp: elsewhere,
  ncacn_np: elsewhere,
  ncacn_spx: elsewhere,
  ncacn_vns_spp: elsewhere,
  ncadg_ip_udp: elsewhere,
  ncadg_ipx: elsewhere,
  ncadg_mq: elsewhere,
  ncalrpc: elsewhere,
  sh_composition: systemHandle,
  sh_event: systemHandle,
  sh_file: systemHandle,
  sh_job: systemHandle,
  sh_mutex: systemHandle,
  sh_pipe: systemHandle,
  sh_process: systemHandle,
  sh_reg_key: systemHandle,
  sh_section: systemHandle,
  sh_semaphore: systemHandle,
  sh_socket: systemHandle,
  sh_thread: systemHandle,
  sh_token: systemHandle,
} as const satisfies Readonly<Record<string, VocabularyEntry>>;
