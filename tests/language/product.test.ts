import { describe, expect, it } from 'vitest';
import { catalogue, chooseProduct, findMentions } from '../../src/language/product.ts';

function chosen(text: string, names: readonly string[]): string | null {
  const known = catalogue(names.map((name) => ({ id: name, name })));
  return chooseProduct(
    findMentions(text, known).map(({ feature }) => feature),
    known,
  );
}

describe('products', () => {
  const SIZES = ['사과 5kg', '사과 10kg'];
  const PEACHES = ['천도 4kg', '백도 4kg', '황도 4kg'];
  const FEEL = ['딱딱한 복숭아 4kg', '말랑한 복숭아 4kg'];
  const GRADES = ['황도 4kg 가정용', '황도 4kg 선물용'];
  const FARM = ['캠벨포도 3kg', '초당옥수수 10개입', '수미감자 10kg', '복숭아즙 1박스'];

  it.each<[string, readonly string[], string]>([
    ['10키로', SIZES, '사과 10kg'],
    ['사과 5kg', SIZES, '사과 5kg'],
    ['사과5키로', SIZES, '사과 5kg'],
    ['황도', PEACHES, '황도 4kg'],
    ['천도복숭아', PEACHES, '천도 4kg'],
    ['딱복', FEEL, '딱딱한 복숭아 4kg'],
    ['물복', FEEL, '말랑한 복숭아 4kg'],
    ['선물용', GRADES, '황도 4kg 선물용'],
    ['포도', ['샤인머스캣 2kg'], '샤인머스캣 2kg'],
    ['샤인머스켓', ['샤인머스캣 2kg', '거봉 2kg'], '샤인머스캣 2kg'],
    ['옥시기', FARM, '초당옥수수 10개입'],
    ['감자', FARM, '수미감자 10kg'],
    ['corn', FARM, '초당옥수수 10개입'],
    ['', ['사과 5kg'], '사과 5kg'],
  ])('%s', (text, names, product) => {
    expect(chosen(text, names)).toBe(product);
  });

  it.each<[string, readonly string[]]>([
    ['사과', SIZES],
    ['복숭아', PEACHES],
    ['', SIZES],
    ['포도', ['황도 4kg']],
    ['백도', ['황도 4kg']],
    ['바나나', ['사과 5kg']],
    ['20kg', ['사과 5kg']],
    ['황도 4kg', GRADES],
  ])('%s leaves the product open', (text, names) => {
    expect(chosen(text, names)).toBeNull();
  });
});
