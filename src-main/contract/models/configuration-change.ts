import type { SchemaChange } from './schema-change.ts';

/** What somebody changed that can make provisioning behave otherwise. */
export const configurationChangeKinds = [
  'mapping',
  'scope',
  'settings',
  'credentials',
  'assignments',
  'restart',
  'started',
  'stopped',
  'quarantine',
] as const;
export type ConfigurationChangeKind = (typeof configurationChangeKinds)[number];

/** One change of how the job is set up, as the audit log or two collections show it. */
export interface ConfigurationChange {
  id: string;
  kind: ConfigurationChangeKind;
  /** It was made in [from, to]: the same moment where the audit log names it, else between two collections. */
  from: string;
  to: string;
  /** Who made it; null when nobody says. */
  by: string | null;
  title: string;
  /** What changed, in whole sentences; empty when only the fact is known. */
  details: string[];
  /** The difference of the two versions of the mappings, where both were collected. */
  schema: SchemaChange[];
}
