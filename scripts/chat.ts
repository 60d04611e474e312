// Talk to the shop in a terminal: `npm run chat -- --as farmer`.
import { enableCompileCache } from 'node:module';

enableCompileCache();

const { explain } = await import('./main.ts');
const { chat } = await import('./talk.ts');

try {
  await chat(process.argv.slice(2));
} catch (error) {
  process.exitCode = explain(error);
}
