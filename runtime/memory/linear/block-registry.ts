/** What an allocator that several threads share says of its blocks: one heap does not see what the others do with them. */
export interface BlockRegistry {
  /** A number that no other block had or will have; 0 when no block begins there. */
  serialOf(address: number): number;
  /** The block in which an address lies, 0 for none. */
  blockAt(address: number): number;
  /** Octets that a block has room for. */
  sizeOf(address: number): number;
  /** The pointer that a value referent was allocated for, 0 for other blocks. */
  slotOf(address: number): number;
  /** Makes a block the value referent of a pointer: it goes with the block in which that lies. */
  setSlot(address: number, slot: number): void;
}

/** Which block a node lies in: it is live for as long as no other block is there. */
export interface BlockGuard {
  readonly address: number;
  readonly serial: number;
}
