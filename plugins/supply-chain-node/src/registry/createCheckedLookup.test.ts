import { createCheckedLookup } from './createCheckedLookup';

const addresses = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

function lookUp(options: { all: boolean; allowPrivateAddress: boolean }) {
  const lookup = createCheckedLookup({
    resolveAddresses: async () => addresses,
    allowPrivateAddress: options.allowPrivateAddress,
  });
  return new Promise(resolve => {
    lookup('registry.acme.example', { all: options.all }, (error, ...answer) =>
      resolve(error ? (error as { code?: string }).code : answer),
    );
  });
}

describe('the lookup of a connection', () => {
  it.each([
    [true, [addresses]],
    [false, ['127.0.0.1', 4]],
  ])('answers what was checked (all: %s)', async (all, expected) => {
    expect(await lookUp({ all, allowPrivateAddress: true })).toEqual(expected);
  });

  it.each([true, false])('answers nothing refused (all: %s)', async all => {
    expect(await lookUp({ all, allowPrivateAddress: false })).toBe(
      'ADDRESS_NOT_ALLOWED',
    );
  });
});
