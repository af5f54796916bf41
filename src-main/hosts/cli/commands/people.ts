import type { SourceState, TargetState, Person } from '../../../contract/models/person.ts';
import type { Page } from '../../../contract/models/page.ts';
import { count, line, table } from '../print.ts';
import { pastState, type PastOptions } from '../past-state.ts';
import { runCommand } from '../session.ts';

export interface PeopleOptions extends PastOptions {
  limit: number;
  cursor?: string;
  source?: SourceState[];
  target?: TargetState[];
  withFindings?: boolean;
}

const print = (page: Page<Person>): void => {
  table(
    ['Name', 'Entra', 'UNIFI', 'UPN', 'User name in UNIFI', 'Findings'],
    page.rows.map((person) => [
      person.name,
      person.state.source,
      person.state.target,
      person.entra?.userPrincipalName,
      person.scim?.userName,
      person.findings.map((finding) => finding.kind).join(', '),
    ]),
  );
  if (page.total !== undefined) line(`${count(page.rows.length)} of ${count(page.total)} people.`);
  if (page.nextCursor) line(`More: --cursor ${page.nextCursor}`);
};

export const people = (text: string | undefined, options: PeopleOptions): Promise<void> =>
  runCommand(options, async ({ api, on }) => ({
    result: await api.listPeople({
      ...on,
      ...(await pastState({ api, on }, options)),
      filter: {
        ...(text ? { text } : {}),
        ...(options.source ? { source: options.source } : {}),
        ...(options.target ? { target: options.target } : {}),
        ...(options.withFindings ? { withFindings: true } : {}),
      },
      page: { limit: options.limit, withTotal: true, ...(options.cursor ? { cursor: options.cursor } : {}) },
    }),
    print,
  }));
