// Reads one example with each reader, so that the first person does not wait for their tables and
// regular expressions to be prepared (a tenth of a second on a small machine).

import { readFarmer } from './read-farmer.ts';
import { readBuyer } from './read-intent.ts';
import { readOrder } from './read-order.ts';
import { readSeller } from './read-seller.ts';

const TODAY = '2026-07-20';
const CONTEXT = { today: TODAY, products: [{ id: 'p1', name: '복숭아 4kg' }], maxBoxes: 50 };
const ORDER =
  '받는분: 김영희\n연락처: 010-1234-5678\n주소: 서울 노원구 동일로 1729 103동 1204호\n수량: 2박스';

export function warmUp(): void {
  readOrder([{ text: ORDER }, { text: '아니 3상자요' }], CONTEXT);
  readBuyer('언제 와요?', CONTEXT);
  readFarmer('12번까지', TODAY);
  readSeller('미입금');
}
