import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createCli } from '../../scripts/cli.ts';
import { NOUNS, runLine } from '../../scripts/program.ts';

const MONDAY_NOON = '2026-07-20T12:00+09:00';
const ORDER = '박철수 010-1234-5678 서울 강남구 역삼로 1 복숭아 2상자';

/** Runs a command line in this process. */
async function run(...words: readonly string[]) {
  const { cli, close } = createCli();
  const said: string[] = [];
  let json: unknown;
  let ok: boolean | undefined;
  const keep = (text: string) => void said.push(text);
  try {
    await runLine(words, {
      cli,
      tell: (told) => {
        json = told.json;
        ok = told.ok;
        said.push(...told.lines);
      },
      streams: { out: keep, err: keep },
    });
  } finally {
    await close();
  }
  return { json, ok, text: said.join('\n') };
}

async function play(platform: string, story: unknown) {
  const folder = mkdtempSync(join(tmpdir(), 'sanji-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'story.json');
  writeFileSync(file, JSON.stringify(story));
  const { json, ok } = await run('sim', 'run', file, '--platform', platform, '--user', 'u1');
  return { ...(json as { problems: string[]; steps: { pushed: unknown[] }[] }), ok };
}

test('a text is answered on a store of its own, by role', async () => {
  const { json } = await run('sim', '--platform', 'kakao', '--at', MONDAY_NOON, ORDER);
  expect(json).toMatchObject({
    reply: {
      text: expect.stringContaining('75,000원'),
      buttons: [
        { label: '주문 확정' },
        { label: '수정' },
        { label: '그만두기' },
        { label: '판매자 정보·환불 안내', url: 'http://localhost:3000/store/peach' },
      ],
    },
    pushed: [],
  });
  const words = ['--platform', 'web', '--user', 'f', '--as', 'farmer', '--at', MONDAY_NOON];
  const { json: two } = await run('sim', ...words, '7/22 15', '7/23 휴무');
  expect(two).toMatchObject([
    { reply: { text: expect.stringContaining('15상자') } },
    { reply: { text: expect.stringContaining('7/23') } },
  ]);
});

/** What a story writes for the code that it saved. */
const CODE = '\u0024{order}';

const STORY = {
  name: 'from order to shipping',
  vars: { line: ORDER },
  steps: [
    { at: MONDAY_NOON, say: '\u0024{line}', expect: '75,000원', buttons: ['주문 확정'] },
    { say: '한 상자 더요', only: 'discord' },
    { press: '주문확정', times: 2, save: { order: '([A-Z]\\d-\\d{3})' }, noButtons: ['수정'] },
    { press: '주문 확정', back: 1, expect: CODE },
    { cli: `pay confirm ${CODE} --amount 1`, expect: 'amount_mismatch' },
    { cli: `pay confirm ${CODE} --json`, expect: '"state":"paid"' },
    { cli: 'order ls --json', expect: `/^\\[\\{[^\\]]*"code":"${CODE}"/` },
    { as: 'farmer', say: '목록', expect: '박철수' },
    { as: 'farmer', at: '2026-07-21T06:00', cron: 'day-list', expect: '"rows":1' },
    { as: 'farmer', at: '2026-07-21T08:30', say: '1번 송장 123456789012', expect: '박철수' },
    { waitFor: '123456789012', only: 'telegram' },
    { say: '주문조회', expect: { default: '123456789012' }, reject: '취소됨' },
    { cli: 'doctor', expect: 'all is well' },
  ],
};

test('a story is played on any platform, with pushes where the platform can speak first', async () => {
  const [telegram, kakao] = await Promise.all([play('telegram', STORY), play('kakao', STORY)]);
  expect(telegram.problems).toEqual([]);
  expect(kakao.problems).toEqual([]);
  const paid = { to: 'u1', text: expect.stringContaining('입금완료') };
  // One step is for Discord alone, so the confirmation is the fifth that is played.
  expect(telegram.steps[4]?.pushed).toEqual([{ ...paid, platform: 'telegram' }]);
  expect(kakao.steps[4]?.pushed).toEqual([{ ...paid, platform: 'kakao', held: true }]);
});

test('a story that goes wrong says where, and stops there', async () => {
  const { ok, problems, steps } = await play('kakao', {
    steps: ['안녕', { press: '없는 버튼' }, { say: '주문조회' }],
  });
  expect(ok).toBe(false);
  expect(problems).toEqual([expect.stringMatching(/^step 2: no button "없는 버튼"; there are: /)]);
  expect(steps).toHaveLength(2);
});

test('every command shows an example in its help', async () => {
  for (const [noun, { load }] of Object.entries(NOUNS))
    for (const { name, example } of (await load()).commands) {
      const words = [noun, ...(name === '' ? [] : [name])];
      const shown: string[] = [];
      const keep = (text: string) => void shown.push(text);
      const { cli } = createCli();
      const asked = runLine([...words, '--help'], {
        cli,
        tell: () => undefined,
        streams: { out: keep, err: keep },
      });
      await expect(asked).rejects.toMatchObject({ exitCode: 0 });
      expect(shown.join('')).toContain(`$ ${example}`);
      expect(example).toMatch(new RegExp(`^sanji ${words.join(' ')}\\b`));
    }
});
