// The command line. `parse` and `intent` load nothing but the language; the rest goes by tables.
import { enableCompileCache } from 'node:module';

// Stripped and compiled sources are kept between starts: half of the time to be ready.
enableCompileCache();

const [noun, ...rest] = process.argv.slice(2);
if (rest.length === 0 && noun === 'parse') {
  const { parse } = await import('./parse.ts');
  await parse(process.stdin, process.stdout);
} else if (rest.length === 0 && noun === 'intent') {
  const { intent } = await import('./intent.ts');
  await intent(process.stdin, process.stdout);
} else {
  const { main } = await import('./main.ts');
  process.exitCode = await main(process.argv.slice(2));
}
