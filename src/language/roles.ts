// Who somebody is, said in brackets: "도한결입니다(보내는 사람)", "반소희(받는분)", "보내는분(도한결)".
import { COPULA } from './endings.ts';
import { soundsLikeName } from './given-names.ts';
import { FIELD_OF, type Field } from './label-words.ts';
import { matchesOn } from './letters.ts';
import { companyIn, personName } from './names.ts';
import { claim, isFree, type Page, put } from './page.ts';

const IN_BRACKETS =
  /(?<lead>[가-힣]{0,8}[ :]{0,2})(?<![가-힣])(?<word>[가-힣]{2,9}) ?\((?<inner>[가-힣][가-힣 ]{1,7})\)(?! ?[:=])/gu;
/** What a form says of its field: "수령인(필수)". */
const OF_A_FIELD = /^(?:필수|선택|본인|실명|성함|이름|전화|주소|숫자)/u;
const POLITE = new RegExp(`(?:${COPULA})$`, 'u');

/** Read before the labels, because behind its value no label is looked for. */
export function readRoles(page: Page): void {
  if (!page.text.includes('(')) return;
  for (const { index, groups, 0: whole } of matchesOn(page, IN_BRACKETS)) {
    const { lead = '', word = '', inner = '' } = groups ?? {};
    const start = index + lead.length;
    const end = index + whole.length;
    if (FIELD_OF.has(lead.replace(/[ :]+/gu, '')) || !isFree(page, start, end)) continue;
    const said = behindName(word, inner) ?? behindRole(word, inner);
    if (said === null) continue;
    const from = page.text.indexOf(said.text, start);
    const at = { start: from, end: from + said.text.length };
    if (!putRole(page, said, at)) continue;
    claim(page, start, end);
  }
}

type Role = { readonly field: Field | undefined; readonly text: string };

function behindName(word: string, role: string): Role | null {
  const field = FIELD_OF.get(role.replaceAll(' ', ''));
  if (field === undefined || FIELD_OF.has(word)) return null;
  const text = personName(word) ?? companyIn(word.replace(POLITE, ''));
  return text === null ? null : { field, text };
}

function behindRole(role: string, name: string): Role | null {
  const field = FIELD_OF.get(role);
  const whole = personName(name) === name && soundsLikeName(name) && !OF_A_FIELD.test(name);
  return field !== undefined && whole ? { field, text: name } : null;
}

type At = { readonly start: number; readonly end: number };

function putRole(page: Page, { field, text }: Role, at: At): boolean {
  if (field === 'sender') put(page, { kind: 'sender', text, ...at });
  else if (field === 'depositor') put(page, { kind: 'depositor', text, sameAs: null, ...at });
  else if (field === 'recipient') put(page, { ...AS_RECIPIENT, text, ...at });
  else return false;
  return true;
}

const AS_RECIPIENT = { kind: 'name', weight: 5, labelled: true, introduced: false } as const;
