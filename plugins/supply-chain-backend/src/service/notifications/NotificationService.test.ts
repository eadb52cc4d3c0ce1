import { AuthenticationError } from '@backstage/errors';
import { ReceivedHint } from 'backstage-plugin-supply-chain-node';
import { PrincipalRateLimit } from '../PrincipalRateLimit';
import { NotificationService } from './NotificationService';

let put: ReceivedHint[];
let ended: string[];

const serviceFor = (burst: number) =>
  NotificationService.create({
    receivers: [
      {
        id: 'scanner',
        maxBytes: 10,
        authenticate: async ({ header }) => {
          if (!header('authorization')) {
            throw new AuthenticationError('Expected a token');
          }
        },
        receive: (_, body) => ({
          kind: 'hints',
          hints: [{ feed: 'f', source: 's', hint: String(body.length) }],
        }),
      },
    ],
    put: hints => put.push(...hints),
    follows: () => true,
    tracker: { notificationEnded: ({ outcome }) => void ended.push(outcome) },
    limit: PrincipalRateLimit.create({
      burst,
      refillIntervalMs: 1_000,
      nowMs: () => 0,
    }),
  });

const from = (sender: string | undefined) => ({ header: () => sender });

beforeEach(() => {
  put = [];
  ended = [];
});

it('refuses a flood before its bodies are read, and strangers use nothing up', async () => {
  const service = serviceFor(2);
  const readBody = jest.fn(async () => Buffer.alloc(3));
  const send = (sender?: string) =>
    service.receive('scanner', from(sender), readBody).then(
      ({ status }) => status,
      error => error.name,
    );
  const answers = [];
  for (const sender of [undefined, undefined, undefined, 'a', 'a', 'a']) {
    answers.push(await send(sender));
  }
  expect(answers).toEqual([
    ...Array(3).fill('AuthenticationError'),
    202,
    202,
    'TooManyRequestsError',
  ]);
  expect(readBody).toHaveBeenCalledTimes(2);
  expect(ended).toEqual([
    ...Array(3).fill('unauthenticated'),
    'accepted',
    'accepted',
    'tooMany',
  ]);
});

it('counts a body that cannot be read as refused', async () => {
  const readBody = async () => {
    throw new Error('cut off');
  };
  await expect(
    serviceFor(1).receive('scanner', from('a'), readBody),
  ).rejects.toThrow('cut off');
  expect(ended).toEqual(['refused']);
  expect(put).toEqual([]);
});
