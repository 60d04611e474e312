// What axe-core finds wrong with a page for people who hear it, or who see little of it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Each fault in a line: the rule, and where it is broken. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  // Evaluated by the browser's own hand: the page's policy lets no foreign script in.
  await page.evaluate(SOURCE);
  return page.evaluate<readonly string[]>(
    `axe.run().then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
        id + ' at ' + target.join(' ') + ': ' + failureSummary)))`,
  );
}
