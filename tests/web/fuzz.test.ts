import { expect, test } from 'vitest';
import { fuzzApi } from '../support/fuzz-api.ts';

const REQUESTS = 2_000;
/** One and the same run everywhere; `npm run prove` takes others. */
const SEED = 20_260_720;

test('no request makes the server fail, and every answer is one that was described', async () => {
  const seen = await fuzzApi({ requests: REQUESTS, seed: SEED });
  // The requests reach behind the first checks.
  expect(seen.get('done')).toBeGreaterThan(REQUESTS / 10);
  for (const code of ['bad_request', 'not_found', 'forbidden', 'unauthorized', 'conflict'])
    expect(seen.get(code), code).toBeGreaterThan(0);
}, 60_000);
