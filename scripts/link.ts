import { DomainError, isoWithOffset } from '../src/app.ts';
import { type Row, row } from './command.ts';

const LINKS_MAX = 10_000;

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
  row<{ id: string }>({
    name: 'revoke',
    about: 'take a link back: it lets nobody in any more',
    args: [['<id>', 'the link, as `sanji link ls` names it']],
    example: 'sanji link revoke lnk_0a1b2c3d4e5f',
    async run(cli, { id }) {
      const { store } = await cli.house();
      if (!(await store.revokeLink(id, cli.now())))
        throw new DomainError('not_found', `there is no open link ${id}`);
      return { json: { id, revoked: true }, lines: [`${id} is revoked`] };
    },
  }),
];
