import { availableParallelism, cpus } from 'node:os';
import { COLLECTED_AT_ONCE } from './collectImages';
import { CollectorThreads } from './CollectorThreads';
import { compareOverHttp, HttpComparison } from './compareOverHttp';
import { compareKeyed, compareKeyless, PureComparison } from './comparePure';
import { Cosign, PROCESSES_AT_ONCE } from './Cosign';
import { formatRatio, formatTable } from './formatTable';
import { EventLoopDelay, measureEventLoop } from './measureEventLoop';
import { SignedImages } from './signedImages';
import { startRegistry } from './startRegistry';
import { keyedRoot, keylessRoot } from './trustRoots';

const IMAGES = 60;
/** Not among the four a keyless signature has at least: chain, SCT, log promise, artefact. */
const TIME_CHECKS = ['log checkpoint', 'timestamp token'];

async function main(): Promise<void> {
  const { images, stop } = await startRegistry(IMAGES);
  try {
    print(
      `Node ${process.version}, ${availableParallelism()} cores (${
        cpus()[0].model
      }), ` + `${IMAGES} keyed and ${IMAGES} keyless images\n`,
    );
    await printOverHttp(images);
    printPure('Pure keyed verification', compareKeyed(images));
    printPure('Pure keyless verification', compareKeyless(images));
    printEventLoop(await measureEventLoop(images));
  } finally {
    stop();
  }
}

async function printOverHttp(images: SignedImages): Promise<void> {
  const oneThread = CollectorThreads.create(1);
  const twoThreads = CollectorThreads.create(2);
  const cosign = await Cosign.create(images);
  const keyed = keyedRoot(images);
  const keyless = keylessRoot(images);
  try {
    const version = await cosign.version();
    const shared = {
      images,
      verifiers: {
        oneThread,
        twoThreads,
        cosign: version ? cosign : undefined,
      },
    };
    for (const threads of [oneThread, twoThreads]) {
      await threads.load({ host: images.host, images: [], trustRoot: keyed });
    }
    const comparisons = [
      await compareOverHttp({ ...shared, kind: 'keyed', trustRoot: keyed }),
      await compareOverHttp({ ...shared, kind: 'keyless', trustRoot: keyless }),
    ];
    print(
      'Over HTTP from a registry in a process of its own: ms per image, and how many times faster than cosign',
    );
    print(formatTable(httpRows(comparisons, version)));
    comparisons.forEach(printRefusal);
  } finally {
    await Promise.all([oneThread.stop(), twoThreads.stop(), cosign.remove()]);
  }
}

function httpRows(
  comparisons: HttpComparison[],
  version: string | undefined,
): string[][] {
  const row = (name: string, timeOf: (each: HttpComparison) => number) => [
    name,
    ...comparisons.flatMap(each => {
      const { cosign } = each;
      return [
        (timeOf(each) / IMAGES).toFixed(2),
        cosign?.ok ? formatRatio(cosign.elapsedMs / timeOf(each)) : '-',
      ];
    }),
  ];
  const each = `${COLLECTED_AT_ONCE} at once`;
  return [
    ['', 'keyed', '', 'keyless', ''],
    [
      version
        ? `cosign ${version}, a process per image, ${PROCESSES_AT_ONCE} at once`
        : 'cosign: not on PATH, nor in COSIGN',
      ...comparisons.flatMap(({ cosign }) => cosignCells(cosign)),
    ],
    row(`collectors, 1 thread, ${each}, first pass`, c => c.oneThread.firstMs),
    row(
      `collectors, 1 thread, ${each}, median pass`,
      c => c.oneThread.medianMs,
    ),
    row(
      `collectors, 2 threads, ${each} in each, first pass`,
      c => c.twoThreads.firstMs,
    ),
    row(
      `collectors, 2 threads, ${each} in each, median pass`,
      c => c.twoThreads.medianMs,
    ),
  ];
}

function cosignCells(result: HttpComparison['cosign']): [string, string] {
  if (!result) {
    return ['-', '-'];
  }
  return result.ok
    ? [(result.elapsedMs / IMAGES).toFixed(2), formatRatio(1)]
    : ['refused', '-'];
}

function printRefusal({ cosign }: HttpComparison): void {
  if (cosign && !cosign.ok) {
    print(`cosign refused ${cosign.message}`);
  }
}

function printEventLoop(delay: EventLoopDelay): void {
  const { count, medianMs, p99Ms, maxMs } = delay;
  print(
    `\nDelay of the event loop during ${count} keyless verifications: ` +
      `median ${medianMs.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms, ` +
      `largest ${maxMs.toFixed(1)} ms`,
  );
}

function printPure(title: string, comparison: PureComparison<string>): void {
  const { oursUs, bareUs } = comparison;
  const sumUs = sumOf(Object.values(bareUs));
  const withoutTimeUs =
    sumUs - sumOf(TIME_CHECKS.map(name => bareUs[name] ?? 0));
  const row = (name: string, timeUs: number) => [
    name,
    timeUs.toFixed(0),
    formatRatio(oursUs / timeUs),
  ];
  print(
    `\n${title}: µs per bundle, and how many times that verifyCandidate takes`,
  );
  print(
    formatTable([
      row('verifyCandidate', oursUs),
      row('all bare checks', sumUs),
      ...(withoutTimeUs < sumUs
        ? [row(`all but ${TIME_CHECKS.join(' and ')}`, withoutTimeUs)]
        : []),
      ...Object.entries(bareUs).map(([name, timeUs]) => [
        `  ${name}`,
        timeUs.toFixed(0),
        '',
      ]),
    ]),
  );
}

function sumOf(values: number[]): number {
  return values.reduce((sum, each) => sum + each, 0);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
