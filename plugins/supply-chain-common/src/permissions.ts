import {
  createPermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';

/**
 * The resource type of every entity-bound permission: an entity as this plugin knows it.
 *
 * @public
 */
export const RESOURCE_TYPE_SUPPLY_CHAIN_ENTITY = 'supply-chain-entity';

/**
 * Read verdicts and evidence of an entity. Needs `catalog.entity.read` on it as well. Every route that reads asks it.
 *
 * @public
 */
export const supplyChainReadPermission: ResourcePermission<'supply-chain-entity'> =
  createPermission({
    name: 'supply-chain.read',
    attributes: { action: 'read' },
    resourceType: RESOURCE_TYPE_SUPPLY_CHAIN_ENTITY,
  });

/**
 * Ask for a fresh look at an entity's images. Asked by `POST /entities/{kind}/{namespace}/{name}/recheck`.
 *
 * @public
 */
export const supplyChainRecheckPermission: ResourcePermission<'supply-chain-entity'> =
  createPermission({
    name: 'supply-chain.recheck',
    attributes: { action: 'update' },
    resourceType: RESOURCE_TYPE_SUPPLY_CHAIN_ENTITY,
  });

/**
 * Ask for a waiver for an entity. Asked by `POST /waivers` and `GET /waivers/preview`; guests and services cannot ask for
 * one, whatever the permission (L22).
 *
 * @public
 */
export const supplyChainWaiverRequestPermission: ResourcePermission<'supply-chain-entity'> =
  createPermission({
    name: 'supply-chain.waiver.request',
    attributes: { action: 'create' },
    resourceType: RESOURCE_TYPE_SUPPLY_CHAIN_ENTITY,
  });

/**
 * Approve or deny a waiver that somebody else asked for, or end one before its time (L22). Asked by
 * `POST /waivers/{id}/approve`, `/deny` and `/end`. A waiver for every service needs it without conditions.
 *
 * @public
 */
export const supplyChainWaiverApprovePermission: ResourcePermission<'supply-chain-entity'> =
  createPermission({
    name: 'supply-chain.waiver.approve',
    attributes: { action: 'update' },
    resourceType: RESOURCE_TYPE_SUPPLY_CHAIN_ENTITY,
  });

/**
 * Hand in evidence about an entity's images, which then counts for this entity only (L9). Asked by `PUT /evidence/{kind}`.
 *
 * @public
 */
export const supplyChainUploadPermission: ResourcePermission<'supply-chain-entity'> =
  createPermission({
    name: 'supply-chain.upload',
    attributes: { action: 'create' },
    resourceType: RESOURCE_TYPE_SUPPLY_CHAIN_ENTITY,
  });

/**
 * Read the policies in force with their rules. Asked by `GET /policies`, and by `GET /images/{digest}` for the policies
 * that do not cover the image.
 *
 * @public
 */
export const supplyChainPolicyReadPermission = createPermission({
  name: 'supply-chain.policy.read',
  attributes: { action: 'read' },
});

/**
 * Read the trust roots in force: keys, identities and where they are used. Asked by `GET /trust-roots` and
 * `GET /trust-roots/{trustRoot}/images`.
 *
 * @public
 */
export const supplyChainTrustReadPermission = createPermission({
  name: 'supply-chain.trust.read',
  attributes: { action: 'read' },
});

/**
 * See which secrets a scanner found in an entity's images. Apart from `supply-chain.read`, because such a finding leads
 * straight to the secret. Asked by `GET /entities/{kind}/{namespace}/{name}`, `GET /images/{digest}`, and `GET /clusters…`
 * for controls about secrets.
 *
 * @public
 */
export const supplyChainSecretsReadPermission: ResourcePermission<'supply-chain-entity'> =
  createPermission({
    name: 'supply-chain.secrets.read',
    attributes: { action: 'read' },
    resourceType: RESOURCE_TYPE_SUPPLY_CHAIN_ENTITY,
  });

/**
 * Export what `supply-chain.read` shows. Asked by the export buttons of the pages only: the browser writes the file from
 * answers that `supply-chain.read` gave it, so no route could keep the same rows from the caller.
 *
 * @public
 */
export const supplyChainExportPermission = createPermission({
  name: 'supply-chain.export',
  attributes: { action: 'read' },
});

/**
 * Follow what the whole portal knows of images, for what enforces policies elsewhere. Asked by `GET /verdicts`.
 *
 * @public
 */
export const supplyChainVerdictSyncPermission = createPermission({
  name: 'supply-chain.verdict.sync',
  attributes: { action: 'read' },
});

/**
 * See workloads that belong to no entity, and what is reported on clusters as a whole. Asked by `GET /unlinked`,
 * `GET /clusters` and what is below it, and by every route that names or counts images.
 *
 * @public
 */
export const supplyChainUnlinkedReadPermission = createPermission({
  name: 'supply-chain.unlinked.read',
  attributes: { action: 'read' },
});

/**
 * Ask for a verdict on an image that need not run anywhere. Without an action: a policy that lets everybody read
 * must not let everybody send this portal to registries. Asked by `POST /check`.
 *
 * @public
 */
export const supplyChainCheckPermission = createPermission({
  name: 'supply-chain.check',
  attributes: {},
});

/**
 * See clusters, registries, scanners and policy files with their state. Asked by `GET /health/sources` and by every
 * route that names the sources of its answer.
 *
 * @public
 */
export const supplyChainSourcesReadPermission = createPermission({
  name: 'supply-chain.sources.read',
  attributes: { action: 'read' },
});

/**
 * Every permission of this plugin.
 *
 * @public
 */
export const supplyChainPermissions = [
  supplyChainReadPermission,
  supplyChainRecheckPermission,
  supplyChainWaiverRequestPermission,
  supplyChainWaiverApprovePermission,
  supplyChainUploadPermission,
  supplyChainPolicyReadPermission,
  supplyChainTrustReadPermission,
  supplyChainSecretsReadPermission,
  supplyChainExportPermission,
  supplyChainVerdictSyncPermission,
  supplyChainUnlinkedReadPermission,
  supplyChainCheckPermission,
  supplyChainSourcesReadPermission,
];
