import type { OpenReport } from './open-report.ts';
import { isOnePage } from './row-limits.ts';
import { visibleText } from './visible-text.ts';

/** What the look of a page depends on; nothing of it is data. */
export interface PageLook {
  /** `#rrggbb` */
  accent: string;
  /** On paper everything has to fit on one sheet. */
  isOnePage: boolean;
  /** At the foot of every printed page, and the word before its number. */
  foot: string;
  page: string;
}

/** Longer titles would meet the number of the page. */
const longestFoot = 110;

/** The look of a report's page. */
export const pageLook = ({ meta, look, words }: Pick<OpenReport, 'meta' | 'look' | 'words'>): PageLook => {
  const foot = visibleText(`${meta.title}: ${meta.connection.name}`);
  return {
    accent: look.accent,
    isOnePage: isOnePage(meta),
    foot: foot.length > longestFoot ? `${foot.slice(0, longestFoot)} ...` : foot,
    page: words.labels.page,
  };
};

/** A text between the quotes of a style sheet: whatever it holds, it ends neither the quotes nor the element. */
const cssText = (text: string): string =>
  text.replace(/[^A-Za-z0-9 ]/gu, (character) => `\\${(character.codePointAt(0) ?? 0).toString(16)} `);

/** Beside the rules for paper: a sheet upright, closer and smaller. */
const onePage = `
@page{margin:10mm 12mm 12mm}
@media print{body{font-size:7.2pt;line-height:1.2}.accent{margin-bottom:8px}h1{font-size:15pt}h2{font-size:9pt;margin:6pt 0 1.5pt}.lead{font-size:9pt;max-width:none}p{max-width:none;margin-bottom:3px}
.meta{margin-top:6px;padding:4px 0;gap:1px 14px;font-size:7pt}.note,.rows,.legend,footer,.figures dt,thead th{font-size:6.8pt}.figures{grid-template-columns:repeat(8,minmax(0,1fr))}.figures>div{padding:4px 7px}.figures dd{font-size:11pt}.figures dd.text{font-size:8.5pt}
svg{max-width:370px}.c-text{font-size:13px}.legend{margin-top:2px}.note{margin-bottom:2px}.legend svg{width:9px;height:9px}th,td{padding:1px 8px 1px 0}.n,thead .n{padding-right:12px}footer{margin-top:8px;padding-top:4px}code{font-size:6.8pt}}
`.trim();

/**
 * The whole look of a report page: system fonts, colours for light, dark and paper. The accent marks the head and
 * nothing that has to be read, so that any colour will do.
 */
export const pageStyle = (look: PageLook): string =>
  `
:root{color-scheme:light dark;--accent:${look.accent};--text:#1b1f24;--faint:#57606a;--line:#d8dee4;--firm:#afb8c1;--back:#fff;--band:#f6f8fa;--bad:#b3261e;--warning:#8a5a00;--good:#1a6b34;--bar-bad:#a3211b;--bar-warning:#b8770a;--bar-neutral:#5b6672;--bar-good:#7f9fc0;--bar-faint:#e3e7eb;--bar-edge:#8b95a0;--gap:#f4f6f8}
@media (prefers-color-scheme:dark){:root{--text:#e6e9ed;--faint:#a3abb5;--line:#30373f;--firm:#4a535d;--back:#14181d;--band:#1b2127;--bad:#ff8a80;--warning:#ffc266;--good:#7bd294;--bar-bad:#f0736a;--bar-warning:#d9a042;--bar-neutral:#97a2ae;--bar-good:#5f83aa;--bar-faint:#333b44;--bar-edge:#7b8590;--gap:#20262d}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--back);color:var(--text);font:14px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
main{max-width:1320px;margin:0 auto;padding:28px 32px 40px}
.accent{height:4px;margin-bottom:16px;background:var(--accent);box-shadow:0 0 0 1px var(--line)}
header{display:flex;gap:24px;justify-content:space-between;align-items:flex-start}
header>div{min-width:0}header img{flex:none}
header img{max-width:220px;max-height:64px;object-fit:contain}
h1{font-size:24px;line-height:1.25;margin:0;overflow-wrap:anywhere}h2{font-size:16px;margin:30px 0 8px}
.kind{margin:2px 0 0;color:var(--faint)}
p{margin:0 0 6px;max-width:90ch;overflow-wrap:anywhere}
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
table{width:100%;border-collapse:collapse;table-layout:fixed;min-width:720px}
th,td{padding:5px 10px 5px 0;text-align:left;vertical-align:top;overflow-wrap:anywhere}
thead th{position:sticky;top:0;background:var(--back);border-bottom:1px solid var(--firm);color:var(--faint);font-size:12px;font-weight:600;hyphens:auto}
tbody tr{border-top:1px solid var(--line)}tbody tr.more{border-top:0}
tbody tr:first-child{border-top:0}
.n,thead .n{text-align:right;padding-right:22px;font-variant-numeric:tabular-nums}
/* What reads from right to left must not turn its neighbours around. */
td,dd{unicode-bidi:plaintext}
td.t{white-space:pre-line}
/* A browser lays out what is looked at; a hundred thousand rows at once are beyond it. */
.lot{content-visibility:auto}
.more td{padding-top:0;padding-bottom:8px}
.more dl{font-size:12px}
.more dt{display:inline;white-space:nowrap}.more dt::after{content:":\\a0"}
.more dd{display:inline;white-space:nowrap}.more dd::after{content:"\\2003 ";white-space:normal}
.more dd.long{white-space:normal;overflow-wrap:anywhere}.more dt.long::before,.more dd.long+dt::before{content:"\\a";white-space:pre}.more dt:first-child::before,.more dd.block+dt::before{content:none}
.more dt.block{display:block}.more dd.block{display:block;white-space:pre-line;margin:0 0 0 12px}
.paper{display:none}
.note{color:var(--faint);font-size:13px}
.rows{color:var(--faint);font-size:12px;margin-top:6px}.rows.cut{color:var(--warning);font-weight:600}
figure{margin:0}
svg{display:block;width:100%;max-width:900px;height:auto}
.legend{display:flex;flex-wrap:wrap;gap:2px 16px;margin:6px 0 0;padding:0;list-style:none;font-size:12px;color:var(--faint)}
.legend svg{display:inline-block;width:12px;height:12px;margin-right:6px;vertical-align:-1px}
.b-bad{fill:var(--bar-bad)}.b-warning{fill:var(--bar-warning)}.b-neutral{fill:var(--bar-neutral)}.b-good{fill:var(--bar-good)}.b-faint{fill:var(--bar-faint);stroke:var(--bar-edge);stroke-width:.6}
.b-mark{stroke:var(--back)}
.c-line{stroke:var(--line)}.c-text{fill:var(--faint)}.c-unknown{fill:var(--gap)}
footer{margin-top:32px;padding-top:10px;border-top:1px solid var(--line);color:var(--faint);font-size:12px}
code{font:12px ui-monospace,"Cascadia Mono","SF Mono",Menlo,Consolas,monospace;overflow-wrap:anywhere}
@media screen and (max-width:800px){main{padding:16px}.meta{grid-template-columns:max-content minmax(0,1fr)}.scroll{overflow-x:auto}thead th{position:static}}
@page{size:A4 ${look.isOnePage ? 'portrait' : 'landscape'};margin:13mm 12mm 15mm;@bottom-left{content:"${cssText(look.foot)}";font:7.5pt system-ui,sans-serif;color:#444}@bottom-right{content:"${cssText(look.page)} " counter(page) " / " counter(pages);font:7.5pt system-ui,sans-serif;color:#444}}
@media print{:root{color-scheme:light;--text:#000;--faint:#444;--line:#ccc;--firm:#888;--back:#fff;--band:#f2f2f2;--bad:#8c1d18;--warning:#6b4600;--good:#14532d;--bar-bad:#a3211b;--bar-warning:#b8770a;--bar-neutral:#5b6672;--bar-good:#7f9fc0;--bar-faint:#e3e7eb;--bar-edge:#8b95a0}
body{font-size:8.5pt;line-height:1.35}main{max-width:none;padding:0}nav,.screen{display:none}.paper{display:block}
h1{font-size:17pt}h2{font-size:11pt;margin:16pt 0 4pt;break-after:avoid}.lead{font-size:11pt}.meta,.note{font-size:8pt}.figures dt,thead th,.more dl,.rows,.legend,footer{font-size:7.5pt}.figures dd{font-size:13pt}code{font-size:7.5pt}
.scroll{overflow:visible}.lot{content-visibility:visible}table{min-width:0}thead{display:table-header-group}thead th{position:static}th,td{padding:3.5px 9px 3.5px 0}
tr{break-inside:avoid}tr.more{break-inside:auto;break-before:avoid}.note,.rows.cut{break-after:avoid}
figure,.figures>div,footer{break-inside:avoid}.accent,.alert{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
${look.isOnePage ? onePage : ''}
`.trim();
