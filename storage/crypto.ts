// Personal data at rest: AES-256-GCM under a key of each person's own, wrapped by the data key.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  hash,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NONCES_FETCHED = 256;
/** Unwrapped keys kept in memory; the least recently used go first. */
const KEYS_CACHED_MAX = 20_000;

export class Vault {
  /** Names the data key without telling it, so that a start with another key can be refused. */
  readonly fingerprint: string;
  readonly #dataKey: KeyObject;
  readonly #hashKey: Uint8Array;
  readonly #keys = new Map<string, KeyObject>();

  /** Random bytes for many nonces at once; each is used once. */
  #nonces: Uint8Array = new Uint8Array(0);
  #noncesUsed = NONCES_FETCHED;

  constructor(dataKey: Uint8Array) {
    if (dataKey.length !== KEY_BYTES)
      throw new Error(`the data key must have ${KEY_BYTES} bytes, got ${dataKey.length}`);
    this.#dataKey = createSecretKey(dataKey);
    this.fingerprint = fingerprintOf(dataKey);
    this.#hashKey = new Uint8Array(hkdfSync('sha256', dataKey, '', 'sanji lookup', KEY_BYTES));
  }

  /** A keyed hash for looking things up that must not stand in clear text. */
  hash(kind: string, value: string): string {
    // HMAC's two nested hashes, in one-shot calls: a third of createHmac's cost on the way of a message.
    const inner = hash(
      'sha256',
      Buffer.concat([this.#hashKey, Buffer.from(`${kind}\0${value}`)]),
      'buffer',
    );
    return hash('sha256', Buffer.concat([this.#hashKey, inner]), 'base64url');
  }

  /** Makes a new key for a person and answers it wrapped, to be stored with the person. */
  createKey(personId: string): Uint8Array {
    const key = randomBytes(KEY_BYTES);
    this.#remember(personId, createSecretKey(key));
    return this.#seal(this.#dataKey, key, `key/${personId}`);
  }

  hasKey(personId: string): boolean {
    return this.#keys.has(personId);
  }

  /** A destroyed key is empty: what it sealed stays closed. */
  unwrapKey(personId: string, wrapped: Uint8Array): void {
    if (wrapped.length === 0) this.#keys.delete(personId);
    else if (!this.#keys.has(personId))
      this.#remember(personId, createSecretKey(open(this.#dataKey, wrapped, `key/${personId}`)));
  }

  /** Seals a JSON value for a person; `place` ties it to its row so that it cannot be swapped. */
  sealFor(personId: string, place: string, value: unknown): Uint8Array {
    return this.#seal(this.#keyOf(personId), Buffer.from(JSON.stringify(value)), place);
  }

  /** The JSON value sealed by `sealFor`; its shape is what was sealed. */
  openFor(personId: string, place: string, sealed: Uint8Array): unknown {
    return JSON.parse(open(this.#keyOf(personId), sealed, place).toString('utf8'));
  }

  forgetKey(personId: string): void {
    this.#keys.delete(personId);
  }

  /** All of them: they are read again when they are needed. */
  forgetKeys(): void {
    this.#keys.clear();
  }

  /** As `openFor`, but null for what was erased or whose person was; his key must have been read. */
  openIfKept(personId: string, place: string, sealed: Uint8Array): unknown {
    if (sealed.length === 0 || !this.hasKey(personId)) return null;
    return this.openFor(personId, place, sealed);
  }

  /** Seals what belongs to no single person, such as stored answers. */
  sealOwn(place: string, value: unknown): Uint8Array {
    return this.#seal(this.#dataKey, Buffer.from(JSON.stringify(value)), place);
  }

  openOwn(place: string, sealed: Uint8Array): unknown {
    return JSON.parse(open(this.#dataKey, sealed, place).toString('utf8'));
  }

  /** What this data key sealed, or a key it wrapped, for another data key. */
  sealAnew(to: Vault, place: string, sealed: Uint8Array): Uint8Array {
    return to.#seal(to.#dataKey, open(this.#dataKey, sealed, place), place);
  }

  #seal(key: KeyObject, plain: Uint8Array, place: string): Uint8Array {
    if (this.#noncesUsed === NONCES_FETCHED) {
      this.#nonces = randomBytes(NONCE_BYTES * NONCES_FETCHED);
      this.#noncesUsed = 0;
    }
    const from = NONCE_BYTES * this.#noncesUsed++;
    return seal(key, { plain, place, nonce: this.#nonces.subarray(from, from + NONCE_BYTES) });
  }

  #keyOf(personId: string): KeyObject {
    const key = this.#keys.get(personId);
    if (key === undefined) throw new Error(`the key of person ${personId} was not read`);
    this.#keys.delete(personId);
    this.#keys.set(personId, key);
    return key;
  }

  #remember(personId: string, key: KeyObject): void {
    this.#keys.set(personId, key);
    if (this.#keys.size <= KEYS_CACHED_MAX) return;
    const oldest = this.#keys.keys().next().value;
    if (oldest !== undefined) this.#keys.delete(oldest);
  }
}

/** Reads a data key given as 64 hex digits or base64 of 32 bytes. */
export function parseDataKey(text: string): Uint8Array {
  const trimmed = text.trim();
  const bytes = /^[0-9a-f]{64}$/i.test(trimmed)
    ? Buffer.from(trimmed, 'hex')
    : Buffer.from(trimmed, 'base64');
  if (bytes.length !== KEY_BYTES)
    throw new Error(`SANJI_DATA_KEY must be 32 bytes as hex or base64, got ${bytes.length} bytes`);
  return bytes;
}

/** Names a data key without telling it. */
export function fingerprintOf(dataKey: Uint8Array): string {
  return createHash('sha256')
    .update('sanji fingerprint')
    .update(dataKey)
    .digest('hex')
    .slice(0, 32);
}

function seal(
  key: KeyObject,
  { plain, place, nonce }: { plain: Uint8Array; place: string; nonce: Uint8Array },
): Buffer {
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  cipher.setAAD(Buffer.from(place));
  const body = cipher.update(plain);
  return Buffer.concat([nonce, body, cipher.final(), cipher.getAuthTag()]);
}

function open(key: KeyObject, sealed: Uint8Array, place: string): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES));
  decipher.setAAD(Buffer.from(place));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  const body = decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES));
  return Buffer.concat([body, decipher.final()]);
}
