import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TufReference, TufTarget } from 'backstage-plugin-supply-chain-common';
import { Updater } from 'tuf-js';
import { MirrorFetcher, MirrorFetcherOptions } from './MirrorFetcher';
import { TufProblem, TufReading } from './tufReading';

/** https://github.com/sigstore/root-signing: the name is fixed. */
const TARGET = 'trusted_root.json';
const TARGET_MAX_BYTES = 4 * 1024 * 1024;
const ROLES = ['root', 'timestamp', 'snapshot', 'targets'] as const;
const MESSAGE_MAX_CHARACTERS = 300;

/** Metadata is kept with the policies; what a real repository has is a tenth of these. */
const LIMITS = {
  rootMaxLength: 512 * 1024,
  timestampMaxLength: 16 * 1024,
  snapshotMaxLength: 512 * 1024,
  targetsMaxLength: 1024 * 1024,
  maxRootRotations: 256,
  maxDelegations: 8,
};

/** Options of {@link fetchTrustedRoot}. */
export type FetchTrustedRootOptions = Omit<MirrorFetcherOptions, 'folder'> & {
  reference: TufReference;
  /** What was taken last; what is older is refused. */
  previous?: TufTarget;
  now: Date;
};

/**
 * Takes `trusted_root.json` from a TUF repository by the client workflow of the specification, beginning with the
 * initial root that was given and with nothing else. The client keeps metadata in a folder; here the folder lives as
 * long as the reading, and the metadata is handed in and out, so that going back is noticed across restarts and
 * replicas. Never throws.
 *
 * https://theupdateframework.github.io/specification/v1.0.31/#detailed-client-workflow
 */
export async function fetchTrustedRoot(
  options: FetchTrustedRootOptions,
): Promise<TufReading> {
  let folder: string | undefined;
  try {
    folder = await mkdtemp(join(tmpdir(), 'supply-chain-tuf-'));
    return await fetchInto(folder, options);
  } catch (error) {
    // What the folder itself may say: a full disk, missing rights.
    return problem('tufUnreachable', (error as Error).message);
  } finally {
    if (folder) {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

async function fetchInto(
  folder: string,
  options: FetchTrustedRootOptions,
): Promise<TufReading> {
  const { reference, previous, now } = options;
  await writeKnown(folder, reference, previous);
  const fetcher = new MirrorFetcher({ ...options, folder });
  try {
    const updater = new Updater({
      metadataDir: folder,
      metadataBaseUrl: reference.mirror,
      targetDir: folder,
      targetBaseUrl: `${reference.mirror}/targets`,
      fetcher,
      config: LIMITS,
    });
    await updater.refresh();
    const target = await updater.getTargetInfo(TARGET);
    if (!target) {
      return problem('tufTargetMissing', `expected the target "${TARGET}"`);
    }
    if (target.length > TARGET_MAX_BYTES) {
      const got = `expected at most ${TARGET_MAX_BYTES} bytes, got ${target.length}`;
      return problem('tufRefused', `"${TARGET}" is too large: ${got}`);
    }
    const path = join(folder, TARGET);
    if (!(await updater.findCachedTarget(target, path))) {
      await updater.downloadTarget(target, path);
    }
    return { ok: true, target: await readTarget(folder, now) };
  } catch (error) {
    return fetcher.problem ?? refusalOf(error as Error);
  }
}

async function writeKnown(
  folder: string,
  { root }: TufReference,
  previous: TufTarget | undefined,
): Promise<void> {
  const metadata = previous?.receipt.metadata ?? { root };
  for (const role of ROLES) {
    if (Object.hasOwn(metadata, role)) {
      await writeFile(join(folder, `${role}.json`), metadata[role]);
    }
  }
  if (previous) {
    await writeFile(join(folder, TARGET), previous.content);
  }
}

async function readTarget(folder: string, now: Date): Promise<TufTarget> {
  const metadata: Record<string, string> = {};
  const ends: number[] = [];
  for (const role of ROLES) {
    const text = await readFile(join(folder, `${role}.json`), 'utf8');
    metadata[role] = text;
    // Verified just now, so the instant is one.
    ends.push(Date.parse(JSON.parse(text).signed.expires));
  }
  return {
    content: await readFile(join(folder, TARGET), 'utf8'),
    receipt: {
      checkedAt: now.toISOString(),
      expiresAt: new Date(Math.min(...ends)).toISOString(),
      metadata,
    },
  };
}

/** The client has no other sign for an end than the words of its errors, some of them wrapped in others. */
function refusalOf(error: Error): TufProblem {
  return problem(
    / is expired\b/.test(error.message) ? 'tufExpired' : 'tufRefused',
    error.message,
  );
}

function problem(code: TufProblem['code'], message: string): TufProblem {
  return { ok: false, code, message: message.slice(0, MESSAGE_MAX_CHARACTERS) };
}
