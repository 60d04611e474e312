// What everybody of an account hears when somebody comes to it or leaves it.
import { text, type Words } from './notice-data.ts';
import * as replies from './replies/index.ts';

/** Nothing when whoever came has left again. */
export const linked: Words = async (store, { data }) => {
  const personId = text(data.person);
  const members = await store.findAccount(personId);
  if (!members.some((one) => one.personId === personId)) return null;
  return replies.accountLinked({ personId, platform: text(data.platform) });
};

export const unlinked: Words = (_store, { data }) =>
  replies.accountUnlinked(text(data.platform), data.isHere === true);
