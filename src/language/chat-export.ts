// Lines pasted out of a chat with its frames: "[차은숙] [오전 9:40] …", "2026년 10월 3일 오후 2:14, 오미자 : …".
import { lettersOf, says } from './letters.ts';

const CLOCK = String.raw`(?:오전|오후|AM|PM)? ?\d{1,2}:\d{2}(?: ?(?:AM|PM))?`;
const FRAME = new RegExp(
  [
    String.raw`^\[(?<a>[^\]\n]{1,20})\] ?\[${CLOCK}\] ?`,
    String.raw`^\d{4}(?:년|[.-]) ?\d{1,2}(?:월|[.-]) ?\d{1,2}(?:일|\.)? ?${CLOCK}, ?(?<b>[^:\n]{1,20}?) ?: ?`,
    String.raw`^(?:-{3,}[^\n]*-{3,}|\d{4}년 \d{1,2}월 \d{1,2}일 (?:[월화수목금토일]요일|${CLOCK}))$`,
  ].join('|'),
  'u',
);
const MAY_HOLD_FRAME = /^(?:\[|\d{4})[^\n]*\d:\d{2}/mu;

/** A seller's name, or what only a seller says. */
const SELLS =
  /농원|농장|과수원|농가|목장|팜$|farm|영농|산지|직판|판매|사장|스토어|상회|푸드|관리자/iu;
const SELLER_SAYS =
  /남겨 ?주(?:세요|시면)|무료 ?배송(?:입|이)|입금 ?(?:확인|부탁|계좌)|계좌(?:는|번호)|주문 ?(?:감사|확인|접수)|발송(?:해 ?드|할게|하겠|됩)|보내 ?드(?:릴|리겠|립)|[\d,]+ ?원(?:이에요|입니다|이요|입금)/u;
/** The one who writes receives it: his name stands in the frame. */
const MYSELF =
  /저한테|저에게|제게|제 ?앞|제가 ?받|저예요|저에요|저요|본인|(?<![가-힣])(?:나|난|나는|나도|저는|저도|전)(?![가-힣])/u;

const DIALLED = /01\d[-. ]?\d{3,4}[-. ]?\d{4}/u;

type Line = { readonly text: string; readonly frame: string; readonly speaker: string | null };

/**
 * The text without the frames and without what others than the buyer said, blank for letter, so
 * that every position stays. Where he says that it is for himself, his name stays.
 */
export function withoutChatFrames(text: string, letters = lettersOf(text)): string {
  if (!says({ text, letters }, MAY_HOLD_FRAME)) return text;
  let speaker: string | null = null;
  const lines: Line[] = text.split('\n').map((line) => {
    const found = FRAME.exec(line);
    speaker = found?.groups?.a ?? found?.groups?.b ?? speaker;
    return { text: line, frame: found?.[0] ?? '', speaker };
  });
  const sellers = new Set(lines.filter(isSellers).map((line) => line.speaker));
  const speakers = new Set(lines.flatMap((line) => line.speaker ?? []));
  const buyers = new Set(
    lines.filter(({ text: said }) => DIALLED.test(said)).map((line) => line.speaker),
  );
  return lines
    .map((line) => {
      const sells = sellers.has(line.speaker) && speakers.size > sellers.size;
      if (sells) return blank(line.text);
      const said = line.text.slice(line.frame.length);
      // Where several order, each under his own name, it is the frame that says whose it is.
      const own = buyers.size > 1 && buyers.has(line.speaker) && line.frame !== '';
      const keeps = line.speaker !== null && (own || MYSELF.test(said)) ? line.speaker : '';
      const at = line.frame.indexOf(keeps);
      return keeps === '' || at < 0
        ? blank(line.frame) + said
        : blank(line.frame.slice(0, at)) +
            keeps +
            // What he says of himself stands in another cell.
            ','.padEnd(line.frame.length - at - keeps.length) +
            said;
    })
    .join('\n');
}

const isSellers = ({ speaker, text, frame }: Line): boolean =>
  speaker !== null && (SELLS.test(speaker) || SELLER_SAYS.test(text.slice(frame.length)));

const blank = (text: string): string => ' '.repeat(text.length);
