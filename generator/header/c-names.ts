/** Names in C headers: the IDL's own spelling, and a trailing `_` where C or C++ need the name themselves. */
import type { AliasType, EnumType, PipeType, StructType, UnionType } from "../../grammar/index.ts";

/** A type with a tag in C. */
export type TaggedType = StructType | UnionType | EnumType;

/** How a header refers to types at the point that it has reached. */
export interface TypeNames {
  /** `FOO`, or `struct _FOO` where its typedef does not stand yet. */
  of(type: TaggedType): string;
  /** The name of a typedef or a pipe. */
  typedef(type: AliasType | PipeType): string;
}

/** Keywords of C11 and of C++17: one header serves both. */
const KEYWORDS =
  "alignas alignof and and_eq asm auto bitand bitor bool break case catch char char16_t char32_t class compl const const_cast constexpr " +
  "continue decltype default delete do double dynamic_cast else enum explicit export extern false float for friend goto if inline int long " +
  "mutable namespace new noexcept not not_eq nullptr operator or or_eq private protected public register reinterpret_cast restrict return " +
  "short signed sizeof static static_assert static_cast struct switch template this thread_local throw true try typedef typeid typename " +
  "union unsigned using virtual void volatile while xor xor_eq _Alignas _Alignof _Atomic _Bool _Complex _Generic _Imaginary _Noreturn " +
  "_Static_assert _Thread_local";

/** What stddef.h and stdint.h define, and the names that the header itself brings along. */
const DEFINED =
  "NULL offsetof max_align_t ptrdiff_t size_t wchar_t intmax_t uintmax_t intptr_t uintptr_t int8_t int16_t int32_t int64_t uint8_t " +
  "uint16_t uint32_t uint64_t boolean byte handle_t error_status_t midl_wchar_t midl_user_allocate midl_user_free";

const keywords = new Set(KEYWORDS.split(" "));
const taken = new Set([...keywords, ...DEFINED.split(" ")]);

/** The name of a field, an arm, a parameter or a tag. */
export function memberName(name: string): string {
  return keywords.has(name) || name === "NULL" || name === "offsetof" ? `${name}_` : name;
}

/** The name of a type, a constant or a function. */
export function globalName(name: string): string {
  return taken.has(name) ? `${name}_` : name;
}
