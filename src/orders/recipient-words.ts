// Words that couriers and people hang on a recipient's name or write in his address.

export const TITLE = /(?:고객|사장|선생|사모|어르신|여사)?님$|(?<=..)(?:씨|귀하|고객)$/u;
/** A city that is a province of its own, as it is shortened. */
export const CITY = /^(서울|부산|대구|인천|광주|대전|울산|세종)시/u;
/** 103동 1204호, 103-1204 and 103/1204 say the same. */
export const UNIT = /(?<=\d)\s*(?:동|호|층|번지)/gu;
