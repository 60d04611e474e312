// Reads bank statements named on the command line or in JSON lines.
import { readFile, stat } from 'node:fs/promises';
import {
  readStatement,
  STATEMENT_BYTES_MAX,
  type StatementReading,
} from '../src/payments/statement.ts';
import { OutsideError } from './command.ts';
import { numberedLines } from './json-lines.ts';

/** The file's reading; one that is too large is refused unread. */
export async function readStatementFile(path: string): Promise<StatementReading> {
  try {
    const { size } = await stat(path);
    if (size > STATEMENT_BYTES_MAX) return { kind: 'refused', reason: 'too_large' };
    return readStatement(await readFile(path));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'failed';
    throw new OutsideError(`${path} cannot be read: ${code}`);
  }
}

/** Answers every `{"file": …}`; what is wrong with a file or a row is told on stderr. */
export async function readStatements(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<void> {
  for await (const { number, text } of numberedLines(input)) {
    const file = fileIn(text);
    if (file === null) {
      process.stderr.write(`line ${number}: expected {"file": "/path/to/statement.csv"}\n`);
      continue;
    }
    const reading = await readStatementFile(file);
    for (const problem of problems(file, reading)) process.stderr.write(`${problem}\n`);
    output.write(`${JSON.stringify({ file, deposits: depositsIn(reading) })}\n`);
  }
}

function fileIn(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    const isNamed = typeof value === 'object' && value !== null && 'file' in value;
    return isNamed && typeof value.file === 'string' ? value.file : null;
  } catch {
    return null;
  }
}

export function depositsIn(reading: StatementReading) {
  if (reading.kind === 'refused') return [];
  return reading.deposits.map(({ at, name, amountKrw }) => ({ at, name, amountKrw }));
}

/** Lines without names: who paid is nobody's business here. */
export function problems(file: string, reading: StatementReading): string[] {
  if (reading.kind === 'refused') return [`${file}: refused: ${reading.reason}`];
  return reading.refused.map(({ line, reason }) => `${file}: line ${line}: ${reason}`);
}
