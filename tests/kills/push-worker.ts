// A server that pushes to KakaoTalk, to be killed. Started with: file, base of the Event API, milliseconds
// by which its clock is ahead. Says on stdout where its skill is, then each time that a notice is written
// down as shown.
import { writeSync } from 'node:fs';
import { createServer } from 'node:http';
import { openKakaoHouse } from '../support/kakao-house.ts';
import { MONDAY_NOON } from '../support/shop.ts';
import { openFile } from '../support/sqlite.ts';

const STDOUT = 1;
/** Long, so that a busy machine is not taken for a lost answer. */
const CALL_WITHIN_MS = 10_000;

const [path = '', eventBase = '', aheadMs = '0'] = process.argv.slice(2);
const startedAt = Date.now();
const now = () => new Date(MONDAY_NOON.getTime() + Number(aheadMs) + Date.now() - startedAt);
const house = openKakaoHouse({
  ...{ store: openFile(path), eventBase, solapiBase: null, now },
  callWithinMs: CALL_WITHIN_MS,
  log: () => undefined,
  onConfirmed: () => writeSync(STDOUT, 'written\n'),
});
const server = createServer((req, res) => house.app(req, res)).listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : null;
  writeSync(STDOUT, `http://127.0.0.1:${port}/kakao/skill\n`);
  house.delivery.start();
});
