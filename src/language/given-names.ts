// How Korean given names sound. Tells a name that stands alone ("김영희") from another word that
// begins with a surname's letter ("고마워", "환불"); beside a telephone number nobody asks for it.
import { isDistrict } from './districts.ts';
import { DOUBLE_SURNAMES, isOrdinary, isSurname } from './names.ts';

const SYLLABLES = new Set(
  '가강건겨겸경계고관광교구국권군귀규균근금기길나낙난남내녀년노늘늬다단달담대덕도돈돌동두득든들라락란람랑래량레려련렬령례로록롱룡뢰루류륜률름리린림마만말매맹명모목묘무문미민바박반배백범별병보복봄봉부분비빈빛빙사산삼상생새샘샛서석선설섭성세소손솔솜송수숙순슬승시식신실심아악안암애양언얼에엘여연열염엽영예오옥온옹완왕요용우욱운울웅원월위유육윤율융은을음응의이익인일임입자잔잎장재전절점정제조종좌주준중지직진집차찬창채천철청초총최추춘출충치칠쾌태택토특티파판팔평표품풍필하학한함해행향허헌혁현협형혜호홍화확환황회효후훈휘휴흔흠흥희힘누올푸풀통포타존본결르롬벗꽃뜰독쁨',
);

/** A surname and up to three letters of a given name, each as given names have them. */
export function soundsLikeName(name: string): boolean {
  if (isDistrict(name)) return false;
  const double = name.length > 2 && DOUBLE_SURNAMES.some((surname) => name.startsWith(surname));
  let surname = double ? 2 : 1;
  for (const letter of name) {
    surname -= 1;
    if (surname < 0 && !SYLLABLES.has(letter)) return false;
  }
  return true;
}

/** 박하늘별: a surname and three letters, each as given names have them, and no two words in one. */
export function isLongName(word: string): boolean {
  if (
    !/^[가-힣]{3}(?![은는을를에도로요])[가-힣]$/u.test(word) ||
    !isSurname(word[0] ?? '') ||
    !soundsLikeName(word)
  )
    return false;
  return !isOrdinary(word.slice(0, 2)) && !isOrdinary(word.slice(2)) && !isOrdinary(word);
}
