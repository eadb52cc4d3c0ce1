import { BoundedCache } from './BoundedCache';

describe('BoundedCache', () => {
  it('makes a thing once, and again when it was the oldest of too many', () => {
    const cache = new BoundedCache<string>(2);
    const made: string[] = [];
    const get = (text: string) =>
      cache.get(text, () => {
        made.push(text);
        return text.toUpperCase();
      });
    expect([get('a'), get('b'), get('a'), get('c'), get('b')]).toEqual([
      'A',
      'B',
      'A',
      'C',
      'B',
    ]);
    expect(made).toEqual(['a', 'b', 'c']);
    get('a');
    expect(made).toEqual(['a', 'b', 'c', 'a']);
  });

  it('keeps nothing that could not be made', () => {
    const cache = new BoundedCache<string>(2);
    const fail = () => {
      throw new Error('not this time');
    };
    expect(() => cache.get('a', fail)).toThrow('not this time');
    expect(cache.get('a', () => 'A')).toBe('A');
  });
});
