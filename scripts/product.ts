import { DomainError, type House, NEW_PRODUCT, type Product, schemas } from '../src/app.ts';
import { type Field, type Row, row, STORE, type Told, UsageError } from './command.ts';
import { checked, orNone, orNull } from './fields.ts';
import { findProduct, findShop, findShops } from './find.ts';
import { date, oneOf, whole } from './readers.ts';

type Said = {
  readonly name?: string;
  readonly price?: number;
  readonly origin?: string;
  readonly saleFrom?: string;
  readonly saleTo?: string;
  readonly shipFrom?: string;
  readonly shipTo?: string;
  readonly cap?: number | 'none';
  readonly image?: string;
  readonly description?: string;
  readonly state?: Product['state'];
};
type Ref = { readonly id: string; readonly store?: string };

const STATES = ['on_sale', 'sold_out', 'archived'] as const satisfies readonly Product['state'][];
const ID: Field = ['<id>', 'the id of the product'];
const dateOrNone = orNone(date);
const FIELDS: readonly Field[] = [
  ['--name <name>', 'what buyers call it, with its size'],
  ['--price <krw>', 'won a box', whole],
  ['--origin <place>', 'where it is grown, or none'],
  ['--sale-from <date>', 'first day of sale, or none', dateOrNone],
  ['--sale-to <date>', 'last day of sale, or none', dateOrNone],
  ['--ship-from <date>', 'first harvest date, or none: earlier orders are pre-orders', dateOrNone],
  ['--ship-to <date>', 'last harvest date, or none', dateOrNone],
  ['--cap <boxes>', 'most boxes of it a day, or none', orNone(whole)],
  ['--image <url>', 'a picture, or none'],
  ['--description <text>', 'a few words, or none'],
  ['--state <state>', STATES.join(', '), oneOf(...STATES)],
];

export const commands: readonly Row[] = [
  row<Ref & Said>({
    name: 'add',
    about: 'add a product to a store',
    args: [ID],
    options: [STORE, ...FIELDS],
    example: 'sanji product add peach-2kg --store peach --name "Peach 2kg" --price 19000',
    async run(cli, { id, store: storeId, ...said }) {
      if (said.name === undefined || said.price === undefined)
        throw new UsageError('--name and --price are needed');
      const made = checked(schemas.newProduct(), { id, ...fieldsOf(said) });
      const house = await cli.house();
      const shop = await findShop(house, storeId);
      if (shop.products.some((product) => product.id === id))
        throw new DomainError('conflict', `${shop.id} has a product ${id} already`);
      return putProduct(house, shop.id, { ...NEW_PRODUCT, ...definedOf(made) });
    },
  }),
  row<{ store?: string }>({
    name: 'ls',
    about: 'list products, archived ones too',
    options: [['--store <id>', 'only of this store']],
    example: 'sanji product ls --store peach',
    async run(cli, { store: storeId }) {
      const shops = await findShops(await cli.house(), storeId);
      const json = shops.flatMap(({ id, products }) =>
        products.map((product) => productJson(id, product)),
      );
      return { json, lines: json.map(productLine) };
    },
  }),
  row<Ref & Said>({
    name: 'set',
    about: 'change a product; placed orders keep the price they were made with',
    args: [ID],
    options: [STORE, ...FIELDS],
    example: 'sanji product set peach-4kg --price 36000 --ship-to 2026-09-10',
    async run(cli, { id, store: storeId, ...said }) {
      const change = checked(schemas.productChange(), fieldsOf(said));
      const house = await cli.house();
      const { product, shop } = await findProduct(house, id, storeId);
      return putProduct(house, shop.id, { ...product, ...definedOf(change) });
    },
  }),
  row<Ref>({
    name: 'archive',
    about: 'sell a product no more; orders of it stay',
    args: [ID],
    options: [STORE],
    example: 'sanji product archive peach-2kg',
    async run(cli, { id, store: storeId }) {
      const house = await cli.house();
      const { product, shop } = await findProduct(house, id, storeId);
      return putProduct(house, shop.id, { ...product, state: 'archived' });
    },
  }),
];

/** The fields as the API names them. */
function fieldsOf({ name, price: priceKrw, cap, image, state, ...rest }: Said) {
  const nullable = { ...rest, dailyCapBoxes: cap, imageUrl: image };
  const entries = Object.entries(nullable).map(([key, value]) => [key, orNull(value)]);
  return { name, priceKrw, state, ...Object.fromEntries(entries) };
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Without what was left out, so that it overwrites nothing. */
function definedOf<T extends object>(fields: T): Defined<T> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Defined<T>;
}

async function putProduct({ store }: House, storeId: string, product: Product): Promise<Told> {
  const { saleFrom, saleTo, shipFrom, shipTo } = product;
  if ((saleFrom && saleTo && saleFrom > saleTo) || (shipFrom && shipTo && shipFrom > shipTo))
    throw new UsageError('--sale-from and --ship-from must not be after --sale-to and --ship-to');
  await store.putProduct(storeId, product);
  const json = productJson(storeId, product);
  return { json, lines: [productLine(json)] };
}

function productJson(storeId: string, product: Product) {
  return { ...product, store: storeId };
}

function productLine({ store, id, name, priceKrw, state }: ReturnType<typeof productJson>): string {
  return `${store}  ${id}  ${name}  ${priceKrw} KRW  ${state}`;
}
