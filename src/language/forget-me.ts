// The wish to be forgotten, in a person's own words.

import { plainText } from './plain-text.ts';

/** A wish is short; a letter that mentions data is about something else. */
const WISH_MAX = 60;
const WISH =
  /(?:^|[\s,.])(?:내|제|저의|나의|우리|저희|개인|회원|저에 ?대한|나에 ?대한)[ ]?(?:개인 ?)?(?:정보|데이터|기록|자료)(?:들)?(?:를|을|도|는|은|좀)?[ ]?(?:다|모두|전부|싹|좀)?[ ]?(?:삭제|지워|지우|없애|파기|폐기)|(?:회원 ?)?탈퇴(?:할|하|요|시켜|해|$)|(?:delete|erase|remove) (?:all )?my (?:data|info|information)|forget me/u;
/** Asking how it is done, or when it happens, asks for no deed. */
const ASKS = /언제|어떻게 ?(?:되|관리|보관)|되나요|됐나|하나요|안 ?(?:지워|삭제)|하지 ?마/u;

export function wantsToBeForgotten(text: string): boolean {
  if (text.length > WISH_MAX) return false;
  const plain = plainText(text).trim();
  return WISH.test(plain) && !ASKS.test(plain);
}
