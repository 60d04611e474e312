import { DomainError, forgetAccount, type House } from '../src/app.ts';
import { type Row, row, STORE, UsageError } from './command.ts';
import { findOrder, findUser } from './find.ts';

type Named = { readonly user?: string; readonly order?: string; readonly store?: string };

export const commands: readonly Row[] = [
  row<Named>({
    name: 'forget',
    about:
      'erase a person, wherever he is linked: what no open order and no role needs at once, the rest later',
    options: [
      ['--user <user>', 'the person: an id (per_…) or platform:bot:user'],
      ['--order <code>', 'the buyer of this order instead'],
      STORE,
    ],
    example: 'sanji privacy forget --order P7-042',
    async run(cli, named) {
      const house = await cli.house();
      const personId = await findPerson(house, named);
      const forgotten = await forgetAccount(house.store, personId, cli.now());
      if (forgotten === null) throw new DomainError('not_found', 'there is no such person');
      const { isErased, keptOrders } = forgotten;
      const kept = keptOrders.map(({ storeId, code }) => ({ store: storeId, code }));
      return {
        json: { user: personId, erased: isErased, kept },
        lines: isErased
          ? [`${personId} is erased`]
          : [
              `${personId} is marked; what is still needed stays until then:`,
              ...kept.map(({ store, code }) => `  ${store}  ${code}  until it has ended`),
              ...(kept.length === 0 ? ['  a role, until it is removed'] : []),
            ],
      };
    },
  }),
];

async function findPerson(house: House, { user, order, store }: Named): Promise<string> {
  if ((user === undefined) === (order === undefined))
    throw new UsageError('name the person by --user or by --order');
  if (order !== undefined) return (await findOrder(house, order, store)).order.buyerId;
  return findUser(house, user ?? '');
}
