import { AppError } from '../app-error.ts';
import type {
  AttributeMapping,
  MappingSource,
  ObjectMapping,
  ScopeGroup,
  SyncRule,
  SyncSchema,
} from '../model/synchronization.ts';

type Bag = Record<string, unknown>;

const sourceTypes: Readonly<Record<string, MappingSource['type']>> = {
  attribute: 'Attribute',
  constant: 'Constant',
  function: 'Function',
};

/** Functions nest a few levels deep; what goes on beyond this is no mapping that a person wrote. */
const deepestExpression = 50;

const bag = (value: unknown): Bag =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Bag) : {};
const list = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/** The value of a key whatever its casing; the exact one first. */
const field = (object: Bag, name: string): unknown => {
  if (Object.hasOwn(object, name)) return object[name];
  const key = Object.keys(object).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : object[key];
};

const text = (value: unknown): string | null => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
};
const textOr = (value: unknown, otherwise: string): string => text(value) ?? otherwise;
const integer = (value: unknown): number => {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : 0;
};
/** Anything but a clear "no" counts as on: only an explicit `false` switches a mapping off. */
const isOn = (value: unknown): boolean => text(value)?.trim().toLowerCase() !== 'false';

/** A comma-separated flags string, also met as a list; a missing one means every flow. */
const readFlowTypes = (value: unknown): ObjectMapping['flowTypes'] => {
  if (value === undefined || value === null) return { add: true, update: true, delete: true };
  const words = (Array.isArray(value) ? value : textOr(value, '').split(',')).map((word) =>
    textOr(word, '').trim().toLowerCase(),
  );
  return { add: words.includes('add'), update: words.includes('update'), delete: words.includes('delete') };
};

const readSource = (value: unknown, depth = 0): MappingSource | null => {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || depth > deepestExpression) return null;
  const source = value as Bag;
  return {
    type: sourceTypes[textOr(field(source, 'type'), '').toLowerCase()] ?? 'unknown',
    name: text(field(source, 'name')),
    expression: text(field(source, 'expression')),
    parameters: list(field(source, 'parameters')).flatMap((entry) => {
      const parameter = readSource(field(bag(entry), 'value'), depth + 1);
      return parameter ? [{ key: textOr(field(bag(entry), 'key'), ''), value: parameter }] : [];
    }),
  };
};

const readAttributeMapping = (value: unknown): AttributeMapping[] => {
  const mapping = bag(value);
  const targetAttributeName = text(field(mapping, 'targetAttributeName'));
  if (!targetAttributeName) return [];
  return [
    {
      targetAttributeName,
      matchingPriority: integer(field(mapping, 'matchingPriority')),
      flowType: textOr(field(mapping, 'flowType'), 'Always'),
      flowBehavior: textOr(field(mapping, 'flowBehavior'), 'FlowWhenChanged'),
      defaultValue: text(field(mapping, 'defaultValue')),
      source: readSource(field(mapping, 'source')),
    },
  ];
};

const readScopeGroups = (value: unknown): ScopeGroup[] =>
  list(value).map((entry) => ({
    name: textOr(field(bag(entry), 'name'), ''),
    clauses: list(field(bag(entry), 'clauses')).map((clause) => ({
      attribute: textOr(field(bag(clause), 'sourceOperandName'), ''),
      operator: textOr(field(bag(clause), 'operatorName'), ''),
      values: list(field(bag(field(bag(clause), 'targetOperand')), 'values')).map((operand) => textOr(operand, '')),
    })),
  }));

const readScope = (value: unknown): ObjectMapping['scope'] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return {
    groups: readScopeGroups(field(value as Bag, 'groups')),
    inputFilterGroups: readScopeGroups(field(value as Bag, 'inputFilterGroups')),
  };
};

const readObjectMapping = (value: unknown): ObjectMapping => {
  const mapping = bag(value);
  return {
    name: textOr(field(mapping, 'name'), ''),
    enabled: isOn(field(mapping, 'enabled')),
    sourceObjectName: textOr(field(mapping, 'sourceObjectName'), ''),
    targetObjectName: textOr(field(mapping, 'targetObjectName'), ''),
    flowTypes: readFlowTypes(field(mapping, 'flowTypes')),
    scope: readScope(field(mapping, 'scope')),
    attributeMappings: list(field(mapping, 'attributeMappings')).flatMap(readAttributeMapping),
  };
};

const readRule = (value: unknown): SyncRule => {
  const rule = bag(value);
  return {
    id: textOr(field(rule, 'id'), ''),
    name: textOr(field(rule, 'name'), ''),
    priority: integer(field(rule, 'priority')),
    mappings: list(field(rule, 'objectMappings')).map(readObjectMapping),
  };
};

const unusable = (path: string, cause?: unknown): AppError =>
  new AppError(
    {
      code: 'response-unexpected',
      message: 'The attribute mappings of the provisioning job came in a form that is not known.',
      advice: 'Collect again; if it stays so, send the version of this program and the path below to its makers.',
      source: 'schema',
      path,
    },
    { cause },
  );

/**
 * A job's synchronization schema from its JSON text, reduced to mappings and scoping filters. Keys of any casing are
 * read, unknown ones left out, missing ones get what Graph means by their absence. graph-provisioning.md 6.
 *
 * Throws `response-unexpected` when the text is no JSON or holds no list of synchronization rules.
 */
export const parseSyncSchema = (json: string): SyncSchema => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (error) {
    throw unusable('$', error);
  }
  const schema = bag(parsed);
  const rules = field(schema, 'synchronizationRules');
  if (!Array.isArray(rules)) throw unusable('$.synchronizationRules');
  return {
    id: textOr(field(schema, 'id'), ''),
    version: textOr(field(schema, 'version'), ''),
    rules: rules.map(readRule).sort((one, other) => one.priority - other.priority),
  };
};
