/** Mutations of octets, from a seeded generator: the same seed gives the same mutants. */

/** Numbers from a seed (xorshift32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0 || 1;
  }

  /** An integer of 0 to `limit - 1`. */
  below(limit: number): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return (state >>> 0) % limit;
  }
}

/** What peers get wrong, and attackers get right: limits of counts and pointers. */
const INTERESTING = [
  0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
];

/** A mutant of `original`: one to four changes of a bit, an octet, a word, a piece or the length. */
export function mutate(original: Uint8Array, random: Random): Uint8Array {
  // A copy: slice() of a Buffer is a view.
  let octets: Uint8Array = Uint8Array.from(original);
  for (let changes = 1 + random.below(4); changes > 0; changes--) octets = change(octets, random);
  return octets;
}

function change(octets: Uint8Array, random: Random): Uint8Array {
  if (octets.length === 0) return Uint8Array.of(random.below(256));
  const at = random.below(octets.length);
  switch (random.below(8)) {
    case 0:
      octets[at] = (octets[at] ?? 0) ^ (1 << random.below(8));
      return octets;
    case 1:
      octets[at] = random.below(256);
      return octets;
    case 2:
    case 3:
      putWord(octets, at & -4, INTERESTING[random.below(INTERESTING.length)] ?? 0);
      return octets;
    case 4:
      putWord(octets, at & -4, random.below(64));
      return octets;
    case 5:
      return octets.subarray(0, at).slice();
    case 6: {
      const end = at + random.below(octets.length - at + 1);
      return Uint8Array.from([...octets.subarray(0, at), ...octets.subarray(end)]);
    }
    default: {
      const piece = octets.subarray(at, at + 1 + random.below(16));
      return Uint8Array.from([...octets.subarray(0, at), ...piece, ...octets.subarray(at)]);
    }
  }
}

function putWord(octets: Uint8Array, at: number, value: number): void {
  for (let index = 0; index < 4 && at + index < octets.length; index++)
    octets[at + index] = (value >>> (8 * index)) & 0xff;
}
