import {
  formatDuration,
  heading,
  problem,
  reportFailure,
  say,
} from '../console.mjs';
import { backstageCli, fromRoot } from '../paths.mjs';
import { isStopping, runToEnd, showCommand } from '../process.mjs';
import { runAdoption } from './adoption.mjs';
import { runEndToEnd } from './endToEnd.mjs';
import { runJest } from './jest.mjs';
import { runScriptTests } from './scripts.mjs';
import { printTotal } from './total.mjs';

const tool = path => fromRoot('node_modules', path);
const NONE = { passed: 0, failed: 0, skipped: 0 };
const FAILED = { passed: 0, failed: 1, skipped: 0 };

/** A check that says yes or no; it adds to the failed ones only, a check is not a test. */
function check(args) {
  return async () => {
    const { code } = await runToEnd(process.execPath, args, {
      cwd: fromRoot(),
    });
    if (code !== 0) {
      problem(`Command: ${showCommand('node', args)}`);
      return FAILED;
    }
    return NONE;
  };
}

/** Where `required` is set, what follows would only repeat the same failure. */
const steps = [
  {
    title: 'Types',
    required: true,
    run: check([
      tool('typescript/bin/tsc'),
      '--noEmit',
      '--incremental',
      'false',
    ]),
  },
  {
    title: 'Lint: packages',
    required: true,
    run: check([backstageCli, 'repo', 'lint', '--max-warnings', '0']),
  },
  {
    title: 'Lint: scripts',
    required: true,
    run: check([
      tool('eslint/bin/eslint.js'),
      '--max-warnings=0',
      '--ext=.mjs,.cjs,.js',
      'scripts',
    ]),
  },
  {
    title: 'Format',
    required: true,
    run: check([
      tool('prettier/bin-prettier.js'),
      '--check',
      '--loglevel=warn',
      '.',
    ]),
  },
  {
    title: 'Documents',
    run: check([fromRoot('scripts/docs/configuration.mjs'), '--check']),
  },
  { title: 'Tests of the scripts', run: () => runScriptTests() },
  { title: 'Unit, integration and database tests', run: () => runJest() },
  { title: 'End-to-end tests', run: () => runEndToEnd() },
  // Downloads a whole Backstage app: only where somebody asks for it.
  ...(process.env.SUPPLY_CHAIN_ADOPTION === '1'
    ? [{ title: 'Adoption test', run: () => runAdoption() }]
    : []),
];

async function runStep(step) {
  heading(step.title);
  const startedAt = Date.now();
  let counts;
  try {
    counts = await step.run();
  } catch (error) {
    reportFailure(error);
    counts = FAILED;
  }
  return { title: step.title, counts, durationMs: Date.now() - startedAt };
}

function printSummary(done) {
  heading('Summary');
  for (const { title, counts, durationMs } of done) {
    const mark = counts.failed ? 'failed' : 'ok';
    say(`  ${mark.padEnd(7)} ${title} (${formatDuration(durationMs)})`);
  }
  for (const { title } of steps.slice(done.length - 1)) {
    say(`  not run ${title}`);
  }
}

async function runEverything({ bootstrapMs }) {
  const done = [{ title: 'Bootstrap', counts: NONE, durationMs: bootstrapMs }];
  for (const step of steps) {
    const result = await runStep(step);
    done.push(result);
    if (isStopping() || (step.required && result.counts.failed)) {
      break;
    }
  }
  printSummary(done);
  return printTotal(done.map(({ counts }) => counts));
}

/** `test`: every check in order. `test <arguments>`: jest with those arguments. */
export async function run(args, context) {
  if (args.length) {
    return printTotal([await runJest(args)]);
  }
  return runEverything(context);
}
