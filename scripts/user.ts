import { DomainError, EVERY_STORE, isoWithOffset, makeLinkCode, type Role } from '../src/app.ts';
import { type Field, type Row, row, UsageError } from './command.ts';
import { findShop, findShops, findUser } from './find.ts';
import { ROLES } from './invite.ts';
import { oneOf } from './readers.ts';

const USER: Field = ['<user>', 'the person: an id (per_…) or platform:bot:user'];

export const commands: readonly Row[] = [
  row<{ store?: string }>({
    name: 'ls',
    about: 'list who has which role where, and since when',
    options: [['--store <id>', `only this store; ${EVERY_STORE} for admins of the installation`]],
    example: 'sanji user ls --store peach',
    async run(cli, { store: storeId }) {
      const house = await cli.house();
      const places =
        storeId === EVERY_STORE
          ? [EVERY_STORE]
          : [
              ...(storeId === undefined ? [EVERY_STORE] : []),
              ...(await findShops(house, storeId)).map(({ id }) => id),
            ];
      const staff = [];
      for (const place of places)
        for (const { roles, ...member } of await house.store.findStaff(place))
          staff.push(...roles.map((role) => ({ ...member, role, storeId: place })));
      const { timeZone } = cli.config();
      const people = Map.groupBy(staff, ({ personId }) => personId);
      const json = [...people].map(([user, roles]) => ({
        user,
        platform: roles[0]?.platform ?? '',
        roles: roles.map(({ storeId: store, role, since }) => ({
          store,
          role,
          since: isoWithOffset(new Date(since), timeZone),
        })),
      }));
      return {
        json,
        lines: json.flatMap(({ user, platform, roles }) =>
          roles.map(
            ({ store, role, since }) => `${user}  ${platform}  ${store}  ${role}  ${since}`,
          ),
        ),
      };
    },
  }),
  row<{ user: string }>({
    name: 'links',
    about: 'list where a person is linked with himself, and where notices go first',
    args: [USER],
    example: 'sanji user links telegram:123456:7890',
    async run(cli, { user }) {
      const house = await cli.house();
      const personId = await findUser(house, user);
      const { timeZone } = cli.config();
      const members = await house.store.findAccount(personId);
      const json = members.map(({ personId: id, linkedAt, ...member }) => ({
        user: id,
        ...member,
        linkedAt: isoWithOffset(new Date(linkedAt), timeZone),
      }));
      return {
        json,
        lines: json.map(
          (one) =>
            `${one.user}  ${one.platform}  ${one.linkedAt}${one.isPreferred ? '  first' : ''}${one.isBlocked ? '  blocked' : ''}`,
        ),
      };
    },
  }),
  row<{ user: string }>({
    name: 'link-code',
    about: 'make a code by which a person links another platform of his, once, within ten minutes',
    args: [USER],
    example: 'sanji user link-code telegram:123456:7890',
    async run(cli, { user }) {
      const house = await cli.house();
      const personId = await findUser(house, user);
      const made = await makeLinkCode(house.store, personId, cli.now());
      if (made === null)
        throw new DomainError('conflict', `${personId} is linked with as many as there may be`);
      const expiresAt = isoWithOffset(made.expiresAt, cli.config().timeZone);
      return {
        json: { user: personId, code: made.code, expiresAt },
        lines: [made.code, `to be sent from his other platform, until ${expiresAt}`],
      };
    },
  }),
  row<{ user: string }>({
    name: 'unlink',
    about: 'take a person out of his links; everybody who was linked is told',
    args: [USER],
    example: 'sanji user unlink telegram:123456:7890',
    async run(cli, { user }) {
      const house = await cli.house();
      const personId = await findUser(house, user);
      const of = { personId, actorId: null, now: cli.now() };
      if ((await house.store.unlinkPerson(of)) === null)
        throw new DomainError('not_found', `${personId} is linked with nobody`);
      return {
        json: { user: personId, unlinked: true },
        lines: [`${personId} is linked no longer`],
      };
    },
  }),
  row<{ user: string; store?: string; role?: Role }>({
    name: 'remove-role',
    about: 'take a role away; whoever had it is told',
    args: [USER],
    options: [
      ['--store <id>', `the store; ${EVERY_STORE} for an admin of the installation`],
      ['--role <role>', `the role: ${ROLES.join(', ')}`, oneOf(...ROLES)],
    ],
    example: 'sanji user remove-role per_3fJx9Qw2LmZa --store peach --role farmer',
    async run(cli, { user, store: storeId, role }) {
      if (role === undefined) throw new UsageError('--role is needed');
      const house = await cli.house();
      const place = storeId === EVERY_STORE ? EVERY_STORE : (await findShop(house, storeId)).id;
      const personId = await findUser(house, user);
      const removal = { storeId: place, personId, roles: [role], now: cli.now() };
      if ((await house.store.removeRoles(removal)) === 0)
        throw new DomainError('not_found', `${personId} is no ${role} of ${place}`);
      return {
        json: { user: personId, store: place, role, removed: true },
        lines: [`${personId} is ${role} of ${place} no longer`],
      };
    },
  }),
];
