import { mockServices } from '@backstage/backend-test-utils';
import { readUploadMaxBytes } from './readUploadMaxBytes';

const read = (maxBytes?: number) =>
  readUploadMaxBytes(
    mockServices.rootConfig({
      data: { supplyChain: { uploads: { maxBytes } } },
    }),
  );

describe('the size of what is handed in', () => {
  it('is limited, by default to 20 MiB', () => {
    expect([read(), read(1_000)]).toEqual([20 * 1024 * 1024, 1_000]);
  });

  it.each([0, -1, 1e12])('cannot be %s', maxBytes => {
    expect(() => read(maxBytes)).toThrow('supplyChain.uploads.maxBytes');
  });
});
