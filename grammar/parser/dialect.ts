/** Recognising files that are in another language of the same family. */
import type { Reporter } from "../diagnostics/reporter.ts";
import type { IdlToken } from "../lexer/idl-token.ts";
import { pidlAttributes, runtimeKeywords } from "../vocabulary/foreign-attributes.ts";

/** Reports the first sign of MIDL 3 or of pidl's dialect; whether there is one. */
export function reportForeignDialect(tokens: readonly IdlToken[], reporter: Reporter): boolean {
  const brackets: boolean[] = [];
  let parentheses = 0;
  let braces = 0;
  for (const [index, token] of tokens.entries()) {
    const previous = tokens[index - 1]?.image ?? ";";
    const next = tokens[index + 1]?.image ?? "";
    switch (token.image) {
      case "[":
        brackets.push(opensAttributes(previous));
        break;
      case "]":
        brackets.pop();
        break;
      case "(":
        parentheses++;
        break;
      case ")":
        parentheses--;
        break;
      case "{":
        braces++;
        break;
      case "}":
        braces--;
        break;
      default:
        if (braces <= 1 && parentheses === 0 && opensRuntimeBlock(token.image, previous, next)) {
          reporter.report("runtime-dialect", token.span, { construct: token.image });
          return true;
        }
        if (isOfPidl(token.image, { next, previous, inAttributes: brackets.at(-1) === true })) {
          reporter.report("pidl-dialect", token.span, { construct: token.image });
          return true;
        }
    }
  }
  return false;
}

/** A bracket opens attributes where no array could be. */
function opensAttributes(previous: string): boolean {
  return /^(?:[;{}(,\]:]|typedef|enum|)$/.test(previous);
}

function opensRuntimeBlock(word: string, previous: string, next: string): boolean {
  return runtimeKeywords.has(word) && /^[;{}\]]$/.test(previous) && /^[A-Za-z_]/.test(next);
}

interface Neighbourhood {
  readonly previous: string;
  readonly next: string;
  readonly inAttributes: boolean;
}

function isOfPidl(word: string, { previous, next, inAttributes }: Neighbourhood): boolean {
  if (word === "bitmap") return (previous === "typedef" || previous === "]") && /^(?:\{|[A-Za-z_]\w*)$/.test(next);
  return inAttributes && pidlAttributes.has(word) && /^[[,]$/.test(previous) && /^[(,\]]$/.test(next);
}
