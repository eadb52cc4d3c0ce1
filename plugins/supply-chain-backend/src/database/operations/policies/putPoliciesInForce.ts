import { PolicySet } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import {
  readSetting,
  writeSetting,
  WriteSettingOptions,
} from '../settings/setting';
import { requestAllVerdicts } from '../verdicts/requestAllVerdicts';
import { requestAllLooks } from '../work/requestAllLooks';

/** Options of {@link putPoliciesInForce}. */
export type PutPoliciesInForceOptions = { knex: Knex; policySet: PolicySet };

async function replaceSetting(options: WriteSettingOptions): Promise<boolean> {
  if ((await readSetting(options.knex, options.key)) === options.value) {
    return false;
  }
  await writeSetting(options);
  return true;
}

/**
 * Notes which policies are in force and queues what depends on a change. The note is shared by all replicas,
 * so that each change is acted on once, and a restart without one is free.
 */
export async function putPoliciesInForce(
  options: PutPoliciesInForceOptions,
): Promise<{ changed: boolean }> {
  const { knex, policySet } = options;
  const trust = policySet.trustRoots
    .map(({ name, digest }) => `${name}@${digest}`)
    .sort();
  return knex.transaction(async transaction => {
    const changed = await replaceSetting({
      knex: transaction,
      key: 'policySetDigest',
      value: policySet.digest,
    });
    const trustChanged = await replaceSetting({
      knex: transaction,
      key: 'trustDigest',
      value: JSON.stringify(trust),
    });
    if (changed) {
      await requestAllVerdicts({ knex: transaction });
    }
    if (trustChanged) {
      await requestAllLooks({ knex: transaction });
    }
    return { changed: changed || trustChanged };
  });
}
