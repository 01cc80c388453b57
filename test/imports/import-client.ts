import type supertest from 'supertest';
import { startTestApp, type TestApp } from '../harness/app.ts';
import type { TestPerson } from '../harness/people.ts';
import { processors } from '../../workers/processors.ts';
import { buildRegistry } from '../../workers/registry.ts';
import { runWorkers, type RunningWorkers } from '../../workers/run.ts';
import type { Env } from '../../api/config.ts';
import { jobs } from '../../api/jobs.ts';
import type { ImportView } from '../../api/imports/import.presenter.ts';
import type { PreviewRow } from '../../api/imports/import-rows.repository.ts';

const moving: readonly ImportView['status'][] = ['queued', 'parsing', 'committing', 'rolling_back'];

/** An API with its workers, and the steps of an import as a page takes them. */
export class ImportClient {
  readonly app: TestApp;
  readonly org: Awaited<ReturnType<TestApp['people']['organisation']>>;
  readonly #workers: RunningWorkers | null;
  readonly #kind: ImportView['kind'];

  private constructor(app: TestApp, org: ImportClient['org'], workers: RunningWorkers | null, kind: ImportView['kind']) {
    this.app = app;
    this.org = org;
    this.#workers = workers;
    this.#kind = kind;
  }

  /**
   * @param name names the database
   * @param options.workers false leaves the jobs to the test
   * @param options.kind of what is uploaded
   */
  static async start(name: string, env: Env = {}, { workers = true, kind = 'interactions' }: { workers?: boolean; kind?: ImportView['kind'] } = {}): Promise<ImportClient> {
    const app = await startTestApp(name, env);
    const org = await app.people.organisation();
    return new ImportClient(app, org, workers ? runWorkers(app.ctx, buildRegistry(processors, jobs)) : null, kind);
  }

  /** The same for files of another kind. */
  of(kind: ImportView['kind']): ImportClient {
    return new ImportClient(this.app, this.org, null, kind);
  }

  async close(): Promise<void> {
    await this.#workers?.close();
    await this.app.close();
  }

  upload(by: TestPerson, file: Buffer | string, name = 'calls.xlsx'): supertest.Test {
    return this.app.request(by.token).post('/api/imports').field('kind', this.#kind).attach('file', Buffer.from(file), name);
  }

  async get(by: TestPerson, id: string): Promise<ImportView> {
    const { body } = await this.app.request(by.token).get(`/api/imports/${id}`).expect(200);
    return body as ImportView;
  }

  async preview(by: TestPerson, id: string, action?: string): Promise<PreviewRow[]> {
    const { body } = await this.app.request(by.token).get(`/api/imports/${id}/preview?limit=100${action ? `&action=${action}` : ''}`).expect(200);
    return (body as { data: PreviewRow[] }).data;
  }

  map(by: TestPerson, id: string, mapping: Record<string, unknown>): supertest.Test {
    return this.app.request(by.token).put(`/api/imports/${id}/mapping`).send(mapping);
  }

  commit(by: TestPerson, id: string, options: Record<string, unknown> = {}): supertest.Test {
    return this.app.request(by.token).post(`/api/imports/${id}/commit`).send(options);
  }

  rollBack(by: TestPerson, id: string): supertest.Test {
    return this.app.request(by.token).post(`/api/imports/${id}/rollback`);
  }

  /** Waits until the workers have nothing left to do with it. */
  async settled(by: TestPerson, id: string): Promise<ImportView> {
    for (let tries = 0; tries < 300; tries += 1) {
      const found = await this.get(by, id);
      if (!moving.includes(found.status)) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`import ${id} does not move`);
  }

  /** Uploads and waits for the preview. */
  async staged(by: TestPerson, file: Buffer | string, name?: string): Promise<ImportView> {
    const { body } = await this.upload(by, file, name).expect(202);
    return this.settled(by, (body as ImportView).id);
  }

  async remapped(by: TestPerson, id: string, mapping: Record<string, unknown>): Promise<ImportView> {
    await this.map(by, id, mapping).expect(202);
    return this.settled(by, id);
  }

  /** Uploads, commits and waits. */
  async committed(by: TestPerson, file: Buffer | string, options: Record<string, unknown> = {}, name?: string): Promise<ImportView> {
    const { id } = await this.staged(by, file, name);
    await this.commit(by, id, options).expect(202);
    return this.settled(by, id);
  }
}
