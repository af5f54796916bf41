/** The whole look of a report file: system fonts, colours for light, dark and paper. */
export const reportStyle = `
:root{color-scheme:light dark;--text:#1b1f24;--faint:#57606a;--line:#d0d7de;--back:#fff;--band:#f6f8fa;--high:#b3261e;--medium:#8a5a00;--low:#3d5a80;--good:#1a6b34}
@media (prefers-color-scheme:dark){:root{--text:#e6e9ed;--faint:#a3abb5;--line:#3a424c;--back:#14181d;--band:#1d232a;--high:#ff8a80;--medium:#ffc266;--low:#9cc4f0;--good:#7bd294}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--text);font:14px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:1280px;margin:0 auto;padding:24px}
h1{font-size:22px;margin:0 0 4px}h2{font-size:16px;margin:28px 0 8px}
a{color:inherit}
.count{color:var(--faint);font-weight:400}
.job{padding:8px 12px;background:var(--band);border-left:3px solid var(--line)}
table{width:100%;border-collapse:collapse}
th,td{padding:6px 10px;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;overflow-wrap:anywhere}
thead th{background:var(--band);font-weight:600;white-space:nowrap}
tbody th{font-weight:400}
.n,thead .n{text-align:right;font-variant-numeric:tabular-nums}
small{display:block;color:var(--faint);font-size:12px;font-weight:400}
.high{color:var(--high);font-weight:600}.medium{color:var(--medium);font-weight:600}.low{color:var(--low)}
.complete{color:var(--good)}.partial,.skipped{color:var(--medium)}.failed{color:var(--high);font-weight:600}
.findings{table-layout:fixed}.findings th:nth-child(1){width:22%}.findings th:nth-child(2){width:8%}.findings th:nth-child(3),.findings th:nth-child(4){width:15%}.findings th:nth-child(6){width:12%}
footer{margin-top:32px;color:var(--faint);font-size:12px}
@media print{:root{color-scheme:light;--text:#000;--faint:#444;--line:#bbb;--back:#fff;--band:#f2f2f2;--high:#8c1d18;--medium:#6b4600;--low:#2a4365;--good:#14532d}main{max-width:none;padding:0}body{font-size:10pt}tr{break-inside:avoid}thead{display:table-header-group}h2{break-after:avoid}}
`.trim();
