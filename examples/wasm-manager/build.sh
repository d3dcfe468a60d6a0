#!/bin/sh
# Compiles the manager to WebAssembly: build.sh [FILE]. On Debian: apt-get install clang lld.
set -eu
output=$(realpath "${1:-$(dirname "$0")/manager.wasm}")
cd "$(dirname "$0")"
exec clang --target=wasm32 -std=c11 -O2 -Wall -Wextra -Werror -ffreestanding -fno-builtin -nostdlib \
  -Wl,--no-entry,--strip-all,--max-memory=4194304 -o "$output" manager.c heap.c
