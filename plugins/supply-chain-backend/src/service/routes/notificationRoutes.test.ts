import { AuthenticationError, InputError } from '@backstage/errors';
import {
  NotificationReceiver,
  ReceivedHint,
} from 'backstage-plugin-supply-chain-node';
import request from 'supertest';
import { createTestDatabases } from '../../__testUtils__/testDatabases';
import { useExampleRouter } from '../__testUtils__/useExampleRouter';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const SECRET = 'Bearer of-the-sender';

/** Takes JSON with hints. */
const receiver: NotificationReceiver = {
  id: 'scanner',
  maxBytes: 1_000,
  authenticate: async ({ header }) => {
    if (header('authorization') !== SECRET) {
      throw new AuthenticationError('Expected the secret of the sender');
    }
  },
  receive: ({ cluster = 'none' }, body) => {
    const hint = Buffer.from(body).toString();
    if (hint === '') {
      throw new InputError('Expected a hint');
    }
    return hint === 'other'
      ? { kind: 'ignored', message: 'Not read' }
      : { kind: 'hints', hints: [{ feed: 'f', source: cluster, hint }] };
  },
};

describe.each(databases.eachSupportedId())(
  'the route of notifications on %s',
  id => {
    const router = useExampleRouter({ databases, id });
    let put: ReceivedHint[];

    beforeEach(async () => {
      put = [];
      await router.open({
        notifications: {
          receivers: [
            receiver,
            { ...receiver, id: 'strict', acceptedStatus: 200 },
          ],
          hints: {
            put: hints => put.push(...hints),
            follows: ({ source }) => source === 'east',
          },
        },
      });
    });

    const send = async (
      body: string | Buffer,
      path = 'scanner?cluster=east',
      authorization = SECRET,
      headers: Record<string, string> = {},
    ) =>
      request(router.example.app)
        .post(`/notifications/${path}`)
        .set({
          Authorization: authorization,
          'Content-Type': 'application/json',
          ...headers,
        })
        .send(body);

    it('queues where to look, and says so with the status the sender wants', async () => {
      const { status, body } = await send('a');
      expect([status, body]).toEqual([202, { status: 'accepted' }]);
      expect((await send('b', 'strict?cluster=east')).status).toBe(200);
      expect(put).toEqual([
        { feed: 'f', source: 'east', hint: 'a' },
        { feed: 'f', source: 'east', hint: 'b' },
      ]);
    });

    it.each([
      ['what is not read', 'other', 'scanner?cluster=east', 'Not read'],
      [
        'a cluster nobody reads',
        'a',
        'scanner?cluster=west',
        'It is about nothing read here',
      ],
    ])('ignores %s', async (_, text, path, message) => {
      const { status, body } = await send(text, path);
      expect([status, body]).toEqual([202, { status: 'ignored', message }]);
      expect(put).toEqual([]);
    });

    it.each<[string, number, string, string, string]>([
      ['nobody receives', 404, 'a', 'none?cluster=east', SECRET],
      ['nobody is to send', 401, 'a', 'scanner?cluster=east', 'Bearer guessed'],
      ['has no body', 400, '', 'scanner?cluster=east', SECRET],
      ['is too large', 413, 'a'.repeat(1_001), 'scanner', SECRET],
      ['asks for more', 400, 'a', 'scanner?cluster=east&more=1', SECRET],
    ])('refuses what %s with %s', async (_, expected, body, path, by) => {
      expect((await send(body, path, by)).status).toBe(expected);
      expect(put).toEqual([]);
    });

    it('reads no body of a stranger', async () => {
      const { status } = await send('a'.repeat(5_000), 'scanner', 'Bearer no');
      expect(status).toBe(401);
    });
  },
);
