import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  exampleReport,
  exampleResult,
  hostileReport,
  notCoveredResult,
} from '../../__testUtils__/exampleReport';
import { HOSTILE_STRINGS } from '../../__testUtils__/hostileStrings';
import { VerifyReport } from '../verifyReport';
import { writeGithubFiles } from './githubFiles';

let directory: string;
let environment: Record<string, string>;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'github-'));
  environment = {
    GITHUB_OUTPUT: join(directory, 'output'),
    GITHUB_STEP_SUMMARY: join(directory, 'summary'),
  };
});

afterEach(() => rm(directory, { recursive: true }));

const write = (report: VerifyReport) =>
  writeGithubFiles({
    report,
    context: {
      stdout: { write: () => undefined },
      stderr: { write: () => undefined },
      environment,
      homeDirectory: '/nonexistent',
      now: () => new Date(),
      untilStopped: async () => undefined,
    },
  });

/** As the runner reads the file. */
async function outputs(): Promise<Record<string, string>> {
  const lines = (await readFile(environment.GITHUB_OUTPUT, 'utf8')).split('\n');
  const values: Record<string, string> = {};
  while (lines.length > 1) {
    const [name, end] = lines.shift()!.split('<<');
    const value = lines.splice(0, lines.indexOf(end));
    lines.shift();
    values[name] = value.join('\n');
  }
  return values;
}

const DIGEST = `sha256:${'a'.repeat(64)}`;

it('tells the step what to deploy and what came out', async () => {
  await write(exampleReport());
  expect(await outputs()).toEqual({
    digest: DIGEST,
    image: `registry.acme.example/shop/web@${DIGEST}`,
    outcome: 'fail',
  });
  expect(await readFile(environment.GITHUB_STEP_SUMMARY, 'utf8')).toMatch(
    /^## Supply chain: /,
  );
});

it('has a line for each image, an empty one without a digest', async () => {
  const passed = exampleResult({ outcome: 'pass' });
  await write(exampleReport([notCoveredResult(), passed]));
  expect(await outputs()).toEqual({
    digest: `\n${DIGEST}`,
    image: `\nregistry.acme.example/shop/web@${DIGEST}`,
    // Never better than the exit code (L29).
    outcome: 'notApplicable',
  });
});

it('adds to what is there', async () => {
  await write(exampleReport());
  await write(exampleReport([exampleResult({ outcome: 'pass' })]));
  expect(await outputs()).toMatchObject({ outcome: 'pass' });
  const summary = await readFile(environment.GITHUB_STEP_SUMMARY, 'utf8');
  expect(summary.match(/^## /gm)).toHaveLength(2);
});

it.each(HOSTILE_STRINGS)('sets nothing else for %j', async text => {
  await write(hostileReport(text));
  expect(Object.keys(await outputs())).toEqual(['digest', 'image', 'outcome']);
});

it('says so when the summary would be refused', async () => {
  const findings = Array(20_000).fill(exampleResult().findings[0]);
  await write(exampleReport([exampleResult({ findings })]));
  expect(await readFile(environment.GITHUB_STEP_SUMMARY, 'utf8')).toContain(
    'too large to be shown here',
  );
});

it('does nothing elsewhere, and says what cannot be written', async () => {
  environment = {};
  await write(exampleReport());
  environment = { GITHUB_OUTPUT: directory };
  await expect(write(exampleReport())).rejects.toThrow('cannot be written');
});
