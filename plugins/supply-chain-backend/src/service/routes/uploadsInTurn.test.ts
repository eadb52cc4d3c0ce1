import { once } from 'node:events';
import { request as open, ClientRequest, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { mockCredentials } from '@backstage/backend-test-utils';
import { createTestDatabases } from '../../__testUtils__/testDatabases';
import { UploadRow } from '../../database/tables';
import { IMAGES } from '../__testUtils__/exampleEvidence';
import { REFS } from '../__testUtils__/exampleWorld';
import { trivyReport } from '../__testUtils__/trivyReport';
import { useExampleRouter } from '../__testUtils__/useExampleRouter';
import { UploadQueue } from '../uploads/UploadQueue';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const { repository, digest } = IMAGES.payments;
const PATH = `/evidence/vulnerabilities?${new URLSearchParams({
  entity: REFS.payments,
  repository,
  digest,
})}`;
const report = trivyReport({ repoDigest: `${repository}@${digest}` });

describe.each(databases.eachSupportedId())('uploads in turn on %s', id => {
  const router = useExampleRouter({ databases, id });
  let server: Server;
  /** Resolves when it is the turn of as many. */
  let turns: (count: number) => Promise<void>;

  /** Sends the beginning of a report, and nothing more. */
  const begin = (): ClientRequest => {
    const { port } = server.address() as AddressInfo;
    const begun = open({
      port,
      path: PATH,
      method: 'PUT',
      headers: {
        Authorization: mockCredentials.user.header('user:default/slow'),
        'Content-Type': 'application/octet-stream',
        'Content-Length': report.length,
      },
    });
    begun.on('error', () => {});
    begun.write(report.slice(0, 10));
    return begun;
  };

  beforeEach(async () => {
    let taken = 0;
    const waiting = new Map<number, () => void>();
    const { run } = UploadQueue.prototype;
    jest
      .spyOn(UploadQueue.prototype, 'run')
      .mockImplementation(function inTurn(this: UploadQueue, task, gone) {
        const counted = () => {
          taken += 1;
          waiting.get(taken)?.();
          return task();
        };
        return run.call(this, counted, gone) as Promise<never>;
      });
    turns = count =>
      new Promise(resolve => {
        waiting.set(count, resolve);
        if (taken >= count) {
          resolve();
        }
      });
    await router.open();
    server = router.example.app.listen(0);
    await once(server, 'listening');
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    server.closeAllConnections();
    await new Promise(done => server.close(done));
  });

  it('are read two at a time, and one that is given up lets the next one in', async () => {
    const slow = [begin(), begin()];
    await turns(2);
    const third = begin();
    await once(third, 'socket');
    const whole = router.put(PATH, undefined, report);
    slow[0].destroy();
    await turns(3);
    slow[1].destroy();
    third.destroy();
    const { status, body } = await whole;
    expect([status, body.status]).toEqual([200, 'created']);
    expect(await router.knex<UploadRow>('uploads')).toHaveLength(1);
  });
});
