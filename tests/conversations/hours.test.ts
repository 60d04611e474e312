import { expect, onTestFinished, test } from 'vitest';
import { openTalk } from '../support/talk.ts';

async function open() {
  const talk = await openTalk();
  onTestFinished(() => talk.house.close());
  return talk;
}

test('staff choose when they hear from us, and hear at any hour again', async () => {
  const talk = await open();
  await talk.join('tony', ['farmer', 'seller']);
  expect(await talk.say('tony', '알림')).toContain('몇 시부터 몇 시까지');
  expect(await talk.say('tony', '알림 08:00-21:00')).toContain('08:00부터 21:00까지만');
  expect(await talk.say('tony', '내일 30')).toContain('30상자로 정했어요');
  expect(await talk.say('tony', '알림 항상')).toContain('바로바로');
});

test('for a buyer it is no command', async () => {
  const talk = await open();
  expect(await talk.say('buyer', '알림 08:00-21:00')).not.toContain('까지만');
});
