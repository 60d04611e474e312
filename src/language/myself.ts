// "저: 채온유 010-…" beside somebody whose data are complete: who orders, and no recipient.
import { type Block, filled, isCalled, type Notes } from './notes.ts';

const ME =
  /(?:^|[\s/|,(])(?:저|저는|전|나|나는|본인|제 ?이름은?|주문자는?|주문은)[ :=-]{1,3}(?:[가-힣]{2,4} )?$/u;
const LOOK = 16;

/** He has no address and no boxes of his own; what was ordered is for the others. */
export function takeMyself(notes: Notes, opened: ReadonlySet<Block>, text: string): void {
  const [one, other, third] = notes.blocks;
  if (one === undefined || other === undefined || third !== undefined) return;
  const me = [one, other].find((block) => isMe(block, text));
  const receiver = me === one ? other : one;
  if (me === undefined || !opened.has(me) || filled(receiver) < 3 || notes.sender !== null) return;
  const expects = notes.pending.some(({ key }) => key === '저희' || isCalled(me, key));
  if (me.counts.length > 0 || expects || notes.shared.some(({ each }) => each)) return;
  if (receiver.counts.length === 0 && notes.shared.length === 0) return;
  notes.sender = me.name;
  notes.senderPhone ??= me.phone;
  notes.from.sender = me.from.name ?? notes.from.sender;
  notes.from.senderPhone ??= me.from.phone;
  notes.blocks = [receiver];
}

function isMe({ name, nameStart, address, addressBad, region }: Block, text: string): boolean {
  if (name === null || address !== null || addressBad || region !== null) return false;
  return ME.test(text.slice(Math.max(0, nameStart - LOOK), nameStart));
}
