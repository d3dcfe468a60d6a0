/**
 * Signs and seals PDUs of one security context: the place of authentication in the PDU layer (MS-RPCE 2.2.2.11, 3.3.1.5.2.2). A channel
 * without one neither sends nor takes off verifiers.
 */
export interface PduProtection {
  /** Octets of the authentication value that each PDU carries. */
  readonly valueLength: number;
  /** Octets to a multiple of which stub data is padded before the sec_trailer. */
  readonly padding: number;
  /** Fills the sec_trailer and the authentication value at the end of a PDU; may replace its stub data. */
  protect(pdu: Uint8Array, stubStart: number, stubEnd: number, padLength: number): void;
}
