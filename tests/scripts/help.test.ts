// Every row of the command line's tables: its help has an example, the example is understood, and what
// can be asked without naming anything answers with one JSON value.
import { CommanderError } from 'commander';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Cli, OutsideError, type Told } from '../../scripts/command.ts';
import { NOUNS, runLine } from '../../scripts/program.ts';
import { SILENT } from '../../scripts/progress.ts';
import { openHouse } from '../../src/app.ts';
import { parseConfig } from '../../src/config.ts';

/** Read their input instead of the house; `tests/scripts/sanji.test.ts` has them as processes. */
const READ_STDIN = new Set(['parse', 'intent', 'deposit match', 'deposit read']);
/** Goes on until it is stopped. */
const ENDLESS = new Set(['events tail']);

class Reached extends Error {}

const unreachable: Cli = {
  config: () => {
    throw new Reached();
  },
  house: async () => {
    throw new Reached();
  },
  throwAway: async () => {
    throw new Reached();
  },
  now: () => new Date(),
  progress: async () => SILENT,
};

const rows = (
  await Promise.all(
    Object.entries(NOUNS).map(async ([noun, { load }]) =>
      (await load()).commands.map((row) => ({ noun, row, words: `${noun} ${row.name}`.trim() })),
    ),
  )
).flat();

async function lineOf(words: readonly string[], cli: Cli) {
  const out: string[] = [];
  const told: { readonly told: Told; readonly asJson: boolean }[] = [];
  const streams = { out: (text: string) => void out.push(text), err: () => undefined };
  const tell = (one: Told, asJson: boolean) => void told.push({ told: one, asJson });
  const error = await runLine(words, { cli, tell, streams }).catch((cause: unknown) => cause);
  return { error, out: out.join(''), told };
}

describe.each(rows)('sanji $words', ({ row, words }) => {
  test('has help with an example', async () => {
    const { error, out } = await lineOf([...words.split(' '), '--help'], unreachable);
    expect(error).toBeInstanceOf(CommanderError);
    expect((error as CommanderError).exitCode).toBe(0);
    expect(out).toContain(`Example:\n  $ ${row.example}`);
    expect(row.about).not.toBe('');
  });

  test.skipIf(READ_STDIN.has(words))('understands its own example', async () => {
    const [program, ...said] = (row.example.match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map((word) =>
      word.replace(/^(["'])(.*)\1$/, '$2'),
    );
    expect(program).toBe('sanji');
    expect(said.slice(0, words.split(' ').length).join(' ')).toBe(words);
    const { error } = await lineOf(said, unreachable);
    // A story is looked for before anything else; here there is none.
    if (words === 'sim run') expect(error).toBeInstanceOf(OutsideError);
    else expect(error).toBeInstanceOf(Reached);
  });
});

const nameless = rows.filter(
  ({ row, words }) =>
    /(^| )(ls|show|doctor)$/.test(words) &&
    !READ_STDIN.has(words) &&
    !ENDLESS.has(words) &&
    !(row.args ?? []).some(([flags]) => flags.startsWith('<')),
);

test.each(nameless)('sanji $words --json tells one value', async ({ words }) => {
  const config = parseConfig({ DATABASE_URL: 'sqlite::memory:' });
  const house = await openHouse(config, () => undefined);
  onTestFinished(() => house.close());
  const cli: Cli = { ...unreachable, config: () => config, house: async () => house };
  const { error, told, out } = await lineOf([...words.split(' '), '--json'], cli);
  expect(error).toBeUndefined();
  expect(out).toBe('');
  expect(told).toHaveLength(1);
  expect(told[0]?.asJson).toBe(true);
  expect(typeof JSON.stringify(told[0]?.told.json)).toBe('string');
});
