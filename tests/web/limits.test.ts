import { Router } from 'express';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../src/web/limits.ts';
import { type Answer, expectProblem, KEY, openWeb, PEACH_KEY } from './client.ts';

const FEW = { ofOneKey: 5, ofOneAddress: 4, wrongKeysOfOneAddress: 3, wrongLoginsOfOneAddress: 3 };

function expectLimited(answer: Answer): void {
  expectProblem(answer, 'rate_limited', 429);
  const seconds = Number(answer.headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
  expect(answer.headers.get('ratelimit')).toContain('remaining=0');
}

describe('who asks too often', () => {
  test('hears when to come back, while another key goes on', async () => {
    const web = await openWeb({ limits: FEW });
    for (let n = 0; n < FEW.ofOneKey; n++)
      expect((await web.send('GET', '/orders')).status).toBe(200);
    expectLimited(await web.send('GET', '/orders'));
    expectLimited(await web.send('POST', '/stores', { raw: '{' }));
    expect((await web.send('GET', '/orders', { key: PEACH_KEY })).status).toBe(200);
  });

  test('without a key is counted by address', async () => {
    const web = await openWeb({ limits: FEW });
    for (let n = 0; n < FEW.ofOneAddress; n++)
      expect((await web.send('GET', '/stores', { key: null })).status).toBe(200);
    expectLimited(await web.send('GET', '/stores', { key: null }));
    expectLimited(await web.send('GET', '/docs', { key: null }));
    // A proxy on this machine says for whom it asks.
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    expect((await web.send('GET', '/stores', { key: null, headers })).status).toBe(200);
  });

  test('may always talk to the bot and look after the server', async () => {
    const routes = Router().post('/kakao/skill', (_req, res) => void res.json({}));
    const web = await openWeb({ limits: FEW, botRoutes: [routes] });
    for (let n = 0; n < 20; n++) {
      expect((await web.send('POST', '/kakao/skill', { key: null, body: {} })).status).toBe(200);
      for (const path of ['/healthz', '/readyz', '/metrics'])
        expect((await web.send('GET', path, { key: null })).status).toBe(200);
    }
  });
});

describe('who guesses keys', () => {
  test('is stopped at his address, also when the next guess is right', async () => {
    const web = await openWeb({ limits: FEW });
    for (let n = 0; n < FEW.wrongKeysOfOneAddress; n++)
      expectProblem(await web.send('GET', '/orders', { key: `guess-${n}` }), 'unauthorized', 401);
    expectLimited(await web.send('GET', '/orders', { key: 'one more' }));
    expectLimited(await web.send('GET', '/orders', { key: KEY }));
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    expect((await web.send('GET', '/orders', { headers })).status).toBe(200);
    const { text } = await web.send('GET', '/metrics', { key: null });
    expect(text).toContain('sanji_http_refusals_total{code="unauthorized"} 3\n');
    expect(text).toContain('sanji_http_refusals_total{code="rate_limited"} 2\n');
  });

  test('does not slow those whose keys are right', async () => {
    const web = await openWeb({ limits: { ...FEW, ofOneKey: 1000 } });
    for (let n = 0; n < 50; n++) expect((await web.send('GET', '/orders')).status).toBe(200);
  });
});

test('the limits leave room for a busy store', () => {
  expect(LIMITS.ofOneKey / 60).toBeGreaterThanOrEqual(500);
  expect(LIMITS.ofOneAddress / 60).toBeGreaterThanOrEqual(200);
});
