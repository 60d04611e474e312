// Requests made from the API's own description, right and wrong, against the real server.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { DEFAULT_POLICY, NEW_PRODUCT } from '../../src/orders/shop.ts';
import { problem } from '../../src/web/answers.ts';
import { PROBLEMS } from '../../src/web/problem.ts';
import { type ApiRequest, apiRequests } from '../support/api-requests.ts';
import { type Json, KEY, openWeb, orderBody, PEACH_KEY, PEACHES, PLUM_KEY } from './client.ts';

const REQUESTS = 2_000;
/** One and the same run everywhere; another is tried by changing the number. */
const SEED = 20_260_720;
const PRELOADED_ORDERS = 6;
const IDS_KNOWN = 40;
const MENDED_EVERY = 25;

test('no request makes the server fail, and every answer is one that was described', async () => {
  const limits = { ofOneKey: 1e6, ofOneAddress: 1e6, wrongKeysOfOneAddress: 1e6 };
  const web = await openWeb({ limits });
  for (const store of ['peach', 'plum']) await web.openStore(store);
  const codes: string[] = [];
  for (let n = 0; n < PRELOADED_ORDERS; n++) {
    const store = n % 2 === 0 ? 'peach' : 'plum';
    codes.push((await web.order({ store }, { isPaid: n > 2 })).code);
  }
  // Ids count up, so those of orders still to come are known, too.
  const numbers = Array.from({ length: IDS_KNOWN }, (_, index) => index + 1);
  const refs = [...codes, ...numbers.map((n) => `ord_${n}`)];
  const parcels = numbers.map((n) => `par_${n}-1`);
  const { body: doc } = await web.send('GET', '/openapi.json', { key: null });
  const requests = apiRequests(doc, {
    keys: [KEY, KEY, KEY, KEY, PEACH_KEY, PLUM_KEY],
    values: {
      store: ['peach', 'plum', 'nowhere'],
      id: ['peach', 'plum', 'peach-4kg', ...parcels.slice(0, 3)],
      ref: refs,
      order: refs,
      parcel: parcels,
      product: ['peach-4kg'],
      boxes: [1, 2, 3, 50],
      amountKrw: [75_000, 1],
      phone: ['01012345678', '0212345678'],
      date: ['2026-07-21', '2026-07-22', '2026-07-19', '2026-02-30'],
      rows: ['1', '1-3', '2,5'],
      timeZone: ['Asia/Seoul', 'Mars/Base'],
    },
  });
  const answersOf = describedAnswers(doc);
  const seen = new Map<string, number>();
  let asked = 0;
  /** Requests close stores and end orders: now and then both are there again. */
  async function mend(): Promise<void> {
    for (const store of ['peach', 'plum']) {
      const policy = { ...DEFAULT_POLICY, bank: null };
      await web.send('PATCH', `/stores/${store}`, { body: { state: 'open', policy } });
      const { id, ...product } = PEACHES;
      const body = { ...product, ...NEW_PRODUCT };
      await web.send('PATCH', `/products/${id}?store=${store}`, { body });
    }
    await web.send('POST', '/order', { body: orderBody() });
  }
  const property = fc.asyncProperty(requests, async (request) => {
    if (asked++ % MENDED_EVERY === 0) await mend();
    const { method, path, ...sending } = request;
    const { raw, ...rest } = sending;
    const answer = await web.send(method, path, { ...rest, ...(raw === null ? {} : { raw }) });
    expect(answer.status, detailOf(request)).not.toBe(500);
    if (answer.status >= 400) {
      const { code, status } = problem().parse(answer.body);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect({ code, status }).toEqual({ code, status: PROBLEMS[code].status });
      expect(status).toBe(answer.status);
    } else answersOf(method, path, answer.status)?.parse(answer.body);
    const outcome = answer.body?.code ?? 'done';
    seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
  });
  await fc.assert(property, { numRuns: REQUESTS, seed: SEED, endOnFailure: true });
  expect(web.logged).toEqual([]);
  expect((await web.store.doctor()).filter(({ ok }) => !ok)).toEqual([]);
  // The requests reach behind the first checks.
  expect(seen.get('done')).toBeGreaterThan(REQUESTS / 10);
  for (const code of ['bad_request', 'not_found', 'forbidden', 'unauthorized', 'conflict'])
    expect(seen.get(code), code).toBeGreaterThan(0);
}, 60_000);

/** The answers as the description itself has them, to be checked with. */
function describedAnswers(doc: Json) {
  const text = JSON.stringify(doc).replaceAll('#/components/schemas/', '#/$defs/');
  const { paths, components } = JSON.parse(text);
  const schemas = new Map<string, z.ZodType>();
  return (method: string, path: string, status: number): z.ZodType | undefined => {
    const [bare = ''] = path.split('?');
    const pattern = Object.keys(paths).find((one) =>
      new RegExp(`^${one.replace(/\{\w+\}/g, '[^/]+')}$`).test(bare),
    );
    const described = paths[pattern ?? '']?.[method.toLowerCase()]?.responses[status];
    const schema = described?.content['application/json']?.schema;
    if (schema === undefined) return undefined;
    const name = `${method} ${pattern}`;
    const known = schemas.get(name) ?? z.fromJSONSchema({ ...schema, $defs: components.schemas });
    schemas.set(name, known);
    return known;
  };
}

function detailOf({ raw, ...rest }: ApiRequest): string {
  return JSON.stringify({ ...rest, raw: raw?.slice(0, 2000) });
}
