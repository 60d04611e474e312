// The server that the Kakao benchmark loads: the whole turn, or the same app answering a constant.
import { json, Router } from 'express';
import { createKakaoBot } from '../bots/kakao.ts';
import { openHouse } from '../src/app.ts';
import { BOT_WORDS } from '../src/chat/replies/index.ts';
import { parseConfig } from '../src/config.ts';
import { createServer } from '../src/web/server.ts';
import { userName } from './measure.ts';

const [mode, database, users] = process.argv.slice(2);
const house = await openHouse(parseConfig({ DATABASE_URL: database }), () => undefined);
const constant = JSON.stringify({
  version: '2.0',
  template: { outputs: [{ simpleText: { text: '네' } }] },
});
const constantRoutes = Router().post('/kakao/skill', json({ limit: '1mb' }), (_req, res) => {
  res.type('json').send(constant);
});
const bot = createKakaoBot({
  answer: house.answer,
  secret: null,
  botIds: new Map(),
  words: BOT_WORDS,
});
const app = createServer({
  store: house.store,
  apiKeys: new Map(),
  newOrderId: house.newOrderId,
  now: () => new Date(),
  log: () => undefined,
  botRoutes: [mode === 'turn' ? bot.routes : constantRoutes],
  isReady: () => true,
  publicBaseUrl: 'http://localhost',
});
// Known customers, as most who write are: the turn is measured, not the making of a person.
const lanes = Array.from({ length: 64 }, async (_, lane) => {
  for (let n = lane; n < Number(users); n += 64)
    await house.store.meet({ platform: 'kakao', bot: 'bot', user: userName(n) }, new Date());
});
await Promise.all(lanes);
const server = app.listen(0, () => {
  const address = server.address();
  process.send?.(typeof address === 'object' && address !== null ? address.port : 0);
});
process.once('disconnect', () => process.exit(0));
