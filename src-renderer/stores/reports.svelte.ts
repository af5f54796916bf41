import type { Api, Output } from '../../src-main/contract/api.ts';
import type { Failure } from '../../src-main/contract/failure.ts';
import type {
  ReportDefinition,
  ReportDownload,
  ReportKindInfo,
  ReportPreview,
} from '../../src-main/contract/models/report.ts';
import { downloadReport } from '../lib/download-report.ts';
import { dayProblem, draftOf, newDraft, optionsOf, type ReportDraft } from '../lib/report-draft.ts';
import type { Activity } from './activity.svelte.ts';
import { Resource } from './resource.svelte.ts';

/** Reports of one connection: the form, its preview, the newest file, and what was saved. */
export class Reports {
  readonly offer = new Resource<Output<'listReports'>>();
  readonly preview = new Resource<ReportPreview>();
  draft = $state<ReportDraft>(newDraft());
  /** The newest file that was handed over. */
  made = $state.raw<ReportDownload | null>(null);
  failure = $state.raw<Failure | null>(null);
  busy = $state(false);
  readonly #api: Api;
  readonly #activity: Activity;
  readonly #connection: string;

  constructor(api: Api, activity: Activity, connection: string) {
    this.#api = api;
    this.#activity = activity;
    this.#connection = connection;
  }

  get info(): ReportKindInfo | null {
    return this.offer.data?.kinds.find(({ kind }) => kind === this.draft.kind) ?? null;
  }

  get definitions(): ReportDefinition[] {
    return this.offer.data?.definitions ?? [];
  }

  /** An evidence report is about somebody: until that is said, there is nothing to show. */
  get isComplete(): boolean {
    const { info, draft } = this;
    if (info === null || dayProblem(draft.from) !== null || dayProblem(draft.to) !== null) return false;
    return !(info.takes.includes('subject') && draft.subject.trim() === '');
  }

  load(): void {
    void this.offer.load(() => this.#api.listReports({ connection: this.#connection }));
  }

  use(definition: ReportDefinition): void {
    this.draft = draftOf(definition.format, definition.options);
    this.failure = null;
    this.made = null;
  }

  loadPreview(): void {
    const { info } = this;
    if (!info || !this.isComplete) {
      this.preview.clear();
      return;
    }
    const options = optionsOf(this.draft, info);
    void this.preview.load(() =>
      this.#activity.run({ connection: this.#connection, title: 'Making the preview' }, (callId) =>
        this.#api.previewReport({ connection: this.#connection, callId, options }),
      ),
    );
  }

  /** Makes the file and hands it over. */
  async create(): Promise<void> {
    const { info } = this;
    if (!info) return;
    const options = optionsOf(this.draft, info);
    const { format } = this.draft;
    this.busy = true;
    this.failure = null;
    this.made = null;
    try {
      const result = await this.#activity.run({ connection: this.#connection, title: 'Writing the report' }, (callId) =>
        this.#api.createReport({ connection: this.#connection, callId, options, format }),
      );
      if (!result.ok) {
        this.failure = result.failure;
        return;
      }
      this.failure = await downloadReport(this.#api, result.value);
      if (this.failure === null) this.made = result.value;
    } finally {
      this.busy = false;
    }
  }

  /** False when it was refused; `failure` says why. */
  async save(name: string, replace: boolean): Promise<boolean> {
    const { info } = this;
    if (!info) return false;
    const definition = { name, format: this.draft.format, options: optionsOf(this.draft, info) };
    const result = await this.#api.saveReportDefinition({ connection: this.#connection, definition, replace });
    this.failure = result.ok ? null : result.failure;
    if (result.ok) this.load();
    return result.ok;
  }

  async delete(name: string): Promise<void> {
    const result = await this.#api.deleteReportDefinition({ connection: this.#connection, name });
    this.failure = result.ok ? null : result.failure;
    this.load();
  }
}
