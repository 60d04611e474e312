// Who calls the API: bearer keys, compared in constant time, each for all stores or for one.
import { createHash, timingSafeEqual } from 'node:crypto';
import { DomainError } from '../orders/errors.ts';
import type { Store } from '../orders/store.ts';

export type Caller = {
  /** Stands for the key wherever it must not be written itself. */
  readonly id: string;
  /** The only store this key sees; null sees all. */
  readonly storeId: string | null;
};

export const ANYBODY: Caller = { id: 'anybody', storeId: null };

/** Answers who an `Authorization` header names; throws `unauthorized` for everything else. */
export function keyring(
  apiKeys: ReadonlyMap<string, string | null>,
): (authorization: string | undefined) => Caller {
  const known = [...apiKeys].map(([key, storeId]) => ({ digest: digestOf(key), storeId }));
  return (authorization) => {
    const given = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
    if (given === undefined)
      throw new DomainError('unauthorized', 'expected the header Authorization: Bearer <key>');
    const digest = digestOf(given);
    let caller: Caller | null = null;
    // Every key is compared, also after a hit: the time says nothing about which one it was.
    for (const entry of known)
      if (timingSafeEqual(entry.digest, digest))
        caller = { id: entry.digest.toString('base64url'), storeId: entry.storeId };
    if (caller === null) throw new DomainError('unauthorized', 'this key is not known');
    return caller;
  };
}

export type InstallationKeys = {
  /** What stands for this key where it must not be written; null when it is none for all stores. */
  readonly find: (given: string) => string | null;
  /** Whether the key it stands for still lets anybody in. */
  readonly isKnown: (id: string) => boolean;
  readonly count: number;
};

/** Of the keys those for all stores, by which an operator logs in. */
export function installationKeys(
  apiKeys: ReadonlyMap<string, string | null>,
  store: Pick<Store, 'sign'>,
): InstallationKeys {
  const identify = keyring(new Map([...apiKeys].filter(([, storeId]) => storeId === null)));
  // Not the digest a caller is known by: this one is written down, and lets nobody try keys against it.
  const idOf = (key: string) => store.sign('ops', key);
  const ids = new Set(
    [...apiKeys].flatMap(([key, storeId]) => (storeId === null ? idOf(key) : [])),
  );
  return {
    find(given) {
      try {
        identify(`Bearer ${given}`);
        return idOf(given);
      } catch {
        return null;
      }
    },
    isKnown: (id) => ids.has(id),
    count: ids.size,
  };
}

export const BANK_HEADER = 'x-sanji-bank';

/** The same for the secret in `x-sanji-bank`; without one configured nobody is let in. */
export function bankDoor(secret: string | null): (given: string | undefined) => Caller {
  const known = secret === null ? null : digestOf(secret);
  return (given) => {
    if (known === null)
      throw new DomainError('unauthorized', 'bank notices are not taken: set BANK_NOTICE_SECRET');
    if (given === undefined)
      throw new DomainError('unauthorized', `expected the header ${BANK_HEADER}`);
    if (!timingSafeEqual(known, digestOf(given)))
      throw new DomainError('unauthorized', 'this secret is not known');
    return { id: 'bank', storeId: null };
  };
}

/** The store a call is about: the caller's own, or the one it names, if it may. */
export function storeFor(caller: Caller, named: string | null | undefined): string | null {
  if (caller.storeId !== null && named && named !== caller.storeId)
    throw new DomainError('forbidden', 'this key belongs to another store');
  return caller.storeId ?? named ?? null;
}

function digestOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
