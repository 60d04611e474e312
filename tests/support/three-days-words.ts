// What the buyers of the three days say, each in words of his own.

/** Where boxes are to go, as their buyer knows it. */
export type To = {
  readonly name: string;
  readonly phone: string;
  readonly address: string;
  readonly boxes: number;
};

const WORDS = ['영', '한', '두', '세', '네'];
const dashed = (phone: string) => phone.replace(/(\d{3})(\d{4})(\d{4})/, '$1-$2-$3');
const spaced = (phone: string) => phone.replace(/(\d{3})(\d{4})(\d{4})/, '$1 $2 $3');

/** How somebody orders for one. */
export const PHRASES: readonly ((to: To) => string)[] = [
  ({ name, phone, address, boxes }) => `${name} ${dashed(phone)} ${address} ${boxes}상자`,
  ({ name, phone, address, boxes }) =>
    `복숭아 ${boxes}박스 보내주세요. 받는사람 ${name}, 연락처 ${dashed(phone)}, 주소 ${address}`,
  ({ name, phone, address, boxes }) =>
    `안녕하세요~ ${address} ${name} ${phone} ${boxes}상자 부탁드려요^^`,
  ({ name, phone, address, boxes }) =>
    `이름: ${name}\n전화: ${phone}\n주소: ${address}\n수량: ${boxes}`,
  ({ name, phone, address, boxes }) => `${boxes}상자요\n${address}\n${name}\n${dashed(phone)}`,
  ({ name, phone, address, boxes }) => `주문합니다 ${name} / ${phone} / ${address} / ${boxes}박스`,
  ({ name, phone, address, boxes }) =>
    `${name}님께 ${boxes}상자 보내주세요 ${dashed(phone)} ${address}`,
  ({ name, phone, address, boxes }) =>
    `${address}\n${name} (${dashed(phone)})\n복숭아 ${boxes}상자`,
  ({ name, phone, address, boxes }) =>
    `복숭아 ${WORDS[boxes]} 상자 주문할게요. ${name} ${dashed(phone)} ${address}`,
  ({ name, phone, address, boxes }) => `${name}\t${phone}\t${address}\t${boxes}`,
  ({ name, phone, address, boxes }) =>
    `복숭아 주문이요! ${name} ${spaced(phone)} ${address} ${WORDS[boxes]}박스`,
  ({ name, phone, address, boxes }) => `${name}, ${phone}, ${address}, 복숭아 4kg ${boxes}개`,
  ({ name, phone, address, boxes }) =>
    `받는 분 ${name}\n연락처 ${spaced(phone)}\n주소 ${address}\n${boxes}상자 주문합니다`,
  ({ name, phone, address, boxes }) =>
    `사장님 복숭아 ${boxes}상자만 보내주세요\n${address} ${name} ${dashed(phone)}`,
  ({ name, phone, address, boxes }) =>
    `${boxes}박스 주문이요\n받으시는 분: ${name}\n주소: ${address}\n핸드폰: ${dashed(phone)}`,
  ({ name, phone, address, boxes }) =>
    `성함 ${name} 번호 ${dashed(phone)} 주소 ${address} 수량 ${boxes}박스`,
  ({ name, phone, address, boxes }) => `${address} / ${name} / ${dashed(phone)} / ${boxes}상자요~`,
  ({ name, phone, address, boxes }) =>
    `복숭아 ${boxes}상자 주문하고 싶어요.\n${name}\n${phone}\n${address}`,
  ({ name, phone, address, boxes }) =>
    `${name} ${phone}\n${address}\n복숭아 ${WORDS[boxes]}상자 부탁드립니다.`,
  ({ name, phone, address, boxes }) =>
    `안녕하세요 복숭아 ${boxes}박스 택배 부탁드려요. ${address}, ${name}, ${dashed(phone)} 입니다`,
  ({ name, phone, address, boxes }) => `${boxes}상자 ${name} ${address} ${dashed(phone)}`,
  ({ name, phone, address, boxes }) =>
    `[주문]\n- 받는분: ${name}\n- 연락처: ${dashed(phone)}\n- 주소: ${address}\n- 수량: ${boxes}상자`,
  ({ name, phone, address, boxes }) =>
    `친구한테 복숭아 ${boxes}상자 보내려고요. ${name} ${dashed(phone)} ${address}`,
  ({ name, phone, address, boxes }) =>
    `복숭아4kg ${boxes}박스요 ${address} ${name} ${phone.slice(3)}`.replace(
      phone.slice(3),
      dashed(phone),
    ),
  ({ name, phone, address, boxes }) => `${name} ${boxes}상자\n${dashed(phone)}\n${address}`,
  ({ name, phone, address, boxes }) =>
    `주문서\n성명 : ${name}\n휴대폰 : ${dashed(phone)}\n배송지 : ${address}\n주문수량 : ${boxes}상자`,
  ({ name, phone, address, boxes }) =>
    `복숭아 ${boxes}상자 살게요ㅎㅎ ${name} ${dashed(phone)} ${address}`,
  ({ name, phone, address, boxes }) =>
    `${address}로 ${boxes}상자 보내주세요. ${name} ${dashed(phone)}`,
  ({ name, phone, address, boxes }) =>
    `저 ${name}인데요 복숭아 ${boxes}상자 주문할게요 ${dashed(phone)} ${address}`,
  ({ name, phone, address, boxes }) =>
    `택배 주문 : ${name} | ${dashed(phone)} | ${address} | ${boxes}상자`,
  ({ name, phone, address, boxes }) =>
    `수량 ${boxes}상자\n받는사람 ${name}\n전화번호 ${phone}\n받는주소 ${address}`,
  ({ name, phone, address, boxes }) =>
    `맛있다고 해서 주문해요~ ${boxes}상자요. ${name} ${dashed(phone)} ${address}`,
];

/** How somebody orders for several. */
export const LISTS: readonly ((to: readonly To[]) => string)[] = [
  (to) =>
    to
      .map(({ name, phone, address, boxes }) => `${name} ${dashed(phone)} ${address} ${boxes}상자`)
      .join('\n'),
  (to) =>
    `여러 곳에 보내려고요\n${to.map(({ name, phone, address, boxes }, no) => `${no + 1}. ${name} / ${dashed(phone)} / ${address} / ${boxes}박스`).join('\n')}`,
  (to) =>
    to
      .map(
        ({ name, phone, address, boxes }) => `${name}\n${dashed(phone)}\n${address}\n${boxes}상자`,
      )
      .join('\n\n'),
  (to) =>
    to
      .map(({ name, phone, address, boxes }) => `${name}\t${phone}\t${address}\t${boxes}`)
      .join('\n'),
];

export const CANCELS = [
  '주문 취소할게요',
  '취소요',
  '죄송한데 취소 부탁드려요',
  '주문 취소해주세요',
];
export const WHENS = ['언제 와요?', '언제쯤 도착하나요?', '제 복숭아 언제 보내주세요?'];
export const WHYS = ['왜 그날이에요?', '왜 이렇게 늦어요?'];
export const ARRIVED = ['잘 받았습니다', '받았어요~'];
