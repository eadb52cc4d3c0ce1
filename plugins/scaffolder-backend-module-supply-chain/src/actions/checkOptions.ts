import { InputError } from '@backstage/errors';

/** Which CI the repository uses. */
export type CiProvider = 'github' | 'gitlab';

/** What decides, and where it stands. */
export type CheckOptions = {
  provider: CiProvider;
  /** Full or short entity reference. */
  entityRef?: string;
  /** Exact version of `backstage-supply-chain-cli`. */
  cliVersion: string;
} & (
  | { decidedBy: 'policyFile'; policyFile: string }
  | { decidedBy: 'portal'; portalUrl: string }
);

/** What a template gives. */
export type CheckInput = {
  provider: CiProvider;
  policyFile?: string;
  portalUrl?: string;
  entityRef?: string;
  cliVersion?: string;
};

/** The version these steps were written for. */
export const CLI_VERSION = '0.1.0';

/** Expressions of GitHub and of shells: nothing that is written into a pipeline has a use for them. */
const EXPANDED = /\$\{\{|\$\(|`|[\n\r\0]/;

/**
 * Reads what a template gives. People fill in templates, so their text must not become a part of the pipeline.
 *
 * @throws InputError when something is missing, contradicts or could be expanded.
 */
export function readCheckOptions(input: CheckInput): CheckOptions {
  const { provider, policyFile, portalUrl, entityRef } = input;
  const cliVersion = input.cliVersion ?? CLI_VERSION;
  for (const [name, text] of Object.entries(input)) {
    if (EXPANDED.test(text)) {
      throw new InputError(
        `expected "${name}" as plain text on one line, got an expression`,
      );
    }
  }
  if (!/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(cliVersion)) {
    throw new InputError(
      `expected "cliVersion" as an exact version, got "${cliVersion}"`,
    );
  }
  const shared = { provider, cliVersion, ...(entityRef && { entityRef }) };
  if ((policyFile === undefined) === (portalUrl === undefined)) {
    throw new InputError('expected either "policyFile" or "portalUrl"');
  }
  if (policyFile !== undefined) {
    return {
      ...shared,
      decidedBy: 'policyFile',
      policyFile: readPath(policyFile),
    };
  }
  if (entityRef === undefined) {
    throw new InputError('expected "entityRef": the portal is asked about it');
  }
  return { ...shared, decidedBy: 'portal', portalUrl: readUrl(portalUrl!) };
}

function readPath(path: string): string {
  const parts = path.split('/');
  if (path.startsWith('/') || parts.includes('..') || parts.includes('')) {
    throw new InputError(
      `expected "policyFile" as a path inside the repository, got "${path}"`,
    );
  }
  return path;
}

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' || url.username || url.password) {
    throw new InputError(
      `expected "portalUrl" as an https address without credentials, got "${text}"`,
    );
  }
  return url.href.replace(/\/+$/, '');
}
