import type { Input, Output } from '../../src-main/contract/api.ts';
import type { ReportDefinition } from '../../src-main/contract/models/report.ts';

const kinds: Output<'listReports'>['kinds'] = [
  { kind: 'health', title: 'Health summary', description: 'One page for managers.', columns: [], takes: ['period'] },
  {
    kind: 'reconciliation',
    title: 'Reconciliation',
    description: 'Every difference between Entra and UNIFI, with what to do about it and the evidence.',
    columns: [
      { id: 'kind', title: 'Kind', chosen: true },
      { id: 'name', title: 'Name', chosen: true },
      { id: 'severity', title: 'Severity', chosen: true },
      { id: 'advice', title: 'What to do', chosen: true },
    ],
    takes: ['period', 'finding-kinds', 'people', 'groups', 'columns'],
  },
  {
    kind: 'log',
    title: 'Provisioning log',
    description: 'The rows of the provisioning log, each joined with its steps and modified properties.',
    columns: [
      { id: 'at', title: 'Time', chosen: true },
      { id: 'name', title: 'Name', chosen: true },
      { id: 'body', title: 'Row as received', chosen: false },
    ],
    takes: ['period', 'people', 'groups', 'columns'],
  },
  {
    kind: 'evidence',
    title: 'Evidence',
    description: 'One person or one finding with everything that is known.',
    columns: [],
    takes: ['subject'],
  },
];

const definitions: ReportDefinition[] = [
  {
    name: 'Monthly for the board',
    format: 'pdf',
    file: '/srv/reports/{date}.pdf',
    options: { kind: 'health', language: 'de', timeZone: 'Europe/Berlin', client: 'Fabrikam' },
    savedAt: '2026-11-20T08:00:00.000Z',
  },
];

const text = 'Name,Kind\r\nAda Brandt,Missing\r\n';

/** The report methods over invented data. */
export const fakeReports = {
  listReports: (): Output<'listReports'> => ({ kinds, definitions }),
  previewReport: ({ options }: Input<'previewReport'>): Output<'previewReport'> => ({
    html: `<!doctype html><html lang="en"><head><title>${options.kind}</title></head><body><main><h1>${options.title ?? 'Reconciliation'}</h1><section id="findings"><h2>Findings</h2><table><thead><tr><th scope="col">Name</th></tr></thead><tbody><tr><td>Ada Brandt</td></tr></tbody></table></section></main></body></html>`,
    style: 'body{margin:24px;font-family:sans-serif;color:rgb(1,2,3)}',
    tables: [{ table: 'findings', rows: 40, total: 240, cut: true }],
  }),
  createReport: ({ options, format }: Input<'createReport'>): Output<'createReport'> => ({
    id: 'made',
    kind: options.kind,
    format,
    title: 'Reconciliation',
    file: null,
    companion: format === 'csv' ? 'fabrikam.csv.report.json' : null,
    fileName: `fabrikam-${options.kind}-2026-11-23.${format}`,
    bytes: text.length,
    tables: [{ table: 'findings', rows: 240, total: 240, cut: false }],
    dataSha256: 'a'.repeat(64),
    redacted: options.redact === true,
    keyPlace: options.redact === true ? 'in the key store of this computer' : null,
  }),
  readReport: ({ offset }: Input<'readReport'>): Output<'readReport'> => ({
    data: Buffer.from(text.slice(offset, offset + 20)).toString('base64'),
    nextOffset: offset + 20 < text.length ? offset + 20 : null,
  }),
  discardReport: (): Output<'discardReport'> => ({ discarded: true }),
  saveReportDefinition: ({ definition }: Input<'saveReportDefinition'>): Output<'saveReportDefinition'> => ({
    ...definition,
    file: null,
    savedAt: '2026-11-23T20:00:00.000Z',
  }),
  deleteReportDefinition: ({ name }: Input<'deleteReportDefinition'>): Output<'deleteReportDefinition'> => ({
    deleted: name,
  }),
};
