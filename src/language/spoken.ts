// In which of our two languages somebody writes: by the words around the data, never by the data.

export type Language = 'ko' | 'en';

/** A sentence shows in its beginning; what follows is data. */
const LOOK_MAX = 600;

/** Words that stand in English sentences; "ok", "yes" and "no" are said in both languages. */
const ENGLISH =
  /(?<![A-Za-z])(?:i|i['’]?(?:d|m|ll|ve)|my|me|you|your|we|our|the|an?|is|are|was|it|this|that|to|for|from|of|on|at|in|and|or|not|please|pls|thanks?|thank|hi|hello|hey|help|menu|good|morning|evening|order(?:s|ed|ing)?|reorder|confirm|edit|cancel(?:led|ing)?|change|address|phone|number|name|box(?:es)?|peach(?:es)?|apples?|grapes?|pay|paid|payment|send|sent|ship|shipping|shipped|deliver(?:y|ed)?|arrive[ds]?|when|where|what|why|how|which|much|many|can|could|do|does|did|want|need|would|like|make|same|again|last|more|another|price|prices|status|refund|account|money|transfer(?:red)?|received|broken|rotten|stop|skip|delete|back|never|mind|start|store|stores|shop|english)(?![A-Za-z])/giu;

/** Verbs, endings and the words of the trade; a name, a town and a road have none of these. */
const KOREAN =
  /[가-힣](?:요|니다|니까|까|죠|세여|해여)(?=$|[\s.,!?~ㅎㅋㅠㅜ^])|(?:주문|예약|취소|입금|송금|배송|발송|변경|수정|메뉴|상점|가격|얼마|언제|안녕|확정|그만|건너|환불|계좌|안내|문의|감사|고마|삭제|상자|박스|복숭아|보내|부탁|받는|연락처|성함|이름|주소|똑같이|지난번|저번)|^(?:네+|넵|예|응|아니요?|아뇨)[\s.!~]*$/u;

/**
 * What the message is written in; where nothing shows it ("ok", a name, an address, a number) the
 * conversation goes on as before.
 */
export function spokenIn(text: string, before: Language): Language {
  const said = text.slice(0, LOOK_MAX);
  const english = said.match(ENGLISH)?.length ?? 0;
  if (KOREAN.test(said)) return english >= ENGLISH_SENTENCE_WORDS ? 'en' : 'ko';
  return english > 0 ? 'en' : before;
}

/** A Korean word beside so many English ones is quoted: "please send 2 boxes of 복숭아". */
const ENGLISH_SENTENCE_WORDS = 3;
