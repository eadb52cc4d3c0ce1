import { SignJWT } from 'jose';
import { ClairReceiver } from './ClairReceiver';

const NOW = new Date('2026-11-23T12:00:00Z');
const SECONDS = NOW.getTime() / 1000;
const KEY = new TextEncoder().encode('the key that is shared with Clair');
const ID = '269886f3-0146-4f08-9bf7-cb1138d48643';

const receiver = ClairReceiver.create({
  psk: { key: KEY, issuer: 'backstage' },
  now: () => NOW,
});

type Token = {
  issuer?: string;
  key?: Uint8Array;
  algorithm?: string;
  expires?: number | null;
  notBefore?: number;
};

/** As Clair signs: internal/httputil/signer.go, a minute before and after. */
function tokenOf(token: Token = {}): Promise<string> {
  const jwt = new SignJWT({})
    .setProtectedHeader({ alg: token.algorithm ?? 'HS256' })
    .setIssuer(token.issuer ?? 'clair-notifier')
    .setIssuedAt(SECONDS)
    .setNotBefore(token.notBefore ?? SECONDS - 60);
  if (token.expires !== null) {
    jwt.setExpirationTime(token.expires ?? SECONDS + 60);
  }
  return jwt.sign(token.key ?? KEY);
}

const authenticate = (authorization?: string, by = receiver) =>
  by.authenticate({
    header: name => (name === 'authorization' ? authorization : undefined),
  });

const receive = (body: string) =>
  receiver.receive({ header: () => undefined }, Buffer.from(body));

describe('who sends', () => {
  it.each([{}, { issuer: 'clair-intraservice' }])(
    'is Clair with a token like %j',
    async token => {
      const authorization = `Bearer ${await tokenOf(token)}`;
      await expect(authenticate(authorization)).resolves.toBeUndefined();
    },
  );

  it.each<[string, Token]>([
    ['signed with another key', { key: new TextEncoder().encode('guessed') }],
    ['of the portal itself, sent back', { issuer: 'backstage' }],
    ['of nobody', { issuer: '' }],
    ['that has ended', { expires: SECONDS - 16 }],
    ['that never ends', { expires: null }],
    ['for later', { notBefore: SECONDS + 16 }],
    ['signed by another algorithm', { algorithm: 'HS512' }],
  ])('is refused with a token %s', async (_, token) => {
    await expect(
      authenticate(`Bearer ${await tokenOf(token)}`),
    ).rejects.toMatchObject({ name: 'AuthenticationError' });
  });

  it.each([
    undefined,
    'Bearer ',
    'Basic abc',
    // {"alg":"none"}
    `Bearer eyJhbGciOiJub25lIn0.${Buffer.from(
      JSON.stringify({ iss: 'clair-notifier', exp: SECONDS + 60 }),
    ).toString('base64url')}.`,
  ])('is refused with %j', async authorization => {
    await expect(authenticate(authorization)).rejects.toMatchObject({
      name: 'AuthenticationError',
    });
  });

  it('is refused where no key is configured, whatever it shows', async () => {
    const open = ClairReceiver.create({});
    await expect(
      authenticate(`Bearer ${await tokenOf()}`, open),
    ).rejects.toThrow(/supplyChain.clair.psk/);
  });
});

describe('what is sent', () => {
  it('is an id, and its address is not looked at', () => {
    const callback = 'http://169.254.169.254/latest/meta-data';
    expect(
      receive(JSON.stringify({ notification_id: ID.toUpperCase(), callback })),
    ).toEqual({
      kind: 'hints',
      hints: [{ feed: 'clair', source: 'Clair v4', hint: ID }],
    });
  });

  it.each([
    '',
    'null',
    '[]',
    '{}',
    '{"notification_id":7}',
    '{"notification_id":"../../indexer/api/v1/index_report"}',
    `{"notification_id":"${ID}?next=1"}`,
    `{"notification_id":"${ID}\\n"}`,
  ])('is refused: %s', body => {
    expect(() => receive(body)).toThrow(
      expect.objectContaining({ name: 'InputError' }),
    );
  });

  it('is success to Clair by nothing but 200', () => {
    expect(receiver.acceptedStatus).toBe(200);
  });
});
