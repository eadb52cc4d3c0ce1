import { bool, oneOf, optional, text } from './factTypes';

/** Fields of `image`. */
export const imageFields = {
  reference: text('The reference, as written.'),
  registry: text('Host of the registry, for instance `docker.io`.'),
  repository: text(
    'Registry and path in normal form, for instance `docker.io/library/nginx`.',
  ),
  tag: text(
    'The tag; `latest` where neither tag nor digest is written, empty where only a digest is.',
  ),
  digest: optional(
    text(
      '`sha256:…`. While it is not known, rules that read it cannot tell; `has(image.digest)` alone may be asked.',
    ),
  ),
  digestSource: oneOf(
    ['imageID', 'specDigest', 'tagResolvedNow', 'none'],
    'Where the digest was read from.',
  ),
  imageIDRepository: optional(
    text('The repository the cluster reports, when it is another one.'),
  ),
  platform: optional(
    text(
      '`os/architecture`; several, joined by commas, where it runs on several.',
    ),
  ),
  containerType: oneOf(
    ['app', 'init', 'sidecar', 'ephemeral', 'volume'],
    'The list of the pod the container stands in.',
  ),
  started: bool('Whether the container has ever started.'),
  own: bool('Whether the image is ours, by `ownImages` of the policy.'),
  platformImage: bool(
    'Whether the image is one of the platform, by `platformImages` of the policy.',
  ),
} as const;

/** Fields of `place`. */
export const placeFields = {
  cluster: optional(text('Name of the cluster.')),
  namespace: optional(text('Namespace of the workload.')),
} as const;

/** Fields of `entity`. */
export const entityFields = {
  ref: optional(text('`kind:namespace/name`.')),
  kind: optional(text('Kind, as the catalog writes it.')),
  namespace: optional(text('Namespace in the catalog.')),
  name: optional(text('Name in the catalog.')),
  type: optional(text('`spec.type`.')),
  lifecycle: optional(text('`spec.lifecycle`.')),
  owner: optional(text('`spec.owner`.')),
  system: optional(text('`spec.system`.')),
  sourceLocation: optional(
    text('Address of the repository the entry names as its source.'),
  ),
  catalogLocation: optional(
    text(
      'Address of the repository the entry itself lives in, where it is one.',
    ),
  ),
} as const;
