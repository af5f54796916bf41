import { chartKey, chartSvg, type ChartPaint } from '../../core/report/chart-svg.ts';
import { escapeHtml } from '../../core/report/escape-html.ts';
import { cutAhead, describeSize, metaLines, shortTable } from '../../core/report/meta-lines.ts';
import type { SourceStatus } from '../../contract/models/run.ts';
import { isOnePage, paperRows } from '../../core/report/row-limits.ts';
import type { OpenReport } from '../../core/report/open-report.ts';
import { pageLook, pageStyle } from '../../core/report/page-style.ts';
import type {
  Cell,
  ChartSection,
  Column,
  FiguresSection,
  Section,
  TableSection,
  TextSection,
} from '../../core/report/report.ts';
import { visibleText } from '../../core/report/visible-text.ts';
import type { WrittenReport } from '../../services/ports.ts';

const e = (text: string): string => escapeHtml(visibleText(text));

const paint: ChartPaint = {
  bar: (tone) => `class="b-${tone}"`,
  line: 'class="c-line"',
  text: 'class="c-text"',
  unknown: 'class="c-unknown"',
  mark: 'class="b-mark"',
  fontSize: 10,
};

/** Texts above this stand on lines of their own below a row. */
const longText = 60;
/** Rows that a browser lays out together, when somebody looks at them. */
const lotRows = 200;
/** More figures than a glance takes in are a list. */
const manyFigures = 8;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

const numeric = ({ type }: Column): string => (type === 'number' ? ' class="n"' : '');

const shown = (cell: Cell, { type }: Pick<Column, 'type'>, { format }: OpenReport): string =>
  e(format.cell(cell, type));

const textHtml = ({ paragraphs, steps, emphasis }: TextSection): string => {
  const look = emphasis === 'lead' ? ' class="lead"' : emphasis === 'warning' ? ' class="alert"' : '';
  const texts = paragraphs.map(({ text }) => `<p${look}>${e(text)}</p>`).join('');
  return steps?.length ? `${texts}<ol>${steps.map(({ text }) => `<li>${e(text)}</li>`).join('')}</ol>` : texts;
};

const figuresHtml = ({ figures }: FiguresSection, report: OpenReport): string => {
  const filled = figures.filter(({ value }) => value !== null);
  const cells = filled.map(
    ({ label, value, type, tone }) =>
      `<div><dt>${e(label)}</dt><dd class="${type === 'number' ? 'number' : 'text'} ${tone ?? ''}">${shown(value, { type }, report)}</dd></div>`,
  );
  return `<dl class="figures${filled.length > manyFigures ? ' many' : ''}">${cells.join('')}</dl>`;
};

const chartHtml = (chart: ChartSection, { format }: OpenReport): string => {
  const legend = chart.series.map(
    ({ title, tone, values }) =>
      `<li>${chartKey(chart.id, tone, paint)}${e(title)} ${e(format.number(values.reduce((sum, value) => sum + value, 0)))}</li>`,
  );
  return `<figure>${chartSvg(chart, paint, format)}<figcaption><ul class="legend">${legend.join('')}</ul><p class="note">${e(chart.summary)}</p></figcaption></figure>`;
};

interface PlacedColumn {
  column: Column;
  index: number;
}

const widthsOf = (columns: readonly Column[]): string => {
  const sum = columns.reduce((all, { weight }) => all + (weight ?? 1), 0);
  return columns.map(({ weight }) => `<col width="${((100 * (weight ?? 1)) / sum).toFixed(1)}%">`).join('');
};

/** The columns of a table that stand below its rows, as the pieces of a list: a page of rows has to stay light. */
const detailsHtml = (row: readonly Cell[], below: readonly PlacedColumn[], report: OpenReport): string => {
  let html = '';
  for (const { column, index } of below) {
    const text = shown(row[index] ?? null, column, report);
    if (text === '') continue;
    const look = text.includes('\n') ? ' class="block"' : text.length > longText ? ' class="long"' : '';
    html += `<dt${look}>${e(column.title)}</dt><dd${look}>${text}</dd>`;
  }
  return html;
};

async function* tableHtml(table: TableSection, report: OpenReport): AsyncGenerator<string> {
  const { words, format } = report;
  const indexed = table.columns.map((column, index) => ({ column, index }));
  const beside = indexed.filter(({ column }) => column.detail !== true);
  const below = indexed.filter(({ column }) => column.detail === true);
  const ahead = cutAhead(table, words, format);
  if (ahead !== null) yield `<p class="rows cut">${e(ahead)}</p>`;
  if (table.note !== undefined) yield `<p class="note">${e(table.note)}</p>`;
  const head = beside.map(({ column }) => `<th scope="col"${numeric(column)}>${e(column.title)}</th>`).join('');
  const begin = `<table><colgroup>${widthsOf(beside.map(({ column }) => column))}</colgroup><thead><tr>${head}</tr></thead><tbody>`;
  // So that the bar of the window tells the truth before the rows were laid out.
  const height = lotRows * (below.length > 0 ? 100 : 32);
  const notOnPaper = words.sentences.notOnPaper(format.number(paperRows));
  let rows = 0;
  for await (const lot of table.rows) {
    let html = rows === 0 ? `<div class="scroll" role="region" aria-label="${e(table.title)}" tabindex="0">` : '';
    for (const row of lot) {
      if (rows === paperRows) html += `</tbody></table></div><p class="paper rows cut">${e(notOnPaper)}</p>`;
      else if (rows % lotRows === 0 && rows > 0) html += '</tbody></table></div>\n';
      if (rows % lotRows === 0) {
        html += `<div class="lot${rows >= paperRows ? ' screen' : ''}" style="contain-intrinsic-height:auto ${height}px">${begin}`;
      }
      rows += 1;
      html += '<tr>';
      for (const { column, index } of beside) {
        const kind = column.type === 'number' ? ' class="n"' : column.type === 'text' ? ' class="t"' : '';
        html += `<td${kind}>${shown(row[index] ?? null, column, report)}</td>`;
      }
      html += '</tr>\n';
      const more = detailsHtml(row, below, report);
      if (more !== '') html += `<tr class="more"><td colspan="${beside.length}"><dl>${more}</dl></td></tr>\n`;
    }
    yield html;
  }
  if (rows === 0) {
    yield `<p>${e(table.empty)}</p>`;
    return;
  }
  const size = report.sizeOf(table.id);
  yield '</tbody></table></div></div>';
  if (ahead === null || rows > shortTable) {
    yield `<p class="rows${size.cut ? ' cut' : ''}">${e(describeSize(size, words, format))}</p>`;
  }
}

async function* sectionHtml(section: Section, report: OpenReport): AsyncGenerator<string> {
  yield `<section id="${e(section.id)}"><h2>${e(section.title)}</h2>`;
  switch (section.type) {
    case 'text':
      yield textHtml(section);
      break;
    case 'figures':
      yield figuresHtml(section, report);
      break;
    case 'chart':
      yield chartHtml(section, report);
      break;
    case 'table':
      yield* tableHtml(section, report);
  }
  yield '</section>';
}

const lookOf = (status: SourceStatus): string =>
  status === 'complete' ? '' : status === 'failed' ? ' class="bad"' : ' class="warning"';

type Sources = OpenReport['meta']['sources'];

/** The sources of a report of one page: two in a line, and a line for each trouble. */
const fewSourcesHtml = (all: Sources, { words, format }: OpenReport): string => {
  const { columns, sourceStatuses, sources, never } = words;
  const cells = all.map(
    ({ source, status, lastCompleteAt }) =>
      `<td>${e(sources[source])}</td><td${lookOf(status)}>${e(sourceStatuses[status])}</td><td>${e(lastCompleteAt === null ? never : format.moment(lastCompleteAt))}</td>`,
  );
  const rows = Array.from(
    { length: Math.ceil(cells.length / 2) },
    (_, index) => `<tr>${cells[2 * index] ?? ''}${cells[2 * index + 1] ?? '<td colspan="3"></td>'}</tr>`,
  );
  const head = [columns.source, columns.status, columns.lastCompleteAt].map(
    (title) => `<th scope="col">${e(title)}</th>`,
  );
  const widths = [22, 12, 16].map((width) => `<col width="${width}%">`).join('');
  const troubles = all.flatMap(({ source, failure }) =>
    failure === null ? [] : [`<p class="note">${e(sources[source])}: ${e(failure.message)}</p>`],
  );
  return `<table><colgroup>${widths.repeat(2)}</colgroup><thead><tr>${head.join('').repeat(2)}</tr></thead><tbody>${rows.join('\n')}</tbody></table>${troubles.join('')}`;
};

const allSourcesHtml = (all: Sources, { words, format }: OpenReport): string => {
  const { columns, sourceStatuses, sources, never } = words;
  const rows = all.map(
    ({ source, status, items, lastCompleteAt, failure }) =>
      `<tr><td>${e(sources[source])}</td><td${lookOf(status)}>${e(sourceStatuses[status])}</td><td class="n">${e(format.number(items))}</td><td>${e(lastCompleteAt === null ? never : format.moment(lastCompleteAt))}</td><td>${e(failure?.message ?? '')}</td></tr>`,
  );
  return `<table><colgroup><col width="22%"><col width="12%"><col width="12%"><col width="18%"><col width="36%"></colgroup><thead><tr><th scope="col">${e(columns.source)}</th><th scope="col">${e(columns.status)}</th><th scope="col" class="n">${e(columns.items)}</th><th scope="col">${e(columns.lastCompleteAt)}</th><th scope="col">${e(columns.trouble)}</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
};

const sourcesHtml = (report: OpenReport): string => {
  const { meta, words } = report;
  const title = e(words.sections.sources);
  const content =
    meta.sources.length === 0
      ? `<p>${e(words.sentences.neverCollected)}</p>`
      : `<div class="scroll" role="region" aria-label="${title}" tabindex="0">${(isOnePage(meta) ? fewSourcesHtml : allSourcesHtml)(meta.sources, report)}</div>`;
  return `<section id="sources"><h2>${title}</h2>${content}</section>`;
};

const headHtml = (report: OpenReport): string => {
  const { meta, words, format, look } = report;
  const facts = metaLines(meta, words, format).map(({ id, label, text }) => {
    const isWide = ['selection', 'redaction', 'language'].includes(id) || text.length > longText;
    return `<dt${isWide ? ' class="first"' : ''}>${e(label)}</dt><dd${isWide ? ' class="wide"' : ''}>${e(text)}</dd>`;
  });
  const logo =
    look.logo === null
      ? ''
      : `<img src="data:${look.logo.mime};base64,${base64(look.logo.bytes)}" alt="${e(meta.client ?? '')}" width="${look.logo.width}" height="${look.logo.height}">`;
  const kind = words.kinds[meta.kind];
  const second = meta.title === kind.title ? kind.description : `${kind.title}. ${kind.description}`;
  return `<div class="accent"></div><header><div><h1>${e(meta.title)}</h1><p class="kind">${e(second)}</p></div>${logo}</header><dl class="meta">${facts.join('')}</dl>`;
};

const contentsHtml = ({ sections, words }: OpenReport): string =>
  sections.length < 3
    ? ''
    : `<nav aria-label="${e(words.labels.contents)}"><ul>${sections
        .map(({ id, title }) => `<li><a href="#${e(id)}">${e(title)}</a></li>`)
        .join('')}<li><a href="#sources">${e(words.sections.sources)}</a></li></ul></nav>`;

async function* page(report: OpenReport): AsyncGenerator<string> {
  const { meta, words } = report;
  const { sentences, labels } = words;
  yield `<!doctype html><html lang="${meta.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`;
  yield `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"><meta name="referrer" content="no-referrer">`;
  yield `<title>${e(meta.title)}: ${e(meta.connection.name)}</title><style>${pageStyle(pageLook(report))}</style></head><body><main>\n`;
  yield headHtml(report);
  yield contentsHtml(report);
  for (const section of report.sections) yield* sectionHtml(section, report);
  yield sourcesHtml(report);
  yield `<footer><p>${e(meta.redaction.on ? sentences.redactedCare : sentences.care)} ${e(sentences.integrity)}</p><p>${e(labels.dataSha256)}: <code>${report.end().dataSha256}</code></p></footer></main></body></html>\n`;
}

/**
 * One self-contained page: no script, no outside address, readable in light and dark and on paper. Names, values and
 * texts are escaped; nothing of them is markup.
 */
export const writeHtml = (report: OpenReport): WrittenReport => ({ chunks: page(report), companion: null });
