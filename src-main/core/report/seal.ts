import type { ReportFormat } from '../../contract/models/report.ts';

/** What a report's file says about itself at its very end. `file`: SHA-256 of every byte before the seal. */
export interface Seal {
  data: string;
  file: string;
}

const sum = /^[0-9a-f]{64}$/;
const mark = 'unifi-monitor-report-seal';

/** The seal as the format's last text. All seals of a format have the same length. docs/report.md. */
export const writeSeal = (format: Exclude<ReportFormat, 'csv'>, { data, file }: Seal): string => {
  const seal = `{"type":"${mark}","version":1,"data":"${data}","file":"${file}"}`;
  switch (format) {
    case 'html':
      return `<!-- ${seal} -->\n`;
    case 'json':
      return `,\n"seal":${seal}}\n`;
    case 'ndjson':
      return `${seal}\n`;
    case 'pdf':
      return `%${seal}\n`;
    case 'xlsx':
      return seal;
  }
};

const emptySum = '0'.repeat(64);

/** How long the seal of a format is, in bytes; seals are ASCII. */
export const sealLength = (format: Exclude<ReportFormat, 'csv'>): number =>
  writeSeal(format, { data: emptySum, file: emptySum }).length;

/** Reads a seal from the last text of a file; null when that is none. */
export const readSeal = (format: Exclude<ReportFormat, 'csv'>, text: string): Seal | null => {
  const found = /"data":"([0-9a-f]{64})","file":"([0-9a-f]{64})"/.exec(text);
  const [, data, file] = found ?? [];
  if (data === undefined || file === undefined || !sum.test(data)) return null;
  return writeSeal(format, { data, file }) === text ? { data, file } : null;
};
