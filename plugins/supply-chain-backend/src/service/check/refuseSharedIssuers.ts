import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  supplyChainCheckPermission,
  supplyChainUploadPermission,
} from 'backstage-plugin-supply-chain-common';
import { CheckSubjects } from './CheckSubjects';

/** Hosts that make tokens for everybody: that one is valid says nothing about who has it. */
const SHARED_ISSUERS: readonly string[] = [
  'token.actions.githubusercontent.com',
  'gitlab.com',
  'agent.buildkite.com',
  'oidc.circleci.com',
  'accounts.google.com',
  'app.terraform.io',
];

/** What may be good for a pipeline: both are bound to entities. */
const FOR_PIPELINES: readonly string[] = [
  supplyChainCheckPermission.name,
  supplyChainUploadPermission.name,
];

/**
 * Refuses to start where pipelines of every organisation could ask this portal: with an issuer that many organisations
 * share, tokens must be good for one thing only, and their subjects be bound to entities.
 *
 * @throws InputError with what to configure.
 */
export function refuseSharedIssuers(
  config: Config,
  subjects: Pick<CheckSubjects, 'isEmpty'>,
): void {
  const entries =
    config.getOptionalConfigArray('backend.auth.externalAccess') ?? [];
  for (const entry of entries) {
    const issuer = sharedIssuerOf(entry);
    const problem = issuer && problemOf(entry, subjects);
    if (problem) {
      throw new InputError(
        `The issuer '${issuer}' in 'backend.auth.externalAccess' makes tokens for every organisation: ${problem}`,
      );
    }
  }
}

function sharedIssuerOf(entry: Config): string | undefined {
  if (entry.getOptionalString('type') !== 'jwks') {
    return undefined;
  }
  const addresses = [
    entry.getOptionalString('options.url'),
    ...[entry.getOptional('options.issuer')].flat(),
  ];
  return addresses
    .filter(each => typeof each === 'string')
    .map(hostOf)
    .find(host => host !== undefined && SHARED_ISSUERS.includes(host));
}

function hostOf(address: string): string | undefined {
  const text = address.includes('://') ? address : `https://${address}`;
  return URL.canParse(text) ? new URL(text).hostname : undefined;
}

function problemOf(
  entry: Config,
  { isEmpty }: Pick<CheckSubjects, 'isEmpty'>,
): string | undefined {
  const wanted = FOR_PIPELINES.join(', ');
  const restrictions = entry.getOptionalConfigArray('accessRestrictions');
  if (!restrictions) {
    return `give it 'accessRestrictions', or each of them may read the whole portal; for pipelines that is the plugin 'supply-chain' with the permission '${wanted}'`;
  }
  const ours = restrictions.filter(
    each => each.getOptionalString('plugin') === 'supply-chain',
  );
  if (ours.some(each => !isForPipelines(each))) {
    return `limit its access to the plugin 'supply-chain' by 'permission: ${wanted}'`;
  }
  return ours.length > 0 && isEmpty
    ? `bind their subjects to entities in 'supplyChain.check.subjects'`
    : undefined;
}

function isForPipelines(restriction: Config): boolean {
  const permission = restriction.getOptional('permission');
  const names = [permission]
    .flat()
    .flatMap(each => (typeof each === 'string' ? each.split(/[\s,]+/) : []))
    .filter(each => each !== '');
  return names.length > 0 && names.every(each => FOR_PIPELINES.includes(each));
}
