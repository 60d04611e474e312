// What the public pages of a store say: who sells, what it costs, how dates are promised, how money
// comes back, and what becomes of personal data. Words only; `src/web/pages/store.ts` makes them HTML.
import { localDate, type Weekday } from '../../orders/dates.ts';
import {
  isOnSale,
  PRIVACY_VERSION,
  type Product,
  type Shop,
  TERMS_VERSION,
} from '../../orders/shop.ts';
import { BUTTONS } from '../replies/index.ts';
import * as words from '../words.ts';

/** A value may lead somewhere: to a phone, a mail program or another of our pages. */
export type Fact = { readonly name: string; readonly value: string; readonly href?: string };
export type Section = {
  readonly id: string;
  readonly heading: string;
  readonly facts?: readonly Fact[];
  readonly lines?: readonly string[];
};
export type Page = {
  readonly title: string;
  readonly lead: string | null;
  readonly sections: readonly Section[];
  readonly foot: string | null;
  readonly links: readonly { readonly label: string; readonly href: string }[];
};

const WEEKDAY_NAMES: Readonly<Record<Weekday, string>> = {
  mon: '월요일',
  tue: '화요일',
  wed: '수요일',
  thu: '목요일',
  fri: '금요일',
  sat: '토요일',
  sun: '일요일',
};

export function storePage(shop: Shop, now: Date): Page {
  return {
    title: shop.name,
    lead: shop.state === 'open' ? null : '지금은 주문을 잠시 쉬고 있어요.',
    sections: [
      sellerSection(shop),
      productSection(shop, localDate(now, shop.policy.timeZone)),
      shippingSection(shop),
      ...termsSections(shop),
    ],
    foot: `판매 조건 ${TERMS_VERSION}`,
    links: [{ label: '개인정보 안내', href: `../privacy/${shop.id}` }],
  };
}

/** What a buyer agrees to with an order. Other words are another `TERMS_VERSION`. */
export function termsSections(shop: Shop): readonly Section[] {
  return [datesSection(shop), refundSection(shop)];
}

export function noStorePage(): Page {
  return {
    title: '상점을 찾을 수 없어요',
    lead: '주소가 맞는지 다시 봐 주세요. 상점이 문을 닫았을 수도 있어요.',
    sections: [],
    foot: null,
    links: [],
  };
}

function sellerSection({ business, policy, name }: Shop): Section {
  const heading = '판매자';
  if (business === null)
    return {
      id: 'seller',
      heading,
      facts: [
        { name: '상점', value: name },
        ...(policy.contact === null ? [] : [{ name: '연락처', value: policy.contact }]),
      ],
      lines: ['판매자 정보를 준비하고 있어요.'],
    };
  const { regNo, mailOrderNo, phone, email } = business;
  return {
    id: 'seller',
    heading,
    facts: [
      { name: '상호', value: business.name },
      { name: '대표자', value: business.owner },
      ...(regNo ? [{ name: '사업자등록번호', value: regNo }] : []),
      ...(mailOrderNo ? [{ name: '통신판매업 신고번호', value: mailOrderNo }] : []),
      { name: '주소', value: business.address },
      { name: '전화', value: words.phone(phone), href: `tel:${phone}` },
      { name: '이메일', value: email, href: `mailto:${email}` },
    ],
  };
}

function productSection({ products, business }: Shop, today: string): Section {
  const shown = products.filter(({ state }) => state !== 'archived');
  return {
    id: 'products',
    heading: '상품과 원산지',
    facts: shown.map((product) => ({
      name: product.name,
      value: [
        `1상자 ${words.won(product.priceKrw)}`,
        product.origin === null ? '원산지는 판매자에게 물어봐 주세요' : `원산지 ${product.origin}`,
        ...availability(product, today),
      ].join(' · '),
    })),
    lines: [
      ...(shown.length === 0 ? ['지금 판매하는 상품이 없어요.'] : []),
      ...(business?.taxExempt ? ['농산물이라 부가가치세가 없어요.'] : []),
    ],
  };
}

function availability(product: Product, today: string): string[] {
  if (product.state === 'sold_out') return ['품절'];
  if (isOnSale(product, today)) return [];
  const { saleFrom } = product;
  return saleFrom !== null && today < saleFrom
    ? [`${words.day(saleFrom)}부터 주문할 수 있어요`]
    : ['올해 판매가 끝났어요'];
}

function shippingSection({ policy }: Shop): Section {
  const { boxesPerFee, feeKrw, jejuFeeKrw, islandFeeKrw, freeFromKrw, noDelivery } = policy;
  return {
    id: 'shipping',
    heading: '배송비',
    lines: [
      feeKrw === 0
        ? '배송비는 없어요.'
        : `받는 곳마다 ${boxesPerFee}상자에 ${words.won(feeKrw)}이에요. ${boxesPerFee + 1}상자면 ${words.won(2 * feeKrw)}이에요.`,
      ...(freeFromKrw === null || feeKrw === 0
        ? []
        : [`상품 금액이 ${words.won(freeFromKrw)}부터면 배송비가 없어요.`]),
      ...(jejuFeeKrw > 0
        ? [`제주는 ${boxesPerFee}상자마다 ${words.won(jejuFeeKrw)}이 더 들어요.`]
        : []),
      ...(islandFeeKrw > 0
        ? [`섬 지역은 ${boxesPerFee}상자마다 ${words.won(islandFeeKrw)}이 더 들어요.`]
        : []),
      ...(noDelivery.length > 0 ? [`보내 드리지 못하는 곳: ${noDelivery.join(', ')}`] : []),
    ],
  };
}

function datesSection({ policy }: Shop): Section {
  const { closedWeekdays, closedBeforeHolidays, transitDays, cutoffAt, listAt } = policy;
  const closed = [
    ...closedWeekdays.map((day) => WEEKDAY_NAMES[day]),
    ...(closedBeforeHolidays ? ['공휴일 전날'] : []),
  ];
  return {
    id: 'dates',
    heading: '보내는 날',
    lines: [
      transitDays === 0
        ? '수확한 날 바로 보내고, 그날 도착해요.'
        : `수확한 날 바로 보내고, 보통 ${transitDays}일 뒤에 도착해요.`,
      ...(closed.length > 0 ? [`쉬는 날: ${closed.join(', ')}`] : []),
      '하루에 수확할 수 있는 상자가 정해져 있어서, 입금하신 순서대로 보내는 날을 정해요.',
      '주문서의 날짜는 예상이고, 입금이 확인되면 약속한 날짜를 알려 드려요.',
      `${cutoffAt ?? listAt} 전에 입금하시면 자리가 있을 때 그날 보내 드려요.`,
      '농장 사정으로 약속한 날짜가 바뀌면 바로 알려 드리고, 기다리실지 취소하실지 여쭤봐요.',
    ],
  };
}

function refundSection({ policy }: Shop): Section {
  return {
    id: 'refund',
    heading: '취소·환불·교환',
    lines: [
      '보내기 전에는 언제든 취소할 수 있어요. 채팅에 ‘취소’라고 적어 주세요.',
      '취소하시면 영업일 3일 안에 돌려 드려요. 계좌로 보내신 돈은 알려 주신 계좌로, 카카오페이로 내신 돈은 카카오페이로 돌아가요.',
      '신선식품이라 보낸 뒤에는 단순 변심으로 반품하거나 교환할 수 없어요.',
      `상하거나 깨진 상자는 받으신 뒤 ${policy.claimHours}시간 안에 채팅으로 알려 주시면 환불하거나 다시 보내 드려요. 이때 배송비는 받지 않아요.`,
      '주문하신 것과 다른 상품이 오면 받으신 날부터 3개월, 다른 것을 아신 날부터 30일 안에 환불받으실 수 있어요.',
      '해결되지 않는 일은 1372 소비자상담센터에 도움을 받으실 수 있어요.',
    ],
  };
}

export function privacyPage(shop: Shop): Page {
  return {
    title: `${shop.name} 개인정보 안내`,
    lead: '주문을 받고 보내 드리는 데 필요한 것만 받아요.',
    sections: privacySections(shop),
    foot: `개인정보 안내 ${PRIVACY_VERSION}`,
    links: [{ label: BUTTONS.storeInfo, href: `../store/${shop.id}` }],
  };
}

/** What is done with personal data. Other words are another `PRIVACY_VERSION`. */
export function privacySections({ business, policy, name }: Shop): readonly Section[] {
  return [
    {
      id: 'what',
      heading: '무엇을 받나요',
      lines: [
        '주문하시는 분: 이름, 연락처, 입금자 이름, 채팅 계정 번호와 주문 대화. 환불할 때만 환불 계좌, 영수증을 신청할 때만 그 번호와 이메일.',
        '받는 분: 이름, 연락처, 주소, 배송 메모.',
      ],
    },
    {
      id: 'why',
      heading: '왜 받나요',
      lines: [
        '주문과 입금을 확인하고, 상자를 보내고, 소식을 알려 드리고, 환불과 문의를 처리하려고 받아요. 다른 데에는 쓰지 않아요.',
      ],
    },
    {
      id: 'recipients',
      heading: '다른 분께 보내실 때',
      lines: [
        '적어 주신 받는 분의 정보도 배송에만 쓰고 같은 때에 지워요. 받는 분께 미리 말씀해 주세요.',
      ],
    },
    {
      id: 'how-long',
      heading: '언제까지 두나요',
      lines: [
        `배송이 끝나고 ${policy.erasePersonalDays}일이 지나면 이름, 연락처, 주소를 지워요.`,
        '판매자에게 전한 문의는 답하고 30일이 지나면, 답이 없어도 90일이 지나면 지워요.',
        '법에 따라 계약과 결제 기록은 5년, 불만과 분쟁을 처리한 기록은 3년 동안 따로 보관한 뒤 지워요.',
        '지우기 전에는 암호로 잠가 두어요.',
      ],
    },
    {
      id: 'who',
      heading: '누가 다루나요',
      lines: [
        '판매자가 다루고, 주문을 받고 알리는 일은 판매자가 쓰는 산지 프로그램이 맡아요.',
        '택배사에는 받는 분의 이름, 연락처, 주소만 알려 드려요. 그 밖에는 누구에게도 주지 않아요.',
      ],
    },
    {
      id: 'rights',
      heading: '내 정보를 보거나 지우려면',
      lines: [
        '채팅에 ‘주문조회’라고 적으시면 주문을 볼 수 있고, ‘주소 변경’으로 고칠 수 있어요.',
        '채팅에 ‘내 정보 삭제’라고 적으시면, 남은 주문에 필요 없는 것을 바로 지워요.',
      ],
    },
    {
      id: 'contact',
      heading: '문의',
      facts:
        business === null
          ? [{ name: '상점', value: policy.contact ?? name }]
          : [
              { name: '개인정보 담당', value: business.owner },
              { name: '전화', value: words.phone(business.phone), href: `tel:${business.phone}` },
              { name: '이메일', value: business.email, href: `mailto:${business.email}` },
            ],
      lines: ['개인정보 침해 신고는 국번 없이 118로도 하실 수 있어요.'],
    },
  ];
}
