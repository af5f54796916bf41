import type { SchemaChange } from '../../contract/models/schema-change.ts';
import { attributesOf } from '../mapping/expression.ts';
import { sourceExpression } from '../mapping/source-expression.ts';
import type { AttributeMapping, MappingSource, ObjectMapping } from '../model/synchronization.ts';
import { pairUp } from './pair-up.ts';
import { shorten } from './shorten.ts';

const callText = (source: MappingSource): string =>
  `${source.name ?? 'an unnamed function'}(${source.parameters.map(({ value }) => sourceText(value) ?? '').join(', ')})`;

/** The text of a mapping's source as the portal shows it; null for none. */
const sourceText = (source: MappingSource | null): string | null => {
  if (source === null) return null;
  if (source.expression !== null && source.expression !== '') return source.expression;
  if (source.type === 'Function') return callText(source);
  if (source.name === null) return null;
  return source.type === 'Constant' ? `"${source.name}"` : `[${source.name}]`;
};

/** Equal for expressions that differ in spaces or notation only; the text itself where it cannot be understood. */
const meaning = (source: MappingSource | null): string => {
  const expression = source === null ? null : sourceExpression(source);
  return expression === null ? `text ${sourceText(source) ?? ''}` : JSON.stringify(expression);
};

const readsSoftDeleted = (source: MappingSource | null): boolean => {
  const expression = source === null ? null : sourceExpression(source);
  return expression !== null && attributesOf(expression).some((name) => name.toLowerCase() === 'issoftdeleted');
};

/** Without it the service never sends a disable. provisioning-semantics.md 2, IsSoftDeleted. */
const losesDisable = (before: AttributeMapping | null, after: AttributeMapping | null): boolean =>
  (before ?? after)?.targetAttributeName.toLowerCase() === 'active' &&
  readsSoftDeleted(before?.source ?? null) &&
  !readsSoftDeleted(after?.source ?? null);
const noDisable = ' Nobody who leaves is deactivated any more.';

const flowTypes: Readonly<Record<string, string>> = {
  always: 'when the account is created and whenever it changes',
  objectaddonly: 'only when the account is created',
  valueaddonly: 'only by adding values',
  multivalueaddonly: 'only by adding values to a list',
  attributeaddonly: 'only where the account has no value yet',
};
const flowBehaviors: Readonly<Record<string, string>> = {
  flowwhenchanged: 'when it changes',
  flowalways: 'in every update, changed or not',
};
const say = (words: Readonly<Record<string, string>>, word: string): string =>
  words[word.toLowerCase()] ?? `as "${word}"`;

const quoted = (value: string | null): string => (value === null || value === '' ? 'nothing' : `"${shorten(value)}"`);

const matchingText = (priority: number): string | null => (priority === 0 ? null : String(priority));

const compareOne = (object: string, before: AttributeMapping, after: AttributeMapping): SchemaChange[] => {
  const attribute = after.targetAttributeName;
  const of = `${attribute} of ${object}`;
  const changes: SchemaChange[] = [];
  const add = (kind: SchemaChange['kind'], old: string | null, now: string | null, sentence: string): void =>
    void changes.push({ kind, object, attribute, before: old, after: now, sentence });

  if (meaning(before.source) !== meaning(after.source)) {
    const [old, now] = [sourceText(before.source), sourceText(after.source)];
    const lost = losesDisable(before, after) ? noDisable : '';
    const sentence = `${of} is now written from ${shorten(now ?? 'nothing but its default')}; before, it was ${shorten(old ?? 'nothing but its default')}.${lost}`;
    add('expression-changed', old, now, sentence);
  }
  if ((before.defaultValue ?? '') !== (after.defaultValue ?? '')) {
    const sentence = `Where the source is empty, ${of} is now created with ${quoted(after.defaultValue)}; before, with ${quoted(before.defaultValue)}.`;
    add('default-changed', before.defaultValue, after.defaultValue, sentence);
  }
  if (before.matchingPriority !== after.matchingPriority) {
    const [old, now] = [matchingText(before.matchingPriority), matchingText(after.matchingPriority)];
    const sentence =
      now === null
        ? `${of} is no longer used to find what UNIFI already has.`
        : old === null
          ? `${of} is now used to find what UNIFI already has.`
          : `${of} is now number ${now} in the order in which attributes are tried to find what UNIFI already has; before, it was number ${old}.`;
    add('matching-changed', old, now, sentence);
  }
  for (const [old, now, words] of [
    [before.flowType, after.flowType, flowTypes],
    [before.flowBehavior, after.flowBehavior, flowBehaviors],
  ] as const) {
    if (old.toLowerCase() === now.toLowerCase()) continue;
    add('writing-changed', old, now, `${of} is now written ${say(words, now)}; before, ${say(words, old)}.`);
  }
  return changes;
};

/**
 * Differences between the attribute mappings of two versions of one object mapping, in the order of the newer one;
 * removed ones last. Attributes are paired by the name that they have in the target, whatever its casing.
 *
 * @param object whom the mapping is for, as sentences name it
 */
export const compareAttributeMappings = (object: string, before: ObjectMapping, after: ObjectMapping): SchemaChange[] =>
  pairUp(before.attributeMappings, after.attributeMappings, (one) => one.targetAttributeName.toLowerCase()).flatMap(
    ({ old, now }): SchemaChange[] => {
      if (old && now) return compareOne(object, old, now);
      const only = (now ?? old) as AttributeMapping;
      const attribute = only.targetAttributeName;
      const text = sourceText(only.source) ?? quoted(only.defaultValue);
      if (now) {
        const sentence = `${attribute} of ${object} is now written, from ${shorten(text)}.`;
        return [{ kind: 'attribute-added', object, attribute, before: null, after: text, sentence }];
      }
      const lost = losesDisable(old, null) ? noDisable : '';
      const sentence = `${attribute} of ${object} is no longer written; before, it was ${shorten(text)}.${lost}`;
      return [{ kind: 'attribute-removed', object, attribute, before: text, after: null, sentence }];
    },
  );
