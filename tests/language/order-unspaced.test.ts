import { describe, expect, it } from 'vitest';
import { normalise } from '../../src/language/normalise.ts';

describe('a text without spaces', () => {
  it.each([
    ['강릉시사천면가작길 22-5', '강릉시 사천면 가작길 22-5'],
    ['경남창녕군남지읍남지중앙로88', '경남 창녕군 남지읍 남지중앙로 88'],
    ['인천시강화군길상면온수길 38번길 9', '인천시 강화군 길상면 온수길 38번길 9'],
  ])('is cut between the parts of the address %s', (glued, cut) => {
    expect(normalise(glued)).toBe(cut);
  });

  it('is cut around its told fields', () => {
    expect(normalise('수량은4상자받는사람은국봉남이고연락처는01007185520')).toBe(
      '수량은 4상자 받는사람은 국봉남이고 연락처는 01007185520',
    );
  });

  it('is cut on both sides of a number', () => {
    expect(normalise('포도1박스요어진솔010-1339-0027대전유성구반석로12')).toBe(
      '포도1박스요 어진솔 010-1339-0027 대전 유성구 반석로 12',
    );
  });

  it.each([
    '역시바로 2박스 보내주세요',
    '서울 노원구 동일로 1729 한솔마을 103동 1204호',
    '받는사람은 국봉남이고 연락처는 010-0718-5520이에요',
    '이번에도맛있는걸로부탁드릴게요감사합니다',
  ])('is left as it is where nothing is glued: %s', (text) => {
    expect(normalise(text)).toBe(text);
  });
});
