// Districts and towns by name, where a word must be told from a person's name.

/** Those that would pass for a name with its surname, and those that people say without 구 or 시. */
const DISTRICTS = new Set(
  (
    '강남구 강동구 강북구 강서구 강남역 강원도 고양시 고성군 고창군 고흥군 공주시 광산구 광양시 광주시 광진구 구로구 구리시 구미시 군산시 군포시 권선구 금정구 금천구 기장군 김제시 김천시 김포시 ' +
    '나주시 남구 남원시 남해군 노원구 단양군 단원구 도봉구 동구 동작구 동해시 마포구 만안구 목포시 무안군 문경시 민락동 방배동 방이동 배방읍 보령시 봉화군 부산시 부천시 부평구 사상구 사천시 사하구 상당구 상록구 상주시 ' +
    '서구 서귀포 서대문 서산시 서울시 서원구 서천군 서초구 서초동 석남동 성남시 성동구 성북구 성산구 성주군 소사구 송파구 송도동 수성구 수영구 수원시 수정구 순창군 순천시 신길동 신림동 신안군 심곡동 안동시 안산시 안성시 안양시 양구군 양산시 ' +
    '양양군 양주시 양천구 양평군 여수시 여주시 연수구 연제구 연천군 영광군 영덕군 영도구 영등포 영암군 영양군 영월군 영주시 영천시 예산군 예천군 오산시 오정구 옥천군 완도군 완주군 용산구 용인시 원주시 은평구 음성군 이천시 익산시 인제군 임실군 ' +
    '장성군 장수군 장안구 장흥군 전주시 정읍시 제주도 제주시 제천시 주안동 중구 중랑구 중원구 진도군 진안군 진주시 진천군 진해구 창녕군 창원시 천안시 청도군 청송군 청양군 청원군 청주시 추자도 태백시 통영시 파주시 평창군 평택시 하남시 하동군 ' +
    '한남동 함안군 함양군 함평군 홍성군 홍천군 화성시 화순군 화천군 황학동 의정부시 아산시 관악구 부평구 해운대구 분당구'
  ).split(' '),
);

export const isDistrict = (word: string): boolean => DISTRICTS.has(word);

/** There is one in several cities. */
const AMBIGUOUS = new Set([
  '서울',
  '부산',
  '제주',
  '강서',
  '고성',
  '광주',
  '남',
  '동',
  '서',
  '중',
  '진해',
  '양구',
  '송도',
  '사상',
  '구리',
]);

/** "강남" → 강남구, "수원시" → itself; null when no district, or more than one, is called so. */
export function districtOf(word: string): string | null {
  if (/[구시군]$/u.test(word) && DISTRICTS.has(word)) return word;
  if (word.length < 2 || AMBIGUOUS.has(word)) return null;
  const fitting = ['구', '시'].map((end) => word + end).filter((full) => DISTRICTS.has(full));
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}
