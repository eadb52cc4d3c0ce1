import { Digest } from './digest';

/**
 * A place in a registry: location evidence (signatures, provenance, registry facts) belongs to it.
 * The same digest in two repositories is two subjects (L2).
 *
 * @public
 */
export type ImageSubject = {
  type: 'image';
  /** Normalised `host/path`, for instance `docker.io/library/nginx`. */
  repository: string;
  digest: Digest;
};

/**
 * The bytes of a platform manifest: content evidence (scans, SBOM) belongs to it (L2).
 *
 * @public
 */
export type ContentSubject = { type: 'content'; digest: Digest };

/**
 * A workload in a cluster: reports without a digest belong to it.
 *
 * @public
 */
export type WorkloadSubject = {
  type: 'workload';
  cluster: string;
  namespace: string;
  kind: string;
  name: string;
};

/**
 * A whole cluster, or one of its objects that lies in no namespace, such as a ClusterRole.
 *
 * @public
 */
export type ClusterSubject = {
  type: 'cluster';
  cluster: string;
  object?: { kind: string; name: string };
};

/**
 * What evidence is about.
 *
 * @public
 */
export type Subject =
  | ImageSubject
  | ContentSubject
  | WorkloadSubject
  | ClusterSubject;

/**
 * The one text form of a subject: database key, log field and deep link.
 *
 * @public
 */
export function subjectKey(subject: Subject): string {
  switch (subject.type) {
    case 'image':
      return `${subject.repository}@${subject.digest}`;
    case 'content':
      return subject.digest;
    case 'workload':
      return `${subject.cluster}/${subject.namespace}/${subject.kind}/${subject.name}`;
    case 'cluster':
      return subject.object
        ? `${subject.cluster}//${subject.object.kind}/${subject.object.name}`
        : subject.cluster;
    default:
      throw new TypeError(
        `Unknown subject type '${(subject as Subject).type}'`,
      );
  }
}
