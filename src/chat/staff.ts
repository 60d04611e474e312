// Joining as staff by a one-time code (`등록 K7QX-2M9T`), and being sent away by whoever works there.
import { randomInt } from 'node:crypto';
import { isNo, isYes, readInvite } from '../language/answers.ts';
import { ROLES } from '../orders/change.ts';
import { type Asking, ask, closed, type Handled, type Step, stay } from './desk.ts';
import * as replies from './replies/index.ts';
import { isStaffOf } from './roles.ts';

/** Letters and digits without look-alikes; 8 of them are 40 bits. */
const CODE_ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const CODE_LENGTH = 8;

/** A new code as people read and type it: `K7QX-2M9T`. */
export function newCode(): string {
  const letters = Array.from({ length: CODE_LENGTH }, () =>
    CODE_ALPHABET.charAt(randomInt(CODE_ALPHABET.length)),
  );
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`;
}

/** What is stored and compared: upper case without hyphens. */
export function normaliseInvite(code: string): string {
  return code.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

/** Null when the message is no staff code. */
export async function useInvite(
  { desk, turn, talk, now }: Pick<Asking, 'desk' | 'turn' | 'talk' | 'now'>,
  text: string,
): Promise<Step | null> {
  const code = readInvite(text);
  if (code === null) return null;
  const codeHash = normaliseInvite(code);
  const used = await desk.store.useInvite({ codeHash, personId: turn.person.id, now });
  if (used === 'wrong' || used === 'locked') {
    desk.log('code.refused', { why: used });
    return { reply: replies.wrongInvite(used === 'locked'), talk };
  }
  const shop = await desk.store.findShop(used.storeId);
  const storeId = shop === null ? talk.storeId : shop.id;
  return { reply: replies.joined(shop, used.roles), talk: { ...talk, storeId } };
}

/** The buttons of staff, whatever their role; null when it is none of them. */
export async function pressedByStaff(asking: Asking): Promise<Handled> {
  const { press } = asking.message;
  if (press?.act === 'remove-staff') return askToRemove(asking, press.ref);
  return press?.act === 'remove-yes' ? removeYes(asking, press.ref) : null;
}

export async function answerStaffQuestion(asking: Asking): Promise<Handled> {
  const { talk, text } = asking;
  if (talk.open?.kind !== 'remove-staff') return null;
  if (isYes(text)) return removeYes(asking, talk.open.id);
  return isNo(text) ? stay(closed(asking), replies.notRemoved()) : null;
}

/** `ref` is `store:person:role.role`, as the notice of the joining had it; visible, so checked here. */
async function askToRemove(asking: Asking, ref: string): Promise<Handled> {
  const { turn, desk } = asking;
  const [storeId = '', personId = '', said = ''] = ref.split(':');
  if (!isStaffOf(turn, storeId)) return stay(asking, replies.needsStaff());
  if (personId === turn.person.id) return stay(asking, replies.notYourself());
  const member = (await desk.store.findStaff(storeId)).find((one) => one.personId === personId);
  const roles = said.split('.').flatMap((role) => ROLES.find((one) => one === role) ?? []);
  const held = roles.filter((role) => member?.roles.includes(role));
  if (member === undefined || held.length === 0) return stay(asking, replies.alreadyGone());
  return ask(asking, { kind: 'remove-staff', storeId, personId, roles: held }, (id) =>
    replies.askToRemove(held, member.platform, id),
  );
}

async function removeYes(asking: Asking, ref: string): Promise<Handled> {
  const { talk, turn, desk, now } = asking;
  if (talk.open?.kind !== 'remove-staff' || talk.open.id !== ref)
    return stay(asking, replies.questionIsOver());
  const done = closed(asking);
  const { storeId, personId, roles } = talk.open;
  // The one who asks may have been sent away himself since.
  if (!isStaffOf(turn, storeId)) return stay(done, replies.needsStaff());
  const removed = await desk.store.removeRoles({ storeId, personId, roles, now });
  return stay(done, removed > 0 ? replies.staffRemoved(roles) : replies.alreadyGone());
}
