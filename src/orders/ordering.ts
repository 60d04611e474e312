// The use cases: each names its command, what it must read and who decides. The way into the core.

import { type Cancelled, type CancelRequest, decideCancel } from './cancelling.ts';
import type { NewOrder, ParcelPatch, Question, Reads, RefundAccount, Who } from './change.ts';
import type { Changed } from './change-effects.ts';
import type { ChangeRequest } from './change-plan.ts';
import { decideChange, decidePayChange, isChangeOpen } from './changing.ts';
import { decideComplain } from './complaining.ts';
import { decideSummary, decideTellDaily } from './daily.ts';
import { addDays, localDate } from './dates.ts';
import {
  type DepositRequest,
  decideDeposit,
  decideRevive,
  decideTakeBack,
  decideWaitForRest,
} from './depositing.ts';
import { decideAskEvening, type EveningAsked } from './evening.ts';
import {
  type CapResult,
  type CapWanted,
  decideCap,
  decideCut,
  decideFreeze,
  decideSend,
  type FrozenList,
} from './farm-day.ts';
import { type DaysResult, decideDays } from './farm-days.ts';
import { decidePolicy, decideWaiting, type Replanned } from './moving.ts';
import { isLive, type OrderCore, type ParcelCore } from './order.ts';
import { decideClaimPaid, decideExpire, decidePay, type PaymentRequest } from './paying.ts';
import { decidePlace, type OrderRequest } from './placing.ts';
import {
  type Answered,
  decideAnswerQuestion,
  decideAskQuestion,
  decideCloseQuestion,
  type Asked as QuestionAsked,
} from './questioning.ts';
import {
  decideAskReceipt,
  decideReceiptDone,
  type ReceiptRequest,
  type ReceiptStep,
} from './receipting.ts';
import { decideAskDelivered, decideNotArrived } from './receiving.ts';
import {
  decideRefundAccount,
  decideRefundDone,
  decideRefundFailed,
  decideRemindRefund,
  type RefundFailure,
  type RefundStep,
} from './refunding.ts';
import { decideRemind } from './reminding.ts';
import {
  type AdvanceRequest,
  decideAdvance,
  decideCarrier,
  decideReport,
  type ReportRequest,
  type ReportResult,
  type RowReport,
} from './reporting.ts';
import type { Policy, Shop } from './shop.ts';
import type { Command } from './store.ts';
import {
  decideSeenCap,
  decideTap,
  decideWaybillTap,
  type SeenCap,
  type Tap,
  type WaybillTap,
} from './tapping.ts';
import { type ActTrace, decideUndo, owedBy, type Undone } from './undoing.ts';

export type Asked = {
  readonly shop: Shop;
  readonly now: Date;
  readonly who: Who;
  /** The acting person, when he is one of the store's people. */
  readonly actorId?: string;
};

function command<T>(asked: Asked, reads: Reads, decide: Command<T>['decide']): Command<T> {
  const { shop, now, actorId } = asked;
  return { storeId: shop.id, now, actorId, reads, decide };
}

function today({ shop, now }: Asked): string {
  return localDate(now, shop.policy.timeZone);
}

/** Day rows from a date that may be before today: an old list can still be cut. */
function daysFrom(asked: Asked, date: string): string {
  const first = today(asked);
  return date < first ? date : first;
}

export function place(
  asked: Asked,
  placing: { readonly id: string; readonly buyerId: string; readonly request: OrderRequest },
): Command<NewOrder> {
  const reads = {
    heldPerson: placing.buyerId,
    newCode: true,
    daysFrom: today(asked),
    unpaid: true,
  };
  return command(asked, reads, (state) => decidePlace(state, placing));
}

export function pay(asked: Asked, orderId: string, payment: PaymentRequest): Command<OrderCore> {
  const reads = { orderId, daysFrom: today(asked), waiting: true, openChange: true };
  return command(asked, reads, (state) => {
    const decide = isChangeOpen(state) ? decidePayChange : decidePay;
    return decide(state, payment, asked.who);
  });
}

/** Takes whatever came in by bank for an order, also for one that takes no money any more. */
export function takeDeposit(
  asked: Asked,
  orderId: string,
  request: DepositRequest,
): Command<OrderCore> {
  const reads = {
    ...{ orderId, money: true, daysFrom: today(asked) },
    ...{ waiting: true, openChange: true },
  };
  return command(asked, reads, (state) => decideDeposit(state, request, asked.who));
}

/** Offsets what a deposit paid of an order. */
export function takeBackDeposit(
  asked: Asked,
  orderId: string,
  depositId: string,
): Command<OrderCore> {
  const reads = { orderId, money: true, daysOfOrder: true };
  return command(asked, reads, (state) => decideTakeBack(state, depositId, asked.who));
}

export function revive(asked: Asked, orderId: string): Command<OrderCore> {
  const reads = { orderId, daysFrom: today(asked), unpaid: true };
  return command(asked, reads, (state) => decideRevive(state, asked.who));
}

/** Gives a part-paid order whose time was over as much time again. */
export function waitForRest(asked: Asked, orderId: string): Command<OrderCore> {
  return command(asked, { orderId }, (state) => decideWaitForRest(state, asked.who));
}

/** Answers for which refunds the account counts. */
export function giveRefundAccount(
  asked: Asked,
  orderId: string,
  account: RefundAccount,
): Command<RefundStep> {
  const reads = { orderId, money: true, refundAccount: true };
  return command(asked, reads, (state) => decideRefundAccount(state, account, asked.who));
}

/** The seller sent the money of these refunds. */
export function refundDone(
  asked: Asked,
  orderId: string,
  refundIds: readonly string[],
): Command<RefundStep> {
  const reads = { orderId, money: true };
  return command(asked, reads, (state) => decideRefundDone(state, refundIds, asked.who));
}

export function refundFailed(
  asked: Asked,
  orderId: string,
  failure: RefundFailure,
): Command<RefundStep> {
  const reads = { orderId, money: true };
  return command(asked, reads, (state) => decideRefundFailed(state, failure, asked.who));
}

/** Answers whether the buyer was reminded. */
export function remindRefund(asked: Asked, orderId: string): Command<boolean> {
  return command(asked, { orderId, money: true }, decideRemindRefund);
}

/** The seller is shown words of the bank that nobody could read. */
export function passOnNotice(asked: Asked, said: string): Command<null> {
  return command(asked, {}, () => ({
    answer: null,
    who: asked.who,
    events: [],
    notices: [{ to: { role: 'seller' }, kind: 'notice_unread', data: {}, said }],
  }));
}

/** What nobody but the farm can answer: its sellers hear it. */
export function askQuestion(
  asked: Asked,
  question: { readonly personId: string; readonly text: string },
): Command<QuestionAsked> {
  const reads = { heldPerson: question.personId, questionsOf: question.personId };
  return command(asked, reads, (state) => decideAskQuestion(state, question, asked.who));
}

/** The words go to its asker as they are. */
export function answerQuestion(
  asked: Asked,
  answer: { readonly no: number; readonly text: string; readonly isMore: boolean },
): Command<Answered> {
  const reads = { question: answer.no };
  return command(asked, reads, (state) => decideAnswerQuestion(state, answer, asked.who));
}

export function closeQuestion(asked: Asked, no: number): Command<Question> {
  return command(asked, { question: no }, (state) => decideCloseQuestion(state, no, asked.who));
}

export function askReceipt(
  asked: Asked,
  orderId: string,
  request: ReceiptRequest,
): Command<ReceiptStep> {
  const reads = { orderId, receipts: true };
  return command(asked, reads, (state) => decideAskReceipt(state, request, asked.who));
}

/** The seller made a receipt out. */
export function receiptDone(
  asked: Asked,
  orderId: string,
  receiptId: string,
): Command<ReceiptStep> {
  const reads = { orderId, receipts: true };
  return command(asked, reads, (state) => decideReceiptDone(state, receiptId, asked.who));
}

export function claimPaid(asked: Asked, orderId: string): Command<OrderCore> {
  return command(asked, { orderId }, decideClaimPaid);
}

/** Answers whether it ended. */
export function expire(asked: Asked, orderId: string): Command<boolean> {
  return command(asked, { orderId }, decideExpire);
}

/** Answers whether the buyer was reminded. */
export function remind(asked: Asked, orderId: string): Command<boolean> {
  return command(asked, { orderId }, decideRemind);
}

export function cancel(asked: Asked, orderId: string, request: CancelRequest): Command<Cancelled> {
  const reads = { orderId, money: true, daysOfOrder: true };
  return command(asked, reads, (state) => decideCancel(state, request, asked.who));
}

/** Changes parcels that are not harvested yet; what costs more waits for its difference. */
export function change(asked: Asked, orderId: string, request: ChangeRequest): Command<Changed> {
  const reads = { orderId, money: true, daysFrom: today(asked), daysOfOrder: true, unpaid: true };
  return command(asked, reads, (state) => decideChange(state, request, asked.who));
}

/** Answers whether the buyer was asked. */
export function askDelivered(asked: Asked, orderId: string, shippedBefore: Date): Command<boolean> {
  return command(asked, { orderId }, (state) => decideAskDelivered(state, shippedBefore));
}

export function reportNotArrived(
  asked: Asked,
  orderId: string,
  parcelIds: readonly string[],
): Command<readonly ParcelCore[]> {
  return command(asked, { orderId }, (state) => decideNotArrived(state, parcelIds));
}

/** Answers how many parcels the buyer hears of. */
export function tellDaily(
  asked: Asked,
  told: { readonly buyerId: string; readonly date: string },
): Command<number> {
  return command(asked, { untoldOf: told.buyerId }, (state) => decideTellDaily(state, told));
}

export function summarise(asked: Asked, date: string): Command<null> {
  return command(asked, {}, () => decideSummary(date));
}

export function complain(asked: Asked, orderId: string, said: string): Command<OrderCore> {
  return command(asked, { orderId }, (state) => decideComplain(state, said));
}

export function setCap(asked: Asked, cap: CapWanted): Command<CapResult> {
  const reads = { daysFrom: today(asked), slotsOn: cap.date, slotsAfter: cap.date };
  return command(asked, reads, (state) => decideCap(state, cap, asked.who));
}

/** Several days by one word; each is set, raised or lowered. */
export function setDays(asked: Asked, said: readonly CapWanted[]): Command<DaysResult> {
  const from = today(asked);
  const first = said.map(({ date }) => date).sort()[0] ?? from;
  const reads = { daysFrom: from, slotsAfter: addDays(first, -1) };
  return command(asked, reads, (state) => decideDays(state, said, asked.who));
}

export function cut(
  asked: Asked,
  where: { readonly date: string; readonly row: number },
): Command<CapResult> {
  const reads = { daysFrom: daysFrom(asked, where.date), slotsOn: where.date };
  return command(asked, reads, (state) => decideCut(state, where, asked.who));
}

/** To be run after a change of the policy or the holidays, with the store as it stood before. */
export function applyPolicy(asked: Asked, was: Shop | null): Command<Replanned> {
  const from = today(asked);
  const reads = { daysFrom: from, slotsAfter: addDays(from, -1) };
  return command(asked, reads, (state) => decidePolicy(state, was, asked.who));
}

export function scheduleWaiting(asked: Asked): Command<Replanned> {
  const reads = { daysFrom: today(asked), waiting: true };
  return command(asked, reads, (state) => decideWaiting(state, asked.who));
}

export function freezeList(asked: Asked, date: string): Command<FrozenList> {
  const reads = { daysFrom: daysFrom(asked, date), slotsOn: date };
  return command(asked, reads, (state) => decideFreeze(state, date, asked.who));
}

export function askEvening(asked: Asked): Command<EveningAsked> {
  const reads = { daysFrom: today(asked), askedDay: true };
  return command(asked, reads, decideAskEvening);
}

export function sendList(asked: Asked, date: string): Command<FrozenList> {
  const reads = { daysFrom: daysFrom(asked, date), slotsOn: date };
  return command(asked, reads, (state) => decideSend(state, date, asked.who));
}

export function report(asked: Asked, request: ReportRequest): Command<ReportResult> {
  const { date, rows } = request;
  const waybills = rows === 'all' ? [] : rows.flatMap((row) => row.waybills);
  const reads = { daysFrom: daysFrom(asked, date), slotsOn: date, waybills };
  return command(asked, reads, (state) => decideReport(state, request, asked.who));
}

/** A report from a view that may be old: rows are named as they were seen. */
export function tap(asked: Asked, tapped: Tap): Command<ReportResult> {
  const reads = { daysFrom: daysFrom(asked, tapped.date), slotsOn: tapped.date };
  return command(asked, reads, (state) => decideTap(state, tapped, asked.who));
}

export function tapWaybills(asked: Asked, tapped: WaybillTap): Command<ReportResult> {
  const { date, waybills } = tapped;
  const reads = { daysFrom: daysFrom(asked, date), slotsOn: date, waybills };
  return command(asked, reads, (state) => decideWaybillTap(state, tapped, asked.who));
}

export function setSeenCap(asked: Asked, cap: SeenCap): Command<CapResult> {
  const reads = { daysFrom: today(asked), slotsOn: cap.date, slotsAfter: cap.date };
  return command(asked, reads, (state) => decideSeenCap(state, cap, asked.who));
}

export type WaybillsOfParcel = RowReport & { readonly parcelId: string };

/** A report of waybills that reads only the parcels it is of: a carrier's file has many. */
export function giveWaybills(
  asked: Asked,
  { date, rows }: { readonly date: string; readonly rows: readonly WaybillsOfParcel[] },
): Command<ReportResult> {
  const reads = {
    daysFrom: daysFrom(asked, date),
    parcels: rows.map(({ parcelId }) => parcelId),
    waybills: rows.flatMap(({ waybills }) => waybills),
  };
  return command(asked, reads, (state) => {
    const slotsOn = state.parcels.filter((slot) => slot.harvestDate === date && isLive(slot));
    return decideReport({ ...state, slotsOn }, { date, rows, to: null }, asked.who);
  });
}

export function nameCarrier(
  asked: Asked,
  named: { readonly date: string; readonly rows: readonly number[]; readonly carrier: string },
): Command<{ readonly rows: readonly number[]; readonly trace: ActTrace | null }> {
  const reads = { daysFrom: daysFrom(asked, named.date), slotsOn: named.date };
  return command(asked, reads, (state) => decideCarrier(state, named, asked.who));
}

/** Takes back what the commands of an act changed; `policy` is what holds again with it. */
export function undo(
  asked: Asked,
  trace: ActTrace,
  policy: Partial<Policy> | null = null,
): Command<Undone> {
  const { parcels, days } = trace;
  const dates = [
    today(asked),
    ...days.map(({ before }) => before.date),
    ...parcels.flatMap(({ before, after }) => [before.date ?? [], after.date ?? []].flat()),
  ];
  const reads = {
    daysFrom: dates.sort()[0],
    parcels: parcels.map(({ parcelId }) => parcelId),
    owed: owedBy(asked.shop.id, trace),
  };
  return command(asked, reads, (state) => decideUndo(state, { trace, policy }, asked.who));
}

export function advanceParcels(
  asked: Asked,
  orderId: string,
  request: AdvanceRequest,
): Command<readonly ParcelPatch[]> {
  const reads = { orderId, waybills: request.waybills };
  return command(asked, reads, (state) => decideAdvance(state, request, asked.who));
}
