// What went wrong between us and PostgreSQL, by whether and how it may be tried again.
import { DomainError } from '../src/orders/errors.ts';

/**
 * `again`: rolled back for the sake of others, so once more. `taken`: a key is there already, which
 * somebody else may have written at this moment. `away`: no server, or none that takes writes now. `own`:
 * the statement itself is at fault.
 */
export type Failure = 'again' | 'taken' | 'away' | 'own';

/** A serialization failure: what was read is not true any more. */
export const AGAIN = '40001';
/** The same, deadlock, lock not available. */
const AGAINST_OTHERS = new Set([AGAIN, '40P01', '55P03']);
const TAKEN = '23505';
/**
 * Connection exceptions, insufficient resources (a full disk too), operator intervention, system errors;
 * and a server that only reads, as the old primary does after a fail-over.
 */
const AWAY = /^(08|53|57P|58)|^(25006|57014|25P03)$/;

export function failureOf(error: unknown): Failure {
  if (error instanceof DomainError) return 'own';
  const code = codeOf(error);
  if (code === null) return isLost(error) ? 'away' : 'own';
  if (AGAINST_OTHERS.has(code)) return 'again';
  if (code === TAKEN) return 'taken';
  return AWAY.test(code) || isSocketError(code) ? 'away' : 'own';
}

/** SQLSTATE or the name of a socket's error, or null. */
export function codeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

function isSocketError(code: string): boolean {
  return /^E[A-Z]{3,}$/.test(code);
}

/** Errors of pg without a code: the connection ended, or could not be made in time. */
function isLost(error: unknown): boolean {
  return (
    error instanceof Error &&
    /connection terminated|connection error|timeout expired|did not answer|was closed/i.test(
      error.message,
    )
  );
}

/** For people who start the program: what is wrong with the address or the server, without its password. */
export function openingProblem(url: string, error: unknown): Error {
  const where = placeOf(url);
  const reason = reasonFor(error);
  return new Error(`DATABASE_URL: ${where} ${reason}`, { cause: error });
}

function reasonFor(error: unknown): string {
  const code = codeOf(error) ?? '';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'is not a host that can be found';
  if (code === 'ECONNREFUSED') return 'refuses connections: is the server running there?';
  if (code === '28P01' || code === '28000') return 'refuses this user or password';
  if (code === '3D000') return 'has no such database';
  if (code === '42501') return 'does not let this user make its tables';
  if (code === '25006') return 'only reads: it is a standby, or set to read-only';
  if (code === '53100') return 'has no room left on its disk';
  if (code === '53300') return 'takes no more connections';
  if (code === '57P03') return 'is starting up or shutting down: try again in a moment';
  return `cannot be opened: ${error instanceof Error ? error.message : String(error)}`;
}

/** Host, port and database: never the user or the password. */
export function placeOf(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `postgres://${host}${pathname}`;
  } catch {
    return 'this URL';
  }
}
