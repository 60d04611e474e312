// What a command of the CLI is: a row of a table, what it is given, and what it tells.
import type { House } from '../src/app.ts';
import type { Config } from '../src/config.ts';
import type { Progress } from './progress.ts';

/** What every command may use. */
export type Cli = {
  readonly config: () => Config;
  /** Opened by the first command that asks for it. */
  readonly house: () => Promise<House>;
  /** An empty one that is gone when it is closed. */
  readonly throwAway: () => Promise<House>;
  readonly now: () => Date;
  /** For long work; silent with --json and where nobody watches. */
  readonly progress: (what: string) => Promise<Progress>;
};

/** What a command has to say: one JSON value, or the same in lines for a person. */
export type Told = {
  readonly json: unknown;
  readonly lines: readonly string[];
  /** False: the answer is told, but it is bad news (exit 1). */
  readonly ok?: boolean;
};

/** Reads one argument or option; says what was expected by throwing Commander's own error. */
export type Reader = (text: string) => unknown;

/** Flags as Commander writes them, what they mean, and how the value is read. */
export type Field = readonly [flags: string, about: string, read?: Reader];

export type Row<Given = never> = {
  /** Empty: what the noun itself does. */
  readonly name: string;
  readonly about: string;
  readonly args?: readonly Field[];
  readonly options?: readonly Field[];
  readonly example: string;
  /** Arguments and options by their names in camelCase. */
  readonly run: (cli: Cli, given: Given) => Promise<Told | null>;
};

/** Hides what a row is given from the table, which only carries it from Commander to `run`. */
export function row<Given>(written: Row<Given>): Row {
  return written as unknown as Row;
}

/** Wrong usage that only shows when the command runs: exit 2. */
export class UsageError extends Error {}

/** The outside fails: a database that cannot be opened, a file that cannot be read: exit 3. */
export class OutsideError extends Error {}

export const STORE: Field = ['--store <id>', 'the store; may be left out when there is only one'];
