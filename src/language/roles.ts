// Who somebody is, said in brackets behind his name: "도한결입니다(보내는 사람)", "반소희(받는분)".
import { COPULA } from './endings.ts';
import { FIELD_OF } from './label-words.ts';
import { matchesOf } from './matches.ts';
import { companyIn, personName } from './names.ts';
import { claim, isFree, type Page, put } from './page.ts';

const ROLE =
  /(?<lead>[가-힣]{0,8}[ :]{0,2})(?<![가-힣])(?<name>[가-힣]{2,9}) ?\((?<role>[가-힣][가-힣 ]{1,7})\)(?! ?[:=])/gu;
const POLITE = new RegExp(`(?:${COPULA})$`, 'u');

/** Read before the labels, because in brackets a label stands behind its value. */
export function readRoles(page: Page): void {
  if (!page.text.includes('(')) return;
  for (const { index, groups, 0: whole } of matchesOf(page.text, ROLE)) {
    const { lead = '', name: word = '', role = '' } = groups ?? {};
    const field = FIELD_OF.get(role.replaceAll(' ', ''));
    const start = index + lead.length;
    const end = index + whole.length;
    const labelled = FIELD_OF.has(lead.replace(/[ :]+/gu, '')) || FIELD_OF.has(word);
    if (field === undefined || labelled || !isFree(page, start, end)) continue;
    const text = personName(word) ?? companyIn(word.replace(POLITE, ''));
    if (text === null) continue;
    const at = { start, end: start + text.length };
    if (field === 'sender') put(page, { kind: 'sender', text, ...at });
    else if (field === 'depositor') put(page, { kind: 'depositor', text, sameAs: null, ...at });
    else if (field === 'recipient') put(page, { ...AS_RECIPIENT, text, ...at });
    else continue;
    claim(page, start, end);
  }
}

const AS_RECIPIENT = { kind: 'name', weight: 5, labelled: true, introduced: false } as const;
