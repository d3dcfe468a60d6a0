/** What the colours, arrows and marks of the page mean. */
import type { Party } from "./words.ts";

const meanings: readonly (readonly [Party, string])[] = [
  ["caller", "<b>caller</b>: the application on the client"],
  ["client-stub", "<b>stub</b> of the client"],
  ["manager", "<b>manager</b>: the application's routine on the server"],
  ["server-stub", "<b>stub</b> of the server"],
  ["environment", "<b>RpcSs</b> environment of a call"],
];

/** The legend; the RpcSs environment is in it only where there is one. */
export function legendText(hasEnvironment: boolean): string {
  const parties = meanings
    .filter(([party]) => party !== "environment" || hasEnvironment)
    .map(([party, text]) => `<li><i class="dot ${party}"></i><span>${text}</span></li>`);
  const marks = [
    `<li>${line("")}<span>a pointer, under its name in C; the stripes of a box have the colour of the one who frees</span></li>`,
    `<li>${line(" lost")}<span><b>orphan</b>: what is behind it can be left without an owner</span></li>`,
    `<li><span class="mono sign">= 3</span><span>another node of the same kind as box 3</span></li>`,
    `<li><span class="sign"><i>name</i></span><span>in italics: strings and scalars that the node holds by value</span></li>`,
  ];
  return `<div class="legend"><ul aria-label="Colours">${parties.join("")}</ul><ul aria-label="Marks">${marks.join("")}</ul></div>`;
}

function line(kind: string): string {
  return `<svg width="34" height="10" aria-hidden="true"><g class="arrow${kind}"><path d="M1 5H26"/><path class="head" d="M33 5L25 0.5V9.5Z"/></g></svg>`;
}
