// How a name sounds, whether written in Hangul or in Latin letters as on a passport.

const INITIALS = 'k,k,n,t,t,l,m,p,p,s,s,,c,c,c,k,t,p,'.split(',');
const FINALS = ',k,k,k,n,n,n,t,l,l,l,l,l,l,l,l,m,p,p,t,t,n,c,c,k,t,p,t'.split(',');
const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const FINALS_COUNT = 28;
const SYLLABLES_OF_INITIAL = 588;

/** Spellings of surnames that the letters do not say. */
const SURNAMES: readonly (readonly [RegExp, string])[] = [
  [/^(?:lee|rhee|yi|i)(?=[a-z]{3})|(?<=[a-z]{3})(?:lee|rhee)$/, ''],
  [/^(?:park|bark)|park$/, 'pk'],
];

/** The consonants, roughly: vowels and their neighbours are spelt in too many ways. */
export function soundOf(name: string): string {
  if (/^[a-z]+$/.test(name)) return latinSound(name);
  let sound = '';
  for (const letter of name) {
    const at = letter.codePointAt(0) ?? 0;
    if (at < FIRST_SYLLABLE || at > LAST_SYLLABLE) return '';
    const place = at - FIRST_SYLLABLE;
    const initial = INITIALS[Math.floor(place / SYLLABLES_OF_INITIAL)] ?? '';
    sound += initial + (FINALS[place % FINALS_COUNT] ?? '');
  }
  return sound;
}

function latinSound(name: string): string {
  let text = name;
  for (const [spelling, sound] of SURNAMES) text = text.replace(spelling, sound);
  return text
    .replace(/ng/g, 'N')
    .replace(/ch|[jz]/g, 'c')
    .replace(/sh/g, 's')
    .replace(/[gq]/g, 'k')
    .replace(/[dt]/g, 't')
    .replace(/[bf]/g, 'p')
    .replace(/r/g, 'l')
    .replace(/[aeiouwyhx]/g, '')
    .replace(/N/g, 'n')
    .replace(/v/g, '');
}
