// The contract as bodies, the same for every engine. An engine says how a body is run: inside a
// transaction that writes, or as a reading of one moment.

import type {
  Check,
  Command,
  OnProgress,
  SenderKey,
  Store,
  Submitted,
  Watched,
} from '../src/orders/store.ts';
import type { DepositStore } from '../src/payments/store.ts';
import * as accounts from './accounts.ts';
import * as deposits from './deposits.ts';
import * as events from './events.ts';
import * as find from './finders.ts';
import { FIRST_PAGE, forgetOrdersBody, forgetPersonBody, type Page } from './forgetting.ts';
import { claimSlotBody, finishSlotBody } from './jobs.ts';
import {
  countRefusedLinks,
  createLinkBody,
  enterByLinkBody,
  followBoardLink,
  followPrintLink,
  followSession,
  listOpenLinks,
  refuse,
} from './links.ts';
import { checkOf, datesKept, type Held, holdToHash } from './list-check.ts';
import {
  type Context,
  endTurnBody,
  findAnswer,
  keepAnswerBody,
  readOpenChange,
  readUnpaid,
  rememberAnswerBody,
  submitBody,
} from './operations.ts';
import * as outbox from './outbox.ts';
import { addPageEntriesBody, findPageEntries, renewPageEntriesBody } from './pages.ts';
import * as papers from './papers.ts';
import { findTurnBody, meetPerson } from './people.ts';
import * as questions from './questions.ts';
import * as receipts from './receipts.ts';
import { toDays, toSettled } from './rows.ts';
import * as shops from './shops.ts';
import { createInviteBody, findStaffBody, joinBody, removeRolesBody } from './staff.ts';
import { all, type Body, first, q, type Statement, type Values } from './statement.ts';

/**
 * What waits for its turn behind one another: `name` is a store's id, or begins with '/'. `isFree`: what
 * is written is guarded row by row, so that other processes need not wait for it. `isAlone`: what guards it
 * does not guard it from its own transaction, so nobody else may be in that.
 */
export type Queue = {
  readonly name: string;
  readonly isFree: boolean;
  readonly isAlone?: boolean;
};

const guarded = (name: string): Queue => ({ name, isFree: false });
const free = (name: string): Queue => ({ name, isFree: true });

/** Queues of its own, so that no flood keeps messages from going out. */
const OUTBOX = free('/outbox');
/** Guarded by its count of claims; so what was sent together is settled together. */
const outboxOf = ({ id }: { readonly id: number }) => free(`/outbox ${id}`);
/** So that a flood of guessed links delays nobody's orders. */
const LINKS = free('/links');
const ANSWERS = free('/answers');
const JOBS = free('/jobs');
/** The person's row is locked against whoever is writing an order of his. */
const FORGET: Queue = { ...guarded('/forget'), isAlone: true };
/** Wrong codes are counted before one more is tried. */
const INVITES = guarded('/invites');
const HOLIDAYS = guarded('/holidays');

/** No page of the web chat is named like it. */
function liveKey({ storeId, orderId = '' }: Watched): string {
  return `live/${storeId}/${orderId}`;
}

export type InContext<T> = (context: Context) => Body<T>;

export abstract class BodyStore implements Store, DepositStore {
  readonly #wakes: (() => void)[] = [];
  /** Who waits for what comes to a page. */
  readonly #pages = new Map<string, Set<() => void>>();

  /** Runs a body that writes, after those before it in its queue; answers once it is on disk. */
  protected abstract write<T>(queue: Queue, body: InContext<T>): Promise<T>;
  /** The same for what changes stores, their products or the holidays. */
  protected abstract writeShops(queue: Queue, body: InContext<void>): Promise<void>;
  /** Runs a body that only reads; it sees one moment. */
  protected abstract read<T>(body: InContext<T>): Promise<T>;
  /** For bodies that know stores from memory: looks first whether another process changed them. */
  protected abstract readShops<T>(body: InContext<T>): Promise<T>;
  /** For what goes over all of a store: nobody who writes waits for it. It sees one moment. */
  protected readLong<P extends Values, R>(
    query: Statement<P, R>,
    values: P,
  ): Promise<readonly R[]> {
    return this.read(() => all(query, values));
  }
  /** Those rules of the doctor's that are SQL. */
  protected abstract checkRules(told?: OnProgress): Promise<Check[]>;
  /** After a person's key was destroyed. */
  protected abstract afterErasing(personId: string): Promise<void>;
  /** Names a sender's page to other processes without telling whose it is. */
  protected abstract pageOf(sender: SenderKey): string;

  abstract acquireLease: Store['acquireLease'];
  abstract takeSeat: Store['takeSeat'];
  abstract backup: Store['backup'];
  abstract isReachable: Store['isReachable'];
  abstract close(): Promise<void>;

  submit<T>(command: Command<T>): Promise<Submitted<T>> {
    return this.#change(command.storeId, (context) => submitBody(context, command));
  }

  endTurn: Store['endTurn'] = (ending) =>
    this.write(free(ending.storeId), (context) => endTurnBody(context, ending));

  rememberAnswer: Store['rememberAnswer'] = (key, answer) =>
    this.write(ANSWERS, (context) => rememberAnswerBody(context, key, answer));

  keepAnswer: Store['keepAnswer'] = (request, answer, now) =>
    this.write(ANSWERS, (context) => keepAnswerBody(context, { request, answer, now }));

  findAnswer: Store['findAnswer'] = async (request) =>
    (await this.read((context) => findAnswer(context, request)))?.answer ?? null;

  findTurn: Store['findTurn'] = (sender, requestKey) =>
    this.read((context) => findTurnBody(context, sender, requestKey));

  meet: Store['meet'] = (sender, now) =>
    // In a queue of its bot's own: a crowd at one bot delays neither others nor the outbox.
    this.write(free(`/meet ${sender.bot}`), (context) => meetPerson(context, sender, now));

  findShop: Store['findShop'] = (id) => this.readShops((context) => shops.readShop(context, id));

  listShops: Store['listShops'] = ({ states }) =>
    this.readShops((context) => shops.listShops(context, states));

  findDays: Store['findDays'] = async (storeId, from) =>
    toDays(await this.read(() => all(q.listDaysFrom, { store_id: storeId, date: from })));

  findUnpaid: Store['findUnpaid'] = (storeId) => this.read(() => readUnpaid(storeId));

  findOrder: Store['findOrder'] = (storeId, id) =>
    this.read((context) => find.findOrder(context, storeId, id));

  findOrders: Store['findOrders'] = (filter) =>
    this.read((context) => find.findOrders(context, filter));

  findSentTo: Store['findSentTo'] = (of) => this.read((context) => find.findSentTo(context, of));

  findTotals: Store['findTotals'] = (storeId, { today }) =>
    this.readShops((context) => find.findTotals(context, storeId, today));

  findDayEnd: Store['findDayEnd'] = (storeId, date) =>
    this.read(() => find.findDayEnd(storeId, date));

  findRefunds: Store['findRefunds'] = (storeId, orderId) =>
    this.read(() => find.findRefunds(storeId, orderId));

  findOpenChange: Store['findOpenChange'] = (storeId, id) =>
    this.read((context) => readOpenChange(context, { storeId, id }));

  findStoreOf: Store['findStoreOf'] = (id) => this.read(() => find.findStoreOf(id));

  countEvents: Store['countEvents'] = (after) => this.read(() => find.countEvents(after));

  countPlaced: Store['countPlaced'] = (since) => this.read(() => find.countPlaced(since));

  findHistory: Store['findHistory'] = (storeId, orderId) =>
    this.read(() => find.findHistory(storeId, orderId));

  findEvents: Store['findEvents'] = (of) => this.read(() => events.findEvents(of));

  findLastEventBefore: Store['findLastEventBefore'] = (at) =>
    this.read(() => events.findLastEventBefore(at));

  findDayList: Store['findDayList'] = (storeId, date) =>
    this.readShops((context) => find.findDayList(context, storeId, date));

  findPaper: Store['findPaper'] = (storeId, date, { now, ...of }) =>
    this.readShops((context) => papers.findPaper(context, { storeId, date, of, now }));

  findStandings: Store['findStandings'] = (storeId, of) =>
    this.read(() => papers.findStandings(storeId, of));

  findNewestList: Store['findNewestList'] = async (storeId) => {
    const row = await this.read(() => first(q.findNewestList, { store_id: storeId }));
    return row === null ? null : { date: row.date, frozenAt: row.frozen_at ?? '' };
  };

  findAskedDay: Store['findAskedDay'] = (storeId) =>
    this.read(() => first(q.findAskedDay, { store_id: storeId }));

  wasToldEarlier: Store['wasToldEarlier'] = (orderId, since) =>
    this.read(() => outbox.wasToldEarlier(orderId, since));

  putShop: Store['putShop'] = (shop) => {
    const createdAt = new Date().toISOString();
    return this.writeShops(guarded(shop.id), (context) =>
      shops.putShop(context, { ...shop, createdAt }),
    );
  };

  putProduct: Store['putProduct'] = (storeId, product) =>
    this.writeShops(guarded(storeId), (context) => shops.putProduct(context, storeId, product));

  putHoliday: Store['putHoliday'] = (date, name) =>
    this.writeShops(HOLIDAYS, (context) => shops.putHoliday(context, date, name));

  listHolidays: Store['listHolidays'] = () => this.read(() => all(q.listHolidays, {}));

  createInvite: Store['createInvite'] = (invite) =>
    this.write(free(invite.storeId), (context) => createInviteBody(context, invite));

  findSettled: Store['findSettled'] = async (storeId, { from, before }) => {
    const rows = await this.readLong(q.listSettled, { store_id: storeId, from, before });
    return rows.map((row) => toSettled(row, { from, before }));
  };

  findOpenRefunds: Store['findOpenRefunds'] = (storeId, limit) =>
    this.read((context) => find.findOpenRefunds(context, storeId, limit));

  findRefund: Store['findRefund'] = (storeId, id) =>
    this.read((context) => find.findRefund(context, storeId, id));

  findRefundsOf: Store['findRefundsOf'] = (filter) =>
    this.read((context) => find.findRefundsOf(context, filter));

  findReceipts: Store['findReceipts'] = (filter) =>
    this.read((context) => receipts.findReceipts(context, filter));

  findReceipt: Store['findReceipt'] = (storeId, id) =>
    this.read((context) => receipts.findReceipt(context, storeId, id));

  findQuestions: Store['findQuestions'] = (filter) =>
    this.read((context) => questions.findQuestions(context, filter));

  findQuestion: Store['findQuestion'] = (storeId, no) =>
    this.read((context) => questions.findQuestion(context, storeId, no));

  dropOldQuestions: Store['dropOldQuestions'] = ({ ended, asked }) => {
    const before = { ended: ended.toISOString(), asked: asked.toISOString() };
    return this.write(LINKS, () => questions.dropOldQuestions(before));
  };

  findComplaints: Store['findComplaints'] = (storeId, of) =>
    this.read(() => find.findComplaints(storeId, of));

  findStaff: Store['findStaff'] = (storeId) => this.read(() => findStaffBody(storeId));

  removeRoles: Store['removeRoles'] = (of) =>
    this.#writeAndWake(guarded(of.storeId), (context) => removeRolesBody(context, of));

  useInvite: Store['useInvite'] = (use) => this.write(INVITES, (context) => joinBody(context, use));

  createAccountCode: Store['createAccountCode'] = (code) =>
    this.write(LINKS, (context) => accounts.createAccountCode(context, code));

  lookAtAccountCode: Store['lookAtAccountCode'] = (use) =>
    this.#writeAndWake(INVITES, (context) => accounts.lookAtCode(context, use));

  linkPeople: Store['linkPeople'] = (use) =>
    this.#writeAndWake(INVITES, (context) => accounts.linkPeople(context, use));

  findAccount: Store['findAccount'] = (id) => this.read(() => accounts.findAccount(id));

  unlinkPerson: Store['unlinkPerson'] = async (of) => {
    const unlink = (context: Context) => accounts.unlinkPerson(context, of);
    const unlinked = await this.#writeAndWake(INVITES, unlink);
    if (unlinked === null) return null;
    for (const { store_id, id } of unlinked.moved)
      this.wakePage(liveKey({ storeId: store_id, orderId: id }));
    return { platform: unlinked.platform };
  };

  preferPerson: Store['preferPerson'] = (id) =>
    this.write(INVITES, () => accounts.preferPerson(id));

  setReach: Store['setReach'] = async (of) => {
    if (await this.write(OUTBOX, (context) => accounts.setReach(context, of))) this.wake();
  };

  createLink: Store['createLink'] = (link) =>
    this.write(free(link.storeId), (context) => createLinkBody(context, link));

  enterByLink: Store['enterByLink'] = (entry) =>
    this.write(LINKS, (context) => enterByLinkBody(context, entry));

  followPrintLink: Store['followPrintLink'] = async (of) => {
    const followed = await this.read((context) => followPrintLink(context, of));
    if ('refused' in followed) await this.noteRefusedLink(of.now);
    return followed;
  };

  followBoardLink: Store['followBoardLink'] = async (of) => {
    const followed = await this.read((context) => followBoardLink(context, of));
    if ('refused' in followed) await this.noteRefusedLink(of.now);
    return followed;
  };

  followSession: Store['followSession'] = async (of) => {
    const followed = await this.read((context) => followSession(context, of));
    if ('refused' in followed) await this.noteRefusedLink(of.now);
    return followed;
  };

  noteRefusedLink: Store['noteRefusedLink'] = async (now) => {
    await this.write(LINKS, () => refuse('refused', now));
  };

  endOrderLinks: Store['endOrderLinks'] = async (store_id, id) => {
    const ended = await this.write(free(store_id), () => first(q.endOrderLinks, { store_id, id }));
    if (ended === null) return null;
    this.wakePage(liveKey({ storeId: store_id, orderId: id }));
    return ended.link_generation;
  };

  abstract sign: Store['sign'];

  revokeLink: Store['revokeLink'] = async (id, now) => {
    const values = { id, now: now.toISOString() };
    return (await this.write(LINKS, () => first(q.revokeLink, values))) !== null;
  };

  dropEndedLinks: Store['dropEndedLinks'] = async (before) => {
    const values = { before: before.toISOString() };
    return (await this.write(LINKS, () => all(q.deleteEndedLinks, values))).length;
  };

  listOpenLinks: Store['listOpenLinks'] = (now, limit) =>
    this.read(() => listOpenLinks(now, limit));

  countRefusedLinks: Store['countRefusedLinks'] = (since) =>
    this.read(() => countRefusedLinks(since));

  renewPageEntries: Store['renewPageEntries'] = (sender, entries, now) =>
    this.write(guarded(`/page ${sender.user}`), (context) =>
      renewPageEntriesBody(context, { sender, entries, now }),
    );

  addPageEntries: Store['addPageEntries'] = async (sender, entries, now) => {
    // In a queue of this person's own: a busy page delays neither others nor the outbox.
    const isKnown = await this.write(guarded(`/page ${sender.user}`), (context) =>
      addPageEntriesBody(context, { sender, entries, now }),
    );
    if (isKnown) this.wakePage(this.pageOf(sender));
    return isKnown;
  };

  watchPage(sender: SenderKey, wake: () => void): () => void {
    return this.watchKey(this.pageOf(sender), wake);
  }

  watch(watched: Watched, wake: () => void): () => void {
    return this.watchKey(liveKey(watched), wake);
  }

  protected watchKey(page: string, wake: () => void): () => void {
    const watching = this.#pages.get(page) ?? new Set();
    this.#pages.set(page, watching.add(wake));
    return () => {
      watching.delete(wake);
      if (watching.size === 0 && this.#pages.get(page) === watching) this.#pages.delete(page);
    };
  }

  findPageEntries: Store['findPageEntries'] = (sender, of) =>
    this.read((context) => findPageEntries(context, sender, of));

  bookDeposit: DepositStore['bookDeposit'] = (booking) =>
    this.#change(booking.storeId, (context) => deposits.bookDepositBody(context, booking));

  settleDeposit: DepositStore['settleDeposit'] = (settling) =>
    this.#change(settling.deposit.storeId, (context) =>
      deposits.settleDepositBody(context, settling),
    );

  findDeposit: DepositStore['findDeposit'] = (id) =>
    this.read((context) => deposits.findDeposit(context, id));

  findDeposits: DepositStore['findDeposits'] = (filter) =>
    this.read((context) => deposits.findDeposits(context, filter));

  findDepositHistory: DepositStore['findDepositHistory'] = (storeId, id) =>
    this.read(() => deposits.findDepositHistory(storeId, id));

  findPayable: DepositStore['findPayable'] = (page) =>
    this.read((context) => deposits.findPayable(context, page));

  forgetPerson: Store['forgetPerson'] = async (personId, now) => {
    let page: Page | null = FIRST_PAGE;
    while (page !== null) {
      const from: Page = page;
      page = await this.write(FORGET, () => forgetOrdersBody(personId, from));
    }
    const asked = { personId, now };
    const forgotten = await this.write(FORGET, (context) => forgetPersonBody(context, asked));
    if (forgotten?.isErased) await this.afterErasing(personId);
    return forgotten;
  };

  findToForget: Store['findToForget'] = async (limit) =>
    (await this.read(() => all(q.listToForget, { limit }))).map(({ id }) => id);

  findExpired: Store['findExpired'] = (now, limit) => this.read(() => find.findExpired(now, limit));

  findRefundsToRemind: Store['findRefundsToRemind'] = (before, limit) =>
    this.read(() => find.findRefundsToRemind(before, limit));

  findToRemind: Store['findToRemind'] = (now, limit) =>
    this.read(() => find.findToRemind(now, limit));

  findUnasked: Store['findUnasked'] = (storeId, of) =>
    this.read(() => find.findUnasked(storeId, of));

  findUntoldBuyers: Store['findUntoldBuyers'] = async (storeId) => {
    const rows = await this.read(() => all(q.listUntoldBuyers, { store_id: storeId }));
    return rows.map((row) => row.buyer_id);
  };

  claimOutbox: Store['claimOutbox'] = (claim) =>
    this.write(OUTBOX, (context) => outbox.claimOutbox(context, claim));

  startSending: Store['startSending'] = (sending) =>
    this.write(outboxOf(sending.row), (context) => outbox.startSending(context, sending));

  findNotice: Store['findNotice'] = (of) => this.read((context) => outbox.findNotice(context, of));

  // Whoever waits behind it for his turn may be told now.
  confirmNotice: Store['confirmNotice'] = (of) =>
    this.#writeAndWake(outboxOf(of), (context) => outbox.confirmNotice(context, of));

  settleOutbox: Store['settleOutbox'] = (row, end, now) =>
    this.write(outboxOf(row), (context) => outbox.settleOutbox(context, { row, end, now }));

  putOffOutbox: Store['putOffOutbox'] = (rows, off) =>
    this.write(OUTBOX, () => outbox.putOffOutbox(rows, off));

  listOutbox: Store['listOutbox'] = (filter) => this.read(() => outbox.listOutbox(filter));

  findLetter: Store['findLetter'] = (id) => this.read((context) => outbox.findLetter(context, id));

  mendLetter: Store['mendLetter'] = (mend) =>
    this.#writeAndWake(OUTBOX, (context) => outbox.mendLetter(context, mend));

  raiseAlarm: Store['raiseAlarm'] = async (now) => {
    const told = await this.write(OUTBOX, (context) => outbox.raiseAlarm(context, now));
    if (told > 0) this.wake();
    return told;
  };

  queueFigures: Store['queueFigures'] = (now) => this.read(() => outbox.queueFigures(now));

  setQuietHours: Store['setQuietHours'] = (quiet) =>
    this.write(free(quiet.storeId), () => outbox.setQuietHours(quiet));

  doctor: Store['doctor'] = async (told) => {
    const checks = await this.checkRules((done, total) => told?.(done, total + 1));
    const all = [...checks, checkOf(await this.#holdLists())];
    told?.(all.length, all.length);
    return all;
  };

  claimSlot: Store['claimSlot'] = (slot, claim) =>
    this.write(JOBS, () => claimSlotBody(slot, claim));

  finishSlot: Store['finishSlot'] = (slot, result, now) =>
    this.write(JOBS, () => finishSlotBody(slot, result, now));

  findLastSlot: Store['findLastSlot'] = async (job, storeId) =>
    (await this.read(() => first(q.findLastSlot, { job, store_id: storeId })))?.slot ?? null;

  onOutbox(wake: () => void): void {
    this.#wakes.push(wake);
  }

  /** Something may be waiting in the outbox, whoever wrote it. */
  protected wake(): void {
    for (const wake of this.#wakes) wake();
  }

  /** Something may stand on a page that did not before; null: on any. */
  protected wakePage(page: string | null): void {
    const watching = page === null ? [...this.#pages.values()] : [this.#pages.get(page) ?? []];
    for (const wakes of watching) for (const wake of [...wakes]) wake();
  }

  async #holdLists(): Promise<readonly Held[]> {
    const held: Held[] = [];
    for (const { id } of await this.read(() => all(q.listStoreIds, {}))) {
      let after: string | undefined = '';
      while (after !== undefined) {
        const from: string = after;
        const { dates, isLast } = await this.read(() => datesKept(id, from));
        for (const date of dates)
          held.push(await this.read((context) => holdToHash(context, id, date)));
        after = isLast ? undefined : dates.at(-1);
      }
    }
    return held;
  }

  /** For what may owe somebody words. */
  /** What changes orders of a store: their open pages, and those of the store, are shown anew. */
  async #change<T>(storeId: string, body: InContext<T>): Promise<T> {
    const touched = new Set<string>();
    const value = await this.#writeAndWake(guarded(storeId), (context) =>
      body({ ...context, touched }),
    );
    for (const orderId of touched) this.wakePage(liveKey({ storeId, orderId }));
    this.wakePage(liveKey({ storeId }));
    return value;
  }

  async #writeAndWake<T>(queue: Queue, body: InContext<T>): Promise<T> {
    const value = await this.write(queue, body);
    this.wake();
    return value;
  }
}
