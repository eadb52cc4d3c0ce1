import { availableParallelism, cpus } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import {
  ObservedReport,
  PackedReport,
  SourceWriter,
} from 'backstage-plugin-supply-chain-node';
import {
  ClusterConnection,
  ConvertingTarget,
  PageThread,
  systemClock,
} from 'backstage-plugin-supply-chain-node/clusters';
import { createDirectTransport } from 'backstage-plugin-supply-chain-node/testUtils';
import {
  parseVulnerabilityReport,
  ScanOrigin,
} from '../../plugins/supply-chain-backend-module-trivy/src/parseVulnerabilityReport';
import {
  REPORT_WORKER,
  REPORT_WORKER_FILE,
} from '../../plugins/supply-chain-backend-module-trivy/src/reportWorker';
import { ListSync } from '../../plugins/supply-chain-node/src/clusters/ListSync';
import { ReflectorState } from '../../plugins/supply-chain-node/src/clusters/ReflectorState';
import { ResourceReader } from '../../plugins/supply-chain-node/src/clusters/ResourceReader';
import { formatRatio, formatTable } from '../formatTable';
import { median } from '../median';
import { FINDINGS, REPORTS } from './reports';
import { ReportServer, startServer } from './startServer';
import { forgetfulWriter, withDatabaseWriter } from './targets';

const ROUNDS = 3;
const CHANGED = REPORTS / 100;
/** Reports in a page of about 4 MB, as the portal comes to ask for. */
const PLAIN_LIMIT = 120;

type Measured = {
  ms: number;
  cpuMs: number;
  delayP99Ms: number;
  delayMaxMs: number;
};

async function main(): Promise<void> {
  const server = await startServer();
  try {
    const plain: Measured[] = [];
    const feed: Sync[] = [];
    const stored: Sync[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      plain.push(await measure(() => readPlainly(server.url)));
      feed.push(await sync(server, forgetfulWriter(), round * 2));
      await withDatabaseWriter(async writer => {
        stored.push(await sync(server, writer, round * 2 + 1));
      });
    }
    print(plain, feed, stored);
  } finally {
    server.stop();
  }
}

/** The least that reading everything takes: fetch and parse, page after page. */
async function readPlainly(url: string): Promise<void> {
  let read = 0;
  let next: string | undefined = '';
  while (next !== undefined) {
    const query = new URLSearchParams({ limit: String(PLAIN_LIMIT) });
    if (next) {
      query.set('continue', next);
    }
    const answer = await fetch(
      `${url}/apis/aquasecurity.github.io/v1alpha1/vulnerabilityreports?${query}`,
    );
    const page = JSON.parse(await answer.text());
    read += page.items.length;
    next = page.metadata.continue || undefined;
  }
  if (read !== REPORTS) {
    throw new Error(`expected ${REPORTS} reports, got ${read}`);
  }
}

const ORIGIN: ScanOrigin = {
  cluster: 'cluster',
  seenAt: '2026-11-25T12:00:00.000Z',
};

/** As the feed has it: started by the first page, and kept for the next list. */
const thread = PageThread.create<PackedReport, ScanOrigin>({
  file: REPORT_WORKER_FILE,
  worker: REPORT_WORKER,
});

type Sync = { first: Measured; relist: Measured; changes: Measured };

/** Everything for the first time, then nothing new, then one in a hundred scanned again. */
async function sync(
  server: ReportServer,
  writer: SourceWriter<ObservedReport | PackedReport>,
  round: number,
): Promise<Sync> {
  const connection = ClusterConnection.create({
    cluster: 'cluster',
    transport: createDirectTransport({ cluster: server.url }),
    clock: systemClock,
  });
  const state = new ReflectorState({ resumeKey: 'bench' });
  const lists = new ListSync({
    reader: new ResourceReader({
      connection,
      resource: 'vulnerabilityreports',
      form: 'full',
      parsePage: thread.parser(() => ORIGIN),
    }),
    target: new ConvertingTarget<ObservedReport | PackedReport>({
      writer,
      convert: object => ({
        kind: 'item',
        item:
          thread.preparedOf(object) ?? parseVulnerabilityReport(object, ORIGIN),
      }),
    }),
    state,
  });
  const { signal } = new AbortController();
  const withoutProblems = async (listing: Promise<void>) => {
    await listing;
    const [problem] = state.problems.all;
    if (problem) {
      throw new Error(JSON.stringify(problem));
    }
  };
  const first = await measure(() => withoutProblems(lists.full(signal)));
  const relist = await measure(() => withoutProblems(lists.changes(signal)));
  await server.change(
    CHANGED,
    new Date(Date.UTC(2026, 11, 1 + round)).toISOString(),
  );
  const changes = await measure(() => withoutProblems(lists.changes(signal)));
  return { first, relist, changes };
}

async function measure(run: () => Promise<void>): Promise<Measured> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const cpu = process.cpuUsage();
  const start = performance.now();
  await run();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  delay.disable();
  return {
    ms,
    cpuMs: (user + system) / 1000,
    delayP99Ms: delay.percentile(99) / 1e6,
    delayMaxMs: delay.max / 1e6,
  };
}

function print(plain: Measured[], feed: Sync[], stored: Sync[]): void {
  const bare = median(plain.map(each => each.ms));
  const row = (name: string, measured: Measured[]) => {
    const of = (key: keyof Measured) => median(measured.map(each => each[key]));
    return [
      name,
      `${Math.round(of('ms'))} ms`,
      formatRatio(of('ms') / bare),
      `${Math.round(of('cpuMs'))} ms`,
      `${of('delayP99Ms').toFixed(1)} ms`,
      `${of('delayMaxMs').toFixed(1)} ms`,
    ];
  };
  process.stdout.write(
    `Node ${process.version}, ${availableParallelism()} cores (${
      cpus()[0].model
    }), ${REPORTS} reports of ${FINDINGS} findings\n\n${formatTable([
      ['', 'time', 'against plain', 'processor', 'delay p99', 'longest block'],
      row('plain fetch and parse', plain),
      row(
        'first sync, read alone',
        feed.map(each => each.first),
      ),
      row(
        'first sync, into SQLite',
        stored.map(each => each.first),
      ),
      row(
        'relist, nothing new',
        stored.map(each => each.relist),
      ),
      row(
        `relist, ${CHANGED} scanned again`,
        stored.map(each => each.changes),
      ),
    ])}\n\nmemory of the process: ${Math.round(
      process.memoryUsage.rss() / 1024 / 1024,
    )} MiB\n`,
  );
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
