import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bundleProgram } from '../../../__testUtils__/bundleProgram';
import { mapConcurrently } from '../../../verify/mapConcurrently';
import { catalogueDocument, catalogueOf } from './catalogueOf';
import { ConformanceWorld, PreparedCase } from './ConformanceWorld';
import { Answer, Place, writtenAnswer } from './places';
import { trivyReportOf } from './trivyReportOf';

/** Processes at the same time. */
const PROCESSES = 2;

/** `supply-chain check` as a process, offline: a policy file, the registry and evidence files. */
export class CliPlace implements Place {
  readonly #world: ConformanceWorld;
  #program?: Promise<string>;
  #files = 0;

  constructor(world: ConformanceWorld) {
    this.#world = world;
  }

  async judge(cases: PreparedCase[]): Promise<Answer[]> {
    const answers = new Map<PreparedCase, Answer>();
    await mapConcurrently(runsOf(cases), PROCESSES, async run => {
      const found = await this.#run(run);
      run.forEach((each, index) => answers.set(each, found[index]));
    });
    return cases.map(each => answers.get(each)!);
  }

  readonly expected = writtenAnswer;

  async stop(): Promise<void> {
    if (this.#program) {
      await rm(dirname(await this.#program), { recursive: true });
    }
  }

  async #run(run: PreparedCase[]): Promise<Answer[]> {
    const [{ policyFile, definition }] = run;
    this.#program ??= bundleProgram();
    const { stdout, stderr } = await start([
      await this.#program,
      'check',
      ...run.map(({ imageRef }) => imageRef),
      ...['--policy', policyFile, '--output', 'json'],
      ...['--now', this.#world.now.toISOString()],
      ...['--cluster', 'prod-eu', '--namespace', 'shop'],
      ...this.#world
        .insecureHosts()
        .flatMap(host => ['--insecure-registry', host]),
      ...(definition.source ? ['--source-repository', definition.source] : []),
      ...this.#catalogueOf(run[0]),
      ...run.flatMap(each => this.#evidenceOf(each)),
    ]);
    if (stdout === '') {
      throw new Error(`check printed nothing: ${stderr}`);
    }
    return JSON.parse(stdout).results.map(
      ({ findings: [finding] }: { findings: Answer[] }) => ({
        outcome: finding.outcome,
        reason: finding.reason,
      }),
    );
  }

  #catalogueOf(prepared: PreparedCase): string[] {
    const catalogue = catalogueOf(prepared, this.#world);
    if (!catalogue) {
      return [];
    }
    this.#files += 1;
    const file = join(this.#world.sandbox.directory, `kev-${this.#files}.json`);
    writeFileSync(file, catalogueDocument(catalogue));
    return ['--kev', file];
  }

  #evidenceOf(prepared: PreparedCase): string[] {
    const { definition, handedInVex } = prepared;
    const documents = [
      ...(definition.scan
        ? [JSON.stringify(trivyReportOf(prepared, this.#world))]
        : []),
      ...handedInVex,
    ];
    return documents.flatMap(document => {
      this.#files += 1;
      const name = `evidence-${this.#files}.json`;
      const file = join(this.#world.sandbox.directory, name);
      writeFileSync(file, document);
      return ['--evidence', file];
    });
  }
}

/**
 * Cases that one process can answer: one policy, source and catalogue, and no image twice, as evidence belongs to an image.
 * One without a scan is not beside those with one, which would be a scan of something else.
 */
function runsOf(cases: PreparedCase[]): PreparedCase[][] {
  const runs = new Map<string, PreparedCase[]>();
  for (const each of cases) {
    const { policyFile, definition, platformDigest } = each;
    let key = '';
    for (let round = 0; ; round += 1) {
      key = JSON.stringify([
        policyFile,
        definition.source,
        definition.catalogue,
        definition.scan !== undefined,
        round,
      ]);
      const run = runs.get(key) ?? [];
      if (run.every(other => other.platformDigest !== platformDigest)) {
        runs.set(key, [...run, each]);
        break;
      }
    }
  }
  return [...runs.values()];
}

function start(argv: string[]): Promise<{ stdout: string; stderr: string }> {
  return new Promise(done => {
    execFile(
      process.execPath,
      argv,
      {
        env: {
          ...process.env,
          HOME: '/nonexistent',
          DOCKER_CONFIG: '',
          NODE_COMPILE_CACHE: join(dirname(argv[0]), 'compiled'),
        },
        maxBuffer: 64 * 1024 * 1024,
      },
      // The exit code is that of the worst image; what each comes to stands in the report.
      (_error, stdout, stderr) => done({ stdout, stderr }),
    );
  });
}
