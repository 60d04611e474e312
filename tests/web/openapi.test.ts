import { beforeEach, describe, expect, test } from 'vitest';
import { REFUSAL_CODES } from '../../src/orders/errors.ts';
import { API_ROUTES } from '../../src/web/server.ts';
import { expectProblem, type Json, openWeb, type Web } from './client.ts';

let web: Web;
beforeEach(async () => {
  web = await openWeb();
});

describe('the description of the API', () => {
  let doc: Json;
  beforeEach(async () => {
    const answer = await web.send('GET', '/openapi.json', { key: null });
    expect(answer.status).toBe(200);
    doc = answer.body;
  });
  const operations = (): Json[] =>
    Object.entries<Json>(doc.paths).flatMap(([path, methods]) =>
      Object.entries<Json>(methods).map(([method, own]) => ({ path, method, ...own })),
    );

  test('has every call of the table, and those that run the server', () => {
    const described = operations().map(({ method, path }) => `${method} ${path}`);
    const mounted = API_ROUTES.map(({ method, path }) => {
      return `${method} ${path.replace(/:(\w+)/g, '{$1}')}`;
    });
    const others = ['/healthz', '/readyz', '/metrics', '/openapi.json', '/docs'];
    expect(described.toSorted()).toEqual(
      [...mounted, ...others.map((path) => `get ${path}`)].toSorted(),
    );
    expect(doc.openapi).toBe('3.1.0');
  });

  test('names each operation once, with a summary, a known tag and an answer', () => {
    const all = operations();
    expect(new Set(all.map(({ operationId }) => operationId)).size).toBe(all.length);
    const tags = doc.tags.map(({ name }: Json) => name);
    for (const { operationId, summary, tags: own, responses } of all) {
      expect(summary, operationId).toMatch(/^[A-Z].{5,90}$/);
      expect(tags, operationId).toContain(own[0]);
      const statuses = Object.keys(responses);
      expect(statuses.filter((status) => /^2\d\d$/.test(status))).toHaveLength(1);
    }
  });

  test('refers only to what is there, and uses all of it', () => {
    const refs = new Set<string>();
    collect(doc, (key, value) => {
      if (key === '$ref') refs.add(value as string);
    });
    for (const ref of refs) {
      const [hash, ...steps] = ref.split('/');
      expect(hash).toBe('#');
      expect(
        steps.reduce((at: Json, step) => at?.[step], doc),
        ref,
      ).toBeDefined();
    }
    for (const name of Object.keys(doc.components.schemas))
      expect([...refs], name).toContain(`#/components/schemas/${name}`);
  });

  test('has each name of a path as a parameter that must be given, and no other', () => {
    for (const { path, parameters = [], operationId } of operations()) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const given = parameters.filter((one: Json) => one.in === 'path');
      expect(
        given.map((one: Json) => one.name),
        operationId,
      ).toEqual(inPath);
      for (const one of given) expect(one.required).toBe(true);
    }
  });

  test('asks for a key where one is needed, and tells of Idempotency-Key where something changes', () => {
    for (const row of API_ROUTES) {
      const own = operations().find(({ operationId }) => operationId === row.name);
      const doors = { key: [{ apiKey: [] }], anybody: [], bank: [{ bankSecret: [] }] };
      expect(own.security ?? doc.security).toEqual(doors[row.door]);
      const named = own.parameters.some(
        ({ $ref }: Json) => $ref === '#/components/parameters/IdempotencyKey',
      );
      expect(named).toBe(row.method !== 'get');
      expect('401' in own.responses).toBe(row.door !== 'anybody');
      expect('415' in own.responses).toBe(row.body !== null);
      const { headers } = own.responses['429'];
      expect(headers).toEqual({ 'Retry-After': { $ref: '#/components/headers/RetryAfter' } });
    }
  });

  test('gives examples that the calls themselves take', () => {
    for (const { name, body, example } of API_ROUTES) {
      if (body === null) continue;
      expect(body().safeParse(example).error, name).toBeUndefined();
    }
  });

  test('says nothing of values, only of forms: no schema is empty', () => {
    for (const [name, schema] of Object.entries<Json>(doc.components.schemas)) {
      expect(schema.type, name).toBe('object');
      expect(schema.additionalProperties, name).toBe(false);
      expect(Object.keys(schema.properties).length, name).toBeGreaterThan(0);
    }
    expect(doc.components.schemas.Problem.properties.code.enum).toEqual([...REFUSAL_CODES]);
  });

  function collect(value: unknown, see: (key: string, value: unknown) => void): void {
    if (value === null || typeof value !== 'object') return;
    for (const [key, inner] of Object.entries(value)) {
      see(key, inner);
      collect(inner, see);
    }
  }
});

describe('the page to read it', () => {
  test('comes from our own origin, and only scripts from there may run', async () => {
    const page = await web.send('GET', '/docs', { key: null });
    expect(page.status).toBe(200);
    const csp = page.headers.get('content-security-policy') ?? '';
    expect(csp).toContain("default-src 'none'");
    expect(csp).toContain("script-src 'self';");
    expect(page.text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect(page.text).not.toMatch(/<script(?! src=)|\son\w+=/);
    for (const [, path] of page.text.matchAll(/(?:src|href)="(docs\/[^"]+)"/g)) {
      const file = await web.send('GET', `/${path}`, { key: null });
      expect(file.status, path).toBe(200);
      expect(file.text.length, path).toBeGreaterThan(50);
    }
  });

  test('says of every code what to do, where the type of a problem leads', async () => {
    const { text } = await web.send('GET', '/docs', { key: null });
    for (const code of REFUSAL_CODES) expect(text).toContain(`<tr id="${code}">`);
    const refused = await web.send('GET', '/orders', { key: null });
    expect(refused.body.type).toBe('https://sanji.example/docs#unauthorized');
  });

  test('shows no other file of the package', async () => {
    for (const file of ['package.json', 'index.html', 'swagger-ui.js', '..%2fpackage.json'])
      expectProblem(await web.send('GET', `/docs/${file}`, { key: null }), 'not_found', 404);
    expectProblem(await web.send('POST', '/docs', { key: null }), 'method_not_allowed', 405);
    expectProblem(await web.send('PUT', '/openapi.json', { key: null }), 'method_not_allowed', 405);
  });
});
