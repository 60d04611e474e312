// Texts typed without the space bar: cut where one kind ends and another begins, in front of the label of
// a told field and between the parts of an address. Everything behind it reads words.

const FIELD =
  '받는 ?(?:사람|분|이)|수령(?:인|자)|이름|성함|연락처|전화(?:번호)?|휴대폰(?:번호)?|핸드폰(?:번호)?|주소|수량|입금자(?:명)?';
/** "…4상자받는사람은국봉남이고연락처는010…": a field told in a sentence, with no space on either side. */
const GLUED_FIELD = new RegExp(`(?<=[가-힣\\d])((?:${FIELD})[은는])(?=[가-힣\\d])`, 'gu');
const LEADING_FIELD = new RegExp(`(?<![가-힣\\d])((?:${FIELD})[은는])(?=[가-힣]{3}|\\d)`, 'gu');
const SENTENCE_END =
  /(?<=[가-힣\d](?:입니다|합니다|하세요|해요|이고요|이구요|이고|이구))(?=[가-힣]{1,8}(?:\d|[한두세네] ?(?:박스|상자)))/gu;

const PHONE = String.raw`01[016-9][- ]?\d{3,4}[- ]?\d{4}`;
const PROVINCE =
  '(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주)(?:특별자치도|특별자치시|특별시|광역시|시|도)?|충청[남북]도|전라[남북]도|경상[남북]도';
/** "박스요어진솔010-…", "…4410경기이천시": a number between a name and a town. */
const AROUND_PHONE = new RegExp(
  String.raw`(?<=[가-힣])(?=${PHONE}(?!\d))|(?<=(?:^|[^\d-])${PHONE})(?=(?:${PROVINCE}|[가-힣]{1,4}[시군])[가-힣])|(?<=\d(?:박스|상자)(?:이요|만요|요))(?=[가-힣]{2,4} ?${PHONE})`,
  'gu',
);
/** "강릉시사천면가작길 22-5": town, township and road in one word before a house number. */
const GLUED_ADDRESS = new RegExp(
  String.raw`(?<![가-힣])(?<province>${PROVINCE})?(?<town>[가-힣]{1,4}?[시군구])(?<ward>(?<=시)[가-힣]{1,3}?구)?(?<township>[가-힣]{1,4}?[읍면동])?(?<road>[가-힣\d]{1,8}?(?:로|길|리)) ?(?=\d)`,
  'gu',
);
/** Cheap, and false of nearly every message. */
const MAY_BE_GLUED = /[가-힣\d]{18}|[시군구][가-힣]{2,12}[로길리] ?\d/u;

export function cutUnspaced(text: string): string {
  if (!MAY_BE_GLUED.test(text)) return text;
  const told = text
    .replace(SENTENCE_END, ' ')
    .replace(LEADING_FIELD, '$1 ')
    .replace(GLUED_FIELD, ' $1 ')
    .replace(AROUND_PHONE, ' ');
  return told.replace(GLUED_ADDRESS, (...match) => {
    const groups: Readonly<Record<string, string | undefined>> = match.at(-1);
    const { province, town, ward, township, road } = groups;
    const whole: string = match[0];
    // One part and its road may be any two words: 역시바로 2박스.
    if (township === undefined && ward === undefined && province === undefined) return whole;
    return `${[province, town, ward, township, road].filter((part) => part !== undefined).join(' ')} `;
  });
}
