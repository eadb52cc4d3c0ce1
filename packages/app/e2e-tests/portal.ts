import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Page } from 'playwright-core';

/** A running portal with a sandbox of its own. */
export type Portal = {
  url: string;
  /** Where the portal and the sandbox keep their state. */
  stateDirectory: string;
  /** Everything the start command printed. */
  output(): string;
  stop(): Promise<void>;
};

const KEPT_CHARACTERS = 50_000;

function whenReady(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((fulfil, reject) => {
    createInterface({ input: child.stdout! }).on('line', line => {
      const url = /is ready: (http:\/\/\S+)/.exec(line)?.[1];
      if (url) {
        fulfil(url);
      }
    });
    child.once('close', code => {
      reject(
        new Error(`expected a portal, got exit code ${code}:\n${output()}`),
      );
    });
  });
}

/** Starts the portal as `npm start` does, on a free port and with empty state. */
export async function startPortal(): Promise<Portal> {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'supply-chain-portal-'));
  const child = spawn(
    process.execPath,
    [
      resolve('scripts/run.mjs'),
      'start',
      '--port=0',
      `--state=${stateDirectory}`,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let text = '';
  const keep = (chunk: Buffer) => {
    text = (text + chunk).slice(-KEPT_CHARACTERS);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const stop = async () => {
    if (child.exitCode === null) {
      const ended = new Promise(done => child.once('close', done));
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(stateDirectory, { recursive: true, force: true });
  };
  const output = () => text;
  try {
    return {
      url: await whenReady(child, output),
      stateDirectory,
      output,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Opens the portal and signs in: as guest, or by another button. */
export async function signIn(
  page: Page,
  url: string,
  button = 'Enter',
): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: button }).click();
  await page
    .getByRole('heading', { name: /catalog/i })
    .first()
    .waitFor();
}
