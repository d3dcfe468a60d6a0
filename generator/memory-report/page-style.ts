/** The style sheet of the HTML page. */

/** Light and dark colours by name; a party is drawn in its colour and its ground. */
const colours: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  page: ["#f6f5f2", "#11141a"],
  panel: ["#ffffff", "#191d26"],
  sunken: ["#f2f1ee", "#141821"],
  ink: ["#1b2130", "#e7eaf1"],
  muted: ["#586173", "#a0a9ba"],
  line: ["#dcdad4", "#2f3643"],
  link: ["#1a5fb4", "#8ab8ff"],
  wire: ["#6b7385", "#8791a5"],
  caller: ["#b45309", "#f2b04f"],
  "caller-ground": ["#fdf0d3", "#362911"],
  "client-stub": ["#1d6fb8", "#6cb4f5"],
  "client-stub-ground": ["#dfeefc", "#152c43"],
  manager: ["#4d7c0f", "#97d35f"],
  "manager-ground": ["#e6f3d5", "#1f3214"],
  "server-stub": ["#5046c8", "#a7a5ff"],
  "server-stub-ground": ["#e7e5fc", "#262650"],
  environment: ["#a21c87", "#f28ad9"],
  "environment-ground": ["#fae3f5", "#401c3a"],
  lost: ["#c4231c", "#ff8078"],
  "lost-ground": ["#fde7e5", "#431a18"],
};

function variables(scheme: 0 | 1): string {
  return Object.entries(colours)
    .map(([name, pair]) => `--${name}:${pair[scheme]}`)
    .join(";");
}

const parties = ["caller", "client-stub", "manager", "server-stub", "environment"]
  .map(
    (party) =>
      `.dot.${party}{fill:var(--${party});background:var(--${party})}.half.${party}{fill:var(--${party}-ground)}`,
  )
  .join("\n");

/** The whole sheet. */
export const pageStyle = `
:root{color-scheme:light dark;${variables(0)}}
@media (prefers-color-scheme:dark){:root{${variables(1)}}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.55 system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
code,pre,.mono{font-family:ui-monospace,"Cascadia Code","SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.9em}
a{color:var(--link);text-decoration:none}
a:hover{text-decoration:underline}
a:focus-visible,summary:focus-visible,.picture:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-999px}
.skip:focus{left:8px;top:8px;background:var(--panel);padding:8px}
header,main{max-width:1500px;margin:0 auto;padding:0 16px}
header{padding-top:36px}
.eyebrow{margin:0;color:var(--muted);font-size:13px;letter-spacing:.08em;text-transform:uppercase}
h1{margin:2px 0 10px;font-size:clamp(26px,4vw,38px);line-height:1.15;letter-spacing:-.02em;overflow-wrap:anywhere}
h2{margin:40px 0 2px;font-size:22px;letter-spacing:-.01em;overflow-wrap:anywhere}
h3{margin:0;font-size:18px;overflow-wrap:anywhere}
.lead{max-width:76ch;margin:0 0 18px}
.quiet{color:var(--muted)}
.figures{display:flex;flex-wrap:wrap;gap:10px;margin:0 0 18px;padding:0;list-style:none}
.figures li{background:var(--panel);border:1px solid var(--line);border-radius:10px;padding:8px 14px;min-width:112px}
.figures b{display:block;font-size:22px;line-height:1.2;font-variant-numeric:tabular-nums}
.figures span{color:var(--muted);font-size:13px}
.legend{padding:14px 16px;background:var(--panel);border:1px solid var(--line);border-radius:12px;font-size:13.5px}
.legend ul{display:grid;grid-template-columns:repeat(auto-fit,minmax(230px,1fr));gap:6px 24px;margin:0;padding:0;list-style:none}
.legend ul+ul{margin-top:10px;padding-top:10px;border-top:1px solid var(--line)}
.legend li{display:flex;gap:10px;align-items:baseline}
.legend .sign{flex:0 0 34px;white-space:nowrap}
.legend svg{flex:none;align-self:center}
.dot{display:inline-block;width:11px;height:11px;border-radius:50%;flex:none}
nav{margin:18px 0 0}
nav summary,.operation summary{cursor:pointer;font-weight:600}
nav ul{columns:240px;column-gap:24px;margin:8px 0 0;padding:0;list-style:none;font-size:14px}
nav li{break-inside:avoid;padding:1px 0;overflow-wrap:anywhere}
nav .opnum{display:inline-block;min-width:2.4em;color:var(--muted);font-variant-numeric:tabular-nums}
.operation{margin:16px 0 0;background:var(--panel);border:1px solid var(--line);border-radius:14px;padding:16px;scroll-margin-top:12px}
.heading{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:baseline}
.heading .opnum{color:var(--muted);font-weight:400;font-variant-numeric:tabular-nums}
.heading .place{margin-left:auto;color:var(--muted);font-size:13px}
.signature{margin:6px 0 12px;color:var(--muted);white-space:pre-wrap;overflow-wrap:anywhere;font-size:13px}
.documentation{margin:0 0 12px;max-width:90ch;white-space:pre-line}
.note{margin:0 0 12px;padding:8px 12px;border-left:3px solid var(--environment);background:var(--environment-ground);border-radius:0 8px 8px 0}
.note.left-out{border-color:var(--lost);background:var(--lost-ground)}
.badge{display:inline-block;padding:0 7px;border-radius:99px;border:1px solid currentColor;font-size:12px;line-height:18px;color:var(--muted);white-space:nowrap}
.badge.lost{color:var(--lost);background:var(--lost-ground)}
.picture{overflow-x:auto;margin:0 0 14px;padding:8px;background:var(--sunken);border-radius:10px}
.picture svg{display:block}
details.drawing{margin:0 0 12px}
details.drawing .picture{margin-top:8px}
.parts{position:absolute}
.narrow{display:none}
table{border-collapse:collapse;table-layout:fixed;width:100%;font-size:13.5px}
th:nth-child(1){width:18%}
th:nth-child(2){width:13%}
th:nth-child(3),th:nth-child(5){width:12%}
th:nth-child(4),th:nth-child(6){width:9%}
th:nth-child(7){width:10%}
th{text-align:left;font-weight:600;color:var(--muted);font-size:12.5px;border-bottom:2px solid var(--line);padding:4px 10px 6px 0;vertical-align:bottom}
td{border-bottom:1px solid var(--line);padding:7px 10px 7px 0;vertical-align:top}
tr:last-child td{border-bottom:0}
td{overflow-wrap:break-word}
.bare{padding:10px 16px;margin-top:8px}
.bare .signature{margin:2px 0 0}
.bare .others{margin-top:2px}
.bare .documentation{margin:4px 0}
.bare h3{font-size:16px}
.bare+.operation:not(.bare),.operation:not(.bare)+.bare{margin-top:16px}
.doing{display:inline-flex;gap:6px;align-items:baseline}
.doing .dots{display:inline-flex;gap:2px;flex:none}
.doing .dot{width:9px;height:9px}
ul.notes{margin:0;padding:0;list-style:none}
ul.notes li+li{margin-top:3px}
.others{margin:10px 0 0;color:var(--muted);font-size:13.5px}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
footer{max-width:1500px;margin:28px auto;padding:0 16px;color:var(--muted);font-size:13px}
.picture svg{font:12px system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
.picture text{fill:var(--ink)}
.p-name,.p-field,.p-path{fill:var(--ink);font-family:ui-monospace,"Cascadia Code","SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
.p-name{font-size:13px;font-weight:600}
.p-field{font-size:12px}
.p-number,.p-kind,.p-value,.p-small{fill:var(--muted)}
.p-number,.p-kind{text-anchor:end;font-size:11px}
.p-value{font-size:11.5px;font-style:italic}
.p-small{font-size:10.5px;letter-spacing:.02em}
.p-party{fill:var(--ink);font-size:11.5px}
.picture .p-path{font-size:11.5px;fill:var(--muted)}
.picture .p-path.lost{fill:var(--lost)}
.p-node{fill:var(--panel)}
.p-edge{fill:none;stroke:var(--wire)}
.p-root{stroke-dasharray:4 3}
.p-port{fill:var(--wire)}
.arrow path{fill:none;stroke:var(--wire);stroke-width:1.5}
.arrow .head{fill:var(--wire);stroke:none}
.arrow.lost path{stroke:var(--lost);stroke-dasharray:5 3}
.arrow.lost .head{fill:var(--lost);stroke:none}
${parties}
@media screen and (max-width:960px){
.wide{display:none}
.narrow{display:block}
header,main,footer{padding-left:10px;padding-right:10px}
header{padding-top:22px}
.operation{padding:14px 10px;border-radius:12px}
.picture{padding:4px}
.heading .place{margin-left:0}
table,tbody,tr,td{display:block;width:100%}
thead{display:none}
tr{padding:8px 0;border-bottom:1px solid var(--line)}
tr:last-child{border-bottom:0}
td{display:flex;gap:10px;border:0;padding:2px 0}
td:empty{display:none}
td.quiet{display:block}
td[data-label]::before{content:attr(data-label);flex:0 0 104px;color:var(--muted);font-size:12.5px}
td.pointer{display:block;font-weight:600}
}
@media print{
:root{color-scheme:light;${variables(0)}}
body{background:#fff;font-size:11px}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
nav,.skip{display:none}
.operation,.legend{break-inside:auto;border-color:#bbb}
.picture{overflow:visible;break-inside:avoid}
.picture svg{max-width:100%;height:auto}
tr{break-inside:avoid}
}
`;
