/**
 * The whole look of a report page: system fonts, colours for light, dark and paper. The accent marks the head and
 * nothing that has to be read, so that any colour will do.
 */
export const pageStyle = (accent: string): string =>
  `
:root{color-scheme:light dark;--accent:${accent};--text:#1b1f24;--faint:#57606a;--line:#d8dee4;--firm:#afb8c1;--back:#fff;--band:#f6f8fa;--bad:#b3261e;--warning:#8a5a00;--good:#1a6b34;--bar-bad:#c4322b;--bar-warning:#c98a1b;--bar-neutral:#6f7a86;--bar-good:#8fa9c4;--bar-faint:#d5dae0;--gap:#eceff2}
@media (prefers-color-scheme:dark){:root{--text:#e6e9ed;--faint:#a3abb5;--line:#30373f;--firm:#4a535d;--back:#14181d;--band:#1b2127;--bad:#ff8a80;--warning:#ffc266;--good:#7bd294;--bar-bad:#f0736a;--bar-warning:#d9a042;--bar-neutral:#97a2ae;--bar-good:#4d6a88;--bar-faint:#39414a;--gap:#20262d}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--back);color:var(--text);font:14px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
main{max-width:1320px;margin:0 auto;padding:28px 32px 40px}
header{display:flex;gap:24px;justify-content:space-between;align-items:flex-start;border-top:4px solid var(--accent);padding-top:16px}
header img{max-width:220px;max-height:64px;object-fit:contain}
h1{font-size:24px;line-height:1.25;margin:0}h2{font-size:16px;margin:30px 0 8px}
.kind{margin:2px 0 0;color:var(--faint)}
p{margin:0 0 6px;max-width:90ch}
dl{margin:0}dd{margin:0}
.meta{display:grid;grid-template-columns:max-content minmax(0,1fr) max-content minmax(0,1fr);gap:3px 16px;margin:16px 0 0;padding:10px 0;border-block:1px solid var(--line);font-size:13px}
.meta dt,.figures dt,.more dt{color:var(--faint)}
.meta dd{overflow-wrap:anywhere}
.meta .wide{grid-column:2/-1}.meta dt.first{grid-column:1}
nav ul{display:flex;flex-wrap:wrap;gap:2px 18px;margin:10px 0 0;padding:0;list-style:none;font-size:13px}
a{color:inherit;text-underline-offset:2px}
.lead{font-size:17px;line-height:1.4;max-width:80ch}
.alert{padding:8px 12px;border-left:4px solid var(--warning);background:var(--band);max-width:none}
ol{margin:6px 0;padding-left:22px}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));padding:0 1px 1px 0}
.figures>div{margin:0 -1px -1px 0;padding:8px 12px;border:1px solid var(--line);min-width:0}
.figures dt{font-size:12px}
.figures dd{font-size:20px;font-weight:600;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.figures dd.text{font-size:15px;line-height:1.3;padding-top:3px}
.figures.many{grid-template-columns:repeat(auto-fill,minmax(280px,1fr))}
.figures.many dd,.figures.many dd.text{font-size:14px;font-weight:400;padding-top:0}
.bad{color:var(--bad)}.warning{color:var(--warning)}.good{color:var(--good)}
.scroll{overflow-x:auto}
table{width:100%;border-collapse:collapse;table-layout:fixed;min-width:720px}
th,td{padding:5px 10px 5px 0;text-align:left;vertical-align:top;overflow-wrap:anywhere}
thead th{border-bottom:1px solid var(--firm);color:var(--faint);font-size:12px;font-weight:600}
tbody tr{border-top:1px solid var(--line)}tbody tr.more{border-top:0}
tbody tr:first-child{border-top:0}
.n,thead .n{text-align:right;font-variant-numeric:tabular-nums}
td.t{white-space:pre-line}
.more td{padding-top:0;padding-bottom:8px}
.more dl{display:flex;flex-wrap:wrap;gap:1px 16px;font-size:12px}
.more div{min-width:0;max-width:100%}
.more dt{display:inline}.more dt::after{content:": "}.more dd{display:inline;overflow-wrap:anywhere}
.more .long{flex-basis:100%}.more .long dd{display:block;white-space:pre-line;margin-left:12px}
.note{color:var(--faint);font-size:13px}
.rows{color:var(--faint);font-size:12px;margin-top:6px}.rows.cut{color:var(--warning);font-weight:600}
figure{margin:0}
svg{display:block;width:100%;max-width:900px;height:auto}
.legend{display:flex;flex-wrap:wrap;gap:2px 16px;margin:6px 0 0;padding:0;list-style:none;font-size:12px;color:var(--faint)}
.legend i{display:inline-block;width:10px;height:10px;margin-right:6px}
.b-bad{fill:var(--bar-bad);background:var(--bar-bad)}.b-warning{fill:var(--bar-warning);background:var(--bar-warning)}.b-neutral{fill:var(--bar-neutral);background:var(--bar-neutral)}.b-good{fill:var(--bar-good);background:var(--bar-good)}.b-faint{fill:var(--bar-faint);background:var(--bar-faint)}
.c-line{stroke:var(--line)}.c-text{fill:var(--faint)}.c-unknown{fill:var(--gap)}
footer{margin-top:32px;padding-top:10px;border-top:1px solid var(--line);color:var(--faint);font-size:12px}
code{font:12px ui-monospace,"Cascadia Mono","SF Mono",Menlo,Consolas,monospace;overflow-wrap:anywhere}
@media (max-width:760px){main{padding:16px}.meta{grid-template-columns:max-content minmax(0,1fr)}}
@page{size:A4 landscape;margin:14mm 12mm}
@media print{:root{color-scheme:light;--text:#000;--faint:#444;--line:#ccc;--firm:#888;--back:#fff;--band:#f2f2f2;--bad:#8c1d18;--warning:#6b4600;--good:#14532d;--bar-bad:#c4322b;--bar-warning:#c98a1b;--bar-neutral:#6f7a86;--bar-good:#8fa9c4;--bar-faint:#d5dae0}body{font-size:9.5pt}main{max-width:none;padding:0}nav{display:none}.scroll{overflow:visible}table{min-width:0}tr{break-inside:avoid}thead{display:table-header-group}h2{break-after:avoid}figure,.figures>div{break-inside:avoid}.b-bad,.b-warning,.b-neutral,.b-good,.b-faint,.alert{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`.trim();
