// A payment company that fails as told: for tests, and for trying the shop without a contract.
import {
  type Captured,
  type CaptureRequest,
  type Declined,
  mustBeWon,
  type Provider,
  type ProviderAct,
  ProviderOutage,
  type Ready,
  type ReadyRequest,
  type Refunded,
  type RefundRequest,
  type Truth,
} from './provider.ts';

/**
 * `decline`: it says no. `fail`: no answer, and nothing is done. `lose`: it is done, and the answer is
 * lost. `late`: no answer, and it is done when the late ones land. `twice`: it gets the request twice.
 */
export const FAULTS = ['decline', 'fail', 'lose', 'late', 'twice'] as const;
export type Fault = (typeof FAULTS)[number];

export type FakeProvider = {
  readonly provider: Provider;
  /** The next call of this act meets this fault; several wait in line. */
  readonly meet: (act: ProviderAct, fault: Fault) => void;
  /** What was late arrives now. */
  readonly land: () => void;
  /** The buyer agrees on the company's page; his browser brings back the proof. */
  readonly agree: (reference: string) => string;
  /** The buyer leaves the company's page for good. */
  readonly quit: (reference: string) => void;
  /** The company's own count of what it took and gave back. */
  readonly count: (attemptId: string) => { readonly tookKrw: number; readonly gaveKrw: number };
};

type Account = {
  readonly request: ReadyRequest;
  readonly ready: Ready;
  proof: string | null;
  ended: string | null;
  captured: Captured | null;
  readonly refunds: { readonly key: string; readonly amountKrw: number; readonly at: string }[];
  tookKrw: number;
  gaveKrw: number;
};

export function createFakeProvider(now: () => Date): FakeProvider {
  const accounts = new Map<string, Account>();
  const faults: { readonly act: ProviderAct; readonly fault: Fault }[] = [];
  let late: (() => void)[] = [];

  /** Does the work under the fault that is next in line for this act. */
  async function under<T>(act: ProviderAct, work: () => T, no: () => T): Promise<T> {
    const at = faults.findIndex((one) => one.act === act);
    const [next] = at < 0 ? [] : faults.splice(at, 1);
    if (next?.fault === 'decline') return no();
    if (next?.fault === 'twice') work();
    if (next?.fault === 'late') late.push(work);
    if (next?.fault === 'lose') work();
    if (next === undefined || next.fault === 'twice') return work();
    throw new ProviderOutage(act, next.fault);
  }

  function ready(request: ReadyRequest): Ready | Declined {
    const { attemptId, taxFreeKrw, amountKrw } = request;
    if (taxFreeKrw > amountKrw) return declined('tax_free_above_total');
    const known = accounts.get(attemptId);
    if (known !== undefined) return known.ready;
    const reference = `fake_${attemptId}`;
    const page = `https://pay.example/${reference}`;
    const payAt = { phone: `${page}?on=phone`, desktop: `${page}?on=desktop` };
    const made: Ready = { kind: 'ready', reference, payAt };
    const empty = { proof: null, ended: null, captured: null, refunds: [], tookKrw: 0, gaveKrw: 0 };
    accounts.set(attemptId, { request, ready: made, ...empty });
    return made;
  }

  function capture({ attemptId, amountKrw, proof }: CaptureRequest): Captured | Declined {
    const account = accounts.get(attemptId);
    if (account === undefined) return declined('no_such_attempt');
    if (account.captured !== null) return account.captured;
    if (account.ended !== null) return declined(account.ended);
    if (amountKrw !== account.request.amountKrw) return declined('other_amount');
    if (account.proof === null || proof !== account.proof) return declined('not_agreed');
    account.tookKrw += amountKrw;
    account.captured = { kind: 'captured', amountKrw, at: now().toISOString() };
    return account.captured;
  }

  function refund({ attemptId, key, ...asked }: RefundRequest): Refunded | Declined {
    const account = accounts.get(attemptId);
    if (account === undefined || account.captured === null) return declined('nothing_captured');
    const known = account.refunds.find((one) => one.key === key);
    if (known !== undefined) return { kind: 'refunded', amountKrw: known.amountKrw, at: known.at };
    const leftKrw = account.captured.amountKrw - account.gaveKrw;
    if (asked.amountKrw > leftKrw || asked.refundableKrw !== leftKrw)
      return declined('not_refundable');
    const done = { key, amountKrw: asked.amountKrw, at: now().toISOString() };
    account.refunds.push(done);
    account.gaveKrw += asked.amountKrw;
    return { kind: 'refunded', amountKrw: done.amountKrw, at: done.at };
  }

  function lookUp(attemptId: string): Truth {
    const account = accounts.get(attemptId);
    if (account === undefined) return { kind: 'none' };
    if (account.captured !== null) return { ...account.captured, refunds: [...account.refunds] };
    return account.ended === null ? { kind: 'pending' } : declined(account.ended);
  }

  const of = (reference: string): Account => {
    const account = accounts.get(reference.replace(/^fake_/, ''));
    if (account === undefined) throw new Error(`there is no attempt ${reference}`);
    return account;
  };
  return {
    provider: {
      name: 'fake',
      async ready(request) {
        mustBeWon('amountKrw', request.amountKrw);
        return under(
          'ready',
          () => ready(request),
          () => declined('refused'),
        );
      },
      async capture(request) {
        mustBeWon('amountKrw', request.amountKrw);
        const end = (): Captured | Declined => {
          const account = accounts.get(request.attemptId);
          // What it took before it does not deny.
          if (account?.captured) return account.captured;
          if (account !== undefined) account.ended = 'refused';
          return declined('refused');
        };
        return under('capture', () => capture(request), end);
      },
      async refund(request) {
        mustBeWon('amountKrw', request.amountKrw);
        return under(
          'refund',
          () => refund(request),
          () => declined('refused'),
        );
      },
      async lookUp({ attemptId }) {
        return under(
          'lookUp',
          () => lookUp(attemptId),
          () => lookUp(attemptId),
        );
      },
    },
    meet: (act, fault) => void faults.push({ act, fault }),
    land() {
      const landing = late;
      late = [];
      for (const work of landing) work();
    },
    agree(reference) {
      const account = of(reference);
      account.proof ??= `proof_of_${reference}`;
      return account.proof;
    },
    quit(reference) {
      const account = of(reference);
      if (account.captured === null) account.ended = 'left_by_buyer';
    },
    count(attemptId) {
      const { tookKrw = 0, gaveKrw = 0 } = accounts.get(attemptId) ?? {};
      return { tookKrw, gaveKrw };
    },
  };
}

function declined(code: string): Declined {
  return { kind: 'declined', code };
}
