// A call of the API as its handler sees it: who calls, and input that is checked already.
import type { z } from 'zod';
import { DomainError, type RefusalCode } from '../orders/errors.ts';
import type { Engine } from '../payments/store.ts';
import type { Caller } from './auth.ts';
import { type Answered, type Once, type RequestKey, requestKey } from './idempotency.ts';
import { sentenceFor } from './problem.ts';
import type { InTurn } from './turns.ts';

export type Api = {
  readonly store: Engine;
  readonly newOrderId: () => string;
  readonly now: () => Date;
  readonly inTurn: InTurn;
};

/** Built at the first use: the start of the server waits for none of them. */
export type Schema<T> = () => z.ZodType<T>;

export type Call<P, Q, B> = Api & {
  readonly caller: Caller;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** What the Idempotency-Key makes of this request; goes into its one command. */
  readonly request: RequestKey | undefined;
};

/** `bank`: whoever passes on the bank's notices, by a secret of its own. */
export type Door = 'key' | 'anybody' | 'bank';

export const TAGS = {
  orders: 'Placing, changing, paying and cancelling',
  shipping: 'Where each parcel is, and the reports that move it on',
  stores: 'Stores, their products and their harvest days',
  operations: 'For those who run the server',
} as const;

type Spec<P, Q, B> = {
  /** What generated clients call it. */
  readonly name: string;
  readonly tag: keyof typeof TAGS;
  /** One line for readers of the description. */
  readonly summary: string;
  /** The refusals that are this call's own; those of every call go without saying. */
  readonly refusals: readonly RefusalCode[];
  readonly method: 'get' | 'post' | 'put' | 'patch';
  /** As Express writes it; the names are those of `params`. */
  readonly path: string;
  /** Who is let in: a key's holder unless said otherwise. */
  readonly door?: Door;
  /** The status of success. */
  readonly status: 200 | 201;
  readonly params: Schema<P>;
  readonly query: Schema<Q>;
  /** Absent where no body is read. */
  readonly body?: Schema<B>;
  /** A body as somebody would send it. */
  readonly example?: unknown;
  readonly answer: Schema<unknown>;
  readonly handle: (call: Call<P, Q, B>) => Promise<unknown>;
};

/** What came in, unchecked. */
export type RawCall = {
  readonly caller: Caller;
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly idempotencyKey: string | undefined;
};

/** A row of the API's table. Its schemas are kept, so that a description can be made from them. */
export type Route = Pick<
  Spec<unknown, unknown, unknown>,
  'name' | 'tag' | 'summary' | 'refusals' | 'method' | 'path' | 'status' | 'example' | 'answer'
> & {
  readonly door: Door;
  readonly params: Schema<unknown>;
  readonly query: Schema<unknown>;
  readonly body: Schema<unknown> | null;
  readonly run: (api: Api, once: Once, raw: RawCall) => Promise<Answered>;
};

export function route<P, Q, B = null>(spec: Spec<P, Q, B>): Route {
  const { handle, ...described } = spec;
  const { method, path, status, door = 'key', body: bodySchema = null } = spec;
  return {
    ...described,
    door,
    body: bodySchema,
    run: async (api, once, { caller, idempotencyKey, ...raw }) => {
      const params = read(spec.params, raw.params, 'the path');
      const query = read(spec.query, raw.query, 'the query');
      // A handler without a body schema is typed to see null.
      const body = bodySchema === null ? (null as B) : read(bodySchema, raw.body, 'the body');
      const said = [method, path, params, query, body];
      const request =
        method === 'get' ? undefined : requestKey(caller, { header: idempotencyKey, said });
      return once(request, async () => ({
        status,
        body: await handle({ ...api, caller, params, query, body, request }),
      }));
    },
  };
}

function read<T>(schema: Schema<T>, input: unknown, where: string): T {
  const parsed = schema().safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new DomainError('bad_request', issue ? sentenceFor(issue, input, where) : 'not valid');
}
