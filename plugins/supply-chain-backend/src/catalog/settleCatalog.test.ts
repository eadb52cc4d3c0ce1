import { settleCatalog } from './settleCatalog';

describe('settleCatalog', () => {
  it('reads once after each pause and ends', async () => {
    const read = jest.fn(async () => undefined);
    await settleCatalog({
      read,
      signal: new AbortController().signal,
      pausesMs: [0, 0, 0],
    });
    expect(read).toHaveBeenCalledTimes(3);
  });

  it('reads no more once it is stopped', async () => {
    const read = jest.fn(async () => undefined);
    const controller = new AbortController();
    const settled = settleCatalog({ read, signal: controller.signal });
    controller.abort();
    await settled;
    expect(read).not.toHaveBeenCalled();
  });
});
