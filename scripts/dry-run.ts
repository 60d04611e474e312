// What a command would answer, with nothing written.
import type { Command } from '../src/app.ts';

/** Carries the answer of a decision out of the transaction that it undoes. */
class DryRun<T> extends Error {
  readonly answer: T;

  constructor(answer: T) {
    super('decided, not written');
    this.answer = answer;
  }
}

/** Reads and decides as the command would; the throw makes the storage write nothing. */
export async function decideOnly<T>(
  command: Command<T>,
  submit: (command: Command<T>) => Promise<unknown>,
): Promise<T> {
  try {
    await submit({
      ...command,
      decide: (state) => {
        throw new DryRun(command.decide(state).answer);
      },
    });
  } catch (error) {
    if (error instanceof DryRun) return (error as DryRun<T>).answer;
    throw error;
  }
  throw new Error('the storage took a command without a decision');
}
