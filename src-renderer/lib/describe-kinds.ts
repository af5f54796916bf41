import type { FindingKind } from '../../src-main/contract/models/finding.ts';
import { kindWords } from './words.ts';

/** The kinds of somebody's findings in one line, each once: "Attribute differs (3), Member missing". */
export const describeKinds = (kinds: readonly FindingKind[]): string =>
  [...new Set(kinds)]
    .map((kind) => {
      const count = kinds.filter((other) => other === kind).length;
      return count > 1 ? `${kindWords[kind].title} (${count})` : kindWords[kind].title;
    })
    .join(', ');
