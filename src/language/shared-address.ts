// One address for several recipients: "주소는 둘 다 …", "모두 같은 아파트예요", or the house said
// once and a flat in each row.
import { type Notes, placeBelongs } from './notes.ts';
import { joinMarks } from './origin.ts';
import type { Token } from './page.ts';

const SAME_PLACE =
  /같은 ?(?:집|주소|곳|데|아파트|건물|회사|사무실|빌라|단지)|한 ?(?:집|곳|주소)(?:으로|로|에)|주소(?:는|가)? ?(?:모두|다|전부|둘 ?다|셋 ?다|두 ?분 ?다|세 ?분 ?다|공통|동일|같)/u;
const FOR_ALL =
  /(?:모두|전부|다들|둘 ?다|셋 ?다|두 ?분 ?다|세 ?분 ?다|공통|동일)(?:으로|로|은|는)?[^\n\d가-힣]{0,4}(?:주소[는은]?[: ]*)?$/u;
const BEFORE = 24;

/** Gives the only address to everybody, where the words around it or the flats of the rows say so. */
export function shareAddress(notes: Notes, text: string, tokens: readonly Token[]): void {
  const people = notes.blocks.filter(({ name, phone }) => name !== null || phone !== null);
  const [house, another] = notes.blocks.filter(
    ({ address, addressBad, region }) => address !== null || addressBad || region !== null,
  );
  if (people.length < 2 || house === undefined || another !== undefined) return;
  const flats = people.every(({ unit }) => unit !== null);
  const whole = placeBelongs(house) ? house.longAddress : house.address;
  const own = flats && house.unit !== null ? ` ${house.unit.text}` : '';
  const address = whole?.endsWith(own) ? whole.slice(0, whole.length - own.length) : whole;
  const mark = house.from.address;
  if (address === null) return;
  if (!flats && !isForAll(text, tokens)) return;
  for (const block of people) {
    const { unit } = block;
    block.address = unit === null ? address : `${address} ${unit.text}`;
    if (mark !== undefined) block.from.address = unit === null ? mark : joinMarks(mark, unit.mark);
    block.longAddress = null;
  }
  notes.blocks = people;
}

function isForAll(text: string, tokens: readonly Token[]): boolean {
  if (SAME_PLACE.test(text)) return true;
  const address = tokens.find(({ kind }) => kind === 'address');
  return (
    address !== undefined &&
    FOR_ALL.test(text.slice(Math.max(0, address.start - BEFORE), address.start))
  );
}
