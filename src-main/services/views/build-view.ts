import type {
  LeaverRow,
  NamedView,
  PhantomUpdateRow,
  SilentSuccessRow,
  StaleLinkRow,
  ViewBlindness,
  ViewRow,
} from '../../contract/models/named-view.ts';
import type { Finding } from '../../contract/models/finding.ts';
import type { SourceFreshness } from '../../contract/models/run.ts';
import { decideScopeMode } from '../../core/cross-check/entitlement.ts';
import { jobTiming } from '../../core/cross-check/job-timing.ts';
import type { JobSettings, ObjectMapping } from '../../core/model/synchronization.ts';
import { userMapping } from '../../core/schema/object-mappings.ts';
import { parseSyncSchema } from '../../core/schema/parse-sync-schema.ts';
import { compareLeavers, judgeLeaver } from '../../core/views/leaver-clock.ts';
import { findPhantomUpdates, phantomFrom } from '../../core/views/phantom-updates.ts';
import { judgeSilentSuccess, silentSuccessFindings } from '../../core/views/silent-successes.ts';
import { judgeLink } from '../../core/views/stale-links.ts';
import { loadChoice } from '../job-health/load-job.ts';
import type { HistoryStore } from '../ports.ts';
import { blindSources, isComplete } from './blind-sources.ts';

/** A view as a whole, before anybody filters it. */
export interface BuiltView {
  rows: ViewRow[];
  blind: ViewBlindness[];
  notes: string[];
}

export interface BuildContext {
  store: HistoryStore;
  jobId: string | null;
  nowMs: number;
  sources: readonly SourceFreshness[];
}

const dayMs = 86_400_000;
/** Newest rows of one person that are looked at for the write behind a disagreement. */
const rowsLookedAt = 20;
/** Disagreements beyond this are named as left out. */
const mostDisagreements = 5_000;
/** Updates of the last week, of the people who were updated most often. */
const busiest = { days: 7, most: 1_000, rows: 12 };

const byName = <T extends ViewRow>(one: T, other: T): number =>
  one.subject.name.localeCompare(other.subject.name, 'en') || (one.id < other.id ? -1 : 1);

const readSettings = async (store: HistoryStore): Promise<JobSettings | null> => {
  const stored = await store.snapshots.document('job-settings');
  return stored ? (JSON.parse(stored.json) as JobSettings) : null;
};

const staleLinks = async ({ store, sources }: BuildContext): Promise<Omit<BuiltView, 'blind'>> => {
  const settings = await readSettings(store);
  const scope = decideScopeMode({ settings, scopeHints: await store.log.scopeHints() });
  const isKnown = { user: isComplete(sources, 'scim-users'), group: isComplete(sources, 'scim-groups') };
  const facts = await store.views.suspectLinks();
  const rows = facts.flatMap((link): StaleLinkRow[] => {
    // A list that broke off proves nobody missing.
    if (!link.exists && !isKnown[link.subject.type]) return [];
    const row = judgeLink(link, { syncAll: scope.everyone });
    return row ? [row] : [];
  });
  return { rows: rows.sort(byName), notes: [] };
};

const silentSuccesses = async ({ store, sources }: BuildContext): Promise<Omit<BuiltView, 'blind'>> => {
  const readAt = (source: 'scim-users' | 'scim-groups'): string | null =>
    sources.find((report) => report.source === source)?.startedAt ?? null;
  const listReadAt = { user: readAt('scim-users'), group: readAt('scim-groups') };
  const kinds = new Set<string>(silentSuccessFindings);
  const all = (await store.findings.previous()).filter(
    ({ kind, state, verified, subject }) =>
      kinds.has(kind) &&
      state !== 'resolved' &&
      verified &&
      subject.entraId !== null &&
      listReadAt[subject.type] !== null,
  );
  const findings = all.slice(0, mostDisagreements);
  const ids = [...new Set(findings.map(({ subject }) => subject.entraId ?? ''))];
  const writes = await store.views.writes(ids, rowsLookedAt);
  const rowsOf = new Map(ids.map((id, index) => [id, writes[index] ?? []]));
  const rows: SilentSuccessRow[] = [];
  for (const finding of findings) {
    const { entraId, type } = finding.subject;
    const one = { finding, rows: rowsOf.get(entraId ?? '') ?? [], listReadAt: listReadAt[type] ?? '' };
    // Most disagreements have another reason: the account is looked up for those few that the log calls a success.
    if (!judgeSilentSuccess({ ...one, accountChangedAt: null })) continue;
    const row = judgeSilentSuccess({ ...one, accountChangedAt: await changedAt(store, finding) });
    if (row) rows.push(row);
  }
  const notes =
    all.length > findings.length
      ? [`Only the first ${mostDisagreements} of ${all.length} disagreements were looked at.`]
      : [];
  return {
    rows: rows.sort(byName),
    notes: [...notes, `Only the newest ${rowsLookedAt} log rows of each person or group were looked at.`],
  };
};

const changedAt = async (store: HistoryStore, { subject }: Finding): Promise<string | null> =>
  subject.type === 'user' && subject.entraId !== null
    ? ((await store.people.get(subject.entraId))?.scim?.lastModifiedAt ?? null)
    : null;

const phantomUpdates = async ({ store, nowMs }: BuildContext): Promise<Omit<BuiltView, 'blind'>> => {
  const newestAt = await store.log.newestAt();
  const endMs = newestAt === null ? nowMs : Math.min(nowMs, Date.parse(newestAt));
  const { found, isCut } = await store.views.oftenUpdated({
    since: new Date(endMs - busiest.days * dayMs).toISOString(),
    least: phantomFrom,
    most: busiest.most,
    rows: busiest.rows,
  });
  const rows: PhantomUpdateRow[] = found.flatMap(findPhantomUpdates);
  const who = isCut ? `the ${busiest.most} people and groups that were updated most often` : 'each person and group';
  return {
    rows: rows.sort((one, other) => other.cycles - one.cycles || byName(one, other)),
    notes: [
      `Looked at the newest ${busiest.rows} updates of ${who}, in the ${busiest.days} days before the newest log row.`,
    ],
  };
};

const mapsActive = ({ attributeMappings }: ObjectMapping): boolean =>
  attributeMappings.some(({ targetAttributeName }) => targetAttributeName.toLowerCase() === 'active');

const leavers = async ({ store, jobId, nowMs }: BuildContext): Promise<Omit<BuiltView, 'blind'>> => {
  const [{ job }, settings, schema, facts] = await Promise.all([
    loadChoice(store, jobId),
    readSettings(store),
    store.snapshots.document('schema'),
    store.views.leavers(),
  ]);
  const found = schema ? userMapping(parseSyncSchema(schema.json)) : null;
  // A mapping that is switched off sends nothing at all.
  const mapping = found?.enabled ? found : null;
  const rules = {
    disables: schema ? mapping?.flowTypes.update === true && mapsActive(mapping) : null,
    deletes: schema ? mapping?.flowTypes.delete === true : null,
    skipsOutOfScope: settings?.SkipOutOfScopeDeletions?.toLowerCase() === 'true',
    horizonMs: jobTiming(job).horizonMs,
  };
  const rows: LeaverRow[] = facts.map((one) => judgeLeaver(one, rules, nowMs));
  const undated = rows.filter(({ leftAtKnown }) => !leftAtKnown).length;
  return {
    rows: rows.sort(compareLeavers),
    notes:
      undated === 0
        ? []
        : [
            `Of ${undated} the first collection already found that they had left: they are counted from that day, and left earlier.`,
          ],
  };
};

const builders: Readonly<Record<NamedView, (context: BuildContext) => Promise<Omit<BuiltView, 'blind'>>>> = {
  'stale-link': staleLinks,
  'silent-success': silentSuccesses,
  'phantom-updates': phantomUpdates,
  'leaver-clock': leavers,
};

/**
 * All rows of a view, from what is stored, in their order: by name, phantom updates by cycles, leavers by what is owed.
 *
 * Throws `response-unexpected` for a stored schema that cannot be read, and the store's failures.
 */
export const buildView = async (view: NamedView, context: BuildContext): Promise<BuiltView> => ({
  ...(await builders[view](context)),
  blind: blindSources(view, context.sources),
});
