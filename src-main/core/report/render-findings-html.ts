import { findingKinds } from '../../contract/models/finding.ts';
import type { CheckResult, Finding, FindingKind, Severity, SubjectRef } from '../../contract/models/finding.ts';
import type { StatusResult } from '../../contract/models/job-status.ts';
import { escapeHtml as e } from './escape-html.ts';
import { describeParticulars, describeValue, kindTitles } from './finding-words.ts';
import { reportStyle } from './report-style.ts';

export interface FindingsReport {
  connectionName: string;
  check: CheckResult;
  status: StatusResult;
}

const severityOrder: Readonly<Record<Severity, number>> = { high: 0, medium: 1, low: 2 };
const stateOrder = { open: 0, pending: 1, resolved: 2 } as const;

/** `2026-08-11 09:14 UTC`; text that is no time stays as it is. */
const moment = (at: string | null | undefined): string => {
  if (at === null || at === undefined) return '';
  const short = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(at);
  return short === null ? e(at) : `${short[1] ?? ''} ${short[2] ?? ''} UTC`;
};

const number = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, '\u202f');

const subject = ({ name, entraId, scimId }: Omit<SubjectRef, 'type'>): string => {
  const ids = [entraId === null ? '' : `Entra ${entraId}`, scimId === null ? '' : `UNIFI ${scimId}`].filter(
    (id) => id !== '',
  );
  return `<bdi>${e(name)}</bdi><small>${e(ids.join(' · '))}</small>`;
};

const value = (given: Finding['expected']): string =>
  given === undefined ? '' : `<bdi>${e(describeValue(given))}</bdi>`;

const sections = ({ check }: FindingsReport): { kind: FindingKind; findings: Finding[] }[] => {
  const byKind = new Map<FindingKind, Finding[]>();
  for (const finding of check.findings) {
    const list = byKind.get(finding.kind);
    if (list === undefined) byKind.set(finding.kind, [finding]);
    else list.push(finding);
  }
  return findingKinds.flatMap((kind) => {
    const findings = byKind.get(kind);
    if (findings === undefined) return [];
    const ordered = [...findings].sort(
      (left, right) =>
        stateOrder[left.state] - stateOrder[right.state] ||
        severityOrder[left.severity] - severityOrder[right.severity] ||
        left.subject.name.localeCompare(right.subject.name, 'en'),
    );
    return [{ kind, findings: ordered }];
  });
};

function* summary({ check }: FindingsReport, ordered: ReturnType<typeof sections>): Generator<string> {
  const { open, pending, resolved } = check.summary.byState;
  yield `<section><h2>Findings by kind</h2><p>${number(open)} open, ${number(pending)} pending, ${number(resolved)} resolved in this run.</p>`;
  if (ordered.length === 0) {
    const whole = check.sources.every(({ status }) => status === 'complete');
    yield whole
      ? '<p>No disagreement between Entra and UNIFI was found.</p>'
      : '<p>Nothing was found, but not every source was read completely: this is no statement that all is well.</p>';
  } else {
    yield '<table><thead><tr><th scope="col">Kind</th><th scope="col" class="n">Open</th><th scope="col" class="n">Pending</th><th scope="col" class="n">Resolved</th></tr></thead><tbody>';
    for (const { kind, findings } of ordered) {
      const count = (state: Finding['state']): string =>
        number(findings.filter((finding) => finding.state === state).length);
      yield `<tr><th scope="row"><a href="#${kind}">${e(kindTitles[kind])}</a></th><td class="n">${count('open')}</td><td class="n">${count('pending')}</td><td class="n">${count('resolved')}</td></tr>`;
    }
    yield '</tbody></table>';
  }
  yield '</section>';
}

function* sources({ check, status }: FindingsReport): Generator<string> {
  yield '<section><h2>Where this comes from</h2><table><thead><tr><th scope="col">Source</th><th scope="col">This run</th><th scope="col" class="n">Items</th><th scope="col">Last complete</th><th scope="col">Trouble</th></tr></thead><tbody>';
  for (const report of check.sources) {
    const last = status.sources.find(({ source }) => source === report.source)?.lastCompleteAt;
    const trouble = report.failure === null ? '' : e(report.failure.message);
    yield `<tr><th scope="row">${e(report.source)}</th><td class="${report.status}">${e(report.status)}</td><td class="n">${number(report.items)}</td><td>${moment(last) || 'never'}</td><td>${trouble}</td></tr>`;
  }
  yield '</tbody></table></section>';
}

function* leftOut({ check }: FindingsReport): Generator<string> {
  if (check.notEvaluated.length === 0) return;
  yield '<section><h2>Not evaluated</h2><ul>';
  for (const { kind, attribute, source, reason, count } of check.notEvaluated) {
    const where = [kind, attribute, source].filter((part) => part !== undefined).join(', ');
    yield `<li>${where === '' ? '' : `${e(where)}: `}${e(reason)} (${number(count)})</li>`;
  }
  yield '</ul></section>';
}

function* findingRows(findings: readonly Finding[]): Generator<string> {
  for (const finding of findings) {
    const particulars = describeParticulars(finding);
    const related = finding.related.map((other) => `${other.name} (${other.scimId ?? other.entraId ?? ''})`).join('; ');
    const evidence = finding.evidence.map(
      ({ source, at, text }) => `${source}${at === null ? '' : ` ${moment(at)}`}: ${text}`,
    );
    yield `<tr><td>${subject(finding.subject)}${finding.member === undefined ? '' : `<div>Member: ${subject(finding.member)}</div>`}</td>`;
    yield `<td class="${finding.severity}">${finding.severity}<small>${finding.state}</small></td>`;
    yield `<td>${value(finding.expected)}</td><td>${value(finding.actual)}</td>`;
    yield `<td>${e(finding.advice)}${particulars === '' ? '' : `<small>${e(particulars)}</small>`}${related === '' ? '' : `<small>Also: ${e(related)}</small>`}`;
    if (evidence.length > 0) yield `<small>Evidence: ${e(evidence.join('; '))}</small>`;
    yield `</td><td>${moment(finding.changedAt ?? finding.openedAt ?? finding.firstSeen)}${finding.expectedBy === undefined ? '' : `<small>by itself until ${moment(finding.expectedBy)}</small>`}</td></tr>`;
  }
}

/**
 * The findings report as one self-contained HTML page, in pieces: no script, no outside address, readable in light and
 * dark and on paper. Names, values and texts are escaped; nothing of them is markup.
 */
export function* renderFindingsHtml(report: FindingsReport): Generator<string> {
  const { check, status, connectionName } = report;
  const ordered = sections(report);
  const title = `Provisioning findings: ${connectionName}`;
  yield '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">';
  yield `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="referrer" content="no-referrer">`;
  yield `<title>${e(title)}</title><style>${reportStyle}</style></head><body><main>`;
  yield `<header><h1>${e(title)}</h1><p>Collected ${moment(check.run.startedAt)}${check.run.endedAt === null ? ', not finished' : ` to ${moment(check.run.endedAt)}`}, run ${e(check.run.id)}.</p>`;
  yield `<p class="job"><strong>Provisioning job:</strong> ${e(status.job?.sentence ?? 'Unknown: the job was not read.')}</p></header>`;
  yield* summary(report, ordered);
  yield* sources(report);
  yield* leftOut(report);
  for (const { kind, findings } of ordered) {
    yield `<section id="${kind}"><h2>${e(kindTitles[kind])} <span class="count">${number(findings.length)}</span></h2><table class="findings"><thead><tr><th scope="col">Who</th><th scope="col">Severity</th><th scope="col">Expected</th><th scope="col">Actual</th><th scope="col">What to do</th><th scope="col">Since</th></tr></thead><tbody>`;
    yield* findingRows(findings);
    yield '</tbody></table></section>';
  }
  yield '<footer><p>UNIFI Provisioning Monitor. All times are UTC. The report holds names and ids of people: share it with care.</p></footer></main></body></html>\n';
}
