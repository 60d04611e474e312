// Bodies as somebody would send them, for readers of the API's description and for trying it by hand
// against the demo store.

export const newOrder = {
  store: 'peach',
  buyer: { name: 'Kim Younghee', phone: '01011112222' },
  depositor: 'Kim Younghee',
  parcels: [
    {
      recipient: 'Park Cheolsu',
      phone: '01012345678',
      address: '1729 Dongil-ro, Nowon-gu, Seoul',
      items: [{ product: 'peach-4kg', boxes: 2 }],
    },
  ],
};

export const orderChange = {
  parcels: [{ id: 'par_…-1', items: [{ product: 'peach-4kg', boxes: 3 }] }],
};

export const payment = { order: 'P7-001', amountKrw: 75_000, method: 'manual' };

export const cancellation = { reason: 'Ordered twice' };

export const shipment = {
  order: 'P7-001',
  state: 'shipped',
  carrier: 'kr.cjlogistics',
  waybills: ['123456789012'],
};

export const newStore = {
  id: 'plum',
  name: 'Plum Farm',
  policy: {
    dailyCapBoxes: 40,
    bank: { name: 'NH', account: '302-0000-0000-01', holder: 'Kim Toni' },
  },
};

export const storeChange = { state: 'paused' };

export const newProduct = { id: 'plum-2kg', name: 'Plums 2kg', priceKrw: 18_000, origin: 'Sangju' };

export const productChange = { priceKrw: 20_000 };

export const dayCap = { capBoxes: 30 };

export const bankNotice = {
  store: 'peach',
  at: '2026-07-21T09:36:19+09:00',
  name: 'Kim Younghee001',
  amountKrw: 75_000,
};
