import { DomainError, EVERY_STORE, isoWithOffset, type Role } from '../src/app.ts';
import { type Row, row, UsageError } from './command.ts';
import { findShop, findShops, findUser } from './find.ts';
import { ROLES } from './invite.ts';
import { oneOf } from './readers.ts';

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
  row<{ user: string; store?: string; role?: Role }>({
    name: 'remove-role',
    about: 'take a role away; whoever had it is told',
    args: [['<user>', 'the person: an id (per_…) or platform:bot:user']],
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
