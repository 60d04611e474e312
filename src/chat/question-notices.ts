// What is told of questions that a buyer asks the farm: to its sellers, and the answer to him.
import { list, text, type Words } from './notice-data.ts';
import * as replies from './replies/index.ts';

/** Those that still wait for an answer. */
export const questionAsked: Words = async (store, { storeId, data }) => {
  const shop = await store.findShop(storeId);
  const found = await Promise.all(
    list(data.questions).map((no) => store.findQuestion(storeId, Number(no))),
  );
  const open = found.flatMap((one) => (one?.state === 'open' && one.text !== null ? [one] : []));
  return shop === null || open.length === 0 ? null : replies.questionsAsked(shop, open);
};

export const answered: Words = async (store, { storeId, data, said }) => {
  const shop = await store.findShop(storeId);
  const question = await store.findQuestion(storeId, Number(text(data.question)));
  return shop === null || said === null
    ? null
    : replies.answered(shop, question?.text ?? null, said);
};
