import { DomainError, type House, type Platform } from '../src/app.ts';
import { type Cli, type Field, type Row, row, UsageError } from './command.ts';
import { instant, oneOf } from './readers.ts';
import { createStage, ONCE, PLATFORMS, type Pushed, replyJson, type Stage } from './stage.ts';
import { loadStory, type Played, playStory } from './story.ts';

const ACTORS = ['buyer', 'farmer', 'seller', 'admin'] as const;

type Given = {
  readonly platform?: Platform;
  readonly user?: string;
  readonly as?: string;
  readonly at?: string;
  readonly store?: string;
  readonly db?: boolean;
};

const OPTIONS: readonly Field[] = [
  ['--platform <platform>', `${PLATFORMS.join(', ')} (kakao)`, oneOf(...PLATFORMS)],
  ['--user <user>', 'who speaks (sim)'],
  ['--as <role>', `${ACTORS.join(', ')} (buyer): staff join by a real invite`, oneOf(...ACTORS)],
  ['--at <time>', 'the time at the start; each message takes a second (now)'],
  ['--store <id>', 'the only store of this bot, as of a bot that is tied to one'],
  ['--db', 'on the configured database, unless it is a production one, and not in memory'],
];

export const commands: readonly Row[] = [
  row<Given & { text: readonly string[] }>({
    name: '',
    about: 'play a conversation through the real router, on a throw-away demo store',
    args: [['[text...]', 'what is said, one message each']],
    options: OPTIONS,
    example: 'sanji sim --platform kakao --user u1 --as farmer "40" --json',
    async run(cli, { text: texts, ...given }) {
      if (texts.length === 0) throw new UsageError('nothing is said: give some text');
      return onStage(cli, given, async ({ stage, as }) => {
        const turns = [];
        for (const text of texts) {
          const reply = replyJson(await stage.say(as, { text }, ONCE));
          turns.push({ text, reply, pushed: await stage.pushed() });
        }
        const json = turns.map(({ reply, pushed }) => ({ reply, pushed }));
        return {
          json: json.length === 1 ? json[0] : json,
          lines: turns.flatMap((turn) => turnLines({ ...turn, as, did: turn.text })),
        };
      });
    },
  }),
  row<Given & { file: string }>({
    name: 'run',
    about: 'play a story file; steps may name another actor, a time, a job or a command',
    args: [
      ['<file>', 'JSON: {name, vars, keepGoing, steps: [{as, at, say | press | cron | cli …}]}'],
    ],
    options: OPTIONS,
    example: 'sanji sim run tests/stories/buy.json --platform telegram',
    async run(cli, { file, ...given }) {
      const story = await loadStory(file);
      return onStage(cli, given, async ({ stage, as, platform, cli: onIt }) => {
        const { played, problems } = await playStory(story, { stage, cli: onIt, platform, as });
        const ok = problems.length === 0;
        return {
          json: { name: story.name, ok, problems, steps: played },
          lines: [
            ...played.flatMap(turnLines),
            ...problems.map((problem) => `!! ${problem}`),
            `${ok ? 'OK' : 'FAILED'}: ${story.name}`,
          ],
          ok,
        };
      });
    },
  }),
];

type OnStage = {
  readonly stage: Stage;
  readonly as: string;
  readonly platform: Platform;
  /** Commands inside the play: its house, its clock. */
  readonly cli: Cli;
};

async function onStage<T>(cli: Cli, given: Given, play: (on: OnStage) => Promise<T>): Promise<T> {
  const { platform = 'kakao', user = 'sim', as = 'buyer', at, store, db = false } = given;
  const config = cli.config();
  if (db && config.isProduction)
    throw new DomainError('forbidden', 'nothing is played on a production database');
  const start = at === undefined ? cli.now() : instant(at, config.timeZone);
  const house: House = db ? await cli.house() : await cli.throwAway();
  try {
    const storeId = store ?? null;
    const stage = createStage({ house, platform, user, as, storeId, start, delivers: !db });
    const onIt: Cli = { ...cli, house: async () => house, now: stage.now };
    return await play({ stage, as, platform, cli: onIt });
  } finally {
    if (!db) await house.close();
  }
}

function turnLines({ as, did, reply, pushed }: Omit<Played, 'step'>): string[] {
  return [
    `${as} > ${did}`,
    ...(reply === null ? [] : [reply.text]),
    ...(reply === null || reply.buttons.length === 0
      ? []
      : [reply.buttons.map(({ label }) => `[${label}]`).join(' ')]),
    ...pushed.map(pushedLine),
  ];
}

function pushedLine({ to, platform, text, held }: Pushed): string {
  return `${held ? '(waits) ' : ''}🔔 ${to} on ${platform}: ${text}`;
}
