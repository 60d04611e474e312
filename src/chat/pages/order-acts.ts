// What a buyer does on the page of his order: the questions before, and what became of it.
import { refundFor } from '../../orders/cancelling.ts';
import { canCancel, isLive, type Order, type Parcel } from '../../orders/order.ts';
import type { Tongue } from '../replies/index.ts';
import { masked } from '../words.ts';

/** What was done last, as an address says it. */
export const DONE = ['paid', 'cancelled', 'refund', 'changed', 'difference', 'reported'] as const;
export type Done = (typeof DONE)[number];

export function doneWords(done: Done, { either }: Tongue): string {
  switch (done) {
    case 'paid':
      return either(
        '고마워요. 확인되는 대로 알려 드릴게요.',
        'Thank you. We tell you once it is confirmed.',
      );
    case 'cancelled':
      return either('취소했어요.', 'Cancelled.');
    case 'refund':
      return either('취소했어요. 돈을 돌려 드릴게요.', 'Cancelled. You will be refunded.');
    case 'changed':
      return either('받으실 곳을 바꿨어요.', 'The address is changed.');
    case 'difference':
      return either(
        '아래 금액을 입금하시면 바뀌어요.',
        'It changes once you pay the amount below.',
      );
    case 'reported':
      return either('판매자에게 바로 알렸어요.', 'We have told the seller.');
  }
}

export type Field = {
  readonly name: 'recipient' | 'phone' | 'address' | 'memo' | 'text';
  readonly label: string;
  readonly hint: string | null;
  readonly isLong: boolean;
  readonly isRequired: boolean;
  readonly isPhone: boolean;
};
export type ActView = {
  readonly title: string;
  readonly lead: string;
  /** What it is about, line by line. */
  readonly lines: readonly string[];
  readonly fields: readonly Field[];
  readonly submit: string;
  readonly back: string;
};

const backTo = ({ either }: Tongue) => either('그대로 둘게요', 'Leave it as it is');

export function cancelView(order: Order, targets: readonly Parcel[], tongue: Tongue): ActView {
  const { either, words, labels } = tongue;
  const rest = order.parcels.filter((one) => isLive(one) && !targets.includes(one)).length;
  const refund = words.won(
    refundFor(
      order,
      targets.map(({ id }) => id),
    ),
  );
  return {
    title: either('주문을 취소할까요?', 'Shall we cancel?'),
    lead:
      order.paidKrw > 0
        ? either(`취소하면 ${refund}을 돌려 드려요.`, `You get ${refund} back.`)
        : either(
            '아직 입금 전이라 그대로 취소돼요.',
            'It is not paid yet, so it is simply cancelled.',
          ),
    lines: [
      ...targets.map((parcel) => lineOf(parcel, tongue)),
      ...(rest > 0
        ? [either(`나머지 ${rest}곳은 그대로 보내 드려요.`, `The other ${rest} stay as they are.`)]
        : []),
    ],
    fields: [],
    submit: labels.cancelYes,
    back: backTo(tongue),
  };
}

export function nothingToCancelView({ either }: Tongue): ActView {
  return {
    title: either('취소할 것이 없어요', 'There is nothing to cancel'),
    lead: either(
      '이미 보냈거나 취소된 상자예요. 지금 상태는 주문 화면에서 볼 수 있어요.',
      'It has been shipped or cancelled already. The order page shows how things stand.',
    ),
    lines: [],
    fields: [],
    submit: '',
    back: toPage({ either }),
  };
}

export function addressView(parcel: Parcel, tongue: Tongue): ActView {
  const { either } = tongue;
  const line = { isLong: false, isRequired: false, isPhone: false, hint: null } as const;
  return {
    title: either('어디로 보내 드릴까요?', 'Where shall it go?'),
    lead: either(
      '지금 주소는 가려 두었어요. 새 주소를 처음부터 적어 주세요.',
      'The present address is hidden here. Please write the new one in full, best in Korean.',
    ),
    lines: [lineOf(parcel, tongue)],
    fields: [
      {
        ...line,
        name: 'address',
        label: either('새 주소', 'New address'),
        hint: either(
          '예: 서울 중구 세종대로 110 101동 1204호',
          'e.g. 서울 중구 세종대로 110 101동 1204호',
        ),
        isLong: true,
        isRequired: true,
      },
      {
        ...line,
        name: 'recipient',
        label: either('받는 분', 'Recipient'),
        hint: either('바뀔 때만 적어 주세요.', 'Only if it changes.'),
      },
      {
        ...line,
        name: 'phone',
        label: either('받는 분 연락처', 'Phone of the recipient'),
        hint: either('바뀔 때만 적어 주세요.', 'Only if it changes.'),
        isPhone: true,
      },
      {
        ...line,
        name: 'memo',
        label: either('배송 메모', 'Note for the carrier'),
        hint: either('예: 문 앞에 두고 문자 주세요', 'e.g. leave it at the door'),
      },
    ],
    submit: either('이 주소로 바꾸기', 'Change to this address'),
    back: backTo(tongue),
  };
}

export function problemView(order: Order, hours: number, tongue: Tongue): ActView {
  const { either } = tongue;
  return {
    title: either('무엇이 문제인가요?', 'What is wrong?'),
    lead: either(
      `상하거나 깨진 상자는 받으신 뒤 ${hours}시간 안에 알려 주세요. 사진은 채팅으로 보내 주시면 돼요.`,
      `Please report spoiled or broken boxes within ${hours} hours. Pictures can be sent in the chat.`,
    ),
    lines: order.parcels.filter(isLive).map((parcel) => lineOf(parcel, tongue)),
    fields: [
      {
        name: 'text',
        label: either('판매자에게 전할 말', 'Your words to the seller'),
        hint: null,
        isLong: true,
        isRequired: true,
        isPhone: false,
      },
    ],
    submit: either('판매자에게 보내기', 'Send to the seller'),
    back: backTo(tongue),
  };
}

export function toPage({ either }: Pick<Tongue, 'either'>): string {
  return either('주문 화면으로', 'Back to the order');
}

/** Why what was sent was not done. */
export const FAULTS = ['address', 'phone', 'recipient', 'text', 'conflict'] as const;
export type Fault = (typeof FAULTS)[number];

export function faultWords(fault: Fault, { either }: Tongue): string {
  switch (fault) {
    case 'address':
      return either(
        '주소를 알아보지 못했어요. 도로명이나 지번, 동·호수까지 적어 주세요.',
        'We could not read the address. Please write street, number and flat, best in Korean.',
      );
    case 'phone':
      return either(
        '연락처를 알아보지 못했어요. 010-1234-5678처럼 적어 주세요.',
        'We could not read the phone number. Please write it like 010-1234-5678.',
      );
    case 'recipient':
      return either(
        '받는 분 이름을 40자 안으로 적어 주세요.',
        'Please keep the name under 40 characters.',
      );
    case 'text':
      return either(
        '무엇이 문제인지 한 줄이라도 적어 주세요.',
        'Please write at least a few words.',
      );
    case 'conflict':
      return either(
        '그 사이 주문이 바뀌었어요. 지금 내용을 다시 확인해 주세요.',
        'The order has changed meanwhile. Please look again.',
      );
  }
}

/** What can still be cancelled of an order, or the one parcel that is named. */
export function cancellable(order: Order, no: number | null): readonly Parcel[] {
  if (order.state !== 'awaiting_payment' && order.state !== 'paid') return [];
  return order.parcels.filter(
    (parcel) => isLive(parcel) && canCancel(parcel) && (no === null || parcel.no === no),
  );
}

function lineOf({ recipient: name, phone, address, items }: Parcel, { words }: Tongue): string {
  return `${words.items(items)}\n${masked({ name, phone, address })}`;
}

/** What else the page says, around what is the order's own. */
export function pageWords({ either, labels }: Tongue) {
  return {
    live: either('이 화면은 저절로 바뀌어요', 'This page updates by itself'),
    copy: either('복사', 'Copy'),
    copied: either('복사했어요', 'Copied'),
    parcels: either('보내 드릴 상자', 'Your parcels'),
    money: either('금액', 'Amounts'),
    track: labels.track,
    noNumber: either('송장번호를 곧 알려 드려요', 'The number comes soon'),
    changeAddress: labels.changeAddress,
    cancelParcel: labels.cancelParcel,
    cancelOrder: labels.cancelOrder,
    trouble: labels.trouble,
    help: either('바꾸거나 알리기', 'Change or report'),
    why: either('이 날에 보내는 까닭', 'Why this date'),
    noWhy: either('지금은 따로 설명할 것이 없어요.', 'There is nothing to explain right now.'),
    storeInfo: labels.storeInfo,
    privacy: either('개인정보 안내', 'Privacy'),
    call: either('판매자에게 전화', 'Call the seller'),
    share: either(
      '이 주소를 아는 분은 누구나 이 주문을 볼 수 있어요. 받는 분의 이름과 연락처는 일부만 보이고, 주소는 보이지 않아요.',
      'Whoever has this address can see this order. Names and phones are shown in part, addresses not at all.',
    ),
    done: either('지난 일', 'done'),
    now: either('다음', 'next'),
    ahead: either('예정', 'to come'),
    steps: either('진행 단계', 'Steps'),
  };
}
