// What a payment company does for us. An attempt is made ready, the buyer agrees to it on the company's page,
// and we capture it; a refund gives back what was captured. What the company declines is a value. No answer is
// an outage, which is thrown and says nothing of whether the act was done: the look-up does.
//
// Every act carries our own key and is done once, however often and however soon it is repeated. A company
// without such keys is asked what it did before it is asked again. Amounts are whole won.

export const PROVIDER_ACTS = ['ready', 'capture', 'refund', 'lookUp'] as const;
export type ProviderAct = (typeof PROVIDER_ACTS)[number];

export type ReadyRequest = {
  /** Ours, kept before the company hears of it; the key of the attempt's every act. */
  readonly attemptId: string;
  readonly amountKrw: number;
  /** The part of it that bears no value added tax, as unprocessed produce. */
  readonly taxFreeKrw: number;
  readonly itemName: string;
  readonly boxes: number;
  /** Tells payers apart without telling who they are. */
  readonly payerId: string;
  /** Where the buyer's browser comes back to. Anybody may open these: coming back proves nothing. */
  readonly returnTo: {
    readonly agreed: string;
    readonly cancelled: string;
    readonly failed: string;
  };
};

export type Ready = {
  readonly kind: 'ready';
  /** The company's name for the attempt, kept before the buyer is sent there. */
  readonly reference: string;
  readonly payAt: { readonly phone: string; readonly desktop: string };
};

export type CaptureRequest = {
  readonly attemptId: string;
  readonly reference: string;
  /** Always ours, never the browser's. */
  readonly amountKrw: number;
  /** What the buyer's browser brought back from the company. */
  readonly proof: string;
};

export type Captured = {
  readonly kind: 'captured';
  readonly amountKrw: number;
  readonly at: string;
};

export type RefundRequest = {
  /** Of this refund alone: several parts of one payment may go back. */
  readonly key: string;
  readonly attemptId: string;
  readonly reference: string;
  readonly amountKrw: number;
  /** What can still go back as we see it, this part included: where the company sees less, it declines. */
  readonly refundableKrw: number;
};

export type Refunded = {
  readonly kind: 'refunded';
  readonly amountKrw: number;
  readonly at: string;
};

/** The company says no, and nothing was done. `code` is its own, for the log and the seller. */
export type Declined = { readonly kind: 'declined'; readonly code: string };

/** How an attempt stands at the company. */
export type Truth =
  /** It does not know the attempt. */
  | { readonly kind: 'none' }
  /** No money was taken yet; some may be. */
  | { readonly kind: 'pending' }
  /** It ended without money. */
  | Declined
  | (Captured & {
      readonly refunds: readonly {
        readonly key: string;
        readonly amountKrw: number;
        readonly at: string;
      }[];
    });

export interface Provider {
  readonly name: string;
  ready(request: ReadyRequest): Promise<Ready | Declined>;
  capture(request: CaptureRequest): Promise<Captured | Declined>;
  refund(request: RefundRequest): Promise<Refunded | Declined>;
  /** By our own id; the reference is null where the answer of `ready` never came. */
  lookUp(attempt: {
    readonly attemptId: string;
    readonly reference: string | null;
  }): Promise<Truth>;
}

/** No answer, or none that can be understood. Whether the act was done is not known. */
export class ProviderOutage extends Error {
  readonly act: ProviderAct;

  constructor(act: ProviderAct, cause: unknown) {
    super(`no answer from the payment company to ${act}`, { cause });
    this.name = 'ProviderOutage';
    this.act = act;
  }
}

/** What is no amount never leaves the house. */
export function mustBeWon(name: string, amountKrw: number): number {
  if (Number.isSafeInteger(amountKrw) && amountKrw > 0) return amountKrw;
  throw new RangeError(`expected ${name} in whole won above 0, got ${amountKrw}`);
}
