// What was read of a bank's notice or statement, as sightings of deposits.
import type { Notice } from './notice.ts';
import type { DepositSource } from './same-deposit.ts';
import type { StatementRow } from './statement.ts';
import type { SeenDeposit } from './store.ts';

export type ReadText = {
  readonly seen: readonly SeenDeposit[];
  /** Money that went out: no matter of ours. */
  readonly withdrawals: number;
  /** For somebody to look at. */
  readonly unread: readonly string[];
};

/** A text that came in at `receivedAt`; a notice without a time is as old as its text. */
export function seenInText(
  notices: readonly Notice[],
  source: Extract<DepositSource, 'notice' | 'forwarded'>,
  receivedAt: Date,
): ReadText {
  const counts = new Map<string, number>();
  const seen = notices.flatMap((notice): SeenDeposit[] => {
    if (notice.kind !== 'deposit') return [];
    const { amountKrw, balanceKrw, memo } = notice;
    const precision = notice.at === null ? 'told' : notice.precision;
    const at = new Date(notice.at ?? receivedAt).toISOString();
    const name = notice.name ?? '';
    const alike = JSON.stringify([at, name, amountKrw, balanceKrw]);
    const nth = counts.get(alike) ?? 0;
    counts.set(alike, nth + 1);
    return [{ source, sourceId: null, nth, at, precision, name, amountKrw, balanceKrw, memo }];
  });
  const unread = notices.flatMap((one) => (one.kind === 'unknown' ? [one.text] : []));
  const withdrawals = notices.filter(({ kind }) => kind === 'withdrawal').length;
  return { seen, withdrawals, unread };
}

/** Rows of a statement; `sourceId` names the file by what is in it. */
export function seenInStatement(
  rows: readonly StatementRow[],
  sourceId: string,
): readonly SeenDeposit[] {
  return rows.map(({ at, precision, name, amountKrw, memo, balanceKrw, nth }) => ({
    ...{ source: 'file', sourceId, nth, precision, name, amountKrw, memo, balanceKrw },
    at: new Date(at).toISOString(),
  }));
}

/** `precision`: to the minute where the hand wrote a time, else the time it was told at. */
export function seenByHand(
  seen: Pick<SeenDeposit, 'at' | 'name' | 'amountKrw'> & { readonly precision: 'minute' | 'told' },
): SeenDeposit {
  const unknown = { sourceId: null, nth: 0, memo: null, balanceKrw: null } as const;
  return { ...seen, ...unknown, source: 'hand' };
}
