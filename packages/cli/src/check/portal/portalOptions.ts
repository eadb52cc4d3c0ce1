import { fullEntityRef } from 'backstage-plugin-supply-chain-common';
import { usageError } from '../../commandLine/CommandLineError';
import { ParsedOptions } from '../../commandLine/parseOptions';
import { readImageOptions } from '../../verify/verifyOptions';
import { readWhere } from '../readWhere';
import { PortalQuestion } from './PortalClient';

const TOKEN_VARIABLE = 'SUPPLY_CHAIN_TOKEN';
const WAIT_MAX_SECONDS = 86_400;

/** Options that say how to look, which the portal does by itself. */
const NOT_WITH_PORTAL = [
  'policy',
  'evidence',
  'entity-file',
  'save-facts',
  'now',
  'insecure-registry',
  'source-repository',
  'state',
];

/** What is asked of a portal. */
export type PortalCheckOptions = {
  /** As written. */
  images: string[];
  about: Omit<PortalQuestion, 'image'>;
  /** 0: the first answer counts. */
  waitMs: number;
  /** For answers, beside the waiting. */
  timeoutMs: number;
};

/** Where the portal is, and as whom it is asked. */
export type PortalAccess = { portal: string; token: string };

/** Turns the arguments of `check --portal` into options. */
export function readPortalOptions(options: ParsedOptions): PortalCheckOptions {
  const stray = NOT_WITH_PORTAL.find(name => options.has(name));
  if (stray !== undefined) {
    throw usageError(
      `expected no --${stray} with --portal: the portal decides that itself`,
    );
  }
  const { images, timeoutMs } = readImageOptions(options);
  const entity = options.value('entity');
  const entityRef = entity === undefined ? undefined : fullEntityRef(entity);
  if (entityRef === undefined) {
    throw usageError(
      'expected --entity REF with --portal, such as component:default/web',
    );
  }
  const policy = options.value('policy-name');
  return {
    images: images.map(({ imageRef }) => imageRef),
    about: {
      entityRef,
      ...(policy !== undefined && { policy }),
      ...readWhere(options),
    },
    waitMs: readWaitMs(options.value('wait')),
    timeoutMs,
  };
}

/** Reads `--portal`, and the token from the variable that `--token-env` names: never from an argument others can see. */
export function readPortalAccess(
  options: ParsedOptions,
  environment: Readonly<Record<string, string | undefined>>,
): PortalAccess {
  const portal = readPortal(options.value('portal')!);
  const variable = options.value('token-env') ?? TOKEN_VARIABLE;
  const token = environment[variable]?.trim();
  if (!token) {
    throw usageError(
      `expected a token in the environment variable ${variable}, got none`,
    );
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw usageError(
      `expected a token in the environment variable ${variable}, got something with spaces or line breaks`,
    );
  }
  return { portal, token };
}

function readPortal(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHere =
    url !== undefined &&
    ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  const isSafe =
    url?.protocol === 'https:' || (isHere && url.protocol === 'http:');
  if (!url || !isSafe || url.username || url.password || url.search) {
    throw usageError(
      `expected --portal as an https address without credentials, got "${text}"`,
    );
  }
  return text;
}

function readWaitMs(text = '0'): number {
  const seconds = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(seconds <= WAIT_MAX_SECONDS)) {
    throw usageError(
      `expected --wait as whole seconds up to ${WAIT_MAX_SECONDS}, got "${text}"`,
    );
  }
  return seconds * 1000;
}
