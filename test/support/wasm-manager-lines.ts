/** What examples/wasm-manager prints: the sums are those of its three items, the counts those of its own allocator. */
export const WASM_MANAGER_LINES: readonly string[] = [
  "server  begins   0 blocks given out, 0 in use, 2 pages",
  "client  Value       4840 cents",
  "server           6 blocks given out, 0 in use, 2 pages",
  "client  Reprice     3 items: 120 Äpfel at 42, 8 Quitten 🍐 at 96, 0 Birnen at 54",
  "server           13 blocks given out, 0 in use, 2 pages",
  "client  Order       2 Quitten 🍐 at 96, 10 Birnen at 54",
  "server           24 blocks given out, 0 in use, 2 pages",
  "client  Catalogue   20000 items, status 0",
  "server           40025 blocks given out, 0 in use, 21 pages",
  "client  Catalogue   0 items, status 14",
  "server           169017 blocks given out, 0 in use, 64 pages",
];
