// The command line. `parse` and `intent` load nothing but the language; the rest goes by tables.
import { once } from 'node:events';
import { enableCompileCache } from 'node:module';

// Stripped and compiled sources are kept between starts: half of the time to be ready.
enableCompileCache();

const [noun, ...rest] = process.argv.slice(2);
const { stdin, stdout } = process;
if (rest.length === 0 && (noun === 'parse' || noun === 'intent')) {
  // The language is loaded when there is something to read; an input without a byte needs none.
  await once(stdin, 'readable');
  if (stdin.readableLength === 0) stdin.resume();
  else if (noun === 'parse') await (await import('./parse.ts')).parse(stdin, stdout);
  else await (await import('./intent.ts')).intent(stdin, stdout);
} else {
  const { main } = await import('./main.ts');
  process.exitCode = await main(process.argv.slice(2));
}
