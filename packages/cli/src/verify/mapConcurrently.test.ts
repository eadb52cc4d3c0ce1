import { mapConcurrently } from './mapConcurrently';

describe('mapConcurrently', () => {
  it('keeps the order and the limit', async () => {
    let underWay = 0;
    let most = 0;
    const results = await mapConcurrently([3, 1, 2, 0], 2, async item => {
      underWay += 1;
      most = Math.max(most, underWay);
      for (let turn = 0; turn < item; turn += 1) {
        await Promise.resolve();
      }
      underWay -= 1;
      return item * 10;
    });
    expect(results).toEqual([30, 10, 20, 0]);
    expect(most).toBe(2);
  });

  it('does nothing for nothing', async () => {
    expect(await mapConcurrently([], 2, async item => item)).toEqual([]);
  });
});
