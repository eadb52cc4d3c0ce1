import { PermissionsService } from '@backstage/backend-plugin-api';
import { NamespaceClaims } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { AdmissionFeed } from '../admission/AdmissionFeed';
import { AdmissionFeedConfig } from '../admission/readAdmissionConfig';
import { DatabaseAdmissionFeedStore } from '../database/DatabaseAdmissionFeedStore';
import { AdmissionFeedService } from './AdmissionFeedService';

/** Options of {@link createAdmissionFeedService}. */
export type CreateAdmissionFeedServiceOptions = {
  knex: Knex;
  permissions: PermissionsService;
  /** Absent: there is no feed. */
  admission?: AdmissionFeedConfig;
  /** Limits on what annotations may claim (L31). Absent: none. */
  claims?: NamespaceClaims;
  now(): Date;
};

/** The feed of admission webhooks as routes use it. */
export function createAdmissionFeedService(
  options: CreateAdmissionFeedServiceOptions,
): AdmissionFeedService {
  const { knex, permissions, admission, claims, now } = options;
  return AdmissionFeedService.create({
    permissions,
    ...(admission && {
      feed: AdmissionFeed.create({
        ...admission,
        store: DatabaseAdmissionFeedStore.create({ knex, claims }),
        now,
      }),
    }),
  });
}
