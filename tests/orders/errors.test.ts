import { describe, expect, test } from 'vitest';
import { whereItBroke } from '../../src/orders/errors.ts';

describe('where something broke', () => {
  test('is its kind and its frames, without a word of its message', () => {
    const error = new TypeError('cannot read 영희맘\n    at 영희맘 01011112222:1:2\n  and on');
    const told = whereItBroke(error);
    expect(told.error).toBe('TypeError');
    expect(told.at[0]).toMatch(/^at .*errors\.test\.ts/);
    expect(JSON.stringify(told)).not.toMatch(/영희맘|0101111/);
    expect(told.at.length).toBeLessThanOrEqual(5);
  });

  test('is told of an empty message and of what is no error', () => {
    expect(whereItBroke(new Error()).at.length).toBeGreaterThan(0);
    expect(whereItBroke('영희맘')).toEqual({ error: 'string', at: [] });
  });
});
