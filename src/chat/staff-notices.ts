// What is told of the staff itself, and to the admins of what did not arrive.
import { list, text, type Words } from './notice-data.ts';
import * as replies from './replies/index.ts';

/** Nothing when whoever came has left again. */
export const staffJoined: Words = async (store, { storeId, data }) => {
  const personId = text(data.person);
  const member = (await store.findStaff(storeId)).find((one) => one.personId === personId);
  const roles = list(data.roles).flatMap(
    (role) => member?.roles.filter((one) => one === role) ?? [],
  );
  if (roles.length === 0) return null;
  const shop = await store.findShop(storeId);
  const at = text(data.at);
  return replies.staffJoined(shop, { storeId, personId, roles, at, platform: text(data.platform) });
};

export const roleRemoved: Words = async (store, { storeId, data }) =>
  replies.rolesRemoved(await store.findShop(storeId), list(data.roles));

export const codesLocked: Words = (_store, { data }) =>
  replies.codesLocked({
    whose: text(data.whose) === 'sender' ? 'sender' : 'bot',
    what: text(data.what) === 'account' ? 'account' : 'invite',
    platform: text(data.platform),
  });

/** Those of the letters that nobody has seen to meanwhile. */
export const deadLetters: Words = async (store, { data }, { now }) => {
  const letters = await Promise.all(list(data.letters).map((id) => store.findLetter(Number(id))));
  const dead = letters.filter((letter) => letter?.state === 'dead').flatMap((one) => one ?? []);
  return dead.length === 0 ? null : replies.deadLetters(dead, now);
};
