import { fullEntityRef } from 'backstage-plugin-supply-chain-common';
import { usageError } from '../../commandLine/CommandLineError';
import { ParsedOptions } from '../../commandLine/parseOptions';
import { readImageOptions } from '../../verify/verifyOptions';
import { readWhere } from '../readWhere';
import { PortalQuestion } from '../../portal';

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

function readWaitMs(text = '0'): number {
  const seconds = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(seconds <= WAIT_MAX_SECONDS)) {
    throw usageError(
      `expected --wait as whole seconds up to ${WAIT_MAX_SECONDS}, got "${text}"`,
    );
  }
  return seconds * 1000;
}
