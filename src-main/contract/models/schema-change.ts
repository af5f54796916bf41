/** What a difference between two versions of the mappings and scoping filters is about. */
export const schemaChangeKinds = [
  'mapping-added',
  'mapping-removed',
  'mapping-switched-on',
  'mapping-switched-off',
  'flow-switched-on',
  'flow-switched-off',
  'attribute-added',
  'attribute-removed',
  'expression-changed',
  'default-changed',
  'matching-changed',
  'writing-changed',
  'filter-added',
  'filter-removed',
  'filter-renamed',
  'clause-added',
  'clause-removed',
  'clause-changed',
] as const;
export type SchemaChangeKind = (typeof schemaChangeKinds)[number];

/** One difference between two versions of a job's mappings and scoping filters. */
export interface SchemaChange {
  kind: SchemaChangeKind;
  /** Whom the mapping is for: `users`, `groups`, or the object's own name. */
  object: string;
  /** The attribute written in the target, or the attribute that a clause reads; null: the mapping as a whole. */
  attribute: string | null;
  /** The old text (expression, clause, default, flow); null where there was none. */
  before: string | null;
  after: string | null;
  /** One or two whole sentences for people. Long expressions and clauses are cut off; `before` and `after` have them in full. */
  sentence: string;
}
