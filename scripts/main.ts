// One command line from its words to its exit code; the only place that prints.
import { CommanderError } from 'commander';
import { DomainError } from '../src/app.ts';
import { ConfigError } from '../src/config.ts';
import { createCli } from './cli.ts';
import { OutsideError, type Told, UsageError } from './command.ts';
import { runLine } from './program.ts';

export const EXIT = { done: 0, refused: 1, usage: 2, outside: 3 } as const;

export async function main(words: readonly string[]): Promise<number> {
  leaveQuietlyWhenNobodyReads();
  const { cli, close } = createCli();
  let exit: number = EXIT.done;
  const tell = (told: Told, asJson: boolean) => {
    const lines = asJson ? [JSON.stringify(told.json)] : told.lines;
    for (const line of lines) process.stdout.write(`${line}\n`);
    if (told.ok === false) exit = EXIT.refused;
  };
  const streams = {
    out: (text: string) => void process.stdout.write(text),
    err: (text: string) => void process.stderr.write(text),
  };
  try {
    await runLine(words, { cli, tell, streams });
  } catch (error) {
    exit = explain(error);
  } finally {
    await close();
  }
  return exit;
}

/** Says on stderr what went wrong and answers the exit code. */
export function explain(error: unknown): number {
  // Commander has said it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  const { exit, words } = classify(error);
  process.stderr.write(`sanji: ${words}\n`);
  return exit;
}

function classify(error: unknown): { readonly exit: number; readonly words: string } {
  if (error instanceof DomainError) {
    const exit = error.code === 'busy' ? EXIT.outside : EXIT.refused;
    return { exit, words: `${error.code}: ${error.message}` };
  }
  if (error instanceof UsageError) return { exit: EXIT.usage, words: error.message };
  if (error instanceof OutsideError || error instanceof ConfigError)
    return { exit: EXIT.outside, words: error.message };
  return { exit: EXIT.outside, words: unexpected(error) };
}

/** The system's and the database's own messages hold no data; any other may quote some. */
function unexpected(error: unknown): string {
  if (!(error instanceof Error)) return `failed: ${typeof error}`;
  if ('code' in error && typeof error.code === 'string') return `${error.code}: ${error.message}`;
  const places = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line));
  return [`failed: ${error.name}`, ...places.slice(0, 5)].join('\n');
}

/** `sanji order ls | head` ends the pipe before we do. */
function leaveQuietlyWhenNobodyReads(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.done);
    throw error;
  });
}
