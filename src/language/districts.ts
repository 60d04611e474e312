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

/** Cities and counties as they are said without 시 and 군: "수원 영통구", "여수 학동서3길". */
export const TOWNS_SAID_SHORT: ReadonlySet<string> = new Set(
  (
    '수원 성남 의정부 안양 부천 광명 평택 동두천 안산 고양 과천 구리 남양주 오산 시흥 군포 의왕 하남 용인 파주 이천 안성 김포 화성 광주 양주 포천 여주 춘천 원주 강릉 동해 태백 속초 삼척 ' +
    '청주 충주 제천 천안 공주 보령 아산 서산 논산 계룡 당진 전주 군산 익산 정읍 남원 김제 목포 여수 순천 나주 광양 포항 경주 김천 안동 구미 영주 영천 상주 문경 경산 창원 진주 통영 사천 김해 밀양 거제 양산 서귀포 ' +
    '연천 가평 양평 홍천 횡성 영월 평창 정선 철원 화천 양구 인제 고성 양양 보은 옥천 영동 증평 진천 괴산 음성 단양 금산 부여 서천 청양 홍성 예산 태안 완주 진안 무주 장수 임실 순창 고창 부안 담양 곡성 구례 고흥 ' +
    '보성 화순 장흥 강진 해남 영암 무안 함평 영광 장성 완도 진도 신안 의성 청송 영양 영덕 청도 고령 성주 칠곡 예천 봉화 울진 울릉 의령 함안 창녕 남해 하동 산청 함양 거창 합천 기장 달성 강화 옹진'
  ).split(' '),
);

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
