// What was done, in the one form that the words of the work are known by: 맡기고 왔어, 따 놓았어요 and
// 보내 버렸네 are 맡겼, 땄 and 보냈.

/** By stem: as it stands before 고, before an auxiliary, and in the past. */
const VERBS: readonly (readonly [stem: string, infinitive: string, past: string])[] = [
  ['보내', '보내', '보냈'],
  ['내보내', '내보내', '내보냈'],
  ['부치', '부쳐', '부쳤'],
  ['붙이', '붙여', '붙였'],
  ['맡기', '맡겨', '맡겼'],
  ['넘기', '넘겨', '넘겼'],
  ['싣', '실어', '실었'],
  ['태우', '태워', '태웠'],
  ['올리', '올려', '올렸'],
  ['싸', '싸', '쌌'],
  ['담', '담아', '담았'],
  ['따', '따', '땄'],
  ['캐', '캐', '캤'],
  ['베', '베어', '베었'],
  ['뽑', '뽑아', '뽑았'],
  ['거두', '거둬', '거뒀'],
  ['포장하', '포장해', '포장했'],
  ['발송하', '발송해', '발송했'],
  ['출고하', '출고해', '출고했'],
  ['접수하', '접수해', '택배 접수했'],
  ['수확하', '수확해', '수확했'],
];

const pastByForm = new Map(
  VERBS.flatMap(([stem, infinitive, past]) => [
    [`${stem}고`, past],
    [infinitive, past],
  ]),
);
const anyOf = (forms: readonly string[]): string =>
  forms.toSorted((one, other) => other.length - one.length).join('|');

/** "부치고 왔", "실어서 나왔": come back from it. */
const CAME_BACK = new RegExp(
  `(?<![가-힣])(${anyOf(VERBS.map(([stem]) => `${stem}고`))}) ?(?:나서 ?)?(?:왔|나왔|들어왔|돌아왔|갔|나갔|옴|온)`,
  'gu',
);
/** "보내 버렸", "싸 놓았", "맡겨 드렸": to the end of it. */
const TO_THE_END = new RegExp(
  `(?<![가-힣])(${anyOf(VERBS.map(([, infinitive]) => infinitive))}) ?(?:놨|놓았|놓음|놨음|놧|뒀|두었|둠|버렸|버림|부렀|뿌렀|뿟|드렸|드림|줬|주었|줌|냈|치웠)`,
  'gu',
);

/** "10번까지 따고 6번까지 쌌어요": the past of the last is that of all. */
const AND_THEN = new RegExp(
  `(?<=번(?:까지|부터)?(?:는|은|을|를)? ?(?:다 ?)?)(${anyOf(VERBS.map(([stem]) => `${stem}고`))})(?= ?,? ?(?:나머지|[-\\d~, 번부터에서]{1,30}[가-힣 ]{0,12}(?:[쌌땄캤났냈갔었았겼쳤했햇됐렸]|완료|끝)))`,
  'gu',
);

export function withPlainPast(text: string): string {
  const put = (_: string, form: string): string => pastByForm.get(form) ?? form;
  const andThen = (_: string, form: string): string => `${pastByForm.get(form) ?? form}고`;
  return text.replace(CAME_BACK, put).replace(TO_THE_END, put).replace(AND_THEN, andThen);
}
