import type { Api } from '../../src-main/contract/api.ts';
import type { BlameResult } from '../../src-main/contract/models/blame.ts';
import type { JobHealth } from '../../src-main/contract/models/job-health.ts';
import { Resource } from './resource.svelte.ts';

/** What the view "Job health" shows: the job's health, and jumps with what was changed before them. */
export class Job {
  readonly health = new Resource<JobHealth>();
  readonly blame = new Resource<BlameResult>();
  #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  load(connection: string): void {
    void this.health.load(() => this.#api.getJobHealth({ connection }));
    void this.blame.load(() => this.#api.blameChanges({ connection }));
  }

  clear(): void {
    this.health.clear();
    this.blame.clear();
  }
}
