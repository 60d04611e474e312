import { DomainError, isoWithOffset, newBoardLink, orderPage } from '../src/app.ts';
import { type Row, row, STORE, UsageError } from './command.ts';
import { findOrder, findShop, findUser } from './find.ts';

const LINKS_MAX = 10_000;

type New = { order?: string; board?: boolean; user?: string; store?: string };

export const commands: readonly Row[] = [
  row({
    name: 'ls',
    about: 'list the links that still let somebody in; what they lead to is not shown',
    example: 'sanji link ls',
    async run(cli) {
      const { store } = await cli.house();
      const { timeZone } = cli.config();
      const at = (instant: string) => isoWithOffset(new Date(instant), timeZone);
      const links = await store.listOpenLinks(cli.now(), LINKS_MAX);
      const json = links.map(({ storeId, createdAt, expiresAt, usedAt, ...link }) => ({
        ...link,
        store: storeId,
        createdAt: at(createdAt),
        expiresAt: at(expiresAt),
        usedAt: usedAt === null ? null : at(usedAt),
      }));
      return {
        json,
        lines: json.map(
          (link) =>
            `${link.id}  ${link.kind}  ${link.store}  until ${link.expiresAt}${link.usedAt === null ? '' : `  used ${link.usedAt}`}`,
        ),
      };
    },
  }),
  row<New>({
    name: 'new',
    about: "say where an order's page is, or make a link to a store's board for one of its farmers",
    options: [
      ['--order <code>', 'the page of this order, by its code or id'],
      ['--board', 'the board of a store'],
      ['--user <user>', 'with --board: the farmer who acts on it, per_… or platform:bot:user'],
      STORE,
    ],
    example: 'sanji link new --order P7-042',
    async run(cli, { order: ref, board = false, user, store: storeId }) {
      if ((ref === undefined) !== board || (board && user === undefined))
        throw new UsageError('expected --order CODE, or --board with --user');
      const house = await cli.house();
      const { store } = house;
      const pagesUrl = cli.config().publicBaseUrl;
      if (ref !== undefined) {
        const { order } = await findOrder(house, ref, storeId);
        const url = orderPage(store, order, pagesUrl);
        return { json: { order: order.id, url }, lines: [url] };
      }
      const personId = await findUser(house, user ?? '');
      const shop = await findShop(house, storeId);
      const staff = await store.findStaff(shop.id);
      const isFarmer = staff.some(
        (one) => one.personId === personId && one.roles.includes('farmer'),
      );
      if (!isFarmer) throw new DomainError('not_found', `${user} is no farmer of ${shop.id}`);
      const of = { storeId: shop.id, personId, now: cli.now(), pagesUrl };
      const url = await newBoardLink(store, of);
      return { json: { store: shop.id, user: personId, url }, lines: [url] };
    },
  }),
  row<{ id?: string; order?: string; store?: string }>({
    name: 'revoke',
    about: "take a link back, or all links to an order's page: they let nobody in any more",
    args: [['[id]', 'the link, as `sanji link ls` names it']],
    options: [
      ['--order <code>', 'instead of a link: the order whose page all links so far lead to'],
      STORE,
    ],
    example: 'sanji link revoke lnk_0a1b2c3d4e5f',
    async run(cli, { id, order: ref, store: storeId }) {
      const house = await cli.house();
      const { store } = house;
      if ((id === undefined) === (ref === undefined))
        throw new UsageError('expected a link, or --order CODE');
      if (ref !== undefined) {
        const { order } = await findOrder(house, ref, storeId);
        await store.endOrderLinks(order.storeId, order.id);
        const told = `all links to the page of ${order.code} are revoked; new messages carry a new one`;
        return { json: { order: order.id, revoked: true }, lines: [told] };
      }
      if (!(await store.revokeLink(id ?? '', cli.now())))
        throw new DomainError('not_found', `there is no open link ${id}`);
      return { json: { id, revoked: true }, lines: [`${id} is revoked`] };
    },
  }),
];
