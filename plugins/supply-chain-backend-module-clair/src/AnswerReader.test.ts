import { threadId } from 'node:worker_threads';
import { unpackScan } from 'backstage-plugin-supply-chain-node';
import { fixture } from './__testUtils__/FakeClair';
import { ClairWorld, digestOf } from './__testUtils__/ClairWorld';
import { AnswerReader } from './AnswerReader';
import { PackedClairReport } from './readLargeAnswer';

// A thread reads the sources anew.
jest.setTimeout(60_000);

const here = new AnswerReader();
const there = new AnswerReader({ threadFromBytes: 0 });

afterAll(() => there.stop());

const report = () => fixture('payments.vulnerability_report.json');
const indexReport = (name: 'payments' | 'web' = 'payments') =>
  Buffer.from(
    JSON.stringify({
      manifest_hash: digestOf(name),
      state: 'IndexFinished',
      success: true,
    }),
  );

describe('a large answer', () => {
  it('is read in a thread so that nothing of the report is lost', async () => {
    expect(threadId).toBe(0);
    const whole = await here.readReport(report());
    const answer = await there.readReport(report());
    if (!answer.ok) {
      throw new Error(answer.message);
    }
    const { detail, ...about } = answer.report as PackedClairReport;
    const { packed } = detail;
    expect({
      ok: true,
      report: { ...about, detail: unpackScan(packed, packed.texts) },
    }).toEqual(whole);
  });

  it.each(['{', '{}', '<html>'])('may be no report: %s', async body => {
    const answer = await there.readReport(Buffer.from(body));
    expect(answer).toMatchObject({ ok: false });
    expect(answer).toEqual(await here.readReport(Buffer.from(body)));
  });

  it.each(['payments', 'web'] as const)(
    'tells of an index what a small one does: %s',
    async name => {
      const digest = digestOf('payments');
      expect(await there.readIndex(indexReport(name), digest)).toEqual(
        await here.readIndex(indexReport(name), digest),
      );
    },
  );

  it('has no result when its thread ends', async () => {
    const reading = [
      there.readReport(report()),
      there.readIndex(indexReport(), digestOf('payments')),
    ] as const;
    there.stop();
    expect(await reading[0]).toMatchObject({
      ok: false,
      reason: 'reportTooLarge',
      message: expect.stringContaining('was stopped'),
    });
    expect(await reading[1]).toMatchObject({ state: 'malformed' });
  });
});

it('is stored as it was packed', async () => {
  const world = await ClairWorld.start();
  try {
    world.client({ threadFromBytes: 0 });
    await world.run(['payments']);
    const { evidence } = world.reportOn('payments')!;
    expect(evidence).toMatchObject({
      status: 'present',
      detail: {
        artifact: { digest: digestOf('payments') },
        packed: { hash: expect.any(String) },
      },
    });
  } finally {
    await world.stop();
  }
});
