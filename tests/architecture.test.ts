// Reads the sources and fails where the house is built otherwise than `docs/architecture.md` says.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = ['src', 'bots', 'storage', 'scripts', 'tests', 'bench'];

type Source = {
  readonly path: string;
  /** Without comments. */
  readonly code: string;
  readonly comments: string;
  readonly imports: readonly Import[];
};
type Import = { readonly from: string; readonly isType: boolean; readonly isLazy: boolean };

const sources: readonly Source[] = FOLDERS.flatMap(filesOf).map(read);

function filesOf(folder: string): string[] {
  const path = join(ROOT, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name).replaceAll('\\', '/'))
    .filter((name) => /\.(ts|mjs)$/.test(name) && !name.includes('node_modules'));
}

function read(path: string): Source {
  const { code, comments } = withoutComments(readFileSync(join(ROOT, path), 'utf8'));
  return { path, code, comments, imports: importsOf(path, code) };
}

/** Takes comments apart from code; strings, templates and regular expressions stay whole. */
function withoutComments(text: string): { code: string; comments: string } {
  const token =
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|(?<=[(,=:[!&|?{};+\s]|return|^)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/g;
  let comments = '';
  const code = text.replace(token, (found) => {
    if (!found.startsWith('//') && !found.startsWith('/*')) return found;
    comments += `${found}\n`;
    return ' ';
  });
  return { code, comments };
}

/** Imports and re-exports, static and lazy; our own as paths from the root. */
function importsOf(path: string, code: string): Import[] {
  const statement =
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?(?:[\w*{][^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;
  return [...code.matchAll(statement)].map(([, type, fixed, lazy]) => {
    const target = fixed ?? lazy ?? '';
    const isOwn = target.startsWith('.');
    const from = isOwn ? relative('.', join(dirname(path), target)) : target;
    return { from, isType: type !== undefined, isLazy: lazy !== undefined };
  });
}

function isOutside({ from }: Import): boolean {
  return !FOLDERS.some((folder) => from.startsWith(`${folder}/`)) && !from.startsWith('node:');
}

/** Who may import what: a file is ruled by the first row that names it. */
const RULES: readonly { readonly who: string; readonly may: readonly string[] }[] = [
  { who: 'src/main.ts', may: ['src/app.ts', 'src/config.ts'] },
  { who: 'src/app.ts', may: ['src/', 'bots/', 'storage/'] },
  // Configuration and the demo store are of the wiring: they name the policy and its types.
  { who: 'src/config.ts', may: ['src/orders/', 'src/chat/bot.ts'] },
  { who: 'src/demo.ts', may: ['src/orders/'] },
  { who: 'src/language/', may: ['src/language/'] },
  { who: 'src/orders/', may: ['src/orders/'] },
  // Bytes in, cells out: nothing of ours stands in it.
  { who: 'src/files/', may: ['src/files/'] },
  { who: 'src/payments/', may: ['src/payments/', 'src/orders/', 'src/files/'] },
  { who: 'src/shipping/', may: ['src/shipping/', 'src/orders/'] },
  {
    who: 'src/sheets/',
    // How a phone or a day looks is the same on paper as in the chat.
    may: ['src/sheets/', 'src/orders/', 'src/files/', 'src/shipping/', 'src/chat/words.ts'],
  },
  {
    who: 'src/chat/',
    may: [
      'src/chat/',
      'src/orders/',
      'src/language/',
      'src/payments/provider.ts',
      'src/payments/deposits.ts',
      // What the seller says of money is done as what a buyer says of orders is.
      'src/payments/booking.ts',
      'src/payments/answering.ts',
      'src/payments/doubt.ts',
      'src/payments/store.ts',
      'src/payments/notice.ts',
      'src/payments/sightings.ts',
      'src/payments/depositor-code.ts',
      'src/shipping/carrier.ts',
      'src/shipping/carriers.ts',
      'src/shipping/waybill.ts',
    ],
  },
  {
    who: 'src/outbox/',
    may: [
      'src/outbox/',
      'src/chat/',
      'src/orders/',
      'src/language/',
      'src/payments/',
      'src/shipping/',
      'src/sheets/',
    ],
  },
  {
    who: 'src/jobs/',
    may: [
      'src/jobs/',
      'src/outbox/',
      'src/chat/',
      'src/orders/',
      'src/language/',
      'src/payments/',
      'src/shipping/',
      'src/sheets/',
    ],
  },
  {
    who: 'src/web/',
    may: [
      'src/web/',
      'src/outbox/dead-letters.ts',
      'src/chat/',
      'src/orders/',
      'src/language/',
      'src/payments/',
      'src/shipping/',
      'src/sheets/',
    ],
  },
  { who: 'bots/', may: ['bots/', 'src/chat/bot.ts'] },
  { who: 'storage/', may: ['storage/', 'src/orders/'] },
  {
    who: 'scripts/',
    may: [
      'scripts/',
      'src/app.ts',
      'src/config.ts',
      'src/language/',
      'src/payments/deposits.ts',
      'src/payments/statement.ts',
      'src/shipping/',
      'src/sheets/',
      'storage/',
    ],
  },
  { who: 'tests/', may: [''] },
  { who: 'bench/', may: [''] },
];

/** Types alone bind nothing together: these may be named where the code may not be. */
const TYPES_ALLOWED: readonly { readonly who: string; readonly from: RegExp }[] = [
  { who: 'src/orders/', from: /^src\/language\/reading\.ts$/ },
  { who: 'storage/', from: /^src\/[a-z]+\/store\.ts$/ },
];

function isAllowed(path: string, one: Import): boolean {
  const rule = RULES.find(({ who }) => path.startsWith(who));
  if (rule?.may.some((start) => one.from.startsWith(start))) return true;
  return (
    one.isType && TYPES_ALLOWED.some(({ who, from }) => path.startsWith(who) && from.test(one.from))
  );
}

/** Each outside package has its place; tests and benchmarks may use any. */
const PACKAGES: Readonly<Record<string, RegExp>> = {
  'better-sqlite3': /^storage\//,
  kysely: /^storage\//,
  pg: /^storage\//,
  express: /^(src\/web\/|bots\/(kakao|telegram|web-chat)[a-z-]*\.ts$)/,
  ghtml: /^(src\/(web|sheets)\/|bots\/web-chat)/,
  helmet: /^src\/web\//,
  'express-rate-limit': /^src\/web\//,
  'prom-client': /^src\/web\//,
  telegraf: /^bots\/telegram/,
  'rate-limiter-flexible': /^bots\/telegram/,
  'discord.js': /^bots\/discord/,
  'node-cron': /^src\/jobs\//,
  commander: /^scripts\//,
  'cli-progress': /^scripts\//,
  // Loaded when somebody asks for a sheet.
  hucre: /^src\/sheets\//,
  // Exported files are read in one place, whatever they are encoded in.
  'csv-parse': /^src\/files\//,
  'iconv-lite': /^src\/files\//,
  // Data is checked where it enters: bodies, the environment, payloads, rows written by hand.
  zod: /^(src\/(config|web\/|chat\/|payments\/|shipping\/|sheets\/)|bots\/|scripts\/)/,
  pino: /^src\/(app|main|log)\.ts$/,
};

/** Korean words stand where they are read or said (`chat/pages`: what is read on pages); `src/demo.ts` is data of the example store. */
const KOREAN =
  /^(src\/chat\/(?:(?:replies|pages)\/[a-z-]+|words)\.ts|src\/language\/|src\/sheets\/|src\/payments\/(?:[a-z]+-(?:words|forms)|bank-values)\.ts|src\/orders\/(?:region|recipient-words)\.ts|src\/shipping\/carriers\.ts|src\/demo\.ts|storage\/migrations\/|tests\/|bench\/)/;

function violations(of: (source: Source) => readonly string[]): string[] {
  return sources.flatMap((source) => of(source).map((what) => `${source.path}: ${what}`));
}

describe('the house', () => {
  test('is read at all', () => {
    expect(sources.length).toBeGreaterThan(50);
    const storage = sources.find(({ path }) => path === 'storage/sqlite.ts');
    expect(storage?.imports.map(({ from }) => from)).toContain('better-sqlite3');
    expect(storage?.imports.map(({ from }) => from)).toContain('src/orders/errors.ts');
  });

  test('has dependencies that point inward', () => {
    const own = violations(({ path, imports }) =>
      imports
        .filter((one) => FOLDERS.some((folder) => one.from.startsWith(`${folder}/`)))
        .filter((one) => !isAllowed(path, one))
        .map(({ from }) => `may not import ${from}`),
    );
    expect(own).toEqual([]);
  });

  test('imports each outside package in its one place', () => {
    const misplaced = violations(({ path, imports }) => {
      if (/^(tests|bench)\//.test(path)) return [];
      return imports.filter(isOutside).flatMap(({ from }) => {
        const [name = '', second] = from.split('/');
        const place = PACKAGES[name.startsWith('@') ? `${name}/${second}` : name];
        if (place === undefined) return [`${from} has no place`];
        return place.test(path) ? [] : [`may not import ${from}`];
      });
    });
    expect(misplaced).toEqual([]);
  });

  test('reads the environment in one place', () => {
    const read = violations(({ path, code }) =>
      /process\.env/.test(code) &&
      !/^(src\/config\.ts|scripts\/launch\.mjs|tests\/support\/|tests\/(app|architecture)\.test\.ts|bench\/)/.test(
        path,
      )
        ? ['reads process.env']
        : [],
    );
    expect(read).toEqual([]);
  });

  test('speaks Korean only where words are read or said', () => {
    const korean = violations(({ path, code }) => {
      if (KOREAN.test(path)) return [];
      return code
        .split('\n')
        .filter((line) => /\p{Script=Hangul}/u.test(line))
        .map((line) => line.trim().slice(0, 60));
    });
    expect(korean).toEqual([]);
  });

  test('has no folders for odds and ends, and index files only where many of one kind are listed', () => {
    const folders = sources.flatMap(({ path }) => dirname(path).split('/'));
    const vague = ['utils', 'util', 'common', 'helpers', 'types', 'services', 'lib', 'misc'];
    expect(folders.filter((folder) => vague.includes(folder))).toEqual([]);
    const indexes = sources.map(({ path }) => path).filter((path) => /(^|\/)index\.ts$/.test(path));
    expect(indexes.toSorted()).toEqual([
      'bots/index.ts',
      'src/chat/replies/index.ts',
      'storage/index.ts',
    ]);
  });

  test('asks for sentences at one door', () => {
    const within = 'src/chat/replies/';
    const aside = violations(({ path, imports }) => {
      if (path.startsWith(within)) return [];
      return imports
        .map(({ from }) => from)
        .filter((from) => from.startsWith(within) && from !== `${within}index.ts`)
        .map((from) => `imports ${from}`);
    });
    expect(aside).toEqual([]);
    const door = sources.find(({ path }) => path === `${within}index.ts`);
    const rooms = sources
      .map(({ path }) => path)
      .filter((path) => path.startsWith(within) && path !== `${within}index.ts`);
    expect(rooms.length).toBeGreaterThan(10);
    // Lines shared by several answers are no answers themselves.
    const shared = [`${within}lines.ts`];
    expect(door?.imports.map(({ from }) => from).toSorted()).toEqual(
      rooms.filter((path) => !shared.includes(path)).toSorted(),
    );
  });

  test('exports by name, keeps nothing to do in comments, and stays erasable', () => {
    const marks = violations(({ path, code, comments }) => [
      ...(/^\s*export\s+default\b/m.test(code) ? ['has a default export'] : []),
      ...(/\b(TODO|FIXME|XXX)\b/.test(comments) ? ['leaves work in a comment'] : []),
      ...(/^\s*(export\s+)?(const\s+)?enum\s/m.test(code) ? ['has an enum'] : []),
      ...(path.endsWith('.ts') && /from '\.[^']*(?<!\.ts|\.mjs|\.json)'/.test(code)
        ? ['imports without an ending']
        : []),
    ]);
    expect(marks).toEqual([]);
  });

  test('takes the time as an argument in the core', () => {
    const clocks = violations(({ path, code }) =>
      /^src\/(orders|language|chat)\//.test(path) && /Date\.now\(\)|new Date\(\)/.test(code)
        ? ['reads the clock']
        : [],
    );
    expect(clocks).toEqual([]);
  });
});
