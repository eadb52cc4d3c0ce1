import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { KubernetesObject } from 'backstage-plugin-supply-chain-common';
import { PackedReport, unpackScan } from 'backstage-plugin-supply-chain-node';
import { parseVulnerabilityReport } from './parseVulnerabilityReport';
import { REPORT_WORKER } from './reportWorker';

/** As in the thread, in this one. */
jest.mock('node:worker_threads', () => {
  const actual = jest.requireActual('node:worker_threads');
  const { port1, port2 } = new actual.MessageChannel();
  return {
    ...actual,
    parentPort: port1,
    workerData: { worker: 'supply-chain-trivy-reports' },
    portOfTest: port2,
  };
});

const { portOfTest } = jest.requireMock<{ portOfTest: MessagePort }>(
  'node:worker_threads',
);

afterAll(() => portOfTest.close());

const body = readFileSync(
  join(__dirname, '__fixtures__', 'vulnerabilityreports.json'),
);
const recorded: KubernetesObject[] = JSON.parse(body.toString()).items;

it('hands over recorded reports so that nothing of their scans is lost', async () => {
  expect(REPORT_WORKER).toBe('supply-chain-trivy-reports');
  const context = { cluster: 'production', seenAt: '2026-11-24T09:00:00.000Z' };
  const answer = new Promise<{ items: { prepared: PackedReport }[] }>(resolve =>
    portOfTest.once('message', resolve),
  );
  portOfTest.postMessage({ id: 1, body, context });
  const { items } = await answer;
  const reports = items.map(({ prepared: { evidence, ...place } }) => {
    const { packed, ...about } = evidence.detail!;
    return {
      ...place,
      evidence: {
        ...evidence,
        detail: { ...about, ...unpackScan(packed, packed.texts) },
      },
    };
  });
  expect(reports).toEqual(
    recorded.map(object => parseVulnerabilityReport(object, context)),
  );
  expect(
    new Set(items.map(each => each.prepared.evidence.detail?.packed.texts)),
  ).toHaveProperty('size', 1);
});
