// The name in an answer to "who receives it?". Stricter than a labelled value: whatever is not
// plainly a name (a place, thanks, a refusal, a complaint) leaves the question open.
import { soundsLikeName } from './given-names.ts';
import {
  companyIn,
  isLatinName,
  isPersonName,
  isPlaceName,
  isRelation,
  personName,
} from './names.ts';

const LEAD =
  /^(?:[\s"'“‘:=\-~*.,]|(?:네+|넵|예|아|음|그럼)(?=[\s,.])|(?:제|저의) ?(?=이름|성함)|(?:받는|받을|받으실) ?(?:분|사람|이)(?:은|이|의)?(?=[\s:])|(?:이름|성함|수령인|수취인)(?:은|이)?(?=[\s:])|저는 )+/u;
const TAIL =
  /(?:[\s.,!~^ㅎㅋ]|(?<= )(?:이에요|예요|입니다|이요|님|씨|이고요|으로|로|앞으로|해 ?주세요|보내 ?주세요|부탁드려요|부탁드립니다|감사합니다|라고 ?(?:해요|합니다)))+$/u;
const ENDING =
  /(?:님|씨|귀하)?(?:께|한테|앞으로)?(?:이요|요|입니다|이에요|이예요|예요|에요|이고요|라고 ?해요|이라고 ?해요|으로요?|로요?)?$/u;
/** With one of these behind it even a name of rare sound is one. */
const PLAINLY_NAMED = /(?:님|씨|귀하|이요|입니다|이에요|이예요|예요)$/u;
const HANGS_ON = /[은는이가을를에도로서고면만와과의요다까죠네지]$|\d/u;
const WORDS_MAX = 5;
/** A name stands in the first words of its answer. */
const LOOK_MAX = 60;

export function answeredName(value: string): string | null {
  const said = value.slice(0, LOOK_MAX).replace(LEAD, '').replace(TAIL, '');
  if (said === '') return null;
  const company = companyIn(said);
  if (company !== null) return company;
  if (/^[A-Za-z]/u.test(said)) return latinName(said);
  const words = said.split(/[\s,]+/u).filter((word) => word !== '');
  if (words.length > WORDS_MAX) return null;
  const [first = '', second = ''] = words;
  const spaced = first + second.replace(ENDING, '');
  if (words.length === 2 && first.length === 1 && isPersonName(spaced) && soundsLikeName(spaced))
    return spaced;
  let place: string | null = null;
  let name: string | null = null;
  for (const word of words) {
    const person = isRelation(word) ? null : nameIn(word);
    if (person !== null) name = name !== null && name.length >= person.length ? name : person;
    else if (isPlaceName(word.replace(ENDING, ''))) place ??= word.replace(ENDING, '');
    else if (!isRelation(word) && HANGS_ON.test(word)) return null;
    else if (words.length === 1) return null;
  }
  return name ?? place;
}

function nameIn(word: string): string | null {
  const person = personName(word);
  if (person === null || !(soundsLikeName(person) || PLAINLY_NAMED.test(word))) return null;
  // "선물이요" and the like: the polite ending alone makes no name of two letters.
  return person.length > 2 || soundsLikeName(person) ? person : null;
}

const LATIN_TALK =
  /\b(?:yes|no|ok|okay|thanks?|you|please|the|my|is|it|what|why|how|when|where|who|not|none|cancel|help|menu|hi|hello|order|box(?:es)?|i)\b/iu;

function latinName(said: string): string | null {
  const name = /^[A-Za-z][A-Za-z.'’-]*(?: [A-Za-z][A-Za-z.'’-]*){0,3}$/u.exec(said)?.[0];
  if (name === undefined || name.length < 2) return null;
  return LATIN_TALK.test(name) && !isLatinName(name) ? null : name;
}
