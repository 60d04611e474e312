// Asks buyers whether their parcels arrived, when no carrier has said so for some days.
import { askDelivered } from '../orders/ordering.ts';
import { askedIfShippedBefore } from '../orders/receiving.ts';
import { eachDueOrder } from './due-orders.ts';
import type { Job } from './schedule.ts';
import { newestDate } from './slots.ts';

/** People are up, and carriers have not begun the round that might answer it. */
const ASK_AT = '10:00';

export const deliveryCheck: Job = {
  name: 'delivery-check',
  scope: 'store',
  slotOf: (shop, now) => newestDate(shop, now, ASK_AT),
  async run({ store, shop, slot, now }) {
    const before = askedIfShippedBefore(shop, slot);
    const { done: asked, failed } = await eachDueOrder({
      store,
      now,
      find: (limit) => store.findUnasked(shop.id, { shippedBefore: before, limit }),
      command: (by, orderId) => askDelivered(by, orderId, before),
    });
    return { asked, failed };
  },
};
