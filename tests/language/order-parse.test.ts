import { PassThrough } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { parse } from '../../scripts/parse.ts';

const CONTEXT = { today: '2026-07-21', products: [{ id: 'p1', name: '사과 5kg' }], max_boxes: 50 };
const KIM = '김영희 010-0111-2222 서울 노원구 동일로 1729';

async function answers(lines: readonly string[]): Promise<unknown[]> {
  const output = new PassThrough();
  const chunks: string[] = [];
  output.on('data', (chunk) => chunks.push(String(chunk)));
  await parse(
    (async function* () {
      for (const line of lines) yield `${line}\n`;
    })(),
    output,
  );
  return chunks
    .join('')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

describe('parse', () => {
  it('answers each line in the shape of the corpus', async () => {
    const lines = [
      { id: 'a', text: `${KIM} 2박스`, context: CONTEXT },
      { id: 'b', messages: [KIM, '사과요'], context: CONTEXT },
      { id: 'c', text: '안녕하세요', context: CONTEXT },
    ];
    expect(await answers(lines.map((line) => JSON.stringify(line)))).toEqual([
      {
        id: 'a',
        kind: 'order',
        recipients: [
          {
            name: '김영희',
            phone: '01001112222',
            address: '서울 노원구 동일로 1729',
            items: [{ product: 'p1', boxes: 2 }],
          },
        ],
        sender: null,
        sender_phone: null,
        depositor: null,
        memo: null,
        wanted_date: null,
      },
      { id: 'b', kind: 'ask', ask: ['boxes'] },
      { id: 'c', kind: 'none' },
    ]);
  });

  it('names a line it cannot read and goes on', async () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const good = JSON.stringify({ id: 'z', text: '안녕하세요', context: CONTEXT });
    expect(await answers(['no json', '[]', '{"id":1,"text":3}', good])).toEqual([
      { id: 'z', kind: 'none' },
    ]);
    const complaints = said.mock.calls.map(([text]) => String(text));
    said.mockRestore();
    expect(complaints.map((text) => text.split(':', 1)[0])).toEqual(['line 1', 'line 2', 'line 3']);
  });
});
