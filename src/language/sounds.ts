// How a text sounds, so that a word is found in whatever ending, spelling or slip it is written.

const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const CODAS = 28;
const VOWELS = 21;
const APOSTROPHES = "'’";

/** Silent at the start of a syllable, so that 많이 and 마니, 없어 and 업서 sound alike. */
const ONSETS = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆ_ㅈㅉㅊㅋㅌㅍㅎ'].map((letter) =>
  letter.replace('_', ''),
);
/** ㅐ ㅔ ㅒ ㅖ, and ㅙ ㅚ ㅞ, are taken for each other: 되요, 돼요, 어떻개. */
const NUCLEI = [...'ㅏㅔㅑㅔㅓㅔㅕㅔㅗㅘㅙㅙㅛㅜㅝㅙㅟㅠㅡㅢㅣ'];
/** ㆁ closes a syllable; ㅅ and ㅆ are taken for each other there: 했, 햇. */
const ENDS = [
  '',
  ...'ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅅ ㆁ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(
    ' ',
  ),
];

export type Sounds = {
  readonly letters: string;
  /** For each letter, where its character stands in the text. */
  readonly places: readonly number[];
};

/** Letter by letter; the text is one already made plain. */
export function soundsOf(text: string): Sounds {
  const letters: string[] = [];
  const places: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    for (const letter of soundOf(text.charCodeAt(at), letters.at(-1))) {
      letters.push(letter);
      places.push(at);
    }
  }
  return { letters: letters.join(''), places };
}

function soundOf(code: number, before: string | undefined): string {
  if (code < FIRST_SYLLABLE || code > LAST_SYLLABLE) {
    const letter = String.fromCharCode(code);
    if (APOSTROPHES.includes(letter)) return '';
    if (!/\s/.test(letter)) return letter;
    return before === ' ' ? '' : ' ';
  }
  const syllable = code - FIRST_SYLLABLE;
  const onset = ONSETS[Math.floor(syllable / (VOWELS * CODAS))] ?? '';
  const nucleus = NUCLEI[Math.floor(syllable / CODAS) % VOWELS] ?? '';
  // 졌 and 젔, 쳤 and 첬 are one sound.
  const vowel = nucleus === 'ㅕ' && /[ㅈㅉㅊ]/.test(onset) ? 'ㅓ' : nucleus;
  return onset + vowel + (ENDS[syllable % CODAS] ?? '');
}

/** How the end of a stem changes before a vowel, and what it becomes. */
const CONJUGATIONS: readonly (readonly [end: RegExp, forms: readonly string[]])[] = [
  [/ㅎㅏ$/, ['ㅎㅏ', 'ㅎㅔ']], // 하다, 해요
  [/ㄹㅡ$/, ['ㄹㅡ', 'ㄹㄹㅓ', 'ㄹㄹㅏ', 'ㄹ']], // 무르다, 물러요; 고르다, 골라요
  [/(?<=[ㅈㅊㅉ])ㅣ$/, ['ㅣ', 'ㅓ']], // 부치다, 부쳐요
  [/ㅣ$/, ['ㅣ', 'ㅕ']], // 시키다, 시켜요
  [/ㅜ$/, ['ㅜ', 'ㅝ']], // 바꾸다, 바꿔요
  [/ㅗ$/, ['ㅗ', 'ㅘ']], // 오다, 와요
  [/ㅡ$/, ['ㅡ', 'ㅓ', 'ㅏ']], // 크다, 커요; 아프다, 아파요
  [/ㅂ$/, ['ㅂ', 'ㅜ', 'ㅝ']], // 싱겁다, 싱거워요
  [/ㄹ$/, ['ㄹ', 'ㄴ', 'ㅂㄴ', 'ㅅㅣ', 'ㅅㅔ', 'ㄴㅡ']], // 팔다, 파는, 팝니다
];

export type Stem = {
  readonly letters: string;
  /** Only where a word begins, only where one ends, only whole syllables. */
  readonly begins: boolean;
  readonly ends: boolean;
  readonly whole: boolean;
};

/**
 * The ways to write one word of a table. `_` is a blank that may be missing, `~` behind a stem asks
 * for its other forms, `^` and `$` tie it to the start and end of a word, and behind `.`
 * no letter may close the last syllable.
 */
export function stemsOf(word: string): Stem[] {
  const bare = word.replace(/^\^|[$~.]+$/g, '');
  const begins = word.startsWith('^') || /^[a-z]/.test(bare);
  const ends = /\$$/.test(word);
  const whole = /\.$/.test(word);
  const spaced = bare
    .split('_')
    .reduce<string[]>(
      (kept, part) =>
        kept.length === 0 ? [part] : kept.flatMap((head) => [`${head}${part}`, `${head} ${part}`]),
      [],
    );
  return spaced
    .map((written) => soundsOf(written).letters)
    .flatMap((letters) => (/~/.test(word) ? conjugated(letters) : [letters]))
    .map((letters) => ({ letters, begins, ends, whole }));
}

function conjugated(stem: string): string[] {
  const row = CONJUGATIONS.find(([end]) => end.test(stem));
  if (row === undefined) return [stem];
  const [end, forms] = row;
  return forms.map((form) => stem.replace(end, form));
}
