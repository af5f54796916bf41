import type { ModifiedProperty } from '../../contract/models/provisioning-event.ts';
import { bag, list, text } from './json-fields.ts';

/** An empty old or new value is shown as such; only null is absent. */
const readProperty = (entry: unknown): ModifiedProperty => {
  const property = bag(entry);
  const value = (raw: unknown): string | null => (raw === '' ? '' : text(raw));
  return {
    name: text(property['displayName']) ?? text(property['name']) ?? 'unnamed attribute',
    oldValue: value(property['oldValue']),
    newValue: value(property['newValue']),
  };
};

/** The `modifiedProperties` of a row, as parsed from JSON; anything else than a list has none. graph-provisioning.md 4. */
export const readProperties = (raw: unknown): ModifiedProperty[] => list(raw).map(readProperty);
