// Lines of a stream that hold something, with their numbers, for commands that answer line by line.
import { createInterface } from 'node:readline';

export async function* numberedLines(
  input: NodeJS.ReadableStream,
): AsyncGenerator<{ readonly number: number; readonly text: string }> {
  let number = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (text.trim() !== '') yield { number, text };
  }
}
