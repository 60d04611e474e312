// Turns a notice that is owed into words, when it is told. What is no longer true is not said.
import type { NoticeKind } from '../orders/change.ts';
import type { Engine } from '../payments/store.ts';
import * as account from './account-notices.ts';
import type { Reply } from './bot.ts';
import * as farm from './farm-notices.ts';
import * as money from './money-notices.ts';
import { aboutOrder, type NoticeRow, type Telling, type Words } from './notice-data.ts';
import * as order from './order-notices.ts';
import * as question from './question-notices.ts';
import * as staff from './staff-notices.ts';
import { waybillNews } from './waybill-news.ts';

const WORDS: Readonly<Record<NoticeKind, Words>> = {
  paid: aboutOrder(order.paid),
  moved: aboutOrder(order.datesChanged),
  no_date: aboutOrder(order.datesChanged),
  shipped: aboutOrder(waybillNews),
  waybill_changed: aboutOrder(waybillNews),
  delivered: aboutOrder(order.delivered),
  ask_delivered: aboutOrder(order.askDelivered),
  not_arrived: aboutOrder(order.notArrived),
  cancelled: aboutOrder(order.cancelled),
  expired: aboutOrder(order.expired),
  reminder: aboutOrder(order.reminder),
  complained: aboutOrder(order.complained),
  changed: aboutOrder(order.changed),
  taken_back: aboutOrder(order.takenBack),
  daily_status: order.dailyStatus,
  day_list: farm.dayList,
  list_delta: farm.listDelta,
  evening_question: farm.eveningQuestion,
  day_set: farm.daySet,
  report: farm.report,
  moved_summary: farm.movedSummary,
  act_undone: farm.actUndone,
  daily_summary: farm.dailySummary,
  overpaid: aboutOrder(money.overpaid),
  part_paid: aboutOrder(money.partPaid),
  part_paid_over: aboutOrder(money.partPaidOver),
  payment_taken_back: aboutOrder(money.paymentTakenBack),
  revived: aboutOrder(money.revived),
  refund_opened: aboutOrder(money.refundOpened),
  refund_done: aboutOrder(money.refundDone),
  refund_failed: aboutOrder(money.refundFailed),
  refund_reminder: aboutOrder(money.refundReminder),
  refund_due: money.refundDue,
  receipt_done: aboutOrder(money.receiptDone),
  receipt_asked: money.receiptAsked,
  deposit_asked: money.depositAsked,
  notice_unread: money.noticeUnread,
  question_asked: question.questionAsked,
  answered: question.answered,
  staff_joined: staff.staffJoined,
  role_removed: staff.roleRemoved,
  account_linked: account.linked,
  account_unlinked: account.unlinked,
  codes_locked: staff.codesLocked,
  dead_letters: staff.deadLetters,
};

/** The words for a notice, or null when there is nothing true left to say. */
export async function wordsFor(
  store: Engine,
  notice: NoticeRow,
  telling: Telling,
): Promise<Reply | null> {
  const known: Readonly<Record<string, Words | undefined>> = WORDS;
  return (await known[notice.kind]?.(store, notice, telling)) ?? null;
}
