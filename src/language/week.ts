// "이번 주": somebody who works here asks what the coming days hold.
import { plainText } from './plain-text.ts';

const WEEK_MAX = 30;
const WEEK =
  /^(?:이번주|금주|주간|(?:앞으로|오늘부터)?(?:일주일|7일|칠일))(?:간|동안)?(?:의|은|는)?(?:일정|현황|예약|주문|상황|물량|상자|예상|계획)?(?:은|는|이|가)?(?:어때요?|얼마나(?:돼요?|있어요?)|알려(?:줘요?|주세요)|보여(?:줘요?|주세요)|볼게요)?[?!.~]*$/u;

export function asksForWeek(text: string): boolean {
  return text.length <= WEEK_MAX && WEEK.test(plainText(text).replace(/\s+/gu, ''));
}
