import { chartSvg, type ChartPaint } from '../../core/report/chart-svg.ts';
import { escapeHtml } from '../../core/report/escape-html.ts';
import { cutAhead, describeSize, metaLines } from '../../core/report/meta-lines.ts';
import type { OpenReport } from '../../core/report/open-report.ts';
import { pageStyle } from '../../core/report/page-style.ts';
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
};

/** Texts above this stand on lines of their own below a row. */
const longText = 60;
/** More figures than a glance takes in are a list. */
const manyFigures = 8;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

const numeric = ({ type }: Column): string => (type === 'number' ? ' class="n"' : '');

const shown = (cell: Cell, { type }: Pick<Column, 'type'>, { format }: OpenReport): string => {
  const text = e(format.cell(cell, type));
  // A name that reads from right to left must not turn its neighbours around.
  return text === '' || type !== 'text' ? text : `<bdi>${text}</bdi>`;
};

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
      `<li><i class="b-${tone}"></i>${e(title)} ${e(format.number(values.reduce((sum, value) => sum + value, 0)))}</li>`,
  );
  return `<figure>${chartSvg(chart, paint, format)}<figcaption><ul class="legend">${legend.join('')}</ul><p class="note">${e(chart.summary)}</p></figcaption></figure>`;
};

const widthsOf = (columns: readonly Column[]): string => {
  const sum = columns.reduce((all, { weight }) => all + (weight ?? 1), 0);
  return columns.map(({ weight }) => `<col width="${((100 * (weight ?? 1)) / sum).toFixed(1)}%">`).join('');
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
  const begin = `<div class="scroll" role="region" aria-label="${e(table.title)}" tabindex="0"><table><colgroup>${widthsOf(beside.map(({ column }) => column))}</colgroup><thead><tr>${head}</tr></thead><tbody>`;
  let started = false;
  for await (const lot of table.rows) {
    let html = started ? '' : begin;
    started = true;
    for (const row of lot) {
      html += '<tr>';
      for (const { column, index } of beside) {
        const kind = column.type === 'number' ? ' class="n"' : column.type === 'text' ? ' class="t"' : '';
        html += `<td${kind}>${shown(row[index] ?? null, column, report)}</td>`;
      }
      html += '</tr>\n';
      let more = '';
      for (const { column, index } of below) {
        const text = shown(row[index] ?? null, column, report);
        if (text === '') continue;
        const long = text.length > longText + 11 || text.includes('\n') ? ' class="long"' : '';
        more += `<div${long}><dt>${e(column.title)}</dt><dd>${text}</dd></div>`;
      }
      if (more !== '') html += `<tr class="more"><td colspan="${beside.length}"><dl>${more}</dl></td></tr>\n`;
    }
    yield html;
  }
  if (!started) {
    yield `<p>${e(table.empty)}</p>`;
    return;
  }
  const size = report.sizeOf(table.id);
  yield `</tbody></table></div><p class="rows${size.cut ? ' cut' : ''}">${e(describeSize(size, words, format))}</p>`;
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

const sourcesHtml = ({ meta, words, format }: OpenReport): string => {
  const { columns, sourceStatuses, sources, never, sections, sentences } = words;
  if (meta.sources.length === 0)
    return `<section id="sources"><h2>${e(sections.sources)}</h2><p>${e(sentences.neverCollected)}</p></section>`;
  const rows = meta.sources.map(({ source, status, items, lastCompleteAt, failure }) => {
    const look = status === 'complete' ? '' : status === 'failed' ? ' class="bad"' : ' class="warning"';
    return `<tr><td>${e(sources[source])}</td><td${look}>${e(sourceStatuses[status])}</td><td class="n">${e(format.number(items))}</td><td>${e(lastCompleteAt === null ? never : format.moment(lastCompleteAt))}</td><td>${e(failure?.message ?? '')}</td></tr>`;
  });
  return `<section id="sources"><h2>${e(sections.sources)}</h2><div class="scroll" role="region" aria-label="${e(sections.sources)}" tabindex="0"><table><colgroup><col width="22%"><col width="12%"><col width="10%"><col width="18%"><col width="38%"></colgroup><thead><tr><th scope="col">${e(columns.source)}</th><th scope="col">${e(columns.status)}</th><th scope="col" class="n">${e(columns.items)}</th><th scope="col">${e(columns.lastCompleteAt)}</th><th scope="col">${e(columns.trouble)}</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></div></section>`;
};

const headHtml = (report: OpenReport): string => {
  const { meta, words, format, look } = report;
  const facts = metaLines(meta, words, format).map(({ id, label, text }) => {
    const isWide = ['selection', 'redaction', 'language'].includes(id);
    return `<dt${isWide ? ' class="first"' : ''}>${e(label)}</dt><dd${isWide ? ' class="wide"' : ''}>${e(text)}</dd>`;
  });
  const logo =
    look.logo === null
      ? ''
      : `<img src="data:${look.logo.mime};base64,${base64(look.logo.bytes)}" alt="${e(meta.client ?? '')}" width="${look.logo.width}" height="${look.logo.height}">`;
  const kind = words.kinds[meta.kind];
  const second = meta.title === kind.title ? kind.description : `${kind.title}. ${kind.description}`;
  return `<header><div><h1>${e(meta.title)}</h1><p class="kind">${e(second)}</p></div>${logo}</header><dl class="meta">${facts.join('')}</dl>`;
};

const contentsHtml = ({ sections, words }: OpenReport): string =>
  sections.length < 3
    ? ''
    : `<nav aria-label="${e(words.labels.contents)}"><ul>${sections
        .map(({ id, title }) => `<li><a href="#${e(id)}">${e(title)}</a></li>`)
        .join('')}<li><a href="#sources">${e(words.sections.sources)}</a></li></ul></nav>`;

async function* page(report: OpenReport): AsyncGenerator<string> {
  const { meta, words, look } = report;
  const { sentences, labels } = words;
  yield `<!doctype html><html lang="${meta.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`;
  yield `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"><meta name="referrer" content="no-referrer">`;
  yield `<title>${e(meta.title)}: ${e(meta.connection.name)}</title><style>${pageStyle(look.accent)}</style></head><body><main>\n`;
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
