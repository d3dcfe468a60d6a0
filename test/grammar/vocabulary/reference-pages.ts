/** Names for which the MIDL Language Reference has a page of its own; its pages on arrays and pragmas are about more than a word. */
export const referencePages: readonly string[] = (
  "aggregatable allocate annotate appobject async async_uuid auto_handle bindable boolean broadcast byte byte_count " +
  "call_as callback char coclass code comm_status const context_handle context_handle_noserialize context_handle_serialize control cpp_quote " +
  "custom declare_guid decode default defaultbind defaultcollelem defaultvalue defaultvtable disable_consistency_check dispinterface displaybind dllname " +
  "double dual enable_allocate encode endpoint entry enum error_status_t explicit_handle fault_status first_is float " +
  "force_allocate handle handle_t helpcontext helpfile helpstring helpstringcontext helpstringdll hidden hyper id idempotent " +
  "ignore iid_is immediatebind implicit_handle import importlib in include in_line int __int3264 __int64 " +
  "interface last_is lcid length_is library licensed local long max_is maybe message min_is " +
  "module ms_union nocode nonbrowsable noncreatable nonextensible notify notify_flag object odl oleautomation optimize " +
  "optional out out_of_line partial_ignore pipe pointer_default propget propput propputref proxy ptr public " +
  "range readonly ref represent_as requestedit restricted retval shape short signed size_is small " +
  "source strict_context_handle string struct switch switch_is switch_type system_handle transmit_as typedef type_strict_context_handle union " +
  "ncacn_at_dsp ncacn_dnet_nsp ncacn_http ncacn_ip_tcp ncacn_nb_ipx ncacn_nb_nb ncacn_nb_tcp ncacn_np ncacn_spx ncacn_vns_spp " +
  "ncadg_ip_udp ncadg_ipx ncadg_mq ncalrpc sh_composition sh_event sh_file sh_job sh_mutex sh_pipe sh_process sh_reg_key " +
  "sh_section sh_semaphore sh_socket sh_thread sh_token uidefault unique unsigned user_marshal usesgetlasterror uuid v1_enum vararg version void wchar_t wire_marshal"
).split(" ");

/** Whether a number is Microsoft's or one of ours. */
export function documentedNumberOf(midl: number): boolean {
  return (midl >= 2000 && midl < 2500) || midl >= 9100;
}
