// How Korean given names sound. Tells a name that stands alone ("김영희") from another word that
// begins with a surname's letter ("고마워", "환불"); beside a telephone number nobody asks for it.

const SYLLABLES = new Set(
  '가강건겸경계고관광교구국권귀규균근금기길나낙난남내녀년노늘늬다단달담대덕도돈동두득든들라락란람랑래량려련렬령례로록롱뢰루류륜률름리린림마만매명모목묘무문미민바박반배백범별병보복봄봉부비빈빛빙사산삼상새샘샛서석선설섭성세소손솔솜송수숙순슬승시식신실심아악안암애양언얼에엘여연열염엽영예오옥온옹완왕요용우욱운울웅원월위유육윤율융은을음응의이익인일임입자잔잎장재전절점정제조종좌주준중지직진집차찬창채천철청초총최추춘출충치칠쾌태택토특티파판팔평표품풍필하학한함해행향허헌혁현협형혜호홍화확환황회효후훈휘휴흔흠흥희힘',
);

/** Districts and towns that would pass for a name with its surname. */
const DISTRICTS = new Set(
  (
    '강남구 강동구 강북구 강서구 강남역 강원도 고양시 고성군 고창군 고흥군 공주시 광산구 광양시 광주시 광진구 구로구 구리시 구미시 군산시 군포시 권선구 금정구 금천구 기장군 김제시 김천시 김포시 ' +
    '나주시 남구 남원시 남해군 노원구 단양군 단원구 도봉구 동구 동작구 동해시 마포구 만안구 목포시 무안군 문경시 민락동 방배동 방이동 배방읍 보령시 봉화군 부산시 부천시 부평구 사상구 사천시 사하구 상당구 상록구 상주시 ' +
    '서구 서귀포 서대문 서산시 서울시 서원구 서천군 서초구 서초동 석남동 성남시 성동구 성북구 성산구 성주군 소사구 송파구 송도동 수성구 수영구 수원시 수정구 순창군 순천시 신길동 신림동 신안군 심곡동 안동시 안산시 안성시 안양시 양구군 양산시 ' +
    '양양군 양주시 양천구 양평군 여수시 여주시 연수구 연제구 연천군 영광군 영덕군 영도구 영등포 영암군 영양군 영월군 영주시 영천시 예산군 예천군 오산시 오정구 옥천군 완도군 완주군 용산구 용인시 원주시 은평구 음성군 이천시 익산시 인제군 임실군 ' +
    '장성군 장수군 장안구 장흥군 전주시 정읍시 제주도 제주시 제천시 주안동 중구 중랑구 중원구 진도군 진안군 진주시 진천군 진해구 창녕군 창원시 천안시 청도군 청송군 청양군 청원군 청주시 추자도 태백시 통영시 파주시 평창군 평택시 하남시 하동군 ' +
    '한남동 함안군 함양군 함평군 홍성군 홍천군 화성시 화순군 화천군 황학동'
  ).split(' '),
);

/** A surname and up to three letters of a given name, each as given names have them. */
export const soundsLikeName = (name: string): boolean =>
  !DISTRICTS.has(name) && [...name].slice(1).every((letter) => SYLLABLES.has(letter));
