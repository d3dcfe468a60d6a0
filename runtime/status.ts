/**
 * RPC status values: the names and Win32 numbers that a caller sees (MS-ERREF 2.2). RPC_S_OUT_OF_MEMORY and RPC_X_NO_MEMORY share
 * a number, as a few others do; of two, the first names the number.
 */
export const RpcStatus = {
  RPC_S_OK: 0,
  RPC_S_ACCESS_DENIED: 5,
  RPC_X_SS_CONTEXT_MISMATCH: 6,
  RPC_S_OUT_OF_MEMORY: 14,
  RPC_X_NO_MEMORY: 14,
  RPC_S_INVALID_ARG: 87,
  RPC_S_INVALID_LEVEL: 87,
  RPC_S_BUFFER_TOO_SMALL: 122,
  RPC_S_OUT_OF_THREADS: 164,
  RPC_S_ASYNC_CALL_PENDING: 997,
  RPC_S_SERVER_OUT_OF_MEMORY: 1130,
  RPC_S_INVALID_SECURITY_DESC: 1338,
  RPC_S_TIMEOUT: 1460,
  RPC_S_INVALID_STRING_BINDING: 1700,
  RPC_S_WRONG_KIND_OF_BINDING: 1701,
  RPC_S_INVALID_BINDING: 1702,
  RPC_S_PROTSEQ_NOT_SUPPORTED: 1703,
  RPC_S_INVALID_RPC_PROTSEQ: 1704,
  RPC_S_INVALID_STRING_UUID: 1705,
  RPC_S_INVALID_ENDPOINT_FORMAT: 1706,
  RPC_S_INVALID_NET_ADDR: 1707,
  RPC_S_NO_ENDPOINT_FOUND: 1708,
  RPC_S_INVALID_TIMEOUT: 1709,
  RPC_S_OBJECT_NOT_FOUND: 1710,
  RPC_S_ALREADY_REGISTERED: 1711,
  RPC_S_TYPE_ALREADY_REGISTERED: 1712,
  RPC_S_ALREADY_LISTENING: 1713,
  RPC_S_NO_PROTSEQS_REGISTERED: 1714,
  RPC_S_NOT_LISTENING: 1715,
  RPC_S_UNKNOWN_MGR_TYPE: 1716,
  RPC_S_UNKNOWN_IF: 1717,
  RPC_S_NO_BINDINGS: 1718,
  RPC_S_NO_PROTSEQS: 1719,
  RPC_S_CANT_CREATE_ENDPOINT: 1720,
  RPC_S_OUT_OF_RESOURCES: 1721,
  RPC_S_SERVER_UNAVAILABLE: 1722,
  RPC_S_SERVER_TOO_BUSY: 1723,
  RPC_S_INVALID_NETWORK_OPTIONS: 1724,
  RPC_S_NO_CALL_ACTIVE: 1725,
  RPC_S_CALL_FAILED: 1726,
  RPC_S_CALL_FAILED_DNE: 1727,
  RPC_S_PROTOCOL_ERROR: 1728,
  RPC_S_PROXY_ACCESS_DENIED: 1729,
  RPC_S_UNSUPPORTED_TRANS_SYN: 1730,
  RPC_S_UNSUPPORTED_TYPE: 1732,
  RPC_S_INVALID_TAG: 1733,
  RPC_X_INVALID_TAG: 1733,
  RPC_S_INVALID_BOUND: 1734,
  RPC_X_INVALID_BOUND: 1734,
  RPC_S_NO_ENTRY_NAME: 1735,
  RPC_S_INVALID_NAME_SYNTAX: 1736,
  RPC_S_UNSUPPORTED_NAME_SYNTAX: 1737,
  RPC_S_UUID_NO_ADDRESS: 1739,
  RPC_S_DUPLICATE_ENDPOINT: 1740,
  RPC_S_UNKNOWN_AUTHN_TYPE: 1741,
  RPC_S_MAX_CALLS_TOO_SMALL: 1742,
  RPC_S_STRING_TOO_LONG: 1743,
  RPC_S_PROTSEQ_NOT_FOUND: 1744,
  RPC_S_PROCNUM_OUT_OF_RANGE: 1745,
  RPC_S_BINDING_HAS_NO_AUTH: 1746,
  RPC_S_UNKNOWN_AUTHN_SERVICE: 1747,
  RPC_S_UNKNOWN_AUTHN_LEVEL: 1748,
  RPC_S_INVALID_AUTH_IDENTITY: 1749,
  RPC_S_UNKNOWN_AUTHZ_SERVICE: 1750,
  EPT_S_INVALID_ENTRY: 1751,
  EPT_S_CANT_PERFORM_OP: 1752,
  EPT_S_NOT_REGISTERED: 1753,
  RPC_S_NOTHING_TO_EXPORT: 1754,
  RPC_S_INCOMPLETE_NAME: 1755,
  RPC_S_INVALID_VERS_OPTION: 1756,
  RPC_S_NO_MORE_MEMBERS: 1757,
  RPC_S_NOT_ALL_OBJS_UNEXPORTED: 1758,
  RPC_S_INTERFACE_NOT_FOUND: 1759,
  RPC_S_ENTRY_ALREADY_EXISTS: 1760,
  RPC_S_ENTRY_NOT_FOUND: 1761,
  RPC_S_NAME_SERVICE_UNAVAILABLE: 1762,
  RPC_S_INVALID_NAF_ID: 1763,
  RPC_S_CANNOT_SUPPORT: 1764,
  RPC_S_NO_CONTEXT_AVAILABLE: 1765,
  RPC_S_INTERNAL_ERROR: 1766,
  RPC_S_ZERO_DIVIDE: 1767,
  RPC_S_ADDRESS_ERROR: 1768,
  RPC_S_FP_DIV_ZERO: 1769,
  RPC_S_FP_UNDERFLOW: 1770,
  RPC_S_FP_OVERFLOW: 1771,
  RPC_X_NO_MORE_ENTRIES: 1772,
  RPC_X_SS_CHAR_TRANS_OPEN_FAIL: 1773,
  RPC_X_SS_CHAR_TRANS_SHORT_FILE: 1774,
  RPC_X_SS_IN_NULL_CONTEXT: 1775,
  RPC_X_SS_CONTEXT_DAMAGED: 1777,
  RPC_X_SS_HANDLES_MISMATCH: 1778,
  RPC_X_SS_CANNOT_GET_CALL_HANDLE: 1779,
  RPC_X_NULL_REF_POINTER: 1780,
  RPC_X_ENUM_VALUE_OUT_OF_RANGE: 1781,
  RPC_X_ENUM_VALUE_TOO_LARGE: 1781,
  RPC_X_BYTE_COUNT_TOO_SMALL: 1782,
  RPC_X_BAD_STUB_DATA: 1783,
  RPC_S_CALL_IN_PROGRESS: 1791,
  RPC_S_NO_MORE_BINDINGS: 1806,
  RPC_S_NO_INTERFACES: 1817,
  RPC_S_CALL_CANCELLED: 1818,
  RPC_S_BINDING_INCOMPLETE: 1819,
  RPC_S_COMM_FAILURE: 1820,
  RPC_S_UNSUPPORTED_AUTHN_LEVEL: 1821,
  RPC_S_NO_PRINC_NAME: 1822,
  RPC_S_NOT_RPC_ERROR: 1823,
  RPC_S_UUID_LOCAL_ONLY: 1824,
  RPC_S_SEC_PKG_ERROR: 1825,
  RPC_S_NOT_CANCELLED: 1826,
  RPC_X_INVALID_ES_ACTION: 1827,
  RPC_X_WRONG_ES_VERSION: 1828,
  RPC_X_WRONG_STUB_VERSION: 1829,
  RPC_X_INVALID_PIPE_OBJECT: 1830,
  RPC_X_WRONG_PIPE_ORDER: 1831,
  RPC_X_WRONG_PIPE_VERSION: 1832,
  RPC_S_GROUP_MEMBER_NOT_FOUND: 1898,
  EPT_S_CANT_CREATE: 1899,
  RPC_S_INVALID_OBJECT: 1900,
  RPC_S_SEND_INCOMPLETE: 1913,
  RPC_S_INVALID_ASYNC_HANDLE: 1914,
  RPC_S_INVALID_ASYNC_CALL: 1915,
  RPC_X_PIPE_CLOSED: 1916,
  RPC_X_PIPE_DISCIPLINE_ERROR: 1917,
  RPC_X_PIPE_EMPTY: 1918,
  RPC_S_ENTRY_TYPE_MISMATCH: 1922,
  RPC_S_NOT_ALL_OBJS_EXPORTED: 1923,
  RPC_S_INTERFACE_NOT_EXPORTED: 1924,
  RPC_S_PROFILE_NOT_ADDED: 1925,
  RPC_S_PRF_ELT_NOT_ADDED: 1926,
  RPC_S_PRF_ELT_NOT_REMOVED: 1927,
  RPC_S_GRP_ELT_NOT_ADDED: 1928,
  RPC_S_GRP_ELT_NOT_REMOVED: 1929,
} as const;

/** The name of an RPC status, such as `"RPC_S_SERVER_UNAVAILABLE"`. */
export type RpcStatusName = keyof typeof RpcStatus;

/** The fault and reject status codes that travel in a fault PDU (C706 appendix N.2). */
export const FaultStatus = {
  nca_s_fault_int_div_by_zero: 0x1c000001,
  nca_s_fault_addr_error: 0x1c000002,
  nca_s_fault_fp_div_zero: 0x1c000003,
  nca_s_fault_fp_underflow: 0x1c000004,
  nca_s_fault_fp_overflow: 0x1c000005,
  nca_s_fault_invalid_tag: 0x1c000006,
  nca_s_fault_invalid_bound: 0x1c000007,
  nca_rpc_version_mismatch: 0x1c000008,
  nca_unspec_reject: 0x1c000009,
  nca_s_bad_actid: 0x1c00000a,
  nca_who_are_you_failed: 0x1c00000b,
  nca_manager_not_entered: 0x1c00000c,
  nca_s_fault_cancel: 0x1c00000d,
  nca_s_fault_ill_inst: 0x1c00000e,
  nca_s_fault_fp_error: 0x1c00000f,
  nca_s_fault_int_overflow: 0x1c000010,
  nca_s_fault_unspec: 0x1c000012,
  nca_s_fault_remote_comm_failure: 0x1c000013,
  nca_s_fault_pipe_empty: 0x1c000014,
  nca_s_fault_pipe_closed: 0x1c000015,
  nca_s_fault_pipe_order: 0x1c000016,
  nca_s_fault_pipe_discipline: 0x1c000017,
  nca_s_fault_pipe_comm_error: 0x1c000018,
  nca_s_fault_pipe_memory: 0x1c000019,
  nca_s_fault_context_mismatch: 0x1c00001a,
  nca_s_fault_remote_no_memory: 0x1c00001b,
  nca_invalid_pres_context_id: 0x1c00001c,
  nca_unsupported_authn_level: 0x1c00001d,
  nca_invalid_checksum: 0x1c00001f,
  nca_invalid_crc: 0x1c000020,
  nca_s_fault_user_defined: 0x1c000021,
  nca_s_fault_tx_open_failed: 0x1c000022,
  nca_s_fault_codeset_conv_error: 0x1c000023,
  nca_s_fault_object_not_found: 0x1c000024,
  nca_s_fault_no_client_stub: 0x1c000025,
  nca_s_comm_failure: 0x1c010001,
  nca_op_rng_error: 0x1c010002,
  nca_unk_if: 0x1c010003,
  nca_wrong_boot_time: 0x1c010006,
  nca_s_you_crashed: 0x1c010009,
  nca_proto_error: 0x1c01000b,
  nca_out_args_too_big: 0x1c010013,
  nca_server_too_busy: 0x1c010014,
  nca_unsupported_type: 0x1c010017,
} as const;

/** The name of a fault status code, such as `"nca_s_fault_context_mismatch"`. */
export type FaultStatusName = keyof typeof FaultStatus;

/** What a client reports for a fault status code that it received (MS-RPCE 3.1.1.5.5); codes that are not listed are not mapped. */
const STATUS_OF_FAULT: ReadonlyMap<number, number> = new Map([
  [FaultStatus.nca_s_fault_int_div_by_zero, RpcStatus.RPC_S_ZERO_DIVIDE],
  [FaultStatus.nca_s_fault_addr_error, RpcStatus.RPC_S_ADDRESS_ERROR],
  [FaultStatus.nca_s_fault_fp_div_zero, RpcStatus.RPC_S_FP_DIV_ZERO],
  [FaultStatus.nca_s_fault_fp_underflow, RpcStatus.RPC_S_FP_UNDERFLOW],
  [FaultStatus.nca_s_fault_fp_overflow, RpcStatus.RPC_S_FP_OVERFLOW],
  [FaultStatus.nca_s_fault_invalid_tag, RpcStatus.RPC_S_INVALID_TAG],
  [FaultStatus.nca_s_fault_invalid_bound, RpcStatus.RPC_S_INVALID_BOUND],
  [FaultStatus.nca_rpc_version_mismatch, RpcStatus.RPC_S_PROTOCOL_ERROR],
  [FaultStatus.nca_unspec_reject, RpcStatus.RPC_S_CALL_FAILED],
  [FaultStatus.nca_s_bad_actid, RpcStatus.RPC_S_CALL_FAILED_DNE],
  [FaultStatus.nca_who_are_you_failed, RpcStatus.RPC_S_CALL_FAILED],
  [FaultStatus.nca_manager_not_entered, RpcStatus.RPC_S_CALL_FAILED_DNE],
  [FaultStatus.nca_s_fault_cancel, RpcStatus.RPC_S_CALL_CANCELLED],
  [FaultStatus.nca_s_fault_ill_inst, RpcStatus.RPC_S_ADDRESS_ERROR],
  [FaultStatus.nca_s_fault_fp_error, RpcStatus.RPC_S_FP_OVERFLOW],
  [FaultStatus.nca_s_fault_int_overflow, RpcStatus.RPC_S_ADDRESS_ERROR],
  [FaultStatus.nca_s_fault_unspec, RpcStatus.RPC_S_CALL_FAILED],
  [FaultStatus.nca_s_fault_pipe_empty, RpcStatus.RPC_X_PIPE_EMPTY],
  [FaultStatus.nca_s_fault_pipe_closed, RpcStatus.RPC_X_PIPE_CLOSED],
  [FaultStatus.nca_s_fault_pipe_order, RpcStatus.RPC_X_WRONG_PIPE_ORDER],
  [FaultStatus.nca_s_fault_pipe_discipline, RpcStatus.RPC_X_PIPE_DISCIPLINE_ERROR],
  [FaultStatus.nca_s_fault_pipe_comm_error, RpcStatus.RPC_S_COMM_FAILURE],
  [FaultStatus.nca_s_fault_pipe_memory, RpcStatus.RPC_S_OUT_OF_MEMORY],
  [FaultStatus.nca_s_fault_context_mismatch, RpcStatus.RPC_X_SS_CONTEXT_MISMATCH],
  [FaultStatus.nca_s_fault_remote_no_memory, RpcStatus.RPC_S_SERVER_OUT_OF_MEMORY],
  [FaultStatus.nca_invalid_pres_context_id, RpcStatus.RPC_S_PROTOCOL_ERROR],
  [FaultStatus.nca_unsupported_authn_level, RpcStatus.RPC_S_UNSUPPORTED_AUTHN_LEVEL],
  [FaultStatus.nca_invalid_checksum, RpcStatus.RPC_S_CALL_FAILED_DNE],
  [FaultStatus.nca_invalid_crc, RpcStatus.RPC_S_CALL_FAILED_DNE],
  [FaultStatus.nca_s_comm_failure, RpcStatus.RPC_S_COMM_FAILURE],
  [FaultStatus.nca_op_rng_error, RpcStatus.RPC_S_PROCNUM_OUT_OF_RANGE],
  [FaultStatus.nca_unk_if, RpcStatus.RPC_S_UNKNOWN_IF],
  [FaultStatus.nca_s_you_crashed, RpcStatus.RPC_S_CALL_FAILED],
  [FaultStatus.nca_proto_error, RpcStatus.RPC_S_PROTOCOL_ERROR],
  [FaultStatus.nca_out_args_too_big, RpcStatus.RPC_S_SERVER_OUT_OF_MEMORY],
  [FaultStatus.nca_server_too_busy, RpcStatus.RPC_S_SERVER_TOO_BUSY],
  [FaultStatus.nca_unsupported_type, RpcStatus.RPC_S_UNSUPPORTED_TYPE],
]);

/**
 * The fault status code that a server sends for a status that its manager routine or its stub raised. It is the inverse of
 * STATUS_OF_FAULT where that is one to one; of several, the code whose meaning is the status. A status without a code of its own is sent as it is
 * (MS-RPCE 3.3.3.4.1).
 */
const FAULT_OF_STATUS: ReadonlyMap<number, number> = new Map<number, number>([
  [RpcStatus.RPC_S_OUT_OF_MEMORY, FaultStatus.nca_s_fault_remote_no_memory],
  [RpcStatus.RPC_S_SERVER_OUT_OF_MEMORY, FaultStatus.nca_s_fault_remote_no_memory],
  [RpcStatus.RPC_X_SS_CONTEXT_MISMATCH, FaultStatus.nca_s_fault_context_mismatch],
  [RpcStatus.RPC_S_ZERO_DIVIDE, FaultStatus.nca_s_fault_int_div_by_zero],
  [RpcStatus.RPC_S_ADDRESS_ERROR, FaultStatus.nca_s_fault_addr_error],
  [RpcStatus.RPC_S_FP_DIV_ZERO, FaultStatus.nca_s_fault_fp_div_zero],
  [RpcStatus.RPC_S_FP_UNDERFLOW, FaultStatus.nca_s_fault_fp_underflow],
  [RpcStatus.RPC_S_FP_OVERFLOW, FaultStatus.nca_s_fault_fp_overflow],
  [RpcStatus.RPC_S_INVALID_TAG, FaultStatus.nca_s_fault_invalid_tag],
  [RpcStatus.RPC_S_INVALID_BOUND, FaultStatus.nca_s_fault_invalid_bound],
  [RpcStatus.RPC_S_CALL_CANCELLED, FaultStatus.nca_s_fault_cancel],
  [RpcStatus.RPC_S_CALL_FAILED, FaultStatus.nca_s_fault_unspec],
  [RpcStatus.RPC_S_CALL_FAILED_DNE, FaultStatus.nca_manager_not_entered],
  [RpcStatus.RPC_X_PIPE_EMPTY, FaultStatus.nca_s_fault_pipe_empty],
  [RpcStatus.RPC_X_PIPE_CLOSED, FaultStatus.nca_s_fault_pipe_closed],
  [RpcStatus.RPC_X_WRONG_PIPE_ORDER, FaultStatus.nca_s_fault_pipe_order],
  [RpcStatus.RPC_X_PIPE_DISCIPLINE_ERROR, FaultStatus.nca_s_fault_pipe_discipline],
  [RpcStatus.RPC_S_COMM_FAILURE, FaultStatus.nca_s_comm_failure],
  [RpcStatus.RPC_S_UNSUPPORTED_AUTHN_LEVEL, FaultStatus.nca_unsupported_authn_level],
  [RpcStatus.RPC_S_PROCNUM_OUT_OF_RANGE, FaultStatus.nca_op_rng_error],
  [RpcStatus.RPC_S_UNKNOWN_IF, FaultStatus.nca_unk_if],
  [RpcStatus.RPC_S_PROTOCOL_ERROR, FaultStatus.nca_proto_error],
  [RpcStatus.RPC_S_SERVER_TOO_BUSY, FaultStatus.nca_server_too_busy],
  [RpcStatus.RPC_S_UNSUPPORTED_TYPE, FaultStatus.nca_unsupported_type],
]);

/** Status codes that a server must not send in a fault PDU; a client that receives one reports a protocol error (MS-RPCE 3.3.3.5.1). */
const NEVER_SENT: ReadonlySet<number> = new Set([
  0x00000000, 0x80000001, 0x80000002, 0x80000003, 0xc0000005, 0xc0000006, 0xc000001d, 0xc0000096, 0xc00000aa,
  0xc00000fd, 0xc0000194, 0xc0000235, 0xc0000409, 0xc0000420,
]);

const NAME_OF_STATUS: ReadonlyMap<number, string> = nameTable();

/** The name of a status: its RPC name, the name of a fault status code, or `RPC_STATUS_0x` and eight hexadecimal digits. */
export function nameOfStatus(status: number): string {
  return NAME_OF_STATUS.get(status) ?? `RPC_STATUS_0x${(status >>> 0).toString(16).padStart(8, "0")}`;
}

/** The number of a status given by name or by number. */
export function statusNumber(status: RpcStatusName | number): number {
  return typeof status === "number" ? status >>> 0 : RpcStatus[status];
}

/** The status that a client reports for the status field of a fault PDU: mapped, or the code itself (MS-RPCE 3.1.1.5.5, 3.3.2.5.1). */
export function statusOfFault(fault: number): number {
  if (NEVER_SENT.has(fault)) return RpcStatus.RPC_S_PROTOCOL_ERROR;
  return STATUS_OF_FAULT.get(fault) ?? fault;
}

/** The status field of the fault PDU that a server sends for a status; what must not be sent becomes nca_s_fault_unspec. */
export function faultOfStatus(status: number): number {
  const fault = FAULT_OF_STATUS.get(status) ?? status;
  return NEVER_SENT.has(fault) ? FaultStatus.nca_s_fault_unspec : fault;
}

function nameTable(): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const [name, status] of [...Object.entries(RpcStatus), ...Object.entries(FaultStatus)]) {
    if (!names.has(status)) names.set(status, name);
  }
  return names;
}
