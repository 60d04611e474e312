// Every statement the engines run, typed and named. Constants that partial indexes rely on are
// literals: a bound value would hide them from the planner.
import { type ExpressionBuilder, type Generated, type Kysely, sql } from 'kysely';
import type { Period } from '../src/orders/settlement.ts';
import { type Engine, statement } from './define.ts';
import type { Database } from './schema.ts';

/** The values of a whole row; ids that the database makes are plain numbers here. */
type Columns<T extends keyof Database> = {
  [K in keyof Database[T]]: Database[T][K] extends Generated<infer Value> ? Value : Database[T][K];
};
type InStore = { store_id: string };
type OfOrder = { store_id: string; order_id: string };
type OnDate = { store_id: string; date: string };

export const findInstall = statement<{ name: string }>()('findInstall', (db, v) =>
  db.selectFrom('install').select('value').where('name', '=', v.name),
);

// Stores, products, holidays

export const findStoreRow = statement<{ id: string }>()('findStoreRow', (db, v) =>
  db.selectFrom('stores').selectAll().where('id', '=', v.id),
);
/** Every store there is: the listing of stores is made of all. */
export const listStoreRows = statement<Record<never, never>>()('listStoreRows', (db) =>
  db.selectFrom('stores').selectAll().orderBy('id'),
);
export const listStoreIds = statement<Record<never, never>>()('listStoreIds', (db) =>
  db.selectFrom('stores').select('id').orderBy('id'),
);
export const putStoreRow = statement<Columns<'stores'>>()('putStoreRow', (db, v) =>
  db
    .insertInto('stores')
    .values({ ...pick(v, ['id', 'name', 'state', 'policy', 'business', 'created_at']) })
    .onConflict((c) =>
      c.column('id').doUpdateSet(pick(v, ['name', 'state', 'policy', 'business'])),
    ),
);
export const listProducts = statement<InStore>()('listProducts', (db, v) =>
  db
    .selectFrom('products')
    .selectAll()
    .where('store_id', '=', v.store_id)
    .orderBy('position')
    .orderBy('id'),
);
export const listAllProducts = statement<Record<never, never>>()('listAllProducts', (db) =>
  db.selectFrom('products').selectAll().orderBy('store_id').orderBy('position').orderBy('id'),
);
const PRODUCT_FIELDS = [
  'name',
  'price_krw',
  'origin',
  'sale_from',
  'sale_to',
  'ship_from',
  'ship_to',
  'daily_cap_boxes',
  'image_url',
  'description',
  'state',
] as const;
export const putProduct = statement<Columns<'products'>>()('putProduct', (db, v) =>
  db
    .insertInto('products')
    .values(pick(v, ['store_id', 'id', 'position', ...PRODUCT_FIELDS]))
    .onConflict((c) => c.columns(['store_id', 'id']).doUpdateSet(pick(v, PRODUCT_FIELDS))),
);
export const listHolidays = statement<Record<never, never>>()('listHolidays', (db) =>
  db.selectFrom('holidays').selectAll().orderBy('date'),
);
export const putHoliday = statement<{ date: string; name: string }>()('putHoliday', (db, v) =>
  db
    .insertInto('holidays')
    .values(pick(v, ['date', 'name']))
    .onConflict((c) => c.column('date').doUpdateSet({ name: v.name })),
);
export const deleteHoliday = statement<{ date: string }>()('deleteHoliday', (db, v) =>
  db.deleteFrom('holidays').where('date', '=', v.date),
);
export const findCounter = statement<{ store_id: string; name: string }>()('findCounter', (db, v) =>
  db
    .selectFrom('counters')
    .select('value')
    .where('store_id', '=', v.store_id)
    .where('name', '=', v.name),
);
export const putCounter = statement<Columns<'counters'>>()('putCounter', (db, v) =>
  db
    .insertInto('counters')
    .values(pick(v, ['store_id', 'name', 'value']))
    .onConflict((c) => c.columns(['store_id', 'name']).doUpdateSet({ value: v.value })),
);
export const bumpCounter = statement<{ store_id: string; name: string }>()('bumpCounter', (db, v) =>
  db
    .insertInto('counters')
    .values({ store_id: v.store_id, name: v.name, value: sql.lit(1) })
    .onConflict((c) =>
      c.columns(['store_id', 'name']).doUpdateSet({ value: sql`counters.value + 1` }),
    )
    .returning('value'),
);

// People, roles, invites, conversations

export const findPersonBySender = statement<{ sender_hash: string }>()(
  'findPersonBySender',
  (db, v) => db.selectFrom('people').selectAll().where('sender_hash', '=', v.sender_hash),
);
export const findPerson = statement<{ id: string }>()('findPerson', (db, v) =>
  db.selectFrom('people').selectAll().where('id', '=', v.id),
);
/** Those of a JSON list of ids. */
export const listPeopleListed = statement<{ ids: string }>()('listPeopleListed', (db, v, engine) =>
  db
    .selectFrom('people')
    .selectAll()
    .where(isListed(engine, 'id', v.ids)),
);
/** The same, whom nobody erases before the transaction ends. */
export const holdPerson = statement<{ id: string }>()('holdPerson', (db, v, engine) =>
  db
    .selectFrom('people')
    .selectAll()
    .where('id', '=', v.id)
    .$if(engine === 'postgres', (person) => person.forKeyShare()),
);
/** The same, for whoever erases him: waits for those who hold him, and then sees what they wrote. */
export const takePerson = statement<{ id: string }>()('takePerson', (db, v, engine) =>
  db
    .selectFrom('people')
    .selectAll()
    .where('id', '=', v.id)
    .$if(engine === 'postgres', (person) => person.forUpdate()),
);
/** Several at once; `people` is a JSON list of ids. */
export const insertPerson = statement<
  Pick<
    Columns<'people'>,
    'id' | 'sender_hash' | 'platform' | 'wrapped_key' | 'sealed' | 'created_at'
  >
>()('insertPerson', (db, v) =>
  db
    .insertInto('people')
    .values(pick(v, ['id', 'sender_hash', 'platform', 'wrapped_key', 'sealed', 'created_at']))
    .onConflict((c) => c.column('sender_hash').doNothing())
    .returning('id'),
);
export const sealPerson = statement<{ id: string; sealed: Uint8Array }>()('sealPerson', (db, v) =>
  db.updateTable('people').set({ sealed: v.sealed }).where('id', '=', v.id),
);
/** Everybody of an account, in the order in which they came to it. */
export const listAccount = statement<{ account_id: string }>()('listAccount', (db, v) =>
  db
    .selectFrom('people')
    .select(['id', 'platform', 'wrapped_key', 'linked_at', 'preferred', 'blocked_at'])
    .where('account_id', '=', v.account_id)
    .where('erased_at', 'is', sql.lit(null))
    .orderBy('linked_at')
    .orderBy('id'),
);
export const joinAccount = statement<{ id: string; account_id: string; now: string }>()(
  'joinAccount',
  (db, v) =>
    db
      .updateTable('people')
      .set({ account_id: v.account_id, linked_at: v.now })
      .where('id', '=', v.id),
);
export const leaveAccount = statement<{ id: string }>()('leaveAccount', (db, v) =>
  db
    .updateTable('people')
    .set({ account_id: sql.lit(null), linked_at: sql.lit(null), preferred: sql.lit(0) })
    .where('id', '=', v.id),
);
export const renameAccount = statement<{ account_id: string; name: string }>()(
  'renameAccount',
  (db, v) =>
    db.updateTable('people').set({ account_id: v.name }).where('account_id', '=', v.account_id),
);
export const preferPerson = statement<{ id: string; account_id: string }>()(
  'preferPerson',
  (db, v) =>
    db
      .updateTable('people')
      .set({ preferred: sql`case when id = ${v.id} then 1 else 0 end` })
      .where('account_id', '=', v.account_id),
);
/** His platform takes nothing that we say first. */
export const blockPerson = statement<{ id: string; now: string }>()('blockPerson', (db, v) =>
  db
    .updateTable('people')
    .set({ blocked_at: sql`coalesce(blocked_at, ${v.now})` })
    .where('id', '=', v.id),
);
export const unblockPerson = statement<{ id: string }>()('unblockPerson', (db, v) =>
  db
    .updateTable('people')
    .set({ blocked_at: sql.lit(null) })
    .where('id', '=', v.id),
);
export const refuseStatus = statement<Columns<'daily_status_off'>>()('refuseStatus', (db, v) =>
  db
    .insertInto('daily_status_off')
    .values(pick(v, ['person_id', 'since']))
    .onConflict((c) => c.column('person_id').doNothing()),
);
export const acceptStatus = statement<{ person_id: string }>()('acceptStatus', (db, v) =>
  db.deleteFrom('daily_status_off').where('person_id', '=', v.person_id),
);
export const listRolesOf = statement<{ person_id: string }>()('listRolesOf', (db, v) =>
  db
    .selectFrom('roles')
    .select(['store_id', 'role', 'quiet_from', 'quiet_to'])
    .where('person_id', '=', v.person_id),
);
export const listPeopleWithRole = statement<{ store_id: string; role: string }>()(
  'listPeopleWithRole',
  (db, v) =>
    db
      .selectFrom('roles')
      .innerJoin('people', 'people.id', 'roles.person_id')
      .select(['people.id', 'people.platform', 'people.erased_at', 'people.blocked_at'])
      .where('roles.store_id', '=', v.store_id)
      .where('roles.role', '=', v.role)
      .orderBy('people.id'),
);
export const grantRole = statement<{
  store_id: string;
  person_id: string;
  role: string;
  granted_at: string;
}>()('grantRole', (db, v) =>
  db
    .insertInto('roles')
    .values(pick(v, ['store_id', 'person_id', 'role', 'granted_at']))
    .onConflict((c) => c.columns(['store_id', 'person_id', 'role']).doNothing()),
);
export const listStaff = statement<InStore>()('listStaff', (db, v) =>
  db
    .selectFrom('roles')
    .innerJoin('people', 'people.id', 'roles.person_id')
    .select(['roles.person_id', 'roles.role', 'roles.granted_at', 'people.platform'])
    .where('roles.store_id', '=', v.store_id)
    .orderBy('roles.person_id')
    .orderBy('roles.role'),
);
export const removeRole = statement<{ store_id: string; person_id: string; role: string }>()(
  'removeRole',
  (db, v) =>
    db
      .deleteFrom('roles')
      .where('store_id', '=', v.store_id)
      .where('person_id', '=', v.person_id)
      .where('role', '=', v.role)
      .returning('role'),
);
type ToStaff = { store_id: string; person_id: string; now: string };
/** What waits for somebody as staff of a store, not as a buyer of it. */
export const dropOwedToStaff = statement<ToStaff>()('dropOwedToStaff', (db, v) =>
  db
    .updateTable('outbox')
    .set({
      state: sql.lit('dropped'),
      cause: sql.lit('no longer staff'),
      last_at: v.now,
      died_at: sql.lit(null),
    })
    .where('person_id', '=', v.person_id)
    .where('state', 'in', [sql.lit('held'), sql.lit('dead')])
    .where('store_id', '=', v.store_id)
    .where('audience', '<>', sql.lit('buyer')),
);
/** The same of what is about to be sent. */
export const dropDueToStaff = statement<ToStaff>()('dropDueToStaff', (db, v) =>
  db
    .updateTable('outbox')
    .set({
      state: sql.lit('dropped'),
      cause: sql.lit('no longer staff'),
      last_at: v.now,
      due_at: sql.lit(null),
    })
    .where('person_id', '=', v.person_id)
    .where('state', '=', sql.lit('due'))
    .where('store_id', '=', v.store_id)
    .where('audience', '<>', sql.lit('buyer')),
);
/** That a notice on personal data was shown; the newest version stays. */
export const keepNotice = statement<{ id: string; notice_version: string; notice_at: string }>()(
  'keepNotice',
  (db, v) =>
    db
      .updateTable('people')
      .set(pick(v, ['notice_version', 'notice_at']))
      .where('id', '=', v.id),
);
export const insertInvite = statement<{
  code_hash: string;
  store_id: string;
  roles: string;
  expires_at: string;
}>()('insertInvite', (db, v) =>
  db.insertInto('invites').values(pick(v, ['code_hash', 'store_id', 'roles', 'expires_at'])),
);
export const useInvite = statement<{ code_hash: string; person_id: string; now: string }>()(
  'useInvite',
  (db, v) =>
    db
      .updateTable('invites')
      .set({ used_at: v.now, used_by: v.person_id })
      .where('code_hash', '=', v.code_hash)
      .where('used_at', 'is', sql.lit(null))
      .where('expires_at', '>', v.now)
      .returning(['store_id', 'roles']),
);
export const countWrongTries = statement<{ subject: string; since: string }>()(
  'countWrongTries',
  (db, v) =>
    db
      .selectFrom('wrong_tries')
      .select((e) => e.fn.coalesce(e.fn.sum<number>('count'), sql.lit(0)).as('tries'))
      .where('subject', '=', v.subject)
      .where('at', '>', v.since),
);
export const addWrongTry = statement<{ subject: string; at: string }>()('addWrongTry', (db, v) =>
  db
    .insertInto('wrong_tries')
    .values({ subject: v.subject, at: v.at, count: sql.lit(1) })
    .onConflict((c) =>
      c.columns(['subject', 'at']).doUpdateSet({ count: sql`wrong_tries.count + 1` }),
    ),
);
export const findConversation = statement<{ person_id: string }>()('findConversation', (db, v) =>
  db.selectFrom('conversations').select(['version', 'sealed']).where('person_id', '=', v.person_id),
);
export const insertConversation = statement<{
  person_id: string;
  sealed: Uint8Array;
  updated_at: string;
}>()('insertConversation', (db, v) =>
  db
    .insertInto('conversations')
    .values({ ...pick(v, ['person_id', 'sealed', 'updated_at']), version: sql.lit(1) })
    .onConflict((c) => c.column('person_id').doNothing())
    .returning('version'),
);
export const updateConversation = statement<{
  person_id: string;
  version: number;
  sealed: Uint8Array;
  updated_at: string;
}>()('updateConversation', (db, v) =>
  db
    .updateTable('conversations')
    .set({ version: sql`version + 1`, sealed: v.sealed, updated_at: v.updated_at })
    .where('person_id', '=', v.person_id)
    .where('version', '=', v.version)
    .returning('version'),
);
/** A turn that has read it before is stale. */
export const touchConversation = statement<{ person_id: string }>()('touchConversation', (db, v) =>
  db
    .updateTable('conversations')
    .set({ version: sql`version + 1` })
    .where('person_id', '=', v.person_id),
);

// Requests

export const findRequest = statement<{ key: string }>()('findRequest', (db, v) =>
  db.selectFrom('requests').select(['body_hash', 'sealed', 'sealed_for']).where('key', '=', v.key),
);
export const insertRequest = statement<Columns<'requests'>>()('insertRequest', (db, v) =>
  db.insertInto('requests').values(pick(v, ['key', 'body_hash', 'sealed', 'sealed_for', 'at'])),
);
export const sealRequest = statement<{ key: string; sealed: Uint8Array }>()(
  'sealRequest',
  (db, v) => db.updateTable('requests').set({ sealed: v.sealed }).where('key', '=', v.key),
);

// Orders and parcels

const ORDER_MONEY = [
  'state',
  'goods_krw',
  'shipping_krw',
  'surcharge_krw',
  'total_krw',
  'paid_krw',
  'refunded_krw',
  'refund_due_krw',
  'pay_by',
  'paid_at',
  'deposited_at',
  'booking_seq',
  'claimed_paid_at',
  'remind_at',
  'handed_at',
] as const;
export type OrderMoneyValues = Pick<
  Columns<'orders'>,
  'store_id' | 'id' | (typeof ORDER_MONEY)[number]
>;
/**
 * The number of the entry that was just booked: nobody has to wait for it to write what follows. SQLite knows
 * it as the row inserted last, which a subselect in an UPDATE would make twice as slow.
 */
const justBooked = (engine: Engine, v: { store_id: string; order_id: string }) =>
  engine === 'sqlite' ? sql`last_insert_rowid()` : lastEntryOf(v);
const lastEntryOf = (v: { store_id: string; order_id: string }) =>
  sql`(select max(ledger.id) from ledger
    where ledger.store_id = ${v.store_id} and ledger.order_id = ${v.order_id})`;
export const insertOrder = statement<Omit<Columns<'orders'>, 'link_generation'>>()(
  'insertOrder',
  (db, v) =>
    db
      .insertInto('orders')
      .values(
        pick(v, [
          'store_id',
          'id',
          'code',
          'buyer_id',
          'placed_at',
          'terms_version',
          'terms',
          'sealed',
          ...ORDER_MONEY,
        ]),
      ),
);
export const updateOrder = statement<OrderMoneyValues>()('updateOrder', (db, v) =>
  db
    .updateTable('orders')
    .set(pick(v, ORDER_MONEY))
    .where('store_id', '=', v.store_id)
    .where('id', '=', v.id),
);
/** The same for an order that a payment has just paid: its place in the queue is that payment's. */
export const payOrder = statement<OrderMoneyValues>()('payOrder', (db, v, engine) =>
  db
    .updateTable('orders')
    .set({
      ...pick(v, ORDER_MONEY),
      booking_seq: sql<number>`${justBooked(engine, { store_id: v.store_id, order_id: v.id })}`,
    })
    .where('store_id', '=', v.store_id)
    .where('id', '=', v.id),
);
export const findOrderRow = statement<{ store_id: string; id: string }>()('findOrderRow', (db, v) =>
  db.selectFrom('orders').selectAll().where('store_id', '=', v.store_id).where('id', '=', v.id),
);
type OfListed = { store_id: string; ids: string };
/** Those of a JSON list of ids. */
export const listOrdersListed = statement<OfListed>()('listOrdersListed', (db, v, engine) =>
  db
    .selectFrom('orders')
    .selectAll()
    .where('store_id', '=', v.store_id)
    .where(isListed(engine, 'id', v.ids)),
);
export const findStoreOfOrder = statement<{ id: string }>()('findStoreOfOrder', (db, v) =>
  db.selectFrom('orders').select(['store_id', 'id as order_id']).where('id', '=', v.id),
);
export const findStoreOfParcel = statement<{ id: string }>()('findStoreOfParcel', (db, v) =>
  db.selectFrom('parcels').select(['store_id', 'order_id']).where('id', '=', v.id),
);
export const findOrderLinks = statement<{ id: string }>()('findOrderLinks', (db, v) =>
  db.selectFrom('orders').select(['store_id', 'link_generation']).where('id', '=', v.id),
);
export const endOrderLinks = statement<InStore & { id: string }>()('endOrderLinks', (db, v) =>
  db
    .updateTable('orders')
    .set((e) => ({ link_generation: e('link_generation', '+', sql.lit(1)) }))
    .where('store_id', '=', v.store_id)
    .where('id', '=', v.id)
    .returning('link_generation'),
);
export const endLinksOfBuyer = statement<{ buyer_id: string }>()('endLinksOfBuyer', (db, v) =>
  db
    .updateTable('orders')
    .set((e) => ({ link_generation: e('link_generation', '+', sql.lit(1)) }))
    .where('buyer_id', '=', v.buyer_id)
    .returning(['store_id', 'id']),
);
export const isCodeTaken = statement<{ store_id: string; code: string; since: string }>()(
  'isCodeTaken',
  (db, v) =>
    db
      .selectFrom('orders')
      .select('id')
      .where('store_id', '=', v.store_id)
      .where('code', '=', v.code)
      .where('placed_at', '>', v.since)
      .limit(sql.lit(1)),
);
export const listOrdersByCode = statement<{ code: string; limit: number }>()(
  'listOrdersByCode',
  (db, v) =>
    db
      .selectFrom('orders')
      .selectAll()
      .where('code', '=', v.code)
      .orderBy('placed_at', 'desc')
      .limit(v.limit),
);
export const listOrdersByCodeIn = statement<{ store_id: string; code: string; limit: number }>()(
  'listOrdersByCodeIn',
  (db, v) =>
    db
      .selectFrom('orders')
      .selectAll()
      .where('store_id', '=', v.store_id)
      .where('code', '=', v.code)
      .orderBy('placed_at', 'desc')
      .limit(v.limit),
);
/** `store_id` and `state` as '' mean any. */
export const listOrdersOfBuyer = statement<{
  buyer_id: string;
  store_id: string;
  state: string;
  limit: number;
}>()('listOrdersOfBuyer', (db, v) =>
  db
    .selectFrom('orders')
    .selectAll()
    .where('buyer_id', '=', v.buyer_id)
    .where((e) => e.or([e(e.val(v.store_id), '=', sql.lit('')), e('store_id', '=', v.store_id)]))
    .where((e) => e.or([e(e.val(v.state), '=', sql.lit('')), e('state', '=', v.state)]))
    .orderBy('placed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(v.limit),
);
/** `state` and `date` as '' mean any; a page goes on below `before` (placed_at, id). */
export const listOrders = statement<{
  store_id: string;
  state: string;
  date: string;
  since: string;
  before_at: string;
  before_id: string;
  limit: number;
}>()('listOrders', (db, v) =>
  db
    .selectFrom('orders')
    .selectAll()
    .where('store_id', '=', v.store_id)
    .where((e) => e.or([e(e.val(v.state), '=', sql.lit('')), e('state', '=', v.state)]))
    .where((e) =>
      e.or([
        e(e.val(v.date), '=', sql.lit('')),
        e.exists(
          e
            .selectFrom('parcels')
            .select('parcels.id')
            .whereRef('parcels.store_id', '=', 'orders.store_id')
            .whereRef('parcels.order_id', '=', 'orders.id')
            .where('parcels.harvest_date', '=', v.date)
            .where('parcels.state', 'not in', [sql.lit('waiting'), sql.lit('cancelled')]),
        ),
      ]),
    )
    .where('placed_at', '>=', v.since)
    .where((e) =>
      e.or([
        e('placed_at', '<', v.before_at),
        e.and([e('placed_at', '=', v.before_at), e('id', '<', v.before_id)]),
      ]),
    )
    .orderBy('placed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(v.limit),
);
/** Unpaid orders of a store, paged as above; the literal lets their own index serve. */
export const listAwaiting = statement<{
  store_id: string;
  since: string;
  before_at: string;
  before_id: string;
  limit: number;
}>()('listAwaiting', (db, v) =>
  db
    .selectFrom('orders')
    .selectAll()
    .where('store_id', '=', v.store_id)
    .where('state', '=', sql.lit('awaiting_payment'))
    .where('placed_at', '>=', v.since)
    .where((e) =>
      e.or([
        e('placed_at', '<', v.before_at),
        e.and([e('placed_at', '=', v.before_at), e('id', '<', v.before_id)]),
      ]),
    )
    .orderBy('placed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(v.limit),
);
export const sumAwaiting = statement<InStore>()('sumAwaiting', (db, v) =>
  db
    .selectFrom('orders')
    .select((e) => [
      e.fn.countAll<number>().as('orders'),
      sql<number>`coalesce(sum(total_krw - paid_krw + refunded_krw), 0)`.as('due_krw'),
      sql<number>`count(claimed_paid_at)`.as('claimed'),
    ])
    .where('store_id', '=', v.store_id)
    .where('state', '=', sql.lit('awaiting_payment')),
);
export const countPaid = statement<{ store_id: string; from: string; to: string }>()(
  'countPaid',
  (db, v) =>
    db
      .selectFrom('orders')
      .select((e) => e.fn.countAll<number>().as('orders'))
      .where('store_id', '=', v.store_id)
      .where('state', '=', sql.lit('paid'))
      .where('paid_at', '>=', v.from)
      .where('paid_at', '<', v.to),
);
export const sumToRefund = statement<InStore>()('sumToRefund', (db, v) =>
  db
    .selectFrom('orders')
    .select((e) => [
      e.fn.countAll<number>().as('orders'),
      sql<number>`coalesce(sum(refund_due_krw), 0)`.as('krw'),
    ])
    .where('store_id', '=', v.store_id)
    .where('refund_due_krw', '>', sql.lit(0)),
);
export const listExpired = statement<{ now: string; limit: number }>()('listExpired', (db, v) =>
  db
    .selectFrom('orders')
    .select(['store_id', 'id'])
    .where('state', '=', sql.lit('awaiting_payment'))
    .where('pay_by', '<=', v.now)
    .where('handed_at', 'is', sql.lit(null))
    .orderBy('pay_by')
    .limit(v.limit),
);
export const listToRemind = statement<{ now: string; limit: number }>()('listToRemind', (db, v) =>
  db
    .selectFrom('orders')
    .select(['store_id', 'id'])
    .where('state', '=', sql.lit('awaiting_payment'))
    .where('remind_at', 'is not', sql.lit(null))
    .where('remind_at', '<=', v.now)
    .orderBy('remind_at')
    .limit(v.limit),
);

const PARCEL_FIELDS = [
  'store_id',
  'id',
  'order_id',
  'no',
  'buyer_id',
  'items',
  'boxes',
  'region',
  'shipping_krw',
  'surcharge_krw',
  'state',
  'wanted_date',
  'wanted_kind',
  'harvest_date',
  'packages',
  'sealed',
] as const;
export const insertParcel = statement<Pick<Columns<'parcels'>, (typeof PARCEL_FIELDS)[number]>>()(
  'insertParcel',
  (db, v) => db.insertInto('parcels').values({ ...pick(v, PARCEL_FIELDS), untold: sql.lit(0) }),
);
/** In no order, as above. */
export const listParcelsOfOrder = statement<OfOrder>()('listParcelsOfOrder', (db, v) =>
  parcelsWithRow(db)
    .where('parcels.store_id', '=', v.store_id)
    .where('parcels.order_id', '=', v.order_id),
);
/** Of the orders in a JSON list of ids, in the order of their parcels. */
export const listParcelsListed = statement<OfListed>()('listParcelsListed', (db, v, engine) =>
  parcelsWithRow(db)
    .where('parcels.store_id', '=', v.store_id)
    .where(isListed(engine, 'parcels.order_id', v.ids))
    .orderBy('parcels.order_id')
    .orderBy('parcels.no'),
);
/** Since when it is on its way stays as it was first written, unless the step is taken back. */
export const patchParcel = statement<{
  store_id: string;
  id: string;
  state: string;
  harvest_date: string | null;
  untold: number;
  now: string;
}>()('patchParcel', (db, v) =>
  db
    .updateTable('parcels')
    .set({
      ...pick(v, ['state', 'harvest_date']),
      shipped_at: sql`case when ${v.state} in ('shipped', 'delivered', 'returned')
        then coalesce(shipped_at, ${v.now}) end`,
      untold: sql`case when state = ${v.state} then untold else ${v.untold} end`,
    })
    .where('store_id', '=', v.store_id)
    .where('id', '=', v.id),
);
export const markAsked = statement<{ store_id: string; id: string; asked_at: string }>()(
  'markAsked',
  (db, v) =>
    db
      .updateTable('parcels')
      .set({ asked_at: v.asked_at })
      .where('store_id', '=', v.store_id)
      .where('id', '=', v.id),
);
export const listUnasked = statement<{ store_id: string; before: string; limit: number }>()(
  'listUnasked',
  (db, v) =>
    db
      .selectFrom('parcels')
      .select('order_id')
      .distinct()
      .where('store_id', '=', v.store_id)
      .where('state', '=', sql.lit('shipped'))
      .where('asked_at', 'is', sql.lit(null))
      .where('shipped_at', '<', v.before)
      .limit(v.limit),
);
export const listUntoldBuyers = statement<InStore>()('listUntoldBuyers', (db, v) =>
  db
    .selectFrom('parcels')
    .select('buyer_id')
    .distinct()
    .where('store_id', '=', v.store_id)
    .where('untold', '=', sql.lit(1))
    .where((e) => e.not(e.exists(wantsNoStatus(e)))),
);
export const listUntoldOf = statement<InStore & { buyer_id: string }>()('listUntoldOf', (db, v) =>
  db
    .selectFrom('parcels')
    .select(['id', 'order_id'])
    .where('store_id', '=', v.store_id)
    .where('buyer_id', '=', v.buyer_id)
    .where('untold', '=', sql.lit(1))
    .where((e) => e.not(e.exists(wantsNoStatus(e)))),
);
function wantsNoStatus(e: ExpressionBuilder<Database, 'parcels'>) {
  return e
    .selectFrom('daily_status_off')
    .select('person_id')
    .whereRef('daily_status_off.person_id', '=', 'parcels.buyer_id');
}
export const markTold = statement<{ store_id: string; id: string }>()('markTold', (db, v) =>
  db
    .updateTable('parcels')
    .set({ untold: sql.lit(0) })
    .where('store_id', '=', v.store_id)
    .where('id', '=', v.id),
);
export const sumUnsent = statement<OnDate>()('sumUnsent', (db, v) =>
  db
    .selectFrom('parcels')
    .select((e) => [
      e.fn.countAll<number>().as('parcels'),
      sql<number>`coalesce(sum(boxes), 0)`.as('boxes'),
    ])
    .where('store_id', '=', v.store_id)
    .where('state', 'in', [sql.lit('scheduled'), sql.lit('harvested'), sql.lit('packed')])
    .where('harvest_date', '<=', v.date),
);
/** Those on their way whose buyers were not asked yet: the ones of the last days. */
export const listSentPackages = statement<InStore>()('listSentPackages', (db, v) =>
  db
    .selectFrom('parcels')
    .select('packages')
    .where('store_id', '=', v.store_id)
    .where('state', '=', sql.lit('shipped'))
    .where('asked_at', 'is', sql.lit(null)),
);
export const patchPackages = statement<{ store_id: string; id: string; packages: string }>()(
  'patchPackages',
  (db, v) =>
    db
      .updateTable('parcels')
      .set({ packages: v.packages })
      .where('store_id', '=', v.store_id)
      .where('id', '=', v.id),
);
export const patchContents = statement<{
  store_id: string;
  id: string;
  items: string;
  boxes: number;
  region: string;
  shipping_krw: number;
  surcharge_krw: number;
}>()('patchContents', (db, v) =>
  db
    .updateTable('parcels')
    .set(pick(v, ['items', 'boxes', 'region', 'shipping_krw', 'surcharge_krw']))
    .where('store_id', '=', v.store_id)
    .where('id', '=', v.id),
);
export const sealParcel = statement<{ store_id: string; id: string; sealed: Uint8Array }>()(
  'sealParcel',
  (db, v) =>
    db
      .updateTable('parcels')
      .set({ sealed: v.sealed })
      .where('store_id', '=', v.store_id)
      .where('id', '=', v.id),
);
/** A paid parcel gets its date and, with the first payment for good, its place in the queue. */
export const queueParcel = statement<{
  store_id: string;
  id: string;
  order_id: string;
  state: string;
  harvest_date: string | null;
  deposited_at: string;
}>()('queueParcel', (db, v, engine) =>
  db
    .updateTable('parcels')
    .set({
      ...pick(v, ['state', 'harvest_date']),
      deposited_at: sql`coalesce(deposited_at, ${v.deposited_at})`,
      booking_seq: sql`coalesce(booking_seq, ${justBooked(engine, v)})`,
    })
    .where('store_id', '=', v.store_id)
    .where('id', '=', v.id),
);
export const unqueueParcel = statement<InStore & { id: string; state: string }>()(
  'unqueueParcel',
  (db, v) =>
    db
      .updateTable('parcels')
      .set({
        state: v.state,
        harvest_date: sql.lit(null),
        deposited_at: sql.lit(null),
        booking_seq: sql.lit(null),
      })
      .where('store_id', '=', v.store_id)
      .where('id', '=', v.id),
);
export const listSlotsOn = statement<OnDate>()('listSlotsOn', (db, v) =>
  db
    .selectFrom('parcels')
    .leftJoin('list_rows', (j) =>
      j
        .onRef('list_rows.store_id', '=', 'parcels.store_id')
        .onRef('list_rows.parcel_id', '=', 'parcels.id')
        .on('list_rows.struck_revision', 'is', sql.lit(null)),
    )
    .select(SLOT_FIELDS)
    .select('list_rows.row')
    .where('parcels.store_id', '=', v.store_id)
    .where('parcels.harvest_date', '=', v.date)
    .where('parcels.state', 'not in', [sql.lit('waiting'), sql.lit('cancelled')]),
);
/** A parcel wherever it is, with its row where its list is frozen. */
export const findSlot = statement<{ store_id: string; id: string }>()('findSlot', (db, v) =>
  db
    .selectFrom('parcels')
    .leftJoin('list_rows', (j) =>
      j
        .onRef('list_rows.store_id', '=', 'parcels.store_id')
        .onRef('list_rows.parcel_id', '=', 'parcels.id')
        .on('list_rows.struck_revision', 'is', sql.lit(null)),
    )
    .select(SLOT_FIELDS)
    .select('list_rows.row')
    .where('parcels.store_id', '=', v.store_id)
    .where('parcels.id', '=', v.id),
);
const SLOT_FIELDS = [
  'parcels.id',
  'parcels.order_id',
  'parcels.buyer_id',
  'parcels.items',
  'parcels.boxes',
  'parcels.state',
  'parcels.wanted_date',
  'parcels.wanted_kind',
  'parcels.harvest_date',
  'parcels.deposited_at',
  'parcels.booking_seq',
  'parcels.packages',
] as const;
export const listSlotsAfter = statement<OnDate>()('listSlotsAfter', (db, v) =>
  db
    .selectFrom('parcels')
    .select([...SLOT_FIELDS, sql<number | null>`null`.as('row')])
    .where('store_id', '=', v.store_id)
    .where('harvest_date', '>', v.date)
    .where('state', 'not in', [sql.lit('waiting'), sql.lit('cancelled')]),
);
export const listSlotsWaiting = statement<InStore>()('listSlotsWaiting', (db, v) =>
  db
    .selectFrom('parcels')
    .select([...SLOT_FIELDS, sql<number | null>`null`.as('row')])
    .where('store_id', '=', v.store_id)
    .where('state', '=', sql.lit('waiting'))
    .where('booking_seq', 'is not', sql.lit(null))
    // Always so, and what makes PostgreSQL take the index of those that wait before it knows how few they are.
    .where('deposited_at', '>', sql.lit('')),
);

/** A parcel in no queue that has a date has an estimate: it belongs to an order that waits for its payment. */
export const sumUnpaid = statement<InStore>()('sumUnpaid', (db, v) =>
  db
    .selectFrom('parcels')
    .select(['harvest_date', (e) => e.fn.sum<number>('boxes').as('boxes')])
    .where('store_id', '=', v.store_id)
    .where('state', '=', sql.lit('waiting'))
    .where('booking_seq', 'is', sql.lit(null))
    .where('harvest_date', '>', sql.lit(''))
    .groupBy('harvest_date'),
);

export const countWaiting = statement<InStore>()('countWaiting', (db, v) =>
  db
    .selectFrom('parcels')
    .select((e) => e.fn.countAll<number>().as('parcels'))
    .where('store_id', '=', v.store_id)
    .where('state', '=', sql.lit('waiting'))
    .where('booking_seq', 'is not', sql.lit(null)),
);

type OfParcel = { store_id: string; parcel_id: string };
export const listWaybillsOf = statement<OfParcel>()('listWaybillsOf', (db, v) =>
  db
    .selectFrom('waybills')
    .select('waybill')
    .where('store_id', '=', v.store_id)
    .where('parcel_id', '=', v.parcel_id),
);
export const insertWaybill = statement<OfParcel & { waybill: string; at: string }>()(
  'insertWaybill',
  (db, v) => db.insertInto('waybills').values(pick(v, ['store_id', 'parcel_id', 'waybill', 'at'])),
);
export const dropWaybill = statement<OfParcel & { waybill: string }>()('dropWaybill', (db, v) =>
  db
    .deleteFrom('waybills')
    .where('store_id', '=', v.store_id)
    .where('waybill', '=', v.waybill)
    .where('parcel_id', '=', v.parcel_id),
);
export const listWaybillUses = statement<{ store_id: string; waybill: string }>()(
  'listWaybillUses',
  (db, v) =>
    db
      .selectFrom('waybills')
      .innerJoin('parcels', (j) =>
        j
          .onRef('parcels.store_id', '=', 'waybills.store_id')
          .onRef('parcels.id', '=', 'waybills.parcel_id'),
      )
      .leftJoin('list_rows', (j) =>
        j
          .onRef('list_rows.store_id', '=', 'waybills.store_id')
          .onRef('list_rows.parcel_id', '=', 'waybills.parcel_id')
          .on('list_rows.struck_revision', 'is', sql.lit(null)),
      )
      .select(['waybills.parcel_id', 'waybills.at', 'parcels.harvest_date', 'list_rows.row'])
      .where('waybills.store_id', '=', v.store_id)
      .where('waybills.waybill', '=', v.waybill)
      .where('parcels.state', '<>', sql.lit('cancelled')),
);

// Days and lists

/** In no order: with ORDER BY, SQLite prepares a statement anew for each new value, four times the cost. */
export const listDaysFrom = statement<OnDate>()('listDaysFrom', (db, v) =>
  db.selectFrom('days').selectAll().where('store_id', '=', v.store_id).where('date', '>=', v.date),
);
export const findDay = statement<OnDate>()('findDay', (db, v) =>
  db.selectFrom('days').selectAll().where('store_id', '=', v.store_id).where('date', '=', v.date),
);
const DAY_FIELDS = [
  'cap_boxes',
  'cap_source',
  'reserved_boxes',
  'product_boxes',
  'late_room_boxes',
  'revision',
  'frozen_at',
  'flagged',
] as const;
export const putDay = statement<Columns<'days'>>()('putDay', (db, v) =>
  db
    .insertInto('days')
    .values(pick(v, ['store_id', 'date', ...DAY_FIELDS]))
    .onConflict((c) => c.columns(['store_id', 'date']).doUpdateSet(pick(v, DAY_FIELDS))),
);
export const findNewestList = statement<InStore>()('findNewestList', (db, v) =>
  db
    .selectFrom('days')
    .select(['date', 'frozen_at'])
    .where('store_id', '=', v.store_id)
    .where('revision', '>', sql.lit(0))
    .orderBy('frozen_at', 'desc')
    .orderBy('date', 'desc')
    .limit(sql.lit(1)),
);
export const findAskedDay = statement<InStore>()('findAskedDay', (db, v) =>
  db.selectFrom('asked_days').select(['date', 'at']).where('store_id', '=', v.store_id),
);
export const putAskedDay = statement<Columns<'asked_days'>>()('putAskedDay', (db, v) =>
  db
    .insertInto('asked_days')
    .values(pick(v, ['store_id', 'date', 'at']))
    .onConflict((c) => c.column('store_id').doUpdateSet(pick(v, ['date', 'at']))),
);
export const insertListRow = statement<{
  store_id: string;
  date: string;
  row: number;
  parcel_id: string;
  added_revision: number;
}>()('insertListRow', (db, v) =>
  db
    .insertInto('list_rows')
    .values(pick(v, ['store_id', 'date', 'row', 'parcel_id', 'added_revision'])),
);
export const lastListRow = statement<OnDate>()('lastListRow', (db, v) =>
  db
    .selectFrom('list_rows')
    .select((e) => e.fn.coalesce(e.fn.max('row'), sql.lit(0)).as('row'))
    .where('store_id', '=', v.store_id)
    .where('date', '=', v.date),
);
export const strikeListRow = statement<OnDate & { parcel_id: string; revision: number }>()(
  'strikeListRow',
  (db, v) =>
    db
      .updateTable('list_rows')
      .set({ struck_revision: v.revision })
      .where('store_id', '=', v.store_id)
      .where('date', '=', v.date)
      .where('parcel_id', '=', v.parcel_id)
      .where('struck_revision', 'is', sql.lit(null)),
);
/** The row that a parcel had with a revision, once it was struck from it; it says something else again. */
export const reviveListRow = statement<
  OnDate & { parcel_id: string; as_of: number; revision: number }
>()('reviveListRow', (db, v) =>
  db
    .updateTable('list_rows')
    .set({ struck_revision: sql.lit(null), altered_revision: v.revision })
    .where('store_id', '=', v.store_id)
    .where('date', '=', v.date)
    .where('parcel_id', '=', v.parcel_id)
    .where('added_revision', '<=', v.as_of)
    .where('struck_revision', '>', v.as_of)
    .returning('row'),
);
export const alterListRow = statement<OnDate & { parcel_id: string; revision: number }>()(
  'alterListRow',
  (db, v) =>
    db
      .updateTable('list_rows')
      .set({ altered_revision: v.revision })
      .where('store_id', '=', v.store_id)
      .where('date', '=', v.date)
      .where('parcel_id', '=', v.parcel_id)
      .where('struck_revision', 'is', sql.lit(null)),
);
export const listListRows = statement<OnDate>()('listListRows', (db, v) =>
  db
    .selectFrom('list_rows')
    .innerJoin('parcels', (j) =>
      j
        .onRef('parcels.store_id', '=', 'list_rows.store_id')
        .onRef('parcels.id', '=', 'list_rows.parcel_id'),
    )
    .select([
      'list_rows.row',
      'list_rows.parcel_id',
      'list_rows.added_revision',
      'list_rows.struck_revision',
      'list_rows.altered_revision',
      'parcels.order_id',
    ])
    .where('list_rows.store_id', '=', v.store_id)
    .where('list_rows.date', '=', v.date)
    .orderBy('list_rows.row'),
);

/** What a row says, and under whose key it lies. */
const SAID_FIELDS = [
  'orders.code',
  'orders.sealed as order_sealed',
  'parcels.id as parcel_id',
  'parcels.order_id',
  'parcels.buyer_id',
  'parcels.items',
  'parcels.boxes',
  'parcels.packages',
  'parcels.sealed',
  'people.wrapped_key',
] as const;
/** Rows of a frozen list that came, left or changed with `since` or later, with what stands of their parcels. */
export const listSaidRows = statement<OnDate & { since: number }>()('listSaidRows', (db, v) =>
  db
    .selectFrom('list_rows')
    .innerJoin('parcels', (j) =>
      j
        .onRef('parcels.store_id', '=', 'list_rows.store_id')
        .onRef('parcels.id', '=', 'list_rows.parcel_id'),
    )
    .innerJoin('orders', (j) =>
      j
        .onRef('orders.store_id', '=', 'parcels.store_id')
        .onRef('orders.id', '=', 'parcels.order_id'),
    )
    .innerJoin('people', 'people.id', 'parcels.buyer_id')
    .select(SAID_FIELDS)
    .select([
      'list_rows.row',
      'list_rows.added_revision',
      'list_rows.struck_revision',
      'list_rows.altered_revision',
    ])
    .where('list_rows.store_id', '=', v.store_id)
    .where('list_rows.date', '=', v.date)
    .where((e) =>
      e.or([
        e('list_rows.added_revision', '>=', v.since),
        e('list_rows.struck_revision', '>=', v.since),
        e('list_rows.altered_revision', '>=', v.since),
      ]),
    ),
);
/** The parcels of a draft. */
export const listSaidOn = statement<OnDate>()('listSaidOn', (db, v) =>
  db
    .selectFrom('parcels')
    .innerJoin('orders', (j) =>
      j
        .onRef('orders.store_id', '=', 'parcels.store_id')
        .onRef('orders.id', '=', 'parcels.order_id'),
    )
    .innerJoin('people', 'people.id', 'parcels.buyer_id')
    .select(SAID_FIELDS)
    .select(['parcels.deposited_at', 'parcels.booking_seq'])
    .where('parcels.store_id', '=', v.store_id)
    .where('parcels.harvest_date', '=', v.date)
    .where('parcels.state', 'not in', [sql.lit('waiting'), sql.lit('cancelled')]),
);
/** Every parcel that ever came to a date, whatever became of it. */
export const listSaidOnceOn = statement<OnDate>()('listSaidOnceOn', (db, v, engine) =>
  db
    .selectFrom('events')
    .innerJoin('parcels', (j) =>
      j
        .onRef('parcels.store_id', '=', 'events.store_id')
        .onRef('parcels.id', '=', 'events.parcel_id'),
    )
    .innerJoin('orders', (j) =>
      j
        .onRef('orders.store_id', '=', 'parcels.store_id')
        .onRef('orders.id', '=', 'parcels.order_id'),
    )
    .innerJoin('people', 'people.id', 'parcels.buyer_id')
    .select(SAID_FIELDS)
    .select(['parcels.deposited_at', 'parcels.booking_seq', 'orders.terms'])
    .distinct()
    .where('events.store_id', '=', v.store_id)
    .where('events.event', 'in', [sql.lit('scheduled'), sql.lit('moved')])
    .where(dateOfEvent(engine), '=', v.date),
);
/** As the index `events_date` has it. */
function dateOfEvent(engine: Engine) {
  return engine === 'sqlite'
    ? sql<string>`coalesce(json_extract(events.detail, '$.date'), json_extract(events.detail, '$.to'))`
    : sql<string>`coalesce(events.detail::jsonb ->> 'date', events.detail::jsonb ->> 'to')`;
}
const REVISION_FIELDS = [
  'revision',
  'at',
  'cap_boxes',
  'total_boxes',
  'hash',
  'store_name',
] as const;
export const insertListRevision = statement<Columns<'list_revisions'>>()(
  'insertListRevision',
  (db, v) =>
    db
      .insertInto('list_revisions')
      .values({ ...pick(v, ['store_id', 'date']), ...pick(v, REVISION_FIELDS) }),
);
export const listListRevisions = statement<OnDate>()('listListRevisions', (db, v) =>
  db
    .selectFrom('list_revisions')
    .select(REVISION_FIELDS)
    .where('store_id', '=', v.store_id)
    .where('date', '=', v.date)
    .orderBy('revision'),
);
/** The dates behind `date` whose revisions are kept. */
export const listKeptDates = statement<OnDate & { limit: number }>()('listKeptDates', (db, v) =>
  db
    .selectFrom('list_revisions')
    .select('date')
    .distinct()
    .where('store_id', '=', v.store_id)
    .where('date', '>', v.date)
    .orderBy('date')
    .limit(v.limit),
);
const VERSION_FIELDS = [
  'row',
  'revision',
  'order_id',
  'parcel_id',
  'buyer_id',
  'code',
  'items',
  'boxes',
  'packages',
  'added_revision',
  'struck_revision',
  'altered_revision',
  'sealed',
] as const;
export const insertListVersion = statement<Columns<'list_versions'>>()(
  'insertListVersion',
  (db, v) =>
    db
      .insertInto('list_versions')
      .values({ ...pick(v, ['store_id', 'date']), ...pick(v, VERSION_FIELDS) }),
);
export const listListVersions = statement<OnDate>()('listListVersions', (db, v) =>
  db
    .selectFrom('list_versions')
    .innerJoin('people', 'people.id', 'list_versions.buyer_id')
    .select(VERSION_FIELDS.map((field) => `list_versions.${field}` as const))
    .select('people.wrapped_key')
    .where('list_versions.store_id', '=', v.store_id)
    .where('list_versions.date', '=', v.date),
);

// Money

export const insertLedger = statement<Omit<Columns<'ledger'>, 'id'>>()('insertLedger', (db, v) =>
  db
    .insertInto('ledger')
    .values(
      pick(v, [
        'store_id',
        'order_id',
        'kind',
        'amount_krw',
        'method',
        'sealed',
        'returns_id',
        'at',
        'booked_at',
        'deposit_id',
        'offsets_id',
      ]),
    ),
);
export const listLedgerOf = statement<OfOrder>()('listLedgerOf', (db, v) =>
  db
    .selectFrom('ledger')
    .select(['id', 'kind', 'amount_krw', 'method', 'deposit_id', 'offsets_id'])
    .where('store_id', '=', v.store_id)
    .where('order_id', '=', v.order_id)
    .orderBy('id'),
);
/**
 * What a period did to the money of each order, and what was had of it at its end. Every entry of the store
 * counts for that, so this is for a thread of its own.
 */
export const listSettled = statement<InStore & Period>()('listSettled', (db, v) => {
  const costs = sql`case when orders.deposited_at < ${v.before} then orders.total_krw else 0 end`;
  return db
    .selectFrom((e) =>
      e
        .selectFrom('ledger')
        .select([
          'order_id',
          sql<number>`sum(case when at < ${v.from} then 0 when kind = 'payment' then amount_krw
            when kind = 'adjustment' then -amount_krw else 0 end)`.as('paid_krw'),
          sql<number>`sum(case when at >= ${v.from} and kind = 'refund' then amount_krw
            else 0 end)`.as('refunded_krw'),
          sql<number>`sum(case when kind = 'payment' then amount_krw else -amount_krw end)`.as(
            'held_krw',
          ),
          sql<string>`max(at)`.as('last_at'),
        ])
        .where('store_id', '=', v.store_id)
        .where('at', '<', v.before)
        .groupBy('order_id')
        .as('moved'),
    )
    .innerJoin('orders', (j) =>
      j.on('orders.store_id', '=', v.store_id).onRef('orders.id', '=', 'moved.order_id'),
    )
    .select([
      'orders.code',
      'orders.placed_at',
      'orders.deposited_at',
      'orders.state',
      'orders.goods_krw',
      'orders.shipping_krw',
      'orders.surcharge_krw',
      'orders.total_krw',
      'moved.paid_krw',
      'moved.refunded_krw',
      'moved.held_krw',
    ])
    .where((e) =>
      e.or([e('moved.last_at', '>=', v.from), sql<boolean>`moved.held_krw <> ${costs}`]),
    )
    .orderBy('orders.placed_at')
    .orderBy('orders.id');
});
export const findOpenChange = statement<OfOrder>()('findOpenChange', (db, v) =>
  db
    .selectFrom('open_changes')
    .select(['buyer_id', 'sealed'])
    .where('store_id', '=', v.store_id)
    .where('order_id', '=', v.order_id),
);
export const putOpenChange = statement<Columns<'open_changes'>>()('putOpenChange', (db, v) =>
  db
    .insertInto('open_changes')
    .values(pick(v, ['store_id', 'order_id', 'buyer_id', 'pay_by', 'sealed']))
    .onConflict((c) =>
      c.columns(['store_id', 'order_id']).doUpdateSet(pick(v, ['pay_by', 'sealed'])),
    ),
);
export const dropOpenChange = statement<OfOrder>()('dropOpenChange', (db, v) =>
  db
    .deleteFrom('open_changes')
    .where('store_id', '=', v.store_id)
    .where('order_id', '=', v.order_id),
);
/** A refund that names no payment returns the one that was just booked. */
export const insertRefund = statement<
  Omit<Columns<'refunds'>, 'payment_id' | 'account_at' | 'reminded_at' | 'ended_at'> & {
    payment_id: number | null;
  }
>()('insertRefund', (db, v) =>
  db.insertInto('refunds').values({
    ...pick(v, [
      'store_id',
      'id',
      'order_id',
      'amount_krw',
      'state',
      'sealed',
      'sealed_for',
      'opened_at',
    ]),
    payment_id: sql`coalesce(cast(${v.payment_id} as bigint), ${lastEntryOf(v)})`,
  }),
);
/** The last payment that was booked of an order at a moment. */
export const findPaymentOf = statement<OfOrder & { booked_at: string }>()(
  'findPaymentOf',
  (db, v) =>
    db
      .selectFrom('ledger')
      .select(['id', 'at'])
      .where('store_id', '=', v.store_id)
      .where('order_id', '=', v.order_id)
      .where('kind', '=', sql.lit('payment'))
      .where('booked_at', '=', v.booked_at)
      .orderBy('id', 'desc')
      .limit(sql.lit(1)),
);
export const listRefundsOf = statement<OfOrder>()('listRefundsOf', (db, v) =>
  db
    .selectFrom('refunds')
    .select(['id', 'payment_id', 'amount_krw', 'state', 'account_at', 'reminded_at'])
    .where('store_id', '=', v.store_id)
    .where('order_id', '=', v.order_id)
    .orderBy('opened_at')
    .orderBy('id'),
);
/** Where it ends the account is erased, which nothing needs any more. */
export const patchRefund = statement<
  InStore & { id: string; state: string; reminded_at: string | null; ended_at: string | null }
>()('patchRefund', (db, v) =>
  db
    .updateTable('refunds')
    .set({
      state: v.state,
      reminded_at: sql`coalesce(reminded_at, ${v.reminded_at})`,
      ended_at: v.ended_at,
      sealed: sql`CASE WHEN CAST(${v.ended_at} AS text) IS NULL THEN sealed END`,
    })
    .where('store_id', '=', v.store_id)
    .where('id', '=', v.id),
);
export const listRefundsToRemind = statement<{ before: string; limit: number }>()(
  'listRefundsToRemind',
  (db, v) =>
    db
      .selectFrom('refunds')
      .select(['store_id', 'order_id'])
      .where('state', '=', sql.lit('needs_account'))
      .where('reminded_at', 'is', sql.lit(null))
      .where('opened_at', '<=', v.before)
      .orderBy('opened_at')
      .limit(v.limit),
);
const REFUND_FIELDS = [
  'refunds.id',
  'refunds.store_id',
  'refunds.order_id',
  'refunds.amount_krw',
  'refunds.state',
  'refunds.sealed',
  'refunds.sealed_for',
  'refunds.opened_at',
  'refunds.ended_at',
  'orders.code',
] as const;
export const listOpenRefunds = statement<InStore & { limit: number }>()(
  'listOpenRefunds',
  (db, v) =>
    db
      .selectFrom('refunds')
      .innerJoin('orders', (j) =>
        j
          .onRef('orders.store_id', '=', 'refunds.store_id')
          .onRef('orders.id', '=', 'refunds.order_id'),
      )
      .select(REFUND_FIELDS)
      .where('refunds.store_id', '=', v.store_id)
      .where('refunds.state', 'in', [sql.lit('needs_account'), sql.lit('due'), sql.lit('failed')])
      .orderBy('refunds.opened_at')
      .orderBy('refunds.id')
      .limit(v.limit),
);
/** `state` is empty for any. */
export const listRefunds = statement<InStore & { state: string; limit: number }>()(
  'listRefunds',
  (db, v) =>
    db
      .selectFrom('refunds')
      .innerJoin('orders', (j) =>
        j
          .onRef('orders.store_id', '=', 'refunds.store_id')
          .onRef('orders.id', '=', 'refunds.order_id'),
      )
      .select(REFUND_FIELDS)
      .where('refunds.store_id', '=', v.store_id)
      .where((e) => e.or([e('refunds.state', '=', v.state), sql<boolean>`${v.state} = ''`]))
      .orderBy('refunds.opened_at', 'desc')
      .orderBy('refunds.id', 'desc')
      .limit(v.limit),
);
export const findRefundRow = statement<InStore & { id: string }>()('findRefundRow', (db, v) =>
  db
    .selectFrom('refunds')
    .innerJoin('orders', (j) =>
      j
        .onRef('orders.store_id', '=', 'refunds.store_id')
        .onRef('orders.id', '=', 'refunds.order_id'),
    )
    .select(REFUND_FIELDS)
    .where('refunds.store_id', '=', v.store_id)
    .where('refunds.id', '=', v.id),
);
/** In place of an account that was given before, too, or that the money could not be sent to. */
export const giveRefundAccount = statement<
  InStore & { id: string; sealed: Uint8Array; sealed_for: string; account_at: string | null }
>()('giveRefundAccount', (db, v) =>
  db
    .updateTable('refunds')
    .set({
      state: sql.lit('due'),
      ...pick(v, ['sealed', 'sealed_for']),
      account_at: sql`coalesce(${v.account_at}, account_at)`,
    })
    .where('store_id', '=', v.store_id)
    .where('id', '=', v.id),
);
/** The account of an order's open refunds, which is one for all of them. */
export const findRefundAccount = statement<OfOrder>()('findRefundAccount', (db, v) =>
  db
    .selectFrom('refunds')
    .select(['sealed', 'sealed_for'])
    .where('store_id', '=', v.store_id)
    .where('order_id', '=', v.order_id)
    .where('sealed', 'is not', sql.lit(null))
    .orderBy('opened_at', 'desc')
    .limit(sql.lit(1)),
);
/** The words that were kept of some notices, because of what they hold; what is still to be said is said anew. */
export const dropWords = statement<{ from: string; to: string }>()('dropWords', (db, v) =>
  db
    .updateTable('outbox')
    .set({ content: sql.lit(null) })
    .where('state', '<>', sql.lit('due'))
    .where('id', 'in', (e) =>
      e
        .selectFrom('outbox as said')
        .select(sql<number>`coalesce(said.bundle_id, said.id)`.as('id'))
        .where('said.key', '>=', v.from)
        .where('said.key', '<', v.to),
    ),
);

// Receipts

export const listReceiptsOf = statement<OfOrder>()('listReceiptsOf', (db, v) =>
  db
    .selectFrom('receipts')
    .select(['store_id', 'id', 'kind', 'state', 'sealed', 'sealed_for'])
    .where('store_id', '=', v.store_id)
    .where('order_id', '=', v.order_id)
    .orderBy('asked_at')
    .orderBy('id'),
);
/** The same one asked for again keeps the moment it was asked for first. */
export const putReceipt = statement<Columns<'receipts'>>()('putReceipt', (db, v) =>
  db
    .insertInto('receipts')
    .values(
      pick(v, [
        'store_id',
        'id',
        'order_id',
        'kind',
        'state',
        'sealed',
        'sealed_for',
        'asked_at',
        'done_at',
      ]),
    )
    .onConflict((c) =>
      c.columns(['store_id', 'id']).doUpdateSet(pick(v, ['sealed', 'sealed_for'])),
    ),
);
export const receiptDone = statement<InStore & { id: string; done_at: string }>()(
  'receiptDone',
  (db, v) =>
    db
      .updateTable('receipts')
      .set({ state: sql.lit('done'), done_at: v.done_at })
      .where('store_id', '=', v.store_id)
      .where('id', '=', v.id),
);
const RECEIPT_FIELDS = [
  'receipts.store_id',
  'receipts.id',
  'receipts.order_id',
  'receipts.kind',
  'receipts.state',
  'receipts.sealed',
  'receipts.sealed_for',
  'receipts.asked_at',
  'receipts.done_at',
  'orders.code',
  'orders.total_krw',
  'orders.state as order_state',
] as const;
/** Those of orders that are neither over nor cancelled, oldest first. */
export const listAskedReceipts = statement<InStore & { limit: number }>()(
  'listAskedReceipts',
  (db, v) =>
    db
      .selectFrom('receipts')
      .innerJoin('orders', (j) =>
        j
          .onRef('orders.store_id', '=', 'receipts.store_id')
          .onRef('orders.id', '=', 'receipts.order_id'),
      )
      .select(RECEIPT_FIELDS)
      .where('receipts.store_id', '=', v.store_id)
      .where('receipts.state', '=', sql.lit('asked'))
      .where('orders.state', 'in', [sql.lit('awaiting_payment'), sql.lit('paid')])
      .orderBy('receipts.asked_at')
      .orderBy('receipts.id')
      .limit(v.limit),
);
/** `state` is empty for any. */
export const listReceipts = statement<InStore & { state: string; limit: number }>()(
  'listReceipts',
  (db, v) =>
    db
      .selectFrom('receipts')
      .innerJoin('orders', (j) =>
        j
          .onRef('orders.store_id', '=', 'receipts.store_id')
          .onRef('orders.id', '=', 'receipts.order_id'),
      )
      .select(RECEIPT_FIELDS)
      .where('receipts.store_id', '=', v.store_id)
      .where((e) => e.or([e('receipts.state', '=', v.state), sql<boolean>`${v.state} = ''`]))
      .orderBy('receipts.asked_at', 'desc')
      .orderBy('receipts.id', 'desc')
      .limit(v.limit),
);
export const findReceiptRow = statement<InStore & { id: string }>()('findReceiptRow', (db, v) =>
  db
    .selectFrom('receipts')
    .innerJoin('orders', (j) =>
      j
        .onRef('orders.store_id', '=', 'receipts.store_id')
        .onRef('orders.id', '=', 'receipts.order_id'),
    )
    .select(RECEIPT_FIELDS)
    .where('receipts.store_id', '=', v.store_id)
    .where('receipts.id', '=', v.id),
);
export const countAskedReceipts = statement<InStore>()('countAskedReceipts', (db, v) =>
  db
    .selectFrom('receipts')
    .innerJoin('orders', (j) =>
      j
        .onRef('orders.store_id', '=', 'receipts.store_id')
        .onRef('orders.id', '=', 'receipts.order_id'),
    )
    .select(({ fn }) => fn.countAll<number>().as('receipts'))
    .where('receipts.store_id', '=', v.store_id)
    .where('receipts.state', '=', sql.lit('asked'))
    .where('orders.state', 'in', [sql.lit('awaiting_payment'), sql.lit('paid')]),
);

// Questions

export const insertQuestion = statement<Columns<'questions'>>()('insertQuestion', (db, v) =>
  db
    .insertInto('questions')
    .values(pick(v, ['store_id', 'no', 'person_id', 'state', 'sealed', 'asked_at', 'ended_at'])),
);
export const endQuestion = statement<InStore & { no: number; state: string; ended_at: string }>()(
  'endQuestion',
  (db, v) =>
    db
      .updateTable('questions')
      .set(pick(v, ['state', 'ended_at']))
      .where('store_id', '=', v.store_id)
      .where('no', '=', v.no),
);
export const findQuestionRow = statement<InStore & { no: number }>()('findQuestionRow', (db, v) =>
  db.selectFrom('questions').selectAll().where('store_id', '=', v.store_id).where('no', '=', v.no),
);
export const listOpenQuestionsOf = statement<InStore & { person_id: string }>()(
  'listOpenQuestionsOf',
  (db, v) =>
    db
      .selectFrom('questions')
      .selectAll()
      .where('person_id', '=', v.person_id)
      .where('store_id', '=', v.store_id)
      .where('state', '=', sql.lit('open'))
      .orderBy('no'),
);
export const listOpenQuestions = statement<InStore & { limit: number }>()(
  'listOpenQuestions',
  (db, v) =>
    db
      .selectFrom('questions')
      .selectAll()
      .where('store_id', '=', v.store_id)
      .where('state', '=', sql.lit('open'))
      .orderBy('asked_at')
      .orderBy('no')
      .limit(v.limit),
);
/** `state` is empty for any. */
export const listQuestions = statement<InStore & { state: string; limit: number }>()(
  'listQuestions',
  (db, v) =>
    db
      .selectFrom('questions')
      .selectAll()
      .where('store_id', '=', v.store_id)
      .where((e) => e.or([e('state', '=', v.state), sql<boolean>`${v.state} = ''`]))
      .orderBy('no', 'desc')
      .limit(v.limit),
);
export const dropQuestionsOf = statement<{ person_id: string }>()('dropQuestionsOf', (db, v) =>
  db.deleteFrom('questions').where('person_id', '=', v.person_id).returning(['store_id', 'no']),
);
export const dropOldQuestions = statement<{ ended: string; asked: string }>()(
  'dropOldQuestions',
  (db, v) =>
    db
      .deleteFrom('questions')
      .where((e) => e.or([e('ended_at', '<', v.ended), e('asked_at', '<', v.asked)]))
      .returning(['store_id', 'no']),
);

// Deposits

export const insertDeposit = statement<Columns<'deposits'>>()('insertDeposit', (db, v) =>
  db
    .insertInto('deposits')
    .values(
      pick(v, [
        'store_id',
        'id',
        'at',
        'amount_krw',
        'balance_krw',
        'source',
        'state',
        'orders',
        'sealed',
        'booked_at',
      ]),
    ),
);
/** Of the same amount at about the same time, oldest first. */
export const listAlikeDeposits = statement<
  InStore & { amount_krw: number; from: string; to: string }
>()('listAlikeDeposits', (db, v) =>
  db
    .selectFrom('deposits')
    .selectAll()
    .where('store_id', '=', v.store_id)
    .where('amount_krw', '=', v.amount_krw)
    .where('at', '>=', v.from)
    .where('at', '<=', v.to)
    .orderBy('at')
    .orderBy('id'),
);
export const findDepositRow = statement<InStore & { id: string }>()('findDepositRow', (db, v) =>
  db.selectFrom('deposits').selectAll().where('store_id', '=', v.store_id).where('id', '=', v.id),
);
export const findStoreOfDeposit = statement<{ id: string }>()('findStoreOfDeposit', (db, v) =>
  db.selectFrom('deposits').select('store_id').where('id', '=', v.id),
);
/** Newest first; an empty state means any. */
export const listDeposits = statement<InStore & { state: string; since: string; limit: number }>()(
  'listDeposits',
  (db, v) =>
    db
      .selectFrom('deposits')
      .selectAll()
      .where('store_id', '=', v.store_id)
      .where((e) => e.or([e(e.val(v.state), '=', sql.lit('')), e('state', '=', v.state)]))
      .where('at', '>=', v.since)
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(v.limit),
);
export const countAskedDeposits = statement<InStore>()('countAskedDeposits', (db, v) =>
  db
    .selectFrom('deposits')
    .select((e) => [
      e.fn.countAll<number>().as('deposits'),
      sql<number>`coalesce(sum(amount_krw), 0)`.as('krw'),
    ])
    .where('store_id', '=', v.store_id)
    .where('state', '=', sql.lit('asked')),
);
/** Only as long as it is what the caller saw. */
export const settleDepositRow = statement<
  InStore & { id: string; was: string; state: string; orders: string }
>()('settleDepositRow', (db, v) =>
  db
    .updateTable('deposits')
    .set(pick(v, ['state', 'orders']))
    .where('store_id', '=', v.store_id)
    .where('id', '=', v.id)
    .where('state', '=', v.was)
    .returning('id'),
);
/** What a later source knew better. */
export const completeDeposit = statement<
  InStore & { id: string; balance_krw: number | null; sealed: Uint8Array }
>()('completeDeposit', (db, v) =>
  db
    .updateTable('deposits')
    .set({ balance_krw: sql`coalesce(balance_krw, ${v.balance_krw})`, sealed: v.sealed })
    .where('store_id', '=', v.store_id)
    .where('id', '=', v.id),
);
export const insertDepositAct = statement<Omit<Columns<'deposit_acts'>, 'id'>>()(
  'insertDepositAct',
  (db, v) =>
    db
      .insertInto('deposit_acts')
      .values(pick(v, ['store_id', 'deposit_id', 'at', 'who', 'act', 'detail'])),
);
export const listDepositActs = statement<InStore & { deposit_id: string }>()(
  'listDepositActs',
  (db, v) =>
    db
      .selectFrom('deposit_acts')
      .select(['at', 'who', 'act', 'detail'])
      .where('store_id', '=', v.store_id)
      .where('deposit_id', '=', v.deposit_id)
      .orderBy('id'),
);
/** Which orders a deposit was booked on. */
export const listLedgerOfDeposit = statement<InStore & { deposit_id: string }>()(
  'listLedgerOfDeposit',
  (db, v) =>
    db
      .selectFrom('ledger')
      .select(['id', 'order_id', 'amount_krw'])
      .where('store_id', '=', v.store_id)
      .where('deposit_id', '=', v.deposit_id)
      .orderBy('id'),
);
/** A payment confirmed by hand that no deposit is tied to. */
export const tieDeposit = statement<InStore & { deposit_id: string; order_id: string }>()(
  'tieDeposit',
  (db, v) =>
    db
      .updateTable('ledger')
      .set({ deposit_id: v.deposit_id })
      .where('store_id', '=', v.store_id)
      .where('order_id', '=', v.order_id)
      .where('kind', '=', sql.lit('payment'))
      .where('method', '=', sql.lit('manual'))
      .where('deposit_id', 'is', sql.lit(null))
      .returning('id'),
);
export const untieDeposit = statement<InStore & { deposit_id: string }>()('untieDeposit', (db, v) =>
  db
    .updateTable('ledger')
    .set({ deposit_id: sql.lit(null) })
    .where('store_id', '=', v.store_id)
    .where('deposit_id', '=', v.deposit_id)
    .where('method', '=', sql.lit('manual')),
);
// History

export const insertEvent = statement<Omit<Columns<'events'>, 'id'>>()('insertEvent', (db, v) =>
  db
    .insertInto('events')
    .values(pick(v, ['store_id', 'order_id', 'parcel_id', 'at', 'who', 'event', 'detail'])),
);
export const listEventsOf = statement<OfOrder>()('listEventsOf', (db, v) =>
  db
    .selectFrom('events')
    .selectAll()
    .where('store_id', '=', v.store_id)
    .where('order_id', '=', v.order_id)
    .orderBy('id'),
);
export const listComplaints = statement<InStore & { since: string; limit: number }>()(
  'listComplaints',
  (db, v) =>
    db
      .selectFrom('events')
      .innerJoin('orders', (j) =>
        j
          .onRef('orders.store_id', '=', 'events.store_id')
          .onRef('orders.id', '=', 'events.order_id'),
      )
      .select(['events.order_id', 'events.at', 'orders.code'])
      .where('events.store_id', '=', v.store_id)
      .where('events.event', '=', sql.lit('complained'))
      .where('events.at', '>=', v.since)
      .orderBy('events.at', 'desc')
      .limit(v.limit),
);
/** The history of all orders as it was written, behind an entry. */
export const listEventsAfter = statement<{ after: number; limit: number }>()(
  'listEventsAfter',
  (db, v) =>
    db.selectFrom('events').selectAll().where('id', '>', v.after).orderBy('id').limit(v.limit),
);
export const listEventsOfAfter = statement<OfOrder & { after: number; limit: number }>()(
  'listEventsOfAfter',
  (db, v) =>
    db
      .selectFrom('events')
      .selectAll()
      .where('store_id', '=', v.store_id)
      .where('order_id', '=', v.order_id)
      .where('id', '>', v.after)
      .orderBy('id')
      .limit(v.limit),
);
export const listEventsBefore = statement<{ before: number; limit: number }>()(
  'listEventsBefore',
  (db, v) =>
    db
      .selectFrom('events')
      .select(['id', 'at'])
      .where('id', '<', v.before)
      .orderBy('id', 'desc')
      .limit(v.limit),
);
export const countEventsAfter = statement<{ id: number }>()('countEventsAfter', (db, v) =>
  db
    .selectFrom('events')
    .select(['event', (e) => e.fn.countAll<number>().as('count'), (e) => e.fn.max('id').as('last')])
    .where('id', '>', v.id)
    .groupBy('event'),
);
/** Store by store, by the index of its newest orders: a cross join keeps SQLite to this order. */
export const countPlaced = statement<{ since: string }>()('countPlaced', (db, v) =>
  db
    .selectFrom('stores')
    .crossJoin('orders')
    .innerJoin('people', 'people.id', 'orders.buyer_id')
    .select((e) => [
      'orders.store_id',
      'people.platform',
      sql<string>`substr(orders.placed_at, 1, 16)`.as('minute'),
      e.fn.countAll<number>().as('orders'),
    ])
    .whereRef('orders.store_id', '=', 'stores.id')
    .where('orders.placed_at', '>=', v.since)
    .groupBy(['orders.store_id', 'people.platform', sql`substr(orders.placed_at, 1, 16)`]),
);
export const lastEventId = statement<Record<never, never>>()('lastEventId', (db) =>
  db.selectFrom('events').select((e) => e.fn.max('id').as('id')),
);

// The outbox

/** A key that is there already wins: the message it names is owed once. */
export const insertOutbox = statement<{
  store_id: string;
  person_id: string;
  key: string;
  kind: string;
  order_id: string | null;
  data: string;
  state: string;
  due_at: string | null;
  created_at: string;
  said: Uint8Array | null;
  audience: string;
  cause: string | null;
  owner_id: string | null;
}>()('insertOutbox', (db, v) =>
  db
    .insertInto('outbox')
    .values({
      ...pick(v, [
        'store_id',
        'person_id',
        'key',
        'kind',
        'order_id',
        'data',
        'state',
        'due_at',
        'created_at',
        'said',
        'audience',
        'cause',
        'owner_id',
      ]),
      attempts: sql.lit(0),
    })
    .onConflict((c) => c.column('key').doNothing()),
);
type Owing = {
  store_id: string;
  kind: string;
  order_id: string | null;
  data: string;
  due_at: string;
  created_at: string;
  audience: string;
  /** The beginning of the key, which ends with whom it is for. */
  key: string;
  /** Between commas: platforms on which a notice waits for the next contact. */
  hold_for: string;
};
type Routing = Pick<Owing, 'hold_for'> & {
  /** 0: told where it belongs and nowhere else. */
  is_routed: number;
  /** Where it did not get through ('' for nowhere). */
  but: string;
};
/**
 * Where somebody of `people` is told something: the person whom his account prefers, else he himself, else
 * who of it wrote last; null where nobody can be spoken to first.
 */
function routeOf(v: Routing) {
  return sql<string | null>`(select open.id from people as open
    left join conversations on conversations.person_id = open.id
    where (open.id = people.id
        or (open.account_id = people.account_id and cast(${v.is_routed} as integer) = 1))
      and open.id <> ${v.but} and open.blocked_at is null and open.erased_at is null
      and cast(${v.hold_for} as text) not like '%,' || open.platform || ',%'
    order by open.preferred desc, case when open.id = people.id then 0 else 1 end,
      coalesce(conversations.updated_at, '') desc, open.id limit 1)`;
}
export const findRoute = statement<Routing & { person_id: string }>()('findRoute', (db, v) =>
  db
    .selectFrom('people')
    .select(['people.id', routeOf(v).as('route_id')])
    .where('people.id', '=', v.person_id)
    .where('people.erased_at', 'is', sql.lit(null)),
);
/** The row of `insertOutbox` for everybody of `people`, told to `via`: nobody has to look him up before. */
function owed(v: Owing) {
  const isHeld = sql`(via.blocked_at is not null
    or cast(${v.hold_for} as text) like '%,' || via.platform || ',%')`;
  return [
    sql<string>`cast(${v.store_id} as text)`.as('store_id'),
    sql<string>`via.id`.as('person_id'),
    sql<string>`cast(${v.key} as text) || people.id`.as('key'),
    sql<string>`cast(${v.kind} as text)`.as('kind'),
    sql<string | null>`cast(${v.order_id} as text)`.as('order_id'),
    sql<string>`cast(${v.data} as text)`.as('data'),
    sql<string>`case when ${isHeld} then 'held' else 'due' end`.as('state'),
    sql<string | null>`case when ${isHeld} then null else cast(${v.due_at} as text) end`.as(
      'due_at',
    ),
    sql<string>`cast(${v.created_at} as text)`.as('created_at'),
    sql<string>`cast(${v.audience} as text)`.as('audience'),
    sql<number>`0`.as('attempts'),
    sql<string | null>`case when via.blocked_at is not null then 'blocked' end`.as('cause'),
    sql<string | null>`case when via.id <> people.id then people.id end`.as('owner_id'),
  ] as const;
}
const OWED_COLUMNS = [
  'store_id',
  'person_id',
  'key',
  'kind',
  'order_id',
  'data',
  'state',
  'due_at',
  'created_at',
  'audience',
  'attempts',
  'cause',
  'owner_id',
] as const;
/** Owes a person a notice, unless he is erased. */
export const owePerson = statement<Owing & Routing & { person_id: string }>()(
  'owePerson',
  (db, v) =>
    db
      .insertInto('outbox')
      .columns(OWED_COLUMNS)
      .expression(
        db
          .selectFrom('people')
          .innerJoin('people as via', (j) =>
            j.on('via.id', '=', sql<string>`coalesce(${routeOf(v)}, people.id)`),
          )
          .select(owed(v))
          .where('people.id', '=', v.person_id)
          .where('people.erased_at', 'is', sql.lit(null)),
      )
      .onConflict((c) => c.column('key').doNothing()),
);
/** The same for all with a role in a place, but for one of them ('' for nobody). */
export const oweRole = statement<Owing & { place: string; role: string; but: string }>()(
  'oweRole',
  (db, v) =>
    db
      .insertInto('outbox')
      .columns(OWED_COLUMNS)
      .expression(
        db
          .selectFrom('roles')
          .innerJoin('people', 'people.id', 'roles.person_id')
          .innerJoin('people as via', 'via.id', 'people.id')
          .select(owed(v))
          .where('roles.store_id', '=', v.place)
          .where('roles.role', '=', v.role)
          .where('people.id', '<>', v.but)
          .where('people.erased_at', 'is', sql.lit(null))
          .orderBy('people.id'),
      )
      .onConflict((c) => c.column('key').doNothing()),
);

/** The notices whose keys lie in a range: those of one command about one thing. */
export const listOwed = statement<{ from: string; to: string }>()('listOwed', (db, v) =>
  db
    .selectFrom('outbox')
    .select(['id', 'audience', 'order_id', 'state', 'attempts'])
    .select(sql<string>`coalesce(owner_id, person_id)`.as('person_id'))
    .select(sql<number>`content is not null`.as('is_worded'))
    .where('key', '>=', v.from)
    .where('key', '<', v.to),
);
/** What nobody was told yet and nobody needs to hear any more. */
export const retractNotice = statement<{ id: number; now: string }>()('retractNotice', (db, v) =>
  db
    .updateTable('outbox')
    .set({
      state: sql.lit('dropped'),
      due_at: sql.lit(null),
      cause: sql.lit('undone'),
      last_at: v.now,
    })
    .where('id', '=', v.id)
    .where('state', 'in', [sql.lit('due'), sql.lit('held'), sql.lit('dead')]),
);

/** Those of them that somebody has read since then. */
export const listToldSince = statement<{ from: string; to: string; since: string }>()(
  'listToldSince',
  (db, v) =>
    db
      .selectFrom('outbox')
      .select('data')
      .where('key', '>=', v.from)
      .where('key', '<', v.to)
      .where('state', '=', sql.lit('done'))
      .where('last_at', '>=', v.since),
);
/** What was put off need not wait when more is to be told with it. */
export const bringForward = statement<{ from: string; to: string; now: string }>()(
  'bringForward',
  (db, v) =>
    db
      .updateTable('outbox')
      .set({ due_at: v.now })
      .where('key', '>=', v.from)
      .where('key', '<', v.to)
      .where('state', '=', sql.lit('due'))
      .where('put_off', '=', sql.lit(1)),
);

const NOTICE_FIELDS = [
  'id',
  'store_id',
  'key',
  'kind',
  'order_id',
  'data',
  'said',
  'created_at',
  'owner_id',
] as const;
/**
 * What waits for a person's next contact, also what could not reach him. In no order and all of it, as
 * with the days: the caller sorts and cuts.
 */
export const listHeld = statement<{ person_id: string }>()('listHeld', (db, v) =>
  db
    .selectFrom('outbox')
    .select([...NOTICE_FIELDS, 'content', 'audience'])
    .where('person_id', '=', v.person_id)
    .where('state', 'in', [sql.lit('held'), sql.lit('dead')]),
);
export const listBundled = statement<{ bundle_id: number }>()('listBundled', (db, v) =>
  db.selectFrom('outbox').select(NOTICE_FIELDS).where('bundle_id', '=', v.bundle_id).orderBy('id'),
);
/** To the person or to whoever is linked with him. */
export const showHeld = statement<{ id: number; person_id: string; now: string }>()(
  'showHeld',
  (db, v) =>
    db
      .updateTable('outbox')
      .set({ state: sql.lit('done'), last_at: v.now, died_at: sql.lit(null) })
      .where('id', '=', v.id)
      .where(
        sql<boolean>`(person_id = ${v.person_id} or exists (select 1 from people as own
        inner join people as other on other.account_id = own.account_id
        where own.id = ${v.person_id} and other.id = outbox.person_id))`,
      )
      .where('state', 'in', [sql.lit('held'), sql.lit('dead')])
      .returning('id'),
);
/**
 * The people whose rows have waited longest. Nobody is ready while a row of his is in somebody's hand or
 * waits for its next try, so that his messages keep their order. PostgreSQL holds them until they are
 * claimed, and passes over whom another process is just about to claim.
 */
export const listReady = statement<{ now: string; limit: number }>()('listReady', (db, v, engine) =>
  db
    .selectFrom('outbox as ready')
    .innerJoin('people', 'people.id', 'ready.person_id')
    .select(['people.id', 'people.wrapped_key', 'people.sealed', 'people.erased_at'])
    .select(['people.account_id', 'people.blocked_at'])
    .where('ready.state', '=', sql.lit('due'))
    .where('ready.due_at', '<=', v.now)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('outbox as busy')
            .select('busy.id')
            .whereRef('busy.person_id', '=', 'ready.person_id')
            .where('busy.state', '=', sql.lit('due'))
            .where('busy.due_at', '>', v.now)
            .where('busy.put_off', '=', sql.lit(0)),
        ),
      ),
    )
    .orderBy('ready.due_at')
    .orderBy('ready.id')
    .limit(v.limit)
    .$if(engine === 'postgres', (waiting) => waiting.forNoKeyUpdate('people').skipLocked()),
);
/** Everything that is due for these people, a JSON list: what is due together is told together. */
export const claimOutbox = statement<{ now: string; lease_until: string; people: string }>()(
  'claimOutbox',
  (db, v, engine) =>
    db
      .updateTable('outbox')
      .set({
        due_at: v.lease_until,
        attempts: sql`attempts + 1`,
        claims: sql`claims + 1`,
        put_off: sql.lit(0),
        first_at: sql`coalesce(first_at, ${v.now})`,
        last_at: v.now,
      })
      .where('state', '=', sql.lit('due'))
      .where('due_at', '<=', v.now)
      .where(isListed(engine, 'person_id', v.people))
      .returning([
        ...NOTICE_FIELDS,
        'person_id',
        'audience',
        'attempts',
        'claims',
        'copies',
        'edits',
        'cause',
        'content',
        'moves',
      ]),
);
type Claimed = { id: number; claims: number };
export const findClaimed = statement<Claimed>()('findClaimed', (db, v) =>
  db
    .selectFrom('outbox')
    .select('id')
    .where('id', '=', v.id)
    .where('claims', '=', v.claims)
    .where('state', '=', sql.lit('due')),
);
export const startSending = statement<{
  id: number;
  content: Uint8Array;
  copies: number;
  lease_until: string;
}>()('startSending', (db, v) =>
  db
    .updateTable('outbox')
    .set({
      content: v.content,
      copies: v.copies,
      cause: sql.lit('sending'),
      due_at: v.lease_until,
    })
    .where('id', '=', v.id),
);
export const bundleRow = statement<{ id: number; bundle_id: number; cause: string; now: string }>()(
  'bundleRow',
  (db, v) =>
    db
      .updateTable('outbox')
      .set({
        state: sql.lit('done'),
        due_at: sql.lit(null),
        bundle_id: v.bundle_id,
        cause: v.cause,
        last_at: v.now,
      })
      .where('id', '=', v.id),
);
export const settleOutbox = statement<
  Claimed & {
    state: string;
    due_at: string | null;
    cause: string | null;
    content: Uint8Array | null;
    died_at: string | null;
    now: string;
  }
>()('settleOutbox', (db, v) =>
  db
    .updateTable('outbox')
    .set({
      state: v.state,
      due_at: v.due_at,
      cause: v.cause,
      content: v.content,
      died_at: v.died_at,
      last_at: v.now,
    })
    .where('id', '=', v.id)
    .where('claims', '=', v.claims)
    .where('state', '=', sql.lit('due'))
    .returning('id'),
);
export const findSent = statement<{ id: number; person_id: string }>()('findSent', (db, v) =>
  db
    .selectFrom('outbox')
    .select(['state', 'content'])
    .where('id', '=', v.id)
    .where('person_id', '=', v.person_id),
);
export const confirmNotice = statement<{ id: number; person_id: string; now: string }>()(
  'confirmNotice',
  (db, v) =>
    db
      .updateTable('outbox')
      .set({
        state: sql.lit('done'),
        due_at: sql.lit(null),
        died_at: sql.lit(null),
        last_at: v.now,
      })
      .where('id', '=', v.id)
      .where('person_id', '=', v.person_id)
      .where('state', 'in', [sql.lit('due'), sql.lit('held'), sql.lit('dead')]),
);
/** Takes a bundle apart again: nobody has read its words. */
export const settleBundled = statement<{
  bundle_id: number;
  state: string;
  due_at: string | null;
  cause: string | null;
  died_at: string | null;
}>()('settleBundled', (db, v) =>
  db
    .updateTable('outbox')
    .set({
      state: v.state,
      due_at: v.due_at,
      cause: v.cause,
      died_at: v.died_at,
      bundle_id: sql.lit(null),
    })
    .where('bundle_id', '=', v.bundle_id),
);
/** What is moved with a row: the words it passes on, for its own key may be another's from then on. */
const MOVED_FIELDS = [...NOTICE_FIELDS, 'person_id', 'audience', 'moves'] as const;
export const findMoving = statement<{ id: number }>()('findMoving', (db, v) =>
  db
    .selectFrom('outbox')
    .select([...MOVED_FIELDS, 'state', 'due_at', 'cause', 'copies', 'content'])
    .where('id', '=', v.id),
);
export const listMovingBundled = statement<{ bundle_id: number }>()('listMovingBundled', (db, v) =>
  db.selectFrom('outbox').select(MOVED_FIELDS).where('bundle_id', '=', v.bundle_id).orderBy('id'),
);
/** To another platform of whom it is for, where it is tried as if it were new. */
export const moveOutbox = statement<{
  id: number;
  person_id: string;
  owner_id: string | null;
  state: string;
  due_at: string | null;
  cause: string;
  copies: number;
  moves: number;
  said: Uint8Array | null;
  content: Uint8Array | null;
}>()('moveOutbox', (db, v) =>
  db
    .updateTable('outbox')
    .set({
      ...pick(v, ['person_id', 'owner_id', 'state', 'due_at', 'cause', 'copies', 'moves', 'said']),
      content: v.content,
      attempts: sql.lit(0),
      claims: sql`claims + 1`,
      put_off: sql.lit(0),
      died_at: sql.lit(null),
    })
    .where('id', '=', v.id),
);
/** One that is told by the words of another goes where that one goes. */
export const moveBundled = statement<{
  id: number;
  person_id: string;
  owner_id: string | null;
  said: Uint8Array | null;
}>()('moveBundled', (db, v) =>
  db
    .updateTable('outbox')
    .set(pick(v, ['person_id', 'owner_id', 'said']))
    .where('id', '=', v.id),
);
/**
 * What of somebody's waits with another person of his account, or was told by words that wait there; but
 * for what is just being sent. `leader_id` is the row with the words.
 */
export const listAway = statement<{ owner_id: string }>()('listAway', (db, v) =>
  db
    .selectFrom('outbox as away')
    .leftJoin('outbox as leader', 'leader.id', 'away.bundle_id')
    .select(['away.id', 'away.person_id', 'away.state'])
    .select(sql<number>`coalesce(leader.id, away.id)`.as('leader_id'))
    .where('away.owner_id', '=', v.owner_id)
    .where(sql`coalesce(leader.state, away.state)`, 'in', [
      sql.lit('due'),
      sql.lit('held'),
      sql.lit('dead'),
    ])
    .where(sql`coalesce(leader.cause, away.cause, '')`, '<>', sql.lit('sending')),
);
/** What waited because his platform took nothing is sent again. */
export const sendBlocked = statement<{ person_id: string; now: string }>()('sendBlocked', (db, v) =>
  db
    .updateTable('outbox')
    .set({
      state: sql.lit('due'),
      due_at: v.now,
      attempts: sql.lit(0),
      died_at: sql.lit(null),
    })
    .where('person_id', '=', v.person_id)
    .where('state', 'in', [sql.lit('held'), sql.lit('dead')])
    .where('cause', 'in', [sql.lit('blocked'), sql.lit('bad_address')])
    .returning('id'),
);
/** Back to its place unsent: costs no attempt. */
export const putOffOutbox = statement<Claimed & { due_at: string; put_off: number }>()(
  'putOffOutbox',
  (db, v) =>
    db
      .updateTable('outbox')
      .set({ due_at: v.due_at, put_off: v.put_off, attempts: sql`attempts - 1` })
      .where('id', '=', v.id)
      .where('claims', '=', v.claims)
      .where('state', '=', sql.lit('due')),
);

const LETTER_FIELDS = [
  'outbox.id',
  'outbox.store_id',
  'outbox.audience',
  'outbox.kind',
  'outbox.state',
  'outbox.cause',
  'outbox.attempts',
  'outbox.claims',
  'outbox.created_at',
  'outbox.first_at',
  'outbox.last_at',
  'outbox.due_at',
  'outbox.died_at',
  'people.platform',
] as const;
/** Newest first below `before`; `state` and `store_id` as '' mean any. */
export const listOutbox = statement<{
  before: number;
  state: string;
  store_id: string;
  limit: number;
}>()('listOutbox', (db, v) =>
  db
    .selectFrom('outbox')
    .innerJoin('people', 'people.id', 'outbox.person_id')
    .select(LETTER_FIELDS)
    .where('outbox.id', '<', v.before)
    .where((e) => e.or([e(e.val(v.state), '=', sql.lit('')), e('outbox.state', '=', v.state)]))
    .where((e) =>
      e.or([e(e.val(v.store_id), '=', sql.lit('')), e('outbox.store_id', '=', v.store_id)]),
    )
    .orderBy('outbox.id', 'desc')
    .limit(v.limit),
);
/** The dead, oldest first. */
export const listDead = statement<{ store_id: string; limit: number }>()('listDead', (db, v) =>
  db
    .selectFrom('outbox')
    .innerJoin('people', 'people.id', 'outbox.person_id')
    .select(LETTER_FIELDS)
    .where('outbox.state', '=', sql.lit('dead'))
    .where('outbox.died_at', '>', sql.lit(''))
    .where((e) =>
      e.or([e(e.val(v.store_id), '=', sql.lit('')), e('outbox.store_id', '=', v.store_id)]),
    )
    .orderBy('outbox.died_at')
    .orderBy('outbox.id')
    .limit(v.limit),
);
export const findLetter = statement<{ id: number }>()('findLetter', (db, v) =>
  db
    .selectFrom('outbox')
    .innerJoin('people', 'people.id', 'outbox.person_id')
    .select([
      ...LETTER_FIELDS,
      'outbox.person_id',
      'outbox.edits',
      'outbox.data',
      'outbox.why',
      'people.erased_at',
    ])
    .where('outbox.id', '=', v.id),
);
export const retryDead = statement<{
  id: number;
  cause: string;
  edits: number;
  data: string;
  now: string;
}>()('retryDead', (db, v) =>
  db
    .updateTable('outbox')
    .set({
      state: sql.lit('due'),
      due_at: v.now,
      cause: v.cause,
      attempts: sql.lit(0),
      copies: sql.lit(0),
      edits: v.edits,
      data: v.data,
      died_at: sql.lit(null),
      alarmed_at: sql.lit(null),
    })
    .where('id', '=', v.id)
    .where('state', '=', sql.lit('dead'))
    .returning('id'),
);
export const rewordOutbox = statement<{ id: number; content: Uint8Array | null }>()(
  'rewordOutbox',
  (db, v) => db.updateTable('outbox').set({ content: v.content }).where('id', '=', v.id),
);
export const dropDead = statement<{ id: number; why: Uint8Array; now: string }>()(
  'dropDead',
  (db, v) =>
    db
      .updateTable('outbox')
      .set({
        state: sql.lit('dropped'),
        why: v.why,
        died_at: sql.lit(null),
        last_at: v.now,
      })
      .where('id', '=', v.id)
      .where('state', '=', sql.lit('dead'))
      .returning('id'),
);
/** The dead nobody was alarmed of, oldest first; an alarm that dies raises no other. */
export const listUnalarmed = statement<{ limit: number }>()('listUnalarmed', (db, v) =>
  db
    .selectFrom('outbox')
    .select('id')
    .where('state', '=', sql.lit('dead'))
    .where('died_at', '>', sql.lit(''))
    .where('alarmed_at', 'is', sql.lit(null))
    .where('kind', '<>', sql.lit('dead_letters'))
    .orderBy('died_at')
    .limit(v.limit),
);
export const markAlarmed = statement<{ id: number; now: string }>()('markAlarmed', (db, v) =>
  db.updateTable('outbox').set({ alarmed_at: v.now }).where('id', '=', v.id),
);
export const countDue = statement<{ now: string }>()('countDue', (db, v) =>
  db
    .selectFrom('outbox')
    .select((e) => [
      e.fn.countAll<number>().as('rows'),
      sql<string | null>`min(CASE WHEN due_at <= ${v.now} THEN due_at END)`.as('oldest'),
    ])
    .where('state', '=', sql.lit('due'))
    .where('due_at', '>', sql.lit('')),
);
export const countDead = statement<Record<never, never>>()('countDead', (db) =>
  db
    .selectFrom('outbox')
    .select((e) => [
      e.fn.countAll<number>().as('rows'),
      sql<string | null>`min(died_at)`.as('oldest'),
    ])
    .where('state', '=', sql.lit('dead'))
    .where('died_at', '>', sql.lit('')),
);
/** Held and dead together, on the index that both share. */
export const countUndelivered = statement<Record<never, never>>()('countUndelivered', (db) =>
  db
    .selectFrom('outbox')
    .select((e) => e.fn.countAll<number>().as('rows'))
    .where('state', 'in', [sql.lit('held'), sql.lit('dead')])
    .where('person_id', '>', sql.lit('')),
);

/** Ids grow with time: the least of the held is the oldest, found without a look at the rows themselves. */
export const oldestHeld = statement<Record<never, never>>()('oldestHeld', (db) =>
  db
    .selectFrom('outbox')
    .select('created_at')
    .where('id', '=', (e) =>
      e
        .selectFrom('outbox as waiting')
        // The sum keeps SQLite from walking all ids there ever were up to the first that waits.
        .select(sql<number>`min(waiting.id + 0)`.as('id'))
        .where('waiting.state', 'in', [sql.lit('held'), sql.lit('dead')])
        .where('waiting.person_id', '>', sql.lit(''))
        .where('waiting.id', 'not in', (w) =>
          w
            .selectFrom('outbox as dead')
            .select('dead.id')
            .where('dead.state', '=', sql.lit('dead'))
            .where('dead.died_at', '>', sql.lit('')),
        ),
    ),
);

export const setQuietHours = statement<{
  person_id: string;
  store_id: string;
  quiet_from: string | null;
  quiet_to: string | null;
}>()('setQuietHours', (db, v) =>
  db
    .updateTable('roles')
    .set(pick(v, ['quiet_from', 'quiet_to']))
    .where('person_id', '=', v.person_id)
    .where('store_id', '=', v.store_id),
);

/** For rows whose person is gone. */
export const dropOutbox = statement<{ id: number }>()('dropOutbox', (db, v) =>
  db
    .updateTable('outbox')
    .set({
      state: sql.lit('dropped'),
      due_at: sql.lit(null),
      said: sql.lit(null),
      content: sql.lit(null),
    })
    .where('id', '=', v.id),
);

// Erasing a person

export const markForget = statement<{ id: string; now: string }>()('markForget', (db, v) =>
  db
    .updateTable('people')
    .set({ forget_at: sql`coalesce(forget_at, ${v.now})` })
    .where('id', '=', v.id),
);
export const listToForget = statement<{ limit: number }>()('listToForget', (db, v) =>
  db
    .selectFrom('people')
    .select('id')
    .where('forget_at', 'is not', sql.lit(null))
    .where('erased_at', 'is', sql.lit(null))
    .orderBy('forget_at')
    .limit(v.limit),
);
/** Orders whose personal data is still there, oldest first; a page goes on behind `after`. */
export const listSealedOrdersOf = statement<{
  buyer_id: string;
  after_at: string;
  after_id: string;
  limit: number;
}>()('listSealedOrdersOf', (db, v) =>
  db
    .selectFrom('orders')
    .selectAll()
    .where('buyer_id', '=', v.buyer_id)
    .where('placed_at', '>=', v.after_at)
    .where((e) =>
      e.or([
        e('placed_at', '>', v.after_at),
        e.and([e('placed_at', '=', v.after_at), e('id', '>', v.after_id)]),
      ]),
    )
    .where(sql`length(sealed)`, '>', sql.lit(0))
    .orderBy('placed_at')
    .orderBy('id')
    .limit(v.limit),
);
export const unsealOrder = statement<{ store_id: string; id: string }>()(
  'unsealOrder',
  (db, v, engine) =>
    db
      .updateTable('orders')
      .set({ sealed: emptyBytes(engine) })
      .where('store_id', '=', v.store_id)
      .where('id', '=', v.id),
);
export const unsealParcels = statement<OfOrder>()('unsealParcels', (db, v, engine) =>
  db
    .updateTable('parcels')
    .set({ sealed: emptyBytes(engine) })
    .where('store_id', '=', v.store_id)
    .where('order_id', '=', v.order_id),
);
export const unsealListVersions = statement<OfOrder>()('unsealListVersions', (db, v, engine) =>
  db
    .updateTable('list_versions')
    .set({ sealed: emptyBytes(engine) })
    .where('store_id', '=', v.store_id)
    .where('order_id', '=', v.order_id),
);
export const unsealRefunds = statement<OfOrder>()('unsealRefunds', (db, v) =>
  db
    .updateTable('refunds')
    .set({ sealed: sql.lit(null) })
    .where('store_id', '=', v.store_id)
    .where('order_id', '=', v.order_id),
);
export const unsealReceipts = statement<OfOrder>()('unsealReceipts', (db, v) =>
  db
    .updateTable('receipts')
    .set({ sealed: sql.lit(null) })
    .where('store_id', '=', v.store_id)
    .where('order_id', '=', v.order_id),
);
/** At the same version: the turn in which somebody asks for this can still end. */
export const sealConversation = statement<{ person_id: string; sealed: Uint8Array }>()(
  'sealConversation',
  (db, v) =>
    db.updateTable('conversations').set({ sealed: v.sealed }).where('person_id', '=', v.person_id),
);
export const dropConversation = statement<{ person_id: string }>()('dropConversation', (db, v) =>
  db.deleteFrom('conversations').where('person_id', '=', v.person_id),
);
export const dropPage = statement<{ person_id: string }>()('dropPage', (db, v) =>
  db.deleteFrom('page_entries').where('person_id', '=', v.person_id),
);
export const dropHeld = statement<{ person_id: string }>()('dropHeld', (db, v) =>
  db
    .updateTable('outbox')
    .set({
      state: sql.lit('dropped'),
      said: sql.lit(null),
      content: sql.lit(null),
      died_at: sql.lit(null),
    })
    .where('person_id', '=', v.person_id)
    .where('state', 'in', [sql.lit('held'), sql.lit('dead')]),
);
/** Destroys the key. The sender's hash goes too: who writes again is a stranger. */
export const erasePerson = statement<{ id: string; sender_hash: string; now: string }>()(
  'erasePerson',
  (db, v, engine) =>
    db
      .updateTable('people')
      .set({
        wrapped_key: emptyBytes(engine),
        sealed: emptyBytes(engine),
        sender_hash: v.sender_hash,
        erased_at: v.now,
        forget_at: sql`coalesce(forget_at, ${v.now})`,
      })
      .where('id', '=', v.id),
);

// Jobs

export const insertSlot = statement<{
  job: string;
  store_id: string;
  slot: string;
  lease_until: string;
}>()('insertSlot', (db, v) =>
  db
    .insertInto('cron_runs')
    .values(pick(v, ['job', 'store_id', 'slot', 'lease_until']))
    .onConflict((c) => c.columns(['job', 'store_id', 'slot']).doNothing())
    .returning('slot'),
);
/** Forgets all but the newest runs: a job that runs each minute would leave half a million a year. */
export const forgetSlots = statement<{ job: string; store_id: string; kept: number }>()(
  'forgetSlots',
  (db, v) =>
    db
      .deleteFrom('cron_runs')
      .where('job', '=', v.job)
      .where('store_id', '=', v.store_id)
      .where('finished_at', 'is not', sql.lit(null))
      .where('slot', '<', (e) =>
        e
          .selectFrom('cron_runs')
          .select('slot')
          .where('job', '=', v.job)
          .where('store_id', '=', v.store_id)
          .orderBy('slot', 'desc')
          .limit(sql.lit(1))
          .offset(v.kept),
      ),
);
/** Takes over a slot whose runner died: its lease is over and it never finished. */
export const takeOverSlot = statement<{
  job: string;
  store_id: string;
  slot: string;
  lease_until: string;
  now: string;
}>()('takeOverSlot', (db, v) =>
  db
    .updateTable('cron_runs')
    .set({ lease_until: v.lease_until })
    .where('job', '=', v.job)
    .where('store_id', '=', v.store_id)
    .where('slot', '=', v.slot)
    .where('finished_at', 'is', sql.lit(null))
    .where('lease_until', '<=', v.now)
    .returning('slot'),
);
export const finishSlot = statement<{
  job: string;
  store_id: string;
  slot: string;
  finished_at: string;
  result: string;
}>()('finishSlot', (db, v) =>
  db
    .updateTable('cron_runs')
    .set({ finished_at: v.finished_at, result: v.result, lease_until: sql.lit(null) })
    .where('job', '=', v.job)
    .where('store_id', '=', v.store_id)
    .where('slot', '=', v.slot),
);
export const findLastSlot = statement<{ job: string; store_id: string }>()(
  'findLastSlot',
  (db, v) =>
    db
      .selectFrom('cron_runs')
      .select('slot')
      .where('job', '=', v.job)
      .where('store_id', '=', v.store_id)
      .where('finished_at', 'is not', sql.lit(null))
      .orderBy('slot', 'desc')
      .limit(sql.lit(1)),
);

// The pages of the web chat

export const insertPageEntry = statement<{
  person_id: string;
  key: string;
  sealed: Uint8Array;
  at: string;
}>()('insertPageEntry', (db, v) =>
  db
    .insertInto('page_entries')
    .values(pick(v, ['person_id', 'key', 'sealed', 'at']))
    .onConflict((c) => c.columns(['person_id', 'key']).doNothing())
    .returning('id'),
);
export const dropPageEntry = statement<{ person_id: string; key: string }>()(
  'dropPageEntry',
  (db, v) =>
    db.deleteFrom('page_entries').where('person_id', '=', v.person_id).where('key', '=', v.key),
);
export const forgetPageEntries = statement<{ person_id: string; kept: number }>()(
  'forgetPageEntries',
  (db, v) =>
    db
      .deleteFrom('page_entries')
      .where('person_id', '=', v.person_id)
      .where('id', '<=', (e) =>
        e
          .selectFrom('page_entries')
          .select('id')
          .where('person_id', '=', v.person_id)
          .orderBy('id', 'desc')
          .limit(sql.lit(1))
          .offset(v.kept),
      ),
);
/** Newest first: a page that shows nothing yet wants the end of the conversation. */
export const listPageEntries = statement<{ person_id: string; after: number; limit: number }>()(
  'listPageEntries',
  (db, v) =>
    db
      .selectFrom('page_entries')
      .select(['id', 'key', 'sealed', 'at'])
      .where('person_id', '=', v.person_id)
      .where('id', '>', v.after)
      .orderBy('id', 'desc')
      .limit(v.limit),
);

export const dropPageEntries = statement<{ person_id: string }>()('dropPageEntries', (db, v) =>
  db.deleteFrom('page_entries').where('person_id', '=', v.person_id),
);

// Links

const LINK_FIELDS = ['id', 'kind', 'store_id', 'data', 'created_at', 'expires_at'] as const;
export const insertLink = statement<{
  token_hash: string;
  id: string;
  kind: string;
  store_id: string;
  data: string;
  created_at: string;
  expires_at: string;
}>()('insertLink', (db, v) =>
  db.insertInto('links').values(pick(v, ['token_hash', ...LINK_FIELDS])),
);
export const findLink = statement<{ token_hash: string }>()('findLink', (db, v) =>
  db.selectFrom('links').selectAll().where('token_hash', '=', v.token_hash),
);
/** Says that it may be used in the same breath as it is used up: of two at once one gets it. */
export const useLink = statement<{
  token_hash: string;
  kind: string;
  person_id: string;
  now: string;
}>()('useLink', (db, v) =>
  db
    .updateTable('links')
    .set({ used_at: v.now, used_by: v.person_id })
    .where('token_hash', '=', v.token_hash)
    .where('kind', '=', v.kind)
    .where('used_at', 'is', sql.lit(null))
    .where('revoked_at', 'is', sql.lit(null))
    .where('expires_at', '>', v.now)
    .returning(['store_id', 'data']),
);
export const revokeLink = statement<{ id: string; now: string }>()('revokeLink', (db, v) =>
  db
    .updateTable('links')
    .set({ revoked_at: v.now })
    .where('id', '=', v.id)
    .where('revoked_at', 'is', sql.lit(null))
    .where('expires_at', '>', v.now)
    .returning('id'),
);
/** A person's codes for another platform, which `data` names him by: a new one ends those before. */
export const revokeAccountCodes = statement<{ data: string; now: string }>()(
  'revokeAccountCodes',
  (db, v) =>
    db
      .updateTable('links')
      .set({ revoked_at: v.now })
      .where('kind', '=', sql.lit('account'))
      .where('data', '=', v.data)
      .where('used_at', 'is', sql.lit(null))
      .where('revoked_at', 'is', sql.lit(null))
      .where('expires_at', '>', v.now),
);
export const revokePrintLinks = statement<{ store_id: string; now: string }>()(
  'revokePrintLinks',
  (db, v) =>
    db
      .updateTable('links')
      .set({ revoked_at: v.now })
      .where('store_id', '=', v.store_id)
      .where('kind', '=', sql.lit('print'))
      .where('revoked_at', 'is', sql.lit(null))
      .where('expires_at', '>', v.now),
);
/** Those that were taken back stay: somebody wanted to know them shut. */
export const deleteEndedLinks = statement<{ before: string }>()('deleteEndedLinks', (db, v) =>
  db
    .deleteFrom('links')
    .where('revoked_at', 'is', sql.lit(null))
    .where('expires_at', '<', v.before)
    .returning('id'),
);
export const listOpenLinks = statement<{ now: string; limit: number }>()('listOpenLinks', (db, v) =>
  db
    .selectFrom('links')
    .select([...LINK_FIELDS, 'used_at'])
    .where('revoked_at', 'is', sql.lit(null))
    .where('expires_at', '>', v.now)
    .orderBy('expires_at')
    .limit(v.limit),
);

// The lease of the server

export const findLease = statement<Record<never, never>>()('findLease', (db) =>
  db.selectFrom('lease').selectAll().where('name', '=', sql.lit('server')),
);
const LEASE_FIELDS = ['holder', 'host', 'pid', 'started_at', 'heartbeat_at'] as const;
export const putLease = statement<{
  holder: string;
  host: string;
  pid: number;
  started_at: string;
  heartbeat_at: string;
}>()('putLease', (db, v) =>
  db
    .insertInto('lease')
    .values({ name: sql.lit('server'), ...pick(v, LEASE_FIELDS) })
    .onConflict((c) => c.column('name').doUpdateSet(pick(v, LEASE_FIELDS))),
);
export const beatLease = statement<{ holder: string; heartbeat_at: string }>()(
  'beatLease',
  (db, v) =>
    db
      .updateTable('lease')
      .set({ heartbeat_at: v.heartbeat_at })
      .where('name', '=', sql.lit('server'))
      .where('holder', '=', v.holder)
      .returning('holder'),
);
export const dropLease = statement<{ holder: string }>()('dropLease', (db, v) =>
  db.deleteFrom('lease').where('name', '=', sql.lit('server')).where('holder', '=', v.holder),
);

/** In a JSON list, of which PostgreSQL takes ten for granted; of rows it would expect a hundred. */
function isListed(engine: Engine, column: string, list: string) {
  const named = sql.ref(column);
  return engine === 'sqlite'
    ? sql<boolean>`${named} in (select value from json_each(${list}))`
    : sql<boolean>`${named} = any (array(select json_array_elements_text(${list}::json)))`;
}

/** Parcels with their number on a list, where they stand on one. */
function parcelsWithRow(db: Kysely<Database>) {
  return db
    .selectFrom('parcels')
    .leftJoin('list_rows', (j) =>
      j
        .onRef('list_rows.store_id', '=', 'parcels.store_id')
        .onRef('list_rows.parcel_id', '=', 'parcels.id')
        .on('list_rows.struck_revision', 'is', sql.lit(null)),
    )
    .selectAll('parcels')
    .select('list_rows.row');
}

/** What nothing is sealed in any more. */
function emptyBytes(engine: Engine) {
  return engine === 'sqlite' ? sql<Uint8Array>`x''` : sql<Uint8Array>`''::bytea`;
}

/** The named values as an object: placeholders are made when a name is read, so they can't be spread. */
function pick<V, K extends keyof V>(values: V, names: readonly K[]): Pick<V, K> {
  const picked: Partial<Pick<V, K>> = {};
  for (const name of names) picked[name] = values[name];
  return picked as Pick<V, K>;
}
