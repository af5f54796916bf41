import type { ModifiedProperty } from '../../contract/models/provisioning-event.ts';

/** A row of the provisioning log that tells of a write, newest ones first where there are several. */
export interface WriteRow {
  id: string;
  at: string;
  status: string;
  action: string;
  benign: boolean;
  /** `SkipReason` of a skip, else the service's reason. */
  reason: string | null;
  cycleId: string | null;
  properties: readonly ModifiedProperty[];
}

/** The property of this name that the row wrote, whatever the casing; null when it did not. */
export const writtenProperty = (row: WriteRow, attribute: string): ModifiedProperty | null =>
  row.properties.find(({ name }) => name.toLowerCase() === attribute.toLowerCase()) ?? null;
