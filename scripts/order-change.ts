import {
  type Changed,
  type ChangeRequest,
  type Command,
  DomainError,
  isoWithOffset,
  type Order,
  type OrderCore,
  orderAfter,
  ordering,
  orderJson,
  type Shop,
} from '../src/app.ts';
import { type Row, row, STORE, UsageError } from './command.ts';
import { decideOnly } from './dry-run.ts';
import { asked, findOrder, tellOrder } from './find.ts';
import { orderLines, won } from './order-lines.ts';

type Said = {
  readonly code: string;
  readonly store?: string;
  readonly parcel?: string;
  readonly recipient?: string;
  readonly phone?: string;
  readonly address?: string;
  readonly boxes?: readonly string[];
  readonly dryRun?: boolean;
};

const PHONE = /^0\d{8,11}$/;

export const changeOrder: Row = row<Said>({
  name: 'change',
  about: 'change a parcel before the harvest; what costs more waits for the difference',
  args: [['<code>', 'the code, as P7-042 in any writing, or the id']],
  options: [
    STORE,
    ['--parcel <parcel>', 'its id, or its number from 1; may be left out when there is only one'],
    ['--recipient <name>', 'another recipient'],
    ['--phone <phone>', 'another phone'],
    ['--address <address>', 'another address'],
    ['--boxes <p=n...>', 'so many boxes of a product; 0 takes it out'],
    ['--dry-run', 'show what it would come to, and change nothing'],
  ],
  example: 'sanji order change P7-042 --parcel 1 --boxes peach-4kg=3 --dry-run',
  async run(cli, { code, store, dryRun, ...said }) {
    const house = await cli.house();
    const { order, shop } = await findOrder(house, code, store);
    const request = requestFor(order, said);
    const command = ordering.change(asked(cli, shop), order.id, request);
    if (dryRun) {
      const core = await decideOnly(previewOf(command, request), (tried) =>
        house.store.submit(tried),
      );
      const parcels = order.parcels.map((own, at) => ({ ...own, ...core.parcels[at] }));
      const json = orderJson({ ...order, ...core, parcels }, [], shop.policy.timeZone);
      return { json, lines: ['nothing is changed; it would be:', ...orderLines(json)] };
    }
    const { answer } = await house.store.submit(command);
    const json = await tellOrder(house, shop, order.id);
    return { json, lines: [...moneyLines(answer, shop), ...orderLines(json)] };
  },
});

function requestFor(order: Order, said: Omit<Said, 'code' | 'store'>): ChangeRequest {
  const parcel = parcelOf(order, said.parcel);
  const { recipient, phone, address, boxes = [] } = said;
  if (phone !== undefined && !PHONE.test(phone))
    throw new UsageError('a phone has 9 to 12 digits, the first a 0');
  const isPersonal = [recipient, phone, address].some((field) => field !== undefined);
  if (!isPersonal && boxes.length === 0)
    throw new UsageError('say what changes: --recipient, --phone, --address or --boxes');
  const isMoved = address !== undefined && address !== parcel.address;
  const personal = {
    recipient: recipient ?? parcel.recipient,
    phone: phone ?? parcel.phone,
    address: address ?? parcel.address,
    postcode: isMoved ? null : parcel.postcode,
    memo: parcel.memo,
  };
  const counts = new Map(parcel.items.map(({ product, boxes: count }) => [product, count]));
  for (const [product, count] of boxes.map(readBoxes)) counts.set(product, count);
  const items = [...counts]
    .filter(([, count]) => count > 0)
    .map(([product, count]) => ({ product, boxes: count }));
  if (items.length === 0) throw new UsageError('no box is left: cancel the parcel instead');
  return {
    parcels: [
      {
        parcelId: parcel.id,
        personal: isPersonal ? personal : null,
        items: boxes.length > 0 ? items : null,
      },
    ],
  };
}

function parcelOf({ parcels }: Order, said: string | undefined): Order['parcels'][number] {
  const [only, another] =
    said === undefined
      ? parcels
      : parcels.filter(({ id, no }) => id === said || String(no) === said);
  if (only === undefined) throw new UsageError(`the order has no parcel ${said}`);
  if (another !== undefined) throw new UsageError('the order has several parcels: name one');
  return only;
}

/** `peach-4kg=3` */
function readBoxes(text: string): readonly [string, number] {
  const [, product, count] = /^([A-Za-z0-9][\w-]*)=(\d{1,5})$/.exec(text) ?? [];
  if (product === undefined) throw new UsageError(`expected product=boxes, got ${text}`);
  return [product, Number(count)];
}

/** The same reading and the same rules; what would still be owed is the difference. */
function previewOf(
  { reads, storeId, now }: Command<Changed>,
  request: ChangeRequest,
): Command<OrderCore> {
  return {
    reads,
    storeId,
    now,
    decide: (state) => {
      if (state.order === null) throw new DomainError('not_found', 'no such order');
      const answer = orderAfter(state, state.order, request);
      return { answer, who: 'admin', events: [], notices: [] };
    },
  };
}

function moneyLines({ difference, refunds }: Changed, { policy }: Shop): string[] {
  const refundKrw = refunds.reduce((sum, { amountKrw }) => sum + amountKrw, 0);
  if (refundKrw > 0) return [`${won(refundKrw)} are to be paid back`];
  if (difference === null) return [];
  const until = isoWithOffset(new Date(difference.payBy), policy.timeZone);
  return [`waits for ${won(difference.amountKrw)}, until ${until}; until then it is as it was:`];
}
