import { describe, expect, it } from "vitest";
import { htmlPage } from "../../../generator/memory-report/html-page.ts";
import { inInterface } from "../../grammar/compile.ts";
import { elementsOf } from "../../support/html-elements.ts";
import { reportOf } from "./reports.ts";

const list = "typedef struct _N { [string] wchar_t *name; struct _N *next; } N;\n";

describe("M41: the HTML page of the memory report", () => {
  const page = htmlPage(
    reportOf(inInterface(`${list}void Make([out] N **made);\nvoid Change([in, out, unique] N *changed);`)),
  );

  it("closes what it opens", () => {
    expect([...elementsOf(page)].sort()).toEqual(
      "a b body caption circle code defs desc details div footer g h1 h2 h3 head header html i li main meta nav p path pre rect section span style summary svg table tbody td text th thead title tr ul use wbr".split(
        " ",
      ),
    );
  });

  it("needs nothing from elsewhere, and no script", () => {
    expect(page).not.toMatch(/<script|<link|<img|\ssrc=|url\(|@import|https?:|\son[a-z]+=/i);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  it("has one style for light and one for dark, one for narrow pages and one for paper", () => {
    for (const query of ["(prefers-color-scheme:dark)", "screen and (max-width:960px)", "print"])
      expect(page).toContain(`@media ${query}{`);
  });

  it("draws a box for each node, for wide and for narrow pages, and tells those who do not see it", () => {
    expect(page.match(/<svg role="img"/g)).toHaveLength(4);
    expect(page.match(/<g id="test-0-Make-n1">/g)).toHaveLength(1);
    expect(page.match(/<use href="#test-0-Make-n1"/g)).toHaveLength(2);
    expect(page).toContain('<title id="test-0-Make-wide-t">Pointers of Make</title>');
    expect(page).toContain(
      '<desc id="test-0-Make-wide-d">made points to N; client: allocated by stub, freed by caller, when done; server: allocated by manager, freed by stub, after the reply.</desc>',
    );
  });

  it("names each arrow as C does, and marks those behind which nodes can be orphaned", () => {
    expect(page).toContain("<title>made</title>");
    expect(page.match(/<g class="arrow lost"><title>changed<\/title>/g)).toHaveLength(2);
    expect(page.match(/<g class="arrow lost"><title>changed-&gt;next<\/title>/g)).toHaveLength(2);
    expect(page).not.toMatch(/<g class="arrow lost"><title>made/);
  });

  it("says in each row who allocates and frees, the model, and the orphans", () => {
    const dots = (...parties: string[]): string =>
      `<span class="dots" aria-hidden="true">${parties.map((party) => `<i class="dot ${party}"></i>`).join("")}</span>`;
    expect(page).toContain(
      '<tr><td class="pointer"><code>changed</code> <span class="badge">in, out, unique</span></td>' +
        '<td data-label="Refers to"><span class="quiet">1</span> <code>N</code></td>' +
        `<td data-label="Client allocates"><span class="doing">${dots("caller", "client-stub")}<span>caller what is sent, stub what is new</span></span></td>` +
        `<td data-label="Client frees"><span class="doing">${dots("caller")}<span>caller, when done</span></span></td>` +
        `<td data-label="Server allocates"><span class="doing">${dots("server-stub", "manager")}<span>stub what was sent, manager what is new</span></span></td>` +
        `<td data-label="Server frees"><span class="doing">${dots("server-stub")}<span>stub, after the reply</span></span></td>` +
        '<td data-label="Model">node by node <span class="quiet">default</span></td>' +
        '<td data-label="Notes"><ul class="notes"><li>client: the reply goes into existing storage</li>' +
        '<li><span class="badge lost">orphan</span> left to the caller when the pointer comes back null</li></ul></td></tr>',
    );
  });

  it("shows what the .idl says as text, whatever is in it", () => {
    const hostile = `#line 1 "<img src=x>'.idl"\n`;
    const body =
      '/** </style><script>alert("1")</script> & `x` */\n' +
      "void Less([in] long a, [in] long b, [in, size_is(a < b ? a : b)] N *n);";
    const report = reportOf(`${hostile}${inInterface(`${list}${body}`)}`);
    const [first] = report.interfaces;
    if (first === undefined) throw new Error("no interface");
    const omitted = first.operations.map((each) => ({ ...each, omitted: "<b>no</b>" }));
    const text = htmlPage({ file: "<i>&.idl", interfaces: [{ ...first, operations: omitted }] });
    elementsOf(text);
    expect(text).not.toMatch(/<script|<img|<i>&|<b>no</);
    expect(text).toContain("&lt;/style&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#96;x&#96;");
    expect(text).toContain("<title>Memory of &lt;i&gt;&amp;.idl</title>");
    expect(text).toContain("Left out of the stubs: &lt;b&gt;no&lt;/b&gt;.");
    expect(text).toContain("N[(a &lt; b) ? a : b]");
    expect(text).toContain('<span class="place">&lt;img src=x&gt;&#39;.idl:4</span>');
  });

  it("says so when there is nothing to report", () => {
    const text = htmlPage(reportOf("typedef struct { long x; } ONLY_TYPES;"));
    elementsOf(text);
    expect(text).toContain("<p>There are no operations.</p>");
  });
});
