import { Router } from 'express';
import { expect, test } from 'vitest';
import { Meter } from '../../src/web/meter.ts';
import { openWeb } from './client.ts';

async function figures(web: Awaited<ReturnType<typeof openWeb>>): Promise<string> {
  const answer = await web.send('GET', '/metrics', { key: null });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  return answer.text;
}

test('calls are counted by route pattern, method and class of status, from the first one on', async () => {
  const web = await openWeb();
  await web.openStore('peach');
  const order = await web.order({}, { isPaid: true });
  for (const ref of [order.id, order.code, 'X9-999']) await web.send('GET', `/order/${ref}`);
  const text = await figures(web);
  const count = (labels: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`sanji_http_request_duration_seconds_count{${labels}}`))
        ?.split(' ')[1] ?? 0,
    );
  expect(count('method="POST",route="/order",status="2xx"')).toBe(1);
  expect(count('method="GET",route="/order/:ref",status="2xx"')).toBe(2);
  expect(count('method="GET",route="/order/:ref",status="4xx"')).toBe(1);
  expect(text).toMatch(/sanji_http_refusals_total\{code="not_found"\} 1\n/);
  expect(text).toMatch(/process_resident_memory_bytes \d+/);
  expect(text).toMatch(/nodejs_eventloop_lag_seconds/);
});

test('a histogram adds up and every line has the form that Prometheus reads', async () => {
  const web = await openWeb();
  await web.openStore('peach');
  const text = await figures(web);
  const line =
    /^(# (HELP|TYPE) [a-z0-9_:]+ .+|[a-z0-9_]+(\{[a-z]+="[^"\\]*"(,[a-z]+="[^"\\]*")*\})? (\d+(\.\d+)?(e[-+]\d+)?|Nan|\+Inf))$/;
  expect(text.split('\n').filter((one) => one !== '' && !line.test(one))).toEqual([]);
  const buckets = [
    ...text.matchAll(/_bucket\{le="([^"]+)",method="POST",route="\/stores",status="2xx"\} (\d+)/g),
  ].map(([, , count]) => Number(count));
  expect(buckets).toHaveLength(11);
  expect(buckets).toEqual(buckets.toSorted((a, b) => a - b));
  expect(buckets.at(-1)).toBe(1);
});

test('what happens to orders is counted once, whoever looks and however often', async () => {
  const web = await openWeb();
  await web.openStore('peach');
  await web.order({}, { isPaid: true });
  await figures(web);
  await web.order({}, { isPaid: true });
  await web.order();
  const many = await Promise.all(Array.from({ length: 5 }, () => figures(web)));
  for (const text of [...many, await figures(web)]) {
    expect(text).toContain('sanji_order_events_total{event="placed"} 2\n');
    expect(text).toContain('sanji_order_events_total{event="paid"} 1\n');
    expect(text).toContain('sanji_order_events_total{event="cancelled"} 0\n');
  }
});

test('neither ids nor made-up methods and paths make rows of their own', async () => {
  const web = await openWeb();
  await web.openStore('peach');
  for (let n = 0; n < 30; n++) {
    await web.send('GET', `/order/P7-${String(n).padStart(3, '0')}`);
    await web.send('GET', `/nowhere/${n}?name=홍길동`);
    await web.send('PURGE', '/stores').catch(() => undefined);
  }
  const text = await figures(web);
  const rows = text.split('\n').filter((line) => line.includes('_seconds_count{method'));
  expect(rows.length).toBeLessThan(8);
  expect(text).toContain('method="GET",route="none",status="4xx"');
  expect(text).not.toMatch(/P7-0|nowhere|홍길동/);
});

test('a bot is counted by its path, too', async () => {
  const routes = Router().post('/kakao/skill', (_req, res) => void res.json({}));
  const web = await openWeb({ botRoutes: [routes] });
  await web.send('POST', '/kakao/skill', { key: null, body: { utterance: '홍길동' } });
  expect(await figures(web)).toContain(
    'sanji_http_request_duration_seconds_count{method="POST",route="/kakao/skill",status="2xx"} 1',
  );
});

test('refused links and codes are counted by what is logged of them', async () => {
  const meter = new Meter();
  const web = await openWeb({ meter });
  for (const event of ['link.refused', 'code.refused', 'code.refused', 'started', 'x"} 1'])
    meter.notice(event);
  const text = await figures(web);
  expect(text).toContain('sanji_incidents_total{event="link.refused"} 1\n');
  expect(text).toContain('sanji_incidents_total{event="code.refused"} 2\n');
  expect(text).not.toMatch(/started|x"/);
});

test('what waits to be told is counted with the age of the oldest', async () => {
  const web = await openWeb({
    queueFigures: async () => ({
      due: 3,
      held: 20,
      dead: 1,
      oldestDueAgeMs: 1500,
      oldestHeldAgeMs: 30_000,
      oldestDeadAgeMs: 60_000,
    }),
  });
  const text = await figures(web);
  expect(text).toContain('sanji_outbox_messages{state="due"} 3\n');
  expect(text).toContain('sanji_outbox_messages{state="held"} 20\n');
  expect(text).toContain('sanji_outbox_messages{state="dead"} 1\n');
  expect(text).toContain('sanji_outbox_oldest_seconds{state="due"} 1.5\n');
  expect(text).toContain('sanji_outbox_oldest_seconds{state="held"} 30\n');
  expect(text).toContain('sanji_outbox_oldest_seconds{state="dead"} 60\n');
});

test('messages that cost money are counted by their route, with what they cost', async () => {
  const meter = new Meter();
  const web = await openWeb({ meter });
  expect(await figures(web)).not.toContain('sanji_push_won_total{');
  meter.spend('event', 16.5);
  meter.spend('event', 16.5);
  meter.spend('alimtalk', 13);
  for (const text of [await figures(web), await figures(web)]) {
    expect(text).toContain('sanji_push_messages_total{route="event"} 2\n');
    expect(text).toContain('sanji_push_won_total{route="event"} 33\n');
    expect(text).toContain('sanji_push_won_total{route="alimtalk"} 13\n');
  }
});
