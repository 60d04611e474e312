// Something is wrong with an order: recorded, and the seller hears it.
import type { Change, State } from './change.ts';
import type { OrderCore } from './order.ts';
import { mustHaveOrder } from './paying.ts';

export function decideComplain(state: State, said: string): Change<OrderCore> {
  const order = mustHaveOrder(state);
  return {
    answer: order,
    who: 'buyer',
    events: [{ orderId: order.id, event: 'complained' }],
    notices: [
      {
        to: { role: 'seller' },
        kind: 'complained',
        orderId: order.id,
        data: { code: order.code },
        said,
      },
    ],
  };
}
