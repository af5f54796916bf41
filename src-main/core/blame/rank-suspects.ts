import type { JumpMeasure, JumpPart, Suspect } from '../../contract/models/blame.ts';
import type { ConfigurationChange, ConfigurationChangeKind } from '../../contract/models/configuration-change.ts';
import { describeSpan } from '../health/describe-time.ts';

const hourMs = 3_600_000;
/** What was changed longer ago than this has long had its effect. */
const lookBackMs = 3 * 24 * hourMs;

/** How well a kind of change explains more of what is counted, 0 (not at all) to 3, and why. provisioning-semantics.md 1, 2 and 4. */
const affinity: Readonly<
  Record<JumpMeasure, Partial<Record<ConfigurationChangeKind, { points: number; why: string }>>>
> = {
  failures: {
    mapping: {
      points: 3,
      why: 'After a change of the mappings Entra writes everybody again, and what UNIFI refuses fails at once.',
    },
    credentials: { points: 2, why: 'With other credentials or another address UNIFI may refuse what it took before.' },
    settings: {
      points: 2,
      why: 'Another setting can bring people into scope whom UNIFI refuses, or lead to another address.',
    },
    scope: {
      points: 2,
      why: 'A wider scope brings people whom UNIFI may refuse, and a change of it makes Entra look at everybody again.',
    },
    assignments: {
      points: 2,
      why: 'New assignments bring people whom UNIFI may refuse, and ended ones have accounts switched off, which it may refuse as well.',
    },
    restart: { points: 2, why: 'A restart makes Entra try everybody again, also those that failed before.' },
    started: { points: 1, why: 'What had waited while provisioning stood still was tried at once.' },
  },
  skips: {
    scope: { points: 3, why: 'A scoping filter decides who is skipped.' },
    assignments: { points: 3, why: 'Who is assigned decides who is skipped.' },
    settings: { points: 2, why: 'Who is in scope, and who is skipped, also depends on the settings.' },
    mapping: {
      points: 2,
      why: 'After a change of the mappings Entra looks at everybody again, and says of whom it skips why.',
    },
    restart: { points: 2, why: 'A restart makes Entra look at everybody again, and say of whom it skips why.' },
    started: { points: 1, why: 'What had waited while provisioning stood still was looked at at once.' },
  },
  findings: {
    mapping: { points: 3, why: 'With other mappings Entra expects other values than UNIFI holds.' },
    stopped: { points: 3, why: 'While provisioning stands still, every change in Entra becomes a difference.' },
    quarantine: { points: 3, why: 'While the job is quarantined, every change in Entra becomes a difference.' },
    scope: { points: 2, why: 'With another scope other people should have an account.' },
    assignments: { points: 2, why: 'With other assignments other people should have an account.' },
    settings: { points: 2, why: 'Who should have an account, and who is deactivated, also depends on the settings.' },
    credentials: {
      points: 1,
      why: 'With other credentials or another address Entra may write elsewhere, or not at all.',
    },
    restart: { points: 1, why: 'A restart can create accounts anew where Entra does not find the old ones.' },
  },
};

/** Points for how closely the change came before. */
const closeness = (ms: number): number => {
  if (ms <= 2 * hourMs) return 3;
  if (ms <= 12 * hourMs) return 2;
  return ms <= 24 * hourMs ? 1 : 0;
};

const sayTiming = (change: ConfigurationChange, startMs: number): string => {
  const [from, to] = [Date.parse(change.from), Date.parse(change.to)];
  const isMoment = to - from < hourMs;
  if (isMoment) {
    const before = startMs - to;
    return before < 60_000 ? 'It was made in the same hour.' : `It was made ${describeSpan(before)} before.`;
  }
  if (to <= startMs) return `It was made between two collections, ${describeSpan(startMs - to)} before at the latest.`;
  return `It was made between two collections, at most ${describeSpan(startMs - from)} before.`;
};

/** Attributes that a change concerns and that the failing rows name. */
const namedAttributes = (change: ConfigurationChange, parts: readonly JumpPart[]): string[] => {
  const texts = parts.flatMap(({ reason }) => reason?.toLowerCase() ?? []);
  const attributes = new Set(change.schema.flatMap(({ attribute }) => attribute ?? []));
  const escaped = (name: string): string => name.toLowerCase().replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
  return [...attributes].filter((name) => {
    const whole = new RegExp(`(?<![\\w.])${escaped(name)}(?![\\w])`, 'u');
    return texts.some((text) => whole.test(text));
  });
};

/** From here on a change is said to be likely: the right kind within half a day, or named by the rows themselves. */
const likelyFrom = 5;
/** Below it the kind hardly explains it and the time does not either: everybody makes some change within three days. */
const leastScore = 3;

/**
 * The changes that were made in the three days before a jump, the most likely first: by how well their kind explains
 * it, how closely they came before, and whether the failing rows name an attribute that they concern. A change of
 * which only is known that it lies between two collections counts from its earliest moment on.
 *
 * @param jump `startMs` begin of its first hour or cross-check; `sinceMs`: it may have begun since then
 */
export const rankSuspects = (
  jump: { measure: JumpMeasure; startMs: number; sinceMs: number; parts: readonly JumpPart[] },
  changes: readonly ConfigurationChange[],
): Suspect[] => {
  // Rows are counted by the hour: the change may have been made within the first one.
  const latestMs = jump.startMs + (jump.measure === 'findings' ? 0 : hourMs);
  const scored = changes.flatMap((change) => {
    const kind = affinity[jump.measure][change.kind];
    const [from, to] = [Date.parse(change.from), Date.parse(change.to)];
    if (!kind || from > latestMs || to < jump.sinceMs - lookBackMs) return [];
    const named = namedAttributes(change, jump.parts);
    const score = kind.points + closeness(Math.max(0, jump.sinceMs - to)) + (named.length > 0 ? 4 : 0);
    const reasons = [
      ...(named.length > 0
        ? [`It concerns ${named.map((name) => `"${name}"`).join(' and ')}, which the failing rows name.`]
        : []),
      sayTiming(change, Math.max(jump.startMs, from)),
      kind.why,
    ];
    const likelihood = score >= likelyFrom ? ('likely' as const) : ('possible' as const);
    return [{ score, toMs: to, suspect: { change, likelihood, reasons } }];
  });
  return scored
    .filter(({ score }) => score >= leastScore)
    .sort((one, other) => other.score - one.score || other.toMs - one.toMs)
    .map(({ suspect }) => suspect);
};
