// One person on several platforms (`다른 톡 연결`): a one-time code made on the one and typed on the other,
// asked about before it counts, undone by either side, and where notices go. It needs no store to be chosen.
import { isNo, isYes } from '../language/answers.ts';
import { type LinkingReading, readLinking } from '../language/linking.ts';
import type { AccountMember, CodeLook, Store } from '../orders/store.ts';
import { ask, type Coming, type Step, stay } from './desk.ts';
import * as replies from './replies/index.ts';
import { newCode, normaliseInvite } from './staff.ts';

const CODE_LIFE_MS = 10 * 60_000;

/** Whoever links must be known: what he does refers to him. */
export function isAboutLinking(text: string): boolean {
  return readLinking(text) !== null;
}

/** Null when it is none of these words, presses and answers. */
export async function answerLinking(coming: Coming, text: string): Promise<Step | null> {
  const { press } = coming.message;
  if (press !== undefined) return pressed(coming, press);
  const answered = await answerQuestion(coming, text);
  if (answered !== null) return answered;
  const said = readLinking(text);
  return said === null ? null : follow(free(coming), said);
}

function follow(coming: Coming, said: LinkingReading): Promise<Step> {
  switch (said.kind) {
    case 'make':
      return makeCode(coming);
    case 'use':
      return askToLink(coming, normaliseInvite(said.code));
    case 'end':
      return whichToUnlink(coming);
    case 'prefer':
      return prefer(coming, said.where);
  }
}

/** `ref` is the question's id, or the person whom a button names; visible, so checked here. */
async function pressed(
  coming: Coming,
  { act, ref }: { readonly act: string; readonly ref: string },
): Promise<Step | null> {
  const { open } = coming.talk;
  if (act === 'no' && open?.id === ref) return answerQuestion(coming, replies.BUTTONS.no);
  if (act === 'unlink') return askToUnlink(free(coming), ref);
  if (act !== 'link-yes' && act !== 'unlink-yes') return null;
  if (open?.kind === 'link' && act === 'link-yes' && open.id === ref)
    return link(free(coming), open.code);
  if (open?.kind === 'unlink' && act === 'unlink-yes' && open.id === ref)
    return unlink(free(coming), open.personId);
  return stay(coming, replies.questionIsOver());
}

async function answerQuestion(coming: Coming, text: string): Promise<Step | null> {
  const { open } = coming.talk;
  if (open?.kind === 'link') {
    if (isYes(text) || replies.isLabel(text, 'linkYes')) return link(free(coming), open.code);
    return isNo(text) ? stay(free(coming), replies.notLinked()) : null;
  }
  if (open?.kind !== 'unlink') return null;
  if (isYes(text) || replies.isLabel(text, 'unlinkYes')) return unlink(free(coming), open.personId);
  return isNo(text) ? stay(free(coming), replies.notUnlinked()) : null;
}

/** A code of this place for another one; what is said before it does not show it. */
async function makeCode(coming: Coming): Promise<Step> {
  const { desk, turn, now } = coming;
  const made = await makeLinkCode(desk.store, turn.person.id, now);
  if (made === null) return stay(coming, replies.accountFull());
  const { code } = made;
  // Who stands there already needs the other place, not the way back.
  const isThere = coming.message.sender.platform === 'telegram';
  const url = isThere ? null : (desk.linkUrl?.(normaliseInvite(code)) ?? null);
  return stay(coming, replies.linkCode({ code, url, minutes: CODE_LIFE_MS / 60_000 }));
}

/** Null when he is linked with as many as there may be. */
export async function makeLinkCode(
  store: Store,
  personId: string,
  now: Date,
): Promise<{ readonly code: string; readonly expiresAt: Date } | null> {
  const code = newCode();
  const expiresAt = new Date(now.getTime() + CODE_LIFE_MS);
  const asked = { code: normaliseInvite(code), personId, now, expiresAt };
  return (await store.createAccountCode(asked)) ? { code, expiresAt } : null;
}

/** Says what will be shared before anything is: somebody else may have told him to type this. */
async function askToLink(coming: Coming, code: string): Promise<Step> {
  const { desk, turn, now } = coming;
  const look = await desk.store.lookAtAccountCode({ code, person: turn.person, now });
  if ('refused' in look) return refuse(coming, look.refused);
  return ask(coming, { kind: 'link', code }, (id) => replies.askToLink(look.platform, id));
}

async function link(coming: Coming, code: string): Promise<Step> {
  const { desk, turn, now } = coming;
  const linked = await desk.store.linkPeople({ code, person: turn.person, now });
  if ('refused' in linked) return refuse(coming, linked.refused);
  desk.log('account.linked', {});
  return stay(coming, replies.linkedHere(linked.platform));
}

function refuse(coming: Coming, why: Extract<CodeLook, { refused: string }>['refused']): Step {
  if (why === 'wrong' || why === 'locked') coming.desk.log('account.refused', { why });
  return stay(coming, replies.notLinkable(why));
}

/** Of two there is only one question; of more, whom. */
async function whichToUnlink(coming: Coming): Promise<Step> {
  const { desk, turn } = coming;
  const members = await desk.store.findAccount(turn.person.id);
  const others = members.filter(({ personId }) => personId !== turn.person.id);
  const [only] = others;
  if (only === undefined) return stay(coming, replies.nothingLinked());
  if (others.length === 1) return askToUnlink(coming, only.personId);
  return stay(coming, replies.whichToUnlink(others, turn.person.id));
}

async function askToUnlink(coming: Coming, personId: string): Promise<Step> {
  const { desk, turn } = coming;
  const members = await desk.store.findAccount(turn.person.id);
  const member = members.find((one) => one.personId === personId);
  if (member === undefined) return stay(coming, replies.alreadyUnlinked());
  const isOwn = personId === turn.person.id;
  return ask(coming, { kind: 'unlink', personId }, (id) => replies.askToUnlink(member, isOwn, id));
}

async function unlink(coming: Coming, personId: string): Promise<Step> {
  const { desk, turn, now } = coming;
  const of = { personId, actorId: turn.person.id, now };
  const unlinked = await desk.store.unlinkPerson(of);
  if (unlinked === null) return stay(coming, replies.alreadyUnlinked());
  desk.log('account.unlinked', {});
  return stay(coming, replies.unlinkedHere(unlinked.platform));
}

async function prefer(
  coming: Coming,
  where: Extract<LinkingReading, { kind: 'prefer' }>['where'],
): Promise<Step> {
  const { desk, turn } = coming;
  const members = await desk.store.findAccount(turn.person.id);
  if (members.length === 0) return stay(coming, replies.nothingLinked());
  const chosen = newest(members, where === 'here' ? turn.person.id : where);
  if (chosen === undefined) return stay(coming, replies.notLinkedThere(where));
  await desk.store.preferPerson(chosen.personId);
  return stay(coming, replies.preferred(chosen.platform));
}

/** Of several on one platform the one that came last. */
function newest(members: readonly AccountMember[], where: string): AccountMember | undefined {
  return members.findLast(({ personId, platform }) => personId === where || platform === where);
}

function free(coming: Coming): Coming {
  return { ...coming, talk: { ...coming.talk, open: null } };
}
