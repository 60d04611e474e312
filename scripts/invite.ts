import {
  EVERY_STORE,
  type House,
  isoWithOffset,
  newCode,
  normaliseInvite,
  type Role,
} from '../src/app.ts';
import { type Row, row, STORE, UsageError } from './command.ts';
import { findShop } from './find.ts';
import { someOf } from './readers.ts';

const HOURS = 24;
export const ROLES = ['farmer', 'seller', 'admin'] as const satisfies readonly Role[];

export const commands: readonly Row[] = [
  row<{ role: readonly Role[]; store?: string }>({
    name: 'create',
    about: `make a code by which one person joins the staff, once, within ${HOURS} hours`,
    options: [STORE, ['--role <roles>', 'farmer, seller or both; or admin', someOf(...ROLES)]],
    example: 'sanji invite create --store peach --role farmer,seller',
    async run(cli, { role: roles, store: storeId }) {
      if (roles === undefined) throw new UsageError('--role is needed');
      const isAdmin = roles.includes('admin');
      if (isAdmin && (roles.length > 1 || storeId !== undefined))
        throw new UsageError('an admin is of the installation: no store, no other role');
      const house = await cli.house();
      const place = isAdmin ? EVERY_STORE : (await findShop(house, storeId)).id;
      const made = await createInvite(house, { storeId: place, roles, now: cli.now() });
      const expiresAt = isoWithOffset(made.expiresAt, cli.config().timeZone);
      const json = { code: made.code, expiresAt };
      return { json, lines: [json.code, `for one person, until ${json.expiresAt}`] };
    },
  }),
];

export async function createInvite(
  { store }: House,
  { storeId, roles, now }: { storeId: string; roles: readonly Role[]; now: Date },
): Promise<{ readonly code: string; readonly expiresAt: Date }> {
  const code = newCode();
  const expiresAt = new Date(now.getTime() + HOURS * 3_600_000);
  const sealed = { codeHash: normaliseInvite(code), expiresAt: expiresAt.toISOString() };
  await store.createInvite({ ...sealed, storeId, roles });
  return { code, expiresAt };
}
