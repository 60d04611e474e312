// The shapes in which an order may come. {name} and the like are filled in; <a|b> is one of both;
// "---" parts messages; {rows} stands for the recipients, one `row` each. The label of a message follows
// from the slots it holds: no {phone} in it, and the telephone must be asked for.

export type Skeleton = {
  readonly text: string;
  /** One recipient of several, and what stands between them. */
  readonly row?: string;
  readonly join?: string;
  /** Not an order, whatever stands in it. */
  readonly none?: true;
};

const one = (text: string): Skeleton => ({ text });
const none = (text: string): Skeleton => ({ text, none: true });
const rows = (text: string, row: string, join = '\n'): Skeleton => ({ text, row, join });

const FORMS = [
  '<성함|이름|받는 분|받는분|수령인|받으시는 분>{:}{name}\n<연락처|전화번호|전화|휴대폰|핸드폰>{:}{phone}\n<주소|배송지|받는 곳|배송 주소>{:}{address}\n<수량|주문 수량|박스 수>{:}{count}',
  '<성함|받는 분|이름>{:}{name}\n<연락처|휴대폰>{:}{phone}\n주소{:}{address}\n<상품|품목|상품명|주문 상품>{:}{product}\n수량{:}{number}',
  '<주문자|주문하시는 분|보내는 분|구매자>{:}{sender}\n<받는 분|수령인|받으실 분>{:}{name}\n<연락처|받는분 연락처>{:}{phone}\n<주소|받는분 주소>{:}{address}\n<주문내용|주문 상품>{:}{goods}',
  '<보내는 분|보내시는 분|발송인> 성함{:}{sender}\n<보내는 분|보내시는 분|발송인> 연락처{:}{senderPhone}\n<받는 분|받으시는 분|수취인> 성함{:}{name}\n<받는 분|받으시는 분|수취인> 연락처{:}{phone}\n<받는 분|받으시는 분|수취인> 주소{:}{address}\n<수량|상품 및 수량>{:}{goods}',
  '1. 이름{:}{name}\n2. 연락처{:}{phone}\n3. 주소{:}{address}\n4. <주문수량|상품|주문>{:}{goods}\n5. 입금자명{:}{depositor}',
  '1) {name}\n2) {phone}\n3) {address}\n4) {goods}',
  '*성함* {name}\n*연락처* {phone}\n*주소* {address}\n*주문* {goods}',
  '[성함] {name}\n[연락처] {phone}\n[주소] {address}\n[수량] {count}\n[입금자] {depositor}',
  '【받는분】 {name}\n【전화】 {phone}\n【주소】 {address}\n【주문】 {goods}',
  '▶ 받는 분{:}{name}\n▶ 연락처{:}{phone}\n▶ 주소{:}{address}\n▶ 품목{:}{goods}\n▶ 배송메모{:}{memo}',
  '이름 {name} / 연락처 {phone} / 주소 {address} / 수량 {count}',
  '성함={name}, 전화={phone}, 주소={address}, 수량={count}',
  '성함: {name} 연락처: {phone} 주소: {address} 수량: {count} 입금자: {depositor}',
  '받는사람 {name}\n{phone}\n{address}\n{goods}\n\n보내는사람 {sender}\n{senderPhone}',
  '보내는 사람\n{sender}\n{senderPhone}\n\n받는 사람\n{name}\n{phone}\n{address}\n\n{goods}',
  '<주문서|[주문서]|♡주문합니다♡|★주문서★>\n이름{:}{name}\n전화{:}{phone}\n주소{:}{address}\n주문{:}{goods}\n희망일{:}{day}',
  '수취인명{:}{name}\n수취인 연락처{:}{phone}\n우편번호{:}{postcode}\n배송지 주소{:}{address}\n상품명{:}{product}\n수량{:}{number}개\n배송메시지{:}{memo}',
  '주문상품{:}{goods}\n수령자{:}{name}\n연락처{:}{phone}\n배송지{:}{address}\n입금자{:}{depositor}\n요청사항{:}{memo}',
  '이름\n{name}\n\n전화번호\n{phone}\n\n주소\n{address}\n\n수량\n{count}',
  '{goods}\n\n이름{:}{name}\nhp{:}{phone}\naddr{:}{address}',
  '□ 성명{:}{name}\n□ 연락처{:}{phone}\n□ 주소{:}({postcode}) {address}\n□ 주문{:}{goods}\n□ 받고 싶은 날{:}{day}',
  '주문자/수령인{:}{name}\n연락처{:}{phone}\n주소{:}{address}\n<개수|갯수>{:}{number}',
  '성함{:}{name}님\n연락처{:}{phone}\n주소{:}{address}\n주문{:}\n{goodsLines}',
  '받으시는 분{:}{name}\n연락처 1{:}{phone}\n연락처 2{:}{senderPhone}\n주소{:}{address}\n수량{:}{count}',
].map(one);

const LINES = [
  '{name}\n{phone}\n{address}\n{goods}',
  '{goods}\n{name}\n{phone}\n{address}',
  '{address}\n{name}\n{phone}\n{goods}',
  '{goods}\n{address}\n{name} {phone}',
  '{name} {phone}\n{address}\n{goods}',
  '{name}({phone})\n{address}\n{goods}',
  '{name}\n{address}\n{phone}\n{goods}\n입금자 {depositor}',
  '{goods} <주문합니다|부탁드려요|주문이요|보내주세요|신청합니다>\n{address}\n{phone}\n{name}',
  '{name}님\n{address}\n{phone}\n\n{goods} <부탁드립니다|주문할게요>',
  '<안녕하세요|안녕하세요~ 주문드려요|사장님 안녕하세요^^|수고 많으십니다>\n{goods} <주문합니다|주문하고 싶어요|부탁드려요>\n{name} {phone}\n{address}',
  '{goods}\n\n{name}\n{phone}\n({postcode}) {address}\n\n{memo}',
  '{name}\n{phone}\n우){postcode} {address}\n{goods}\n{memo}',
  '{name}\n{phone}\n[{postcode}] {address}\n{goods}',
  '{goodsLines}\n\n{address}\n{name}\n{phone}\n\n<감사합니다|잘 부탁드려요~|수고하세요>',
  '{goods}\n{name} / {phone}\n{address}\n<입금은 {depositor}으로 했어요|입금자명은 {depositor}입니다|{depositor} 이름으로 입금할게요|{depositor} 명의로 입금했습니다>',
  '{name}\n{phone}\n{address}\n{goods}\n{day} <도착 부탁드려요|도착하게 해주세요|받고 싶어요|배송 부탁드립니다>',
  '{name} {phone}\n{address}\n{goods}\n보내는 사람은 {sender}<로 해주세요|로 적어주세요|입니다>',
  '받는분 {name}\n{phone}\n{address}\n{goods}\n주문자 {sender} {senderPhone}',
].map(one);

const PHRASES = [
  '{goods} <주문합니다|주문할게요|부탁드려요|주문이요> {name} {phone} {address}',
  '{name} {phone} {address} {goods}',
  '{name} {phone} {address} {goods} <주문합니다|부탁드립니다|보내주세요|주세요>',
  '{address} {name} {phone} {goods} <부탁드려요|주문할게요>',
  '{phone} {name} {address} {goods}',
  '{goods} {address} {name} {phone}',
  '{name}, {phone}, {address}, {goods}',
  '{name} / {phone} / {address} / {goods}',
  '{goods} // {address} // {name} // {phone}',
  '{name} | {phone} | {address} | {goods}',
  '{name}/{phone}/{address}/{count}',
  '{count}, {address}, {name}, {phone}',
  '<사장님|농장님|안녕하세요> {goods} <주문할게요|주문드립니다>. 주소는 {address} 이고 받는 사람은 {name} {phone} 입니다',
  '{goods} 주문하려고요. 이름은 {name}이고 번호는 {phone}, 주소는 {address}입니다.',
  '{address}로 {goods} 보내주세요. {name} {phone}',
  '저는 {name}이고요 {phone} 주소는 {address} 입니다. {goods} 부탁드려요',
  '{name}입니다. {goods} 주문합니다. {phone} {address}',
  '{goods} 예약합니다~ 받는이 {name} {phone} {address} 입금자는 {depositor}입니다',
  '{name}님께 {goods} 보내주세요. 연락처는 {phone}, 주소는 {address}입니다.',
  '{name} 씨 앞으로 {goods} 부탁드립니다. {address} {phone}',
  '{goods} 주문해요 {address} {name} {phone} {memo}',
  '{name} {phone} {address} {goods} {memo}',
  '{day} <도착으로|받을 수 있게> {goods} 보내주세요. {name} {phone} {address}',
  '{goods} {day} <발송|출고> 부탁드려요. {name} {phone} {address}',
  '{goods} 보내주세요~ 받는분은 {name}, {phone}, {address} 이고 보내는 사람은 {sender} 입니다',
  '{name}({phone}) {address} {goods} 입금자 {depositor}',
  '주문: {goods} 이름: {name} 번호: {phone} 주소: {address}',
  '{goods} 주문 {name} {phone} {address}. {depositor} <입금했습니다|입금완료|입금할게요>',
  '친구한테 선물하려고 해요. {goods}요. 친구 이름은 {name}, 전화는 {phone}, 주소는 {address}이에요.',
  '어머니 댁으로 보내주세요 {address} {name} {phone} {goods}',
  '{count}요! {name} {phone} {address}',
  '{count} 손번쩍🙋 {name} {phone} {address} 입금완료',
].map(one);

const TURNS = [
  '{goods} <주문할게요|주문하고 싶어요|부탁드려요>\n---\n{name} {phone}\n---\n{address}',
  '{name}\n---\n{phone}\n---\n{address}\n---\n{goods}',
  '{goods} 주문합니다\n---\n{address}\n---\n{name} {phone}\n---\n입금자는 {depositor}입니다',
  '안녕하세요 주문하려고요\n---\n{name} {phone} {address}\n---\n{goods}<요|이요|입니다>',
  '{address}\n---\n{phone} {name}\n---\n{goods}',
  '{goods}\n{name}\n{phone}\n---\n{address}\n---\n{memo}',
  '{name} {phone}\n{address}\n---\n{goods}\n---\n{day} 도착 부탁드려요',
].map(one);

const LISTS = [
  rows('{rows}', '{name} {phone} {address} {count}'),
  rows('{rows}', '{i}. {name} / {phone} / {address} / {goods}'),
  rows('{rows}', '{i}) {name} {phone}\n{address}\n{goods}', '\n\n'),
  rows('{rows}', '받는분: {name}\n연락처: {phone}\n주소: {address}\n수량: {count}', '\n\n'),
  rows('이름\t연락처\t주소\t수량\n{rows}', '{name}\t{phone}\t{address}\t{number}'),
  rows(
    '수취인\t전화번호\t우편번호\t주소\t수량\t배송메모\n{rows}',
    '{name}\t{phone}\t{postcode}\t{address}\t{number}\t',
  ),
  rows(
    '받는사람 | 전화 | 주소 | 상품 | 수량\n{rows}',
    '{name} | {phone} | {address} | {product} | {number}',
  ),
  rows('아래 <주소로|분들께> <각 {each}|{each}씩> 보내주세요\n{rows}', '{name} {phone} {address}'),
  rows(
    '{rows}\n\n<각 {each}|모두 {each}씩|각각 {each}씩> <부탁드립니다|보내주세요>',
    '{name} {phone}\n{address}',
    '\n\n',
  ),
  rows('{rows}\n입금자명 {depositor}', '{name}, {phone}, {address}, {count}'),
  rows('보내는 분 {sender} {senderPhone}\n\n{rows}', '{name}\n{phone}\n{address}\n{goods}', '\n\n'),
  rows('총 {total} 주문합니다\n{rows}', '{name} {phone} {address} {count}'),
  rows(
    '<추석 선물로|명절 선물로> 보냅니다. 보내는 사람은 모두 {sender}입니다\n{rows}',
    '{i}) {name} {phone} {address} {count}',
  ),
  rows('{rows}', '{address}\n{name} {phone}\n{goods}', '\n\n'),
  rows('{rows}', '{goods} - {name} {phone} {address}'),
  rows('{rows}', '{name} {phone} {address}\n{goods}', '\n---\n'),
];

const INCOMPLETE = [
  '{name}\n{address}\n{goods}',
  '{name} {phone}\n{goods} 주문할게요',
  '{goods} 주문합니다 {address} {phone}',
  '{name} {phone} {address} 주문할게요',
  '성함: {name}\n연락처: {badPhone}\n주소: {address}\n수량: {count}',
  '{name} {badPhone} {address} {goods} 부탁드려요',
  '{name} {phone} {vagueAddress} {goods} 보내주세요',
  '이름: {name}\n번호: {phone}\n주소: {vagueAddress}\n수량: {count}',
  '{name} {phone} {address} {vagueCount} 정도 보내주세요',
  '{name} {phone} {address} {unnamed} 주문합니다',
  '이름: {name}\n연락처: {phone}\n주소: {address}\n수량: {unnamed}',
  '{name} {phone} {address} {tooMany} 주문합니다',
].map(one);

const NO_ORDERS = [
  '{goods} 얼마예요?',
  '{product} 아직 주문 가능한가요?',
  '{name}입니다. 지난주에 주문한 {goods} 언제 도착하나요?',
  '어제 {product} 잘 받았습니다. 정말 맛있네요 감사합니다',
  '{name} {phone} 송장번호 조회가 안 돼요',
  '{depositor} 이름으로 입금했습니다 확인 부탁드려요',
  '{goods} 받았는데 {number}개가 터져서 왔어요',
  '{name} {phone} {address} {goods} 주문할게요\n---\n<죄송한데 주문 취소할게요|방금 주문 취소해주세요|아 죄송해요 전부 취소 부탁드려요>',
].map(none);

/** Glued, decorated, corrected, with titles, second numbers and other things beside the data. */
const ROUGH = [
  '{name}{phone}\n{address}\n{goods}',
  '{name},{phone},{address},{count}',
  '{name}/{phone}/{address}/{goods}',
  '이름:{name}/전화:{phone}/주소:{address}/수량:{count}',
  '성함:{name}연락처:{phone}\n주소:{address}\n수량:{count}',
  '{name} <사장님|원장님|선생님|과장님|대리님|교수님|여사님>\n{phone}\n{address}\n{goods}',
  '받는분 : {name} <님|씨|귀하>\n연락처 : {phone}\n주소 : {address}\n주문 : {goods}',
  '{name} 님 {phone} {address} {goods} <부탁드려요|주문이요>',
  '{name}\n{phone}\n{address}\n{goods}\n입금자 <동일|상동|위와 동일|받는분과 동일>{same}',
  '성함: {name}\n연락처: {phone}\n주소: {address}\n수량: {count}\n입금자명: <동일|상동|본인>{same}',
  '{name} {phone} / {otherPhone}\n{address}\n{goods}',
  '{name}\n{phone} ({otherPhone})\n{address}\n{goods} 부탁드려요',
  '{wrongCount} 아니 {count} 주문할게요 {name} {phone} {address}',
  '{name} {phone} {address} {wrongCount}\n---\n<아 수량|앗 죄송해요> {count}로 변경해주세요',
  '{name} {phone} {address} {wrongCount} 주문합니다\n---\n{count}로 바꿔주세요',
  '📦 주문\n👤 {name}\n📞 {phone}\n🏠 {address}\n🍎 {goods}',
  '🍑{goods}🍑\n{name} / {phone}\n{address}\n감사합니다💕',
  '★{name}\n★{phone}\n★{address}\n★{goods}',
  '- {name}\n- {phone}\n- {address}\n- {goods}',
  '① {name} ② {phone} ③ {address} ④ {goods}',
  '{goods}\n----------\n{name}\n{phone}\n{address}',
  '{postcode}\n{address}\n{name}\n{phone}\n{goods}',
  '주소 {address} ({postcode})\n받는사람 {name}\n전화 {phone}\n{goods}',
  '받는사람: {name}\n받는주소: {address}\n받는전화: {phone}\n물품: {goods}\n보내는사람: {sender}\n보내는전화: {senderPhone}',
  '안녕하세요. 지난번에 주문했던 사람인데요. 이번엔 {goods} 보내주세요. {name}, {phone}, {address}',
  '엄마가 너무 맛있다고 하셔서 또 시켜요ㅎㅎ {goods}요. {name} {phone} {address}',
  '{goods} 주문합니다. 입금은 오늘 오후에 할게요. {name} {phone} {address}',
  '{goods} 주문할게요. 계좌번호 알려주세요. {name} {phone} {address}',
  '주문 가능할까요? {goods}입니다. {address} {name} {phone}',
  '{name}이에요~ {goods}만 보내주세요! 번호는 {phone}이고요 주소는 {address}이에요~',
  '{address}\n{phone}\n{name}\n{goods}\n{memo}\n입금자: {depositor}',
  '{goods} 주문해요. 배송은 {day}로 부탁드리고 받는 사람은 {name}({phone}), 주소는 {address}예요.',
  '{day}까지 받을 수 있을까요? {goods} 주문합니다. {name} {phone} {address}',
  '{name} {phone}\n{address}\n{goods}\n{memo}\n{day} 도착 희망해요',
  '택배 받을 사람: {name}\n전화번호: {phone}\n주소지: {address}\n주문 내역: {goods}\n결제: 무통장 입금\n입금자 성함: {depositor}',
  '1. 주문자 성함: {sender}\n2. 주문자 연락처: {senderPhone}\n3. 받는 분 성함: {name}\n4. 받는 분 연락처: {phone}\n5. 받는 분 주소: {address}\n6. 주문 상품: {goods}\n7. 배송 메모: {memo}',
].map(one);

const HOUSEHOLDS = [
  rows('{rows}', '<저희집|친정|시댁|엄마집|언니네|회사> {name} {phone} {address} {count}'),
  rows('{rows}', '{i}번) {name}님\n전화 {phone}\n주소 {address}\n{count}', '\n\n'),
  rows('{rows}', '- {name} / {phone} / {address} / {count}'),
  rows('{rows}', '{count} → {name} {phone} {address}'),
  rows('{rows}', '[{i}] {name} {phone}\n{address} / {count}'),
  rows('{rows}', '{name}({phone}) {address} {count}', '\n\n'),
  rows(
    '주문합니다\n{rows}\n이상입니다. 입금자는 {depositor}이에요',
    '{i}. {name} {phone} {address} {count}',
  ),
  rows('{rows}', '수령인 {name}\n{phone}\n{address}\n{goods}', '\n===\n'),
  rows('이름,전화번호,주소,수량\n{rows}', '{name},{phone},"{address}",{number}'),
  rows(
    '| 이름 | 연락처 | 주소 | 수량 |\n|---|---|---|---|\n{rows}',
    '| {name} | {phone} | {address} | {number} |',
  ),
  rows(
    '순번\t받는분\t휴대폰\t배송지\t품목\t수량\n{rows}',
    '{i}\t{name}\t{phone}\t{address}\t{product}\t{number}',
  ),
];

/** The first so many are forms with a label in front of every value. */
export const FORM_COUNT = FORMS.length;

export const SKELETONS: readonly Skeleton[] = [
  ...FORMS,
  ...LINES,
  ...PHRASES,
  ...TURNS,
  ...LISTS,
  ...ROUGH,
  ...HOUSEHOLDS,
  ...INCOMPLETE,
  ...NO_ORDERS,
];
