import { createHash, timingSafeEqual } from 'node:crypto';
import { AuthenticationError, InputError } from '@backstage/errors';
import { isRecord } from 'backstage-plugin-supply-chain-common';
import {
  NotificationReceiver,
  NotificationRequest,
  ReceivedNotification,
} from 'backstage-plugin-supply-chain-node';
import {
  READABLE_RESOURCES,
  ReadableResource,
} from 'backstage-plugin-supply-chain-node/clusters';

const GROUP = 'aquasecurity.github.io';
/** No object can be larger: etcd refuses 1.5 MiB, the API server 3 MB. */
const BODY_MAX_BYTES = 5 * 1024 * 1024;
/** Names of custom resources: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const NAME = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;

/** Which feed reads which resources. */
type ReadBy = { feed: string; resources: readonly ReadableResource[] };

/**
 * Takes the webhook broadcast of Trivy Operator:
 * https://aquasecurity.github.io/trivy-operator/latest/tutorials/integrations/webhook/. Of a message only the kind,
 * namespace and name are read, and that object is read again from its cluster. A message that something was deleted may
 * carry what was sent before it, and the operator sends everything again when it starts; neither matters here.
 *
 * @public
 */
export class TrivyOperatorReceiver implements NotificationReceiver {
  readonly id = 'trivy-operator';
  readonly maxBytes = BODY_MAX_BYTES;
  readonly #token: Buffer;
  readonly #readBy: readonly ReadBy[];

  static create(options: {
    token: string;
    readBy: readonly ReadBy[];
  }): TrivyOperatorReceiver {
    return new TrivyOperatorReceiver(options);
  }

  private constructor(options: { token: string; readBy: readonly ReadBy[] }) {
    this.#token = hashOf(options.token);
    this.#readBy = options.readBy;
  }

  async authenticate(request: NotificationRequest): Promise<void> {
    const header = request.header('authorization') ?? '';
    const [, token = ''] = /^Bearer (\S+)$/i.exec(header) ?? [];
    // Of hashes, so that the time says nothing of the length either.
    if (!timingSafeEqual(hashOf(token), this.#token)) {
      throw new AuthenticationError(
        "Expected 'Authorization: Bearer' with the token under supplyChain.trivy.webhook",
      );
    }
  }

  receive(
    { cluster }: NotificationRequest,
    body: Uint8Array,
  ): ReceivedNotification {
    if (!cluster) {
      throw new InputError(
        "Expected the name of the cluster in the address, as '?cluster=production'",
      );
    }
    const { object, isDeleted } = readMessage(body);
    const { kind, apiVersion } = object;
    const resource = resourceOf(kind, apiVersion);
    const feed = this.#readBy.find(
      ({ resources }) => resource && resources.includes(resource),
    )?.feed;
    if (!resource || !feed) {
      return { kind: 'ignored', message: 'Reports of this kind are not read' };
    }
    const name = nameOf(object, resource);
    // One missing object proves nothing; a list does.
    const hint = isDeleted ? resource : `${resource}/${name}`;
    return { kind: 'hints', hints: [{ feed, source: cluster, hint }] };
  }
}

/** Both forms: the report, and the report with what happened to it. */
function readMessage(body: Uint8Array): {
  object: Record<string, unknown>;
  isDeleted: boolean;
} {
  let message: unknown;
  try {
    message = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    throw new InputError('Expected a report in JSON');
  }
  if (!isRecord(message)) {
    throw new InputError('Expected a report in JSON, got something else');
  }
  const { operatorObject, verb } = message;
  return isRecord(operatorObject)
    ? { object: operatorObject, isDeleted: verb === 'delete' }
    : { object: message, isDeleted: false };
}

function resourceOf(
  kind: unknown,
  apiVersion: unknown,
): ReadableResource | undefined {
  const resources = Object.keys(READABLE_RESOURCES) as ReadableResource[];
  return resources.find(resource => {
    const known = READABLE_RESOURCES[resource];
    return (
      known.group === GROUP &&
      known.kind === kind &&
      apiVersion === `${GROUP}/${known.version}`
    );
  });
}

/** `<namespace>/<name>`; the namespace is empty for what lies in none. */
function nameOf(
  { metadata }: Record<string, unknown>,
  resource: ReadableResource,
): string {
  const { name, namespace = '' } = isRecord(metadata) ? metadata : {};
  const { namespaced } = READABLE_RESOURCES[resource];
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw new InputError('Expected a report with a name');
  }
  const isPlaced =
    typeof namespace === 'string' &&
    (namespaced ? NAME.test(namespace) : namespace === '');
  if (!isPlaced) {
    throw new InputError(
      namespaced
        ? 'Expected a report with a namespace'
        : 'Expected a report without a namespace',
    );
  }
  return `${namespace}/${name}`;
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
