// For operators: health, readiness, metrics, and the description of the API.
import { z } from 'zod';
import { DEADLINE_MS } from '../../api/app';
import { ROUTES } from '../../api/routes';
import { Refused } from '../../domain/refused';
import { readProblem } from './support/problem';
import { type RunningApi, startApi } from './support/running-api';

let api: RunningApi;
afterEach(() => api.stop());

describe('health', () => {
  test('alive', async () => {
    api = await startApi();
    expect(await (await fetch(`${api.url}/healthz`)).json()).toEqual({ status: 'ok' });
  });

  test('not ready while a dependency is away: 503 with Retry-After', async () => {
    api = await startApi({ services: { ready: () => Promise.reject(new Error('no database')) } });
    const response = await fetch(`${api.url}/readyz`);
    expect((await readProblem(response)).code).toBe('UNAVAILABLE');
    expect(response.headers.get('retry-after')).not.toBeNull();
  });
});

describe('metrics', () => {
  test('by method, route pattern and status, and never by address (X3)', async () => {
    api = await startApi({ queries: { school: () => Promise.reject(new Refused('NOT_FOUND')) } });
    await fetch(`${api.url}/api/schools/70010062?secret=1`);
    const text = await (await fetch(`${api.url}/metrics`)).text();
    expect(text).toMatch(/http_request_duration_seconds_count\{[^}]*method="GET"[^}]*route="\/api\/schools\/:code"[^}]*status="404"[^}]*\} 1/);
    expect(text).toContain('dpa_registrations{status="PENDING"} 3');
    expect(text).toContain('dpa_transfers{status="SCHEDULED"} 5');
    expect(text).toContain('dpa_mails{status="RETRYING"} 1');
    expect(text).toContain('dpa_mails_stuck 2');
    expect(text).toContain('dpa_job_found{job="sweep-forms"} 4');
    expect(text).toContain('dpa_job_last_run_timestamp_seconds{job="sweep-forms"} 1795483800');
    expect(text).toContain('dpa_last_holiday_timestamp_seconds 1830211200');
    expect(text).not.toMatch(/70010062|secret/);
  });

  test('are there while the database is away', async () => {
    api = await startApi({ queries: { figures: () => Promise.reject(new Error('no database')) } });
    const response = await fetch(`${api.url}/metrics`);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('process_cpu_seconds_total');
  });

  test('are for this machine alone: not through a proxy', async () => {
    api = await startApi();
    expect((await fetch(`${api.url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(404);
  });

  test('leave the main port where they have their own', async () => {
    api = await startApi({ settings: { METRICS_PORT: '9464' } });
    expect((await fetch(`${api.url}/metrics`)).status).toBe(404);
  });
});

const operation = z
  .object({
    summary: z.string().min(1),
    operationId: z.string().min(1),
    parameters: z.array(z.object({ name: z.string(), in: z.enum(['path', 'query', 'header']) }).loose()).optional(),
    responses: z.record(z.string().regex(/^[1-5]\d\d$/), z.object({ description: z.string() }).loose()),
  })
  .loose();
const openApi = z
  .object({
    openapi: z.string().regex(/^3\.1\./),
    info: z.object({ title: z.string(), version: z.string() }).loose(),
    paths: z.record(z.string().startsWith('/'), z.record(z.enum(['get', 'post', 'put', 'delete']), operation).or(z.record(z.string(), operation))),
    components: z.object({ schemas: z.record(z.string(), z.unknown()) }).loose(),
  })
  .loose();

describe('the OpenAPI document', () => {
  const read = async () => {
    api = await startApi();
    return openApi.parse(await (await fetch(`${api.url}/api/openapi.json`)).json());
  };

  test('has every route that is mounted, with its parameters, and each operation ID once', async () => {
    const { paths } = await read();
    const ids: string[] = [];
    for (const { method, path } of ROUTES) {
      const documented = Object.entries(paths[path.replace(/:(\w+)/g, '{$1}')] ?? {}).find(([name]) => name === method)?.[1];
      expect([method, path, documented?.summary]).toEqual([method, path, expect.any(String)]);
      const named = (documented?.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      expect(named).toEqual([...path.matchAll(/:(\w+)/g)].map(([, name]) => name));
      ids.push(documented?.operationId ?? '');
    }
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('tells how every chain of the audit is written (X1)', async () => {
    const told = JSON.stringify((await read()).paths['/api/audit']);
    for (const form of ['registration/…', 'transfer/…', 'meeting/…', 'substitution/…', 'district/…', 'import/…', 'holidays', 'settings'])
      expect(told).toContain(`\`${form}\``);
  });

  test('refers only to what it defines', async () => {
    const document = await read();
    const defined = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    const referred = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target);
    expect(referred.filter((target) => target === undefined || !defined.includes(target))).toEqual([]);
  });

  test('names 401 where somebody must be known, and 503 everywhere', async () => {
    const { paths } = await read();
    for (const { method, path, who } of ROUTES) {
      const documented = Object.entries(paths[path.replace(/:(\w+)/g, '{$1}')] ?? {}).find(([name]) => name === method)?.[1];
      expect([path, Object.keys(documented?.responses ?? {})]).toEqual([path, expect.arrayContaining(who === 'anyone' ? ['503'] : ['401', '503'])]);
    }
  });

  test('tells of a correction what it tells of a submission, and what a sheet is', async () => {
    const { paths } = await read();
    const told = (path: string, method: string, status: string) =>
      JSON.stringify(Object.entries(paths[path] ?? {}).find(([name]) => name === method)?.[1].responses[status]);
    for (const code of ['ORDER_REQUIRED', 'EVIDENCE_REQUIRED', 'FILE_REJECTED', 'NATIONAL_ID']) {
      for (const path of ['/api/registrations', '/api/registrations/{id}/resubmissions']) expect(told(path, 'post', '422')).toContain(code);
    }
    for (const type of ['text/csv', 'spreadsheetml']) expect(told('/api/meetings/{id}/sheet', 'get', '200')).toContain(type);
  });

  test('tells that a closed school changes nothing of its roster any more (R5.3d)', async () => {
    const { paths } = await read();
    const changing = ROUTES.filter(({ method, path }) => method !== 'get' && /^\/api\/schools\/:code\/(staff|headcount|roster-checks)/.test(path));
    expect(changing.length).toBeGreaterThan(5);
    for (const { method, path } of changing) {
      const documented = Object.entries(paths[path.replace(/:(\w+)/g, '{$1}')] ?? {}).find(([name]) => name === method)?.[1];
      expect([path, documented?.responses['409']?.description]).toEqual([path, expect.stringContaining('SCHOOL_CLOSED')]);
    }
  });

  test('its page has no inline script and loads from here', async () => {
    api = await startApi();
    const page = await (await fetch(`${api.url}/api/docs`)).text();
    const sources = [...page.matchAll(/<script([^>]*)>([^<]*)<\/script>/g)];
    expect(sources.length).toBeGreaterThan(0);
    for (const [, attributes = '', inline] of sources) {
      expect(inline).toBe('');
      const [, source = ''] = /src="([^"]+)"/.exec(attributes) ?? [];
      expect([source, (await fetch(`${api.url}${source}`)).status]).toEqual([source, 200]);
    }
  });
});

describe('calls that have no outcome', () => {
  test('are answered 503 with Retry-After, and do not hang; what comes later harms nothing', async () => {
    let finish: (page: { items: []; nextCursor: null }) => void = () => undefined;
    api = await startApi({ queries: { schools: () => new Promise((resolve) => (finish = resolve)) } });
    const started = performance.now();
    const response = await fetch(`${api.url}/api/schools`);
    expect((await readProblem(response)).code).toBe('UNAVAILABLE');
    expect(response.status).toBe(503);
    // The contract's ten seconds; the clock of this test only tells an answer from a hang.
    expect(DEADLINE_MS).toBeLessThan(10_000);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(15_000);
    finish({ items: [], nextCursor: null });
    expect((await fetch(`${api.url}/healthz`)).status).toBe(200);
    expect(api.log).toEqual([]);
  }, 30_000);
});
