import { DEFAULT_POLICY, DomainError, type Shop, type StoreState, schemas } from '../src/app.ts';
import { type Cli, type Field, type Row, row, STORE, type Told } from './command.ts';
import { checked, withPairs } from './fields.ts';
import { applyPolicy, findShop, findShops, movedLines } from './find.ts';

type Named = { readonly id?: string; readonly store?: string };
type Changes = {
  readonly name?: string;
  readonly policy?: readonly string[];
  readonly business?: readonly string[];
};

const ID: Field = ['[id]', 'the store; may be left out when there is only one'];
const FIELDS: readonly Field[] = [
  ['--policy <key=value...>', 'as feeKrw=6000 listAt=05:30 bank.name=… closedWeekdays=["sun"]'],
  ['--business <key=value...>', 'as owner=… regNo=… address=… phone=… email=… taxExempt=true'],
];

export const commands: readonly Row[] = [
  row<Changes & { id: string; name: string }>({
    name: 'add',
    about: 'add a store; what is not said of its policy has the defaults',
    args: [['<id>', 'its id: letters, digits, - and _']],
    options: [['--name <name>', 'its name (the id)'], ...FIELDS],
    example: 'sanji store add plum --name "Plum farm" --policy dailyCapBoxes=30 feeKrw=4000',
    async run(cli, { id, name = id, policy = [], business }) {
      const made = checked(schemas.newStore(), {
        id,
        name,
        policy: withPairs({}, policy),
        business: business && withPairs({}, business),
      });
      const house = await cli.house();
      if ((await house.store.findShop(id)) !== null)
        throw new DomainError('conflict', `there is a store ${id} already`);
      await house.store.putShop({
        id,
        name: made.name,
        state: 'open',
        policy: { ...DEFAULT_POLICY, timeZone: cli.config().timeZone, ...made.policy },
        business: made.business ?? null,
      });
      return tellShop(await findShop(house, id));
    },
  }),
  row({
    name: 'ls',
    about: 'list the stores, archived ones too',
    example: 'sanji store ls',
    async run(cli) {
      const shops = await findShops(await cli.house(), undefined);
      return { json: shops.map(shopJson), lines: shops.map(shopLine) };
    },
  }),
  row<Named>({
    name: 'show',
    about: 'show a store with its policy and its products',
    args: [ID],
    options: [STORE],
    example: 'sanji store show peach',
    async run(cli, { id, store }) {
      return tellShop(await findShop(await cli.house(), id ?? store));
    },
  }),
  row<Named & Changes>({
    name: 'set',
    about: 'change the name, the policy or the business details of a store',
    args: [ID],
    options: [STORE, ['--name <name>', 'its new name'], ...FIELDS],
    example: 'sanji store set peach --policy listAt=05:30 weekdayCapBoxes={"fri":20}',
    async run(cli, { id, store, name, policy, business }) {
      const house = await cli.house();
      const shop = await findShop(house, id ?? store);
      const wanted = policy && keysOf(policy, withPairs({ ...shop.policy }, policy));
      const change = checked(schemas.storeChange(), {
        name,
        policy: wanted,
        business: business && withPairs({ ...shop.business }, business),
      });
      return putShop(cli, shop, {
        name: change.name ?? shop.name,
        policy: { ...shop.policy, ...change.policy },
        business: change.business ?? shop.business,
      });
    },
  }),
  stateRow('pause', 'paused', 'take no new orders for now'),
  stateRow('resume', 'open', 'take orders again'),
  stateRow('archive', 'archived', 'close a store for good; its orders stay'),
];

function stateRow(name: string, state: StoreState, about: string): Row {
  return row<Named>({
    name,
    about,
    args: [ID],
    options: [STORE],
    example: `sanji store ${name} peach`,
    async run(cli, { id, store }) {
      const house = await cli.house();
      return putShop(cli, await findShop(house, id ?? store), { state });
    },
  });
}

/** Only what was said is checked and changed: the rest may be older than today's rules. */
function keysOf(pairs: readonly string[], all: Readonly<Record<string, unknown>>) {
  if (pairs.some((pair) => pair.startsWith('{'))) return all;
  const said = new Set(pairs.map((pair) => pair.split(/[.=]/, 1)[0]));
  return Object.fromEntries(Object.entries(all).filter(([key]) => said.has(key)));
}

async function putShop(cli: Cli, was: Shop, change: Partial<Shop>): Promise<Told> {
  const house = await cli.house();
  const { id, name, state, policy, business } = { ...was, ...change };
  await house.store.putShop({ id, name, state, policy, business });
  const shop = await findShop(house, id);
  const told = tellShop(shop);
  if (change.policy === undefined) return told;
  const moved = await applyPolicy(cli, { shop, was });
  return { ...told, lines: [...told.lines, ...movedLines(moved)] };
}

function tellShop(shop: Shop): Told {
  const { policy, business, products } = shop;
  return {
    json: shopJson(shop),
    lines: [
      shopLine(shop),
      ...Object.entries(policy).map(([key, value]) => `  ${key} = ${JSON.stringify(value)}`),
      `  business = ${JSON.stringify(business)}`,
      ...products.map(({ id, name, priceKrw, state }) => `  ${id}  ${name}  ${priceKrw}  ${state}`),
    ],
  };
}

function shopJson({ id, name, state, products, policy, business }: Shop) {
  return { id, name, state, open: state === 'open', products, policy, business };
}

function shopLine({ id, name, state, products }: Shop): string {
  return `${id}  ${state}  ${name}  (${products.length} products)`;
}
