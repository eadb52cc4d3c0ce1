import { checkClairToken } from './checkClairToken';

/** https://www.rfc-editor.org/rfc/rfc7515#appendix-A.1 */
const RFC_7515 = {
  token: [
    'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9',
    'eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ',
    'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  ].join('.'),
  key: Buffer.from(
    'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow',
    'base64url',
  ),
  endsAt: 1_300_819_380_000,
};

const check = (
  options: {
    authorization?: string;
    key?: Buffer;
    issuers?: string[];
    afterEndMs?: number;
  } = {},
) =>
  checkClairToken(options.authorization ?? `Bearer ${RFC_7515.token}`, {
    key: options.key ?? RFC_7515.key,
    issuers: options.issuers ?? ['clairctl', 'joe'],
    now: new Date(RFC_7515.endsAt + (options.afterEndMs ?? -1_000)),
  });

describe('a token for Clair', () => {
  it('is taken from an issuer that is known, while it holds', () => {
    expect(check()).toBe(true);
    expect(check({ afterEndMs: 15_000 })).toBe(true);
  });

  const [header, payload, signature] = RFC_7515.token.split('.');
  const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');

  it.each([
    ['is over', { afterEndMs: 16_000 }],
    ['is of another issuer', { issuers: ['backstage'] }],
    ['is signed with another key', { key: Buffer.alloc(64) }],
    ['is not signed', { authorization: `Bearer ${unsigned}.${payload}.` }],
    [
      'says something else than what was signed',
      { authorization: `Bearer ${unsigned}.${payload}.${signature}` },
    ],
    ['has two parts', { authorization: `Bearer ${header}.${payload}` }],
    ['is a password', { authorization: 'Basic am9lOmpvZQ==' }],
    ['is not there', { authorization: '' }],
  ])('is refused when it %s', (_, options) => {
    expect(check(options)).toBe(false);
  });
});
