// The menu of commands and the forms of Discord, and what its bot says by itself.
import { BUTTONS, ENGLISH_BUTTONS } from './parts.ts';
import { BOT_WORDS } from './platform.ts';

const FIELDS = { isLong: false, isRequired: true } as const;

/** The words before each colon are those that people write in forms of their own. */
const ORDER_FORM = {
  id: 'order',
  title: '주문서',
  opens: [BUTTONS.order],
  fields: [
    {
      id: 'name',
      label: '받는 분',
      readAs: '받는 분',
      placeholder: '박철수',
      charsMax: 40,
      ...FIELDS,
    },
    {
      id: 'phone',
      label: '연락처',
      readAs: '연락처',
      placeholder: '010-1234-5678',
      charsMax: 40,
      ...FIELDS,
    },
    {
      id: 'address',
      label: '주소',
      readAs: '주소',
      placeholder: '서울 노원구 동일로 1729 103동 1204호',
      charsMax: 200,
      ...FIELDS,
    },
    {
      id: 'boxes',
      label: '상자 수 (상품이 여럿이면 이름도)',
      readAs: '상자 수',
      placeholder: '2상자',
      charsMax: 100,
      ...FIELDS,
    },
    {
      id: 'memo',
      label: '남기실 말씀',
      readAs: '메모',
      placeholder: '문 앞에 놓아 주세요',
      charsMax: 200,
      isLong: true,
      isRequired: false,
    },
  ],
};

const ENGLISH_ORDER_FORM = {
  id: 'order-en',
  title: 'Your order',
  opens: [ENGLISH_BUTTONS.order],
  fields: [
    {
      id: 'name',
      label: 'Recipient',
      readAs: 'Name',
      placeholder: 'Park Chulsoo',
      charsMax: 40,
      ...FIELDS,
    },
    {
      id: 'phone',
      label: 'Phone',
      readAs: 'Phone',
      placeholder: '010-1234-5678',
      charsMax: 40,
      ...FIELDS,
    },
    {
      id: 'address',
      label: 'Address (safest in Korean)',
      readAs: 'Address',
      placeholder: '서울 노원구 동일로 1729 103동 1204호',
      charsMax: 200,
      ...FIELDS,
    },
    {
      id: 'boxes',
      label: 'Boxes (with the product if there are several)',
      readAs: 'Boxes',
      placeholder: '2 boxes',
      charsMax: 100,
      ...FIELDS,
    },
    {
      id: 'memo',
      label: 'Note',
      readAs: 'Note',
      placeholder: 'Please leave it at the door',
      charsMax: 200,
      isLong: true,
      isRequired: false,
    },
  ],
};

const SAY_FORM = {
  id: 'say',
  title: '보낼 말',
  opens: [],
  fields: [
    {
      id: 'text',
      label: '하실 말씀',
      readAs: null,
      placeholder: '나만 볼 수 있어요',
      charsMax: 4000,
      isLong: true,
      isRequired: true,
    },
  ],
};

const code = { name: '주문번호', description: '예) P7-042', isRequired: true };

const BUYER_COMMANDS = [
  {
    name: '주문',
    description: '주문하기. 비워 두면 주문서가 열려요',
    say: '{내용}',
    form: ORDER_FORM.id,
    options: [{ name: '내용', description: '받는 분, 연락처, 주소, 상자 수를 편하게 적어 주세요' }],
  },
  { name: '주문조회', description: '내 주문이 어디쯤인지 보기', say: BUTTONS.status },
  {
    name: '취소',
    description: '주문 취소하기 (보내기 전까지)',
    say: '{주문번호} 주문 취소',
    options: [{ ...code, isRequired: false }],
  },
  { name: '입금', description: '입금했다고 알리기', say: BUTTONS.paid },
  {
    name: '상점',
    description: '상점과 상품 보기',
    say: `${BUTTONS.stores} {이름}`,
    options: [{ name: '이름', description: '찾는 상점의 이름' }],
  },
  { name: '가격', description: '상품 가격과 배송비 보기', say: BUTTONS.info },
  {
    name: '말',
    description: '하고 싶은 말을 그대로 보내기. 비워 두면 쓰는 칸이 열려요',
    say: '{내용}',
    form: SAY_FORM.id,
    options: [{ name: '내용', description: '예) 언제 와요?' }],
  },
  {
    name: '연결',
    description: '다른 톡과 잇기. 비워 두면 번호를 드려요',
    say: '연결 {코드}',
    options: [{ name: '코드', description: '다른 톡에서 받으신 번호' }],
  },
  { name: '메뉴', description: '무엇을 할 수 있는지 보기', say: BUTTONS.menu },
  { name: '도움', description: '무엇을 할 수 있는지 보기', say: BUTTONS.menu },
];

const rows = { name: '줄', description: '예) 1-12 (비우면 모두)' };

const STAFF_COMMANDS = [
  {
    name: '등록',
    description: '농부·판매자로 등록하기',
    say: '등록 {코드}',
    options: [{ name: '코드', description: '받으신 등록 코드', isRequired: true }],
  },
  {
    name: '목록',
    description: '농부: 보낼 목록 보기',
    say: '{날짜} 목록',
    options: [{ name: '날짜', description: '예) 내일, 7/22' }],
  },
  {
    name: '상자',
    description: '농부: 하루에 보낼 상자 수 정하기',
    say: '{날짜} {상자}',
    options: [
      { name: '날짜', description: '예) 내일, 7/22', isRequired: true },
      { name: '상자', description: '예) 40', isRequired: true },
    ],
  },
  {
    name: '수확',
    description: '농부: 수확했어요',
    say: `${BUTTONS.harvest} {줄}`,
    options: [rows],
  },
  { name: '포장', description: '농부: 포장했어요', say: `${BUTTONS.pack} {줄}`, options: [rows] },
  {
    name: '발송',
    description: '농부: 보냈어요',
    say: `{줄} ${BUTTONS.ship}`,
    options: [{ name: '줄', description: '예) 1-12', isRequired: true }],
  },
  {
    name: '송장',
    description: '농부: 송장 번호 적기',
    say: '{줄}번 송장 {번호}',
    options: [
      { name: '줄', description: '예) 3', isRequired: true },
      { name: '번호', description: '예) 123456789012', isRequired: true },
    ],
  },
  { name: '되돌려', description: '농부: 방금 한 일 되돌리기 (5분)', say: BUTTONS.undo },
  { name: '오늘', description: '판매자: 오늘 한눈에 보기', say: BUTTONS.today },
  { name: '미입금', description: '판매자: 입금 안 된 주문', say: BUTTONS.unpaid },
  {
    name: '입금확인',
    description: '판매자: 입금된 주문으로 적기',
    say: '입금 {주문번호}',
    options: [code],
  },
  { name: '환불', description: '판매자: 돌려 드릴 금액', say: BUTTONS.refunds },
];

export const DISCORD_WORDS = {
  broken: BOT_WORDS.broken,
  writing: { label: '답하기 (Reply)', form: SAY_FORM.id },
  pointer:
    '여기는 모두가 보는 곳이라 주문을 받지 않아요. /주문 을 쓰시면 나만 보이는 주문서가 열려요. 저에게 바로 메시지를 보내셔도 돼요.',
  forms: [ORDER_FORM, ENGLISH_ORDER_FORM, SAY_FORM],
  commands: [...BUYER_COMMANDS, ...STAFF_COMMANDS],
} as const;
