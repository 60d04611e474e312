import { isoWithOffset, type Letter, OUTBOX_STATES, type OutboxState } from '../src/app.ts';
import { type Cli, type Row, row } from './command.ts';
import { findShop } from './find.ts';
import { oneOf } from './readers.ts';

const SHOWN_MAX = 200;

export const commands: readonly Row[] = [
  row<{ state?: OutboxState; store?: string }>({
    name: 'ls',
    about: `list messages, newest first, at most ${SHOWN_MAX}; never what they say`,
    options: [
      ['--state <state>', `only ${OUTBOX_STATES.join(', ')}`, oneOf(...OUTBOX_STATES)],
      ['--store <id>', 'only of this store'],
    ],
    example: 'sanji outbox ls --state due',
    async run(cli, { state, store: storeId }) {
      const house = await cli.house();
      if (storeId !== undefined) await findShop(house, storeId);
      return tellLetters(cli, await house.store.listOutbox({ state, storeId, limit: SHOWN_MAX }));
    },
  }),
];

export function tellLetters(cli: Cli, letters: readonly Letter[]) {
  return {
    json: letters.map((letter) => letterJson(cli, letter)),
    lines: letters.map((letter) => letterLine(cli, letter)),
  };
}

/** A letter as programs see it: whom it is for is a role and a platform, never a person. */
export function letterJson(cli: Cli, letter: Letter) {
  const { id, kind, audience, platform, cause, attempts, firstAt, lastAt } = letter;
  const at = (instant: string | null) =>
    instant && isoWithOffset(new Date(instant), cli.config().timeZone);
  const to = `${audience}@${platform}`;
  return { id, kind, to, cause, attempts, firstAt: at(firstAt), lastAt: at(lastAt) };
}

export function letterLine(cli: Cli, letter: Letter): string {
  const { id, kind, to, cause, attempts, lastAt } = letterJson(cli, letter);
  const tried = attempts === 0 ? 'not tried' : `tried ${attempts}x, last ${lastAt}`;
  return `${id}  ${letter.state}  ${kind}  ${to}  ${tried}${cause === null ? '' : `  ${cause}`}`;
}
