// An order keeps the version of the terms it was made under, and a person that of the notice he was
// shown: other words need another version.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { privacySections, termsSections } from '../../src/chat/pages/store.ts';
import { cardTerms, ENGLISH, privacyNotice } from '../../src/chat/replies/index.ts';

import { PRIVACY_VERSION, TERMS_VERSION } from '../../src/orders/shop.ts';
import { shopWith } from '../support/shop.ts';

/** A store's own numbers are no words: every store has its own. */
const SHOP = shopWith();

const VERSIONED = {
  TERMS_VERSION: {
    version: TERMS_VERSION,
    words: [cardTerms(SHOP), cardTerms(SHOP, ENGLISH), termsSections(SHOP)],
    hashes: { '2026-11-21': 'ajejX5SHyyjz-okCGoBfUmtq8S6jWV_TOHrvH6s5JXw' },
  },
  PRIVACY_VERSION: {
    version: PRIVACY_VERSION,
    words: [privacyNotice(SHOP, null), privacySections(SHOP)],
    hashes: {
      '2026-11-21': '9al1aY8SUajZdo365hs_4JxsKF9GcjDynwAEDYVPy60',
      '2026-11-21.2': 'TYVPpg7EFtwn9u09G6nsvLMUc21uhUMrCLX35qsAfZc',
      '2026-11-22': 'HZ8bmjiBfMexFz49QILMozWuBExsH8YpdMjWeRW2Epg',
    },
  },
} as const;

describe.each(Object.entries(VERSIONED))('%s', (name, { version, words, hashes }) => {
  test('stands for the words as they are', () => {
    const hash = createHash('sha256').update(JSON.stringify(words)).digest('base64url');
    const known: Readonly<Record<string, string>> = hashes;
    const told =
      `The words changed: give them a new ${name} in src/orders/shop.ts (the day they change) and ` +
      `put it here with the hash ${hash}`;
    expect({ version, hash }, told).toEqual({ version, hash: known[version] });
  });
});
