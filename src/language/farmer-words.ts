// The farmer's vocabulary: what each word does in a sentence. Adding a word is adding it to its row.

/**
 * One-syllable words count only as a word of their own or before another known word, longer ones
 * also inside a longer word ("발송완료처리"). Particles and endings are only kept apart from words
 * nobody knows.
 */
export const FARMER_WORDS = {
  // Steps of a parcel. `sent` is said only of what has left; `sending` is a plan or a wish.
  harvest: `
    수확 수확작업 수확_마감 땄 따기 따는거 따는_거 따는_것 따놨 따놓 따뒀 따냈 땃 따부렀 따뿟 딴거 딴것 딴_거 딴_것 추수 캤 캐기 캐놨 뽑았 거뒀 거둬 걷었 베었 벴 훑었 harvest harvested
    picked`,
  work: '작업',
  pack: '포장 포장작업 박스작업 박스포장 쌌 쌋 싸놨 싸놓 싸뒀 싸부렀 싸뿟 싼거 싼것 싼_거 싼_것 담았 담음 담아놨 담아놓 담아뒀 박스에_넣었 상자에_넣었 상자작업 상자포장 패킹 pack packed packing',
  ship: '발송 출고 출하 상차 적재 반출 배송_출발 배송했 배송_보냈 택배_접수 우체국_접수 ship shipped',
  delivered:
    '배송완료 배송_완료 배달완료 배달_완료 배송_끝 배달_끝 배송됐 배송_됐 배달됐 배달_됐 도착 도착했 도착함 받았다 받으셨 받았대 잘_받았 수령 수령했 수령하셨 받아보셨 delivered',
  sent: `
    보냈 보냄 보낸거 보낸것 보낸_거 보낸_것 보내드렸 보내놨 올렸 올려보냈 올림 태웠 가져감 가져가셨 실어줬 넘겨줬 보내써 부쳐써 나가써 보내부렀 보내뿟 보내삣 보내버렸 부쳤 부침 부칫 부쳐부렀 나갔 나감 나가부렀 실었 실음 실려갔 실려_갔 싣고_갔 싣고_가 실어_갔 내보냈 실어보냈 출발 떠났 떠남 가져갔 가져가 가지고_갔 들고_갔 들고_가
    맡겼 넘겼 넘김 붙였 택배_넘겼 택배로_넘겼 기사님께_넘겼 기사한테_넘겼 인계했 픽업 픽업해 픽업해_갔 픽업해_가 수거해갔 수거해_갔 수거_완료 수거됐 집하 sent`,
  sending: '보내 보낼 보낸 나가 나갑 나갈 나간 부칠 부쳐 실을 실어 택배',
  waybill: '송장 운송장 송장번호 운송장번호 등기번호 등기 waybill tracking',
  paid: '입금 결제 송금 이체 돈 돈_받았 돈_들어 무통장 통장 현금 완납 수금 계좌 카카오페이 카카오송금 페이로 paid',
  came: '들어왔 들어옴 들어왓 들어온 찍혔 찍힘 찍힜 꽂혔 주고_갔 주고_가 줬 냈',
  cancel: '취소 취소처리 빼줘 빼주 빼_줘 빼_주 빼라 빼 삭제 지워 지우 없애 cancel',

  // How it stands.
  end: '끝 끝났 끝냈 끝남 완료 종료 마쳤 마침 마무리 마무리됐 다했 여기까지 완 done finished',
  did: '해놨 해놓 해뒀 해_놨 해_뒀 했 됐 됨 됬 되었 하였 함 햇 왔 옴 였',
  plan: '할게 할께 할라꼬 할라고 볼게 할거 할_거 할 하려 해야 예정 갈게 하겠 계획 될 되겠 겠',
  ongoing: '시작 중 하는_중 하고_있 진행',
  can: '가능 돼 되 됩 된다 한도 최대 딱 잡아 잡 물량 수_있 받아 받을 받 수량 캡 수용',
  doubt: `
    글쎄 모르 모름 몰라 려나 을까 할까 될까 까요 나요 했나 됐나 왔나 갔나 보냈나 들어왔나
    하려나 있을까 인가 인지 는지 을지 할지 될지 싶 면 으면 지만 다가 다고 냐고 라고 늦어 늦을 걱정`,
  // A number said roughly is the number; a report said roughly is none.
  hedge: '쯤 정도 아마 대략 약 가량 안팎 내외 같아 같은데 같음 것_같 거_같 듯 maybe about',
  though: '는데 는디 인데 인디',
  /** Somebody else said so: of what has arrived that is as good as seen. */
  heard:
    '대요 대유 랍니다 답니다 다네요 다고_문자 다고_연락 다고_전화 다고_카톡 다고_톡 다고_합 다고_하네 다고_함 다캅 다카네 다카데',
  wrong: '잘못 실수 착오 틀렸',
  not: '못_싸 못_쌀 안_싸 못_넣 못_실 안 못 않 아직 아니 말아 말자 마라 말고_있 불가 not',
  none: '없',
  /** Of a row that stays behind. */
  hold: '보류 보류중 대기 대기중 홀딩 남김 남겼 남겨놨 남겨뒀 빠졌 빠짐 누락 미출고 미포장 미수확 모자라 모자람',
  rest: '나머지 나머진 나머지들 뒤엣것 뒤엣것들 뒤에것 뒤에_것 뒤에꺼 뒷사람 그_앞까지 그_앞까진 그_앞에꺼 그_앞은 그_전까지 그_뒤는 그_뒤로 그_외 그외 그_밖 남은건 남은거 남은것 남은_건 남은_거 남은_것 남은_애들',
  later: '미뤄 미루 넘겨 넘길 넘기 담에',
  ask: '몇 몇개 몇명 몇분 몇건 몇집 얼마나 얼마 뭐 뭔 무슨 누구 누구누구 누구한테 어떻게 왜 언제 어디 what how',
  more: '더 추가 늘려 늘리 늘릴 늘림 줄여 줄이 줄일 줄임 낮춰 낮추 덜 올려 올리 내려 내리 깎 인상 인하 more',
  except:
    '빼고 빼구 빼곤 빼놓고 빼놓구 빼두고 빼면 뺀 제외 제하고 남기고 남겨두고 남겨놓고 냄기고 놔두고 냅두고 말고 말구 외 except',
  every: '매일 매주 매번 평일 주말 항상 앞으로 요일마다 마다 날마다 every',
  all: '전부 모두 전체 다 싹 싹다 몽땅 전량 다같이 죄다 싸그리 all',
  until: '까지 에서_끊 에서_컷 에서_자르 에서_자를 에서_잘라 에서_스톱 에서_멈 에서_마감',
  from: '부터 에서',
  only: '만 하나만 only',
  but: '밖에',
  among: '가운데',

  // Things.
  boxes: '박스 상자 수확량 발송량 boxes box',
  price: '가격 값 단가 판매가 금액 박스당 상자당 개당 price',
  change: '변경 바꿔 바꾸 바꿈 바꿀 수정 조정 고쳐 맞춰 정해 change',
  to: '으로 로',
  order: '주문 접수 판매 팔게 팔겠 팔자 오더 예약 시켰 시킨 order orders',
  list: '목록 명단 리스트 현황 주문서 주문표 내역 명부 출력 프린트 list',
  show: '보여 알려 볼래 보자 봐 보고 확인 뽑아 보내줘 있나 있어 있노 남았 남은 show',
  undo: `
    되돌려 되돌리 되돌림 실행_취소 무르 원래대로 방금_취소 방금_거_취소 방금_것_취소 방금_한_거_취소 방금꺼_취소 방금_꺼_취소 방금거_취소 아까_거_취소
    아까_꺼_취소 마지막_거_취소 직전_취소 잘못_눌 잘못_입력 잘못_쳤 잘못_찍 undo`,
  pause:
    '멈춤 멈춰 멈추 마감 그만 중단 중지 막아 막자 닫아 닫자 고만 스톱 정지 안_받 여기까지만_받 여기까지_받 못_받 받지_마 받지_말 잠가 잠궈 pause stop',
  // Of one product; the shop goes on.
  soldOut: '품절 매진 완판 다_팔 다_팔렸 다_팔았 다_팔려 동났 동남',
  resume: '다시 재개 열어 열자 열게 오픈 풀어 풀자 해제 재오픈 resume open',
  off: `
    휴무 쉬는_날 노는_날 쉬 쉼 쉽 쉰다 쉴 쉬어 쉬자 휴일 휴업 휴가 놀 놉 못_해 못_하 못_합 안_해 안_하 안_합 못_보내 안_보내 못_나가 안_나가 못_따 안_따 못_딴 작업_없
    수확_없 발송_없 출하_없 발송_불가 수확_불가 작업_불가 출하_불가 안_돼 안_되 안_됩 holiday off`,
  cargo:
    'cj 대한통운 씨제이 cj대한통운 우체국 우체국택배 한진 한진택배 롯데 롯데택배 로젠 로젠택배 cj택배',

  // Talk that decides nothing.
  filler: `
    은 는 이 가 을 를 도 의 에 와 과 랑 요 이요 네 예 응 넵 넹 그 저 그럼 그러면 이제 지금 방금 아까 좀 님 사장님 씩 줘 각 각각 총 합계 건 분 것 거 꺼
    그리고 또 다음 다른 날 아침 저녁 오전 오후 안녕 안녕하세요 안녕하십니까 수고 수고하세요 감사 감사합니다 고마워 부탁 부탁해 부탁드 합니다 해요 이에요 예요 임 해
    하자 한다 지금까지 여태 여태까지 마이 많이 안_산대 안_산다 변심 새벽 새벽에 밤새 마지막 밭 과수원 하우스 하이고 아이고 이랑 이고 쪽 이름 번호 번째 택배사 비 비와서 비가 와서 비오 비_와 더워서 태풍 장마 날씨 때문 때문에 일단 우선 그냥 미안 죄송 고객 손님 상품 건가
    차례대로 차례로 순서대로 왔다갔 왔다_갔 다녀갔 택배기사 택배기사님 택배아저씨 기사 기사님 우체국차 창고 창고에 놔뒀 놓아뒀 못_보낸 못_나간 못_부친 못_싼 밀린 하나 둘 셋 택배차에 택배차 트럭에 처리 체크 찍어 하루 이번 딸거 딸_거 딸_것 딸게 딸_게 복숭아 해줘 하면 ok 오케이 please`,
  ending: `
    슴 어요 아요 습니다 슴니다 읍니다 당께 랑께 당게 것네 슴다 습니당 심더 심다 어 아 네요 음 니다 세요 주세요 주라 줘요 라 지 죠 노 데이 유 슈 니더 부렀 뿌렀 뿟 카이 라꼬 것다 겄다 합시다 시다 읍시다 습니더 구만 구먼 군 용 여 염 당 게 게요 께 께요 을게 을게요
    자 려고 래 래요 었 았 며 야 야지 거든 거든요 기 니 심 꺼야 라요 ㄹ게 입니다 일 한 하 주`,
  link: '고 구 으며 했고 했구 하고 하고나서 그담에 그다음',

  // Words of other business: with one of these in it a number is no capacity.
  elsewhere: `
    택배비 배송비 운임 회의 모임 조합 기름 비료 농약 약값 약치 샀 사야 사러 구입 구매 배달 리터 병원 점심 트랙터 예초 교육 면사무소 은행 차량 품삯 만나 약속 반품 환불 클레임 포장지
    포장재 테이프 박스값 박스구 상자값 자재 재발송 미발송 미입금 입금자 반송`,
} as const satisfies Readonly<Record<string, string>>;

export type FarmerWord = keyof typeof FARMER_WORDS;

/** Carrier ids of the tracking service by the start of the name said. */
export const CARRIER_NAMES: readonly (readonly [said: string, id: string])[] = [
  ['cj', 'kr.cjlogistics'],
  ['씨제이', 'kr.cjlogistics'],
  ['대한통운', 'kr.cjlogistics'],
  ['우체국', 'kr.epost'],
  ['한진', 'kr.hanjin'],
  ['롯데', 'kr.lotte'],
  ['로젠', 'kr.logen'],
];
