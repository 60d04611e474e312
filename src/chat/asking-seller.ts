// Buyer: what the house cannot answer goes to the farm, with the promise of an answer.
import * as ordering from '../orders/ordering.ts';
import { type Asking, by, type Handled, pending, type Step, stay } from './desk.ts';
import { remindOfDraft } from './drafts.ts';
import * as replies from './replies/index.ts';

/** Where nobody sells whom we could ask, the shop's telephone is named instead. */
export async function handToSeller(asking: Asking): Promise<Handled> {
  const { desk, shop, turn, text } = asking;
  const staff = await desk.store.findStaff(shop.id);
  if (!staff.some(({ roles }) => roles.includes('seller')))
    return stay(asking, replies.askSeller(shop));
  const [asked, again, enough] = await Promise.all(
    [replies.questionHandedOn(), replies.questionWaits(), replies.enoughQuestions(shop)].map(
      async (reply) => (await remindOfDraft(asking, stay(asking, reply))) as Step,
    ),
  );
  const steps = { asked, again, enough } as const;
  return pending({
    command: ordering.askQuestion(by(asking), { personId: turn.person.id, text }),
    settle: ({ how }) => steps[how] ?? stay(asking, replies.askSeller(shop)),
    refused: () => stay(asking, replies.askSeller(shop)),
  });
}
