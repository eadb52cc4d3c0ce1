import { ReasonCode, textMap } from 'backstage-plugin-supply-chain-common';
import { AdmissionRequest } from './AdmissionRequest';
import { isWorkloadKind, podTemplateOf, WORKLOAD_KINDS } from './podSpecOf';
import {
  changedImages,
  RequestedContainer,
  requestedImages,
} from './requestedImages';

/** What is to be judged about a request. */
export type AdmissionQuestion =
  | {
      type: 'images';
      containers: RequestedContainer[];
      /** Labels of the pods, by which they belong to entities. */
      labels: Record<string, string>;
    }
  /** Nothing that could bring an image. */
  | { type: 'nothing' }
  /** It cannot be told what the object would bring. */
  | { type: 'unreadable'; reason: ReasonCode; message: string };

const NOTHING: AdmissionQuestion = { type: 'nothing' };

/** Finds the images that a request would bring into the cluster. */
export function questionOf(request: AdmissionRequest): AdmissionQuestion {
  const { operation, kind, subResource, object, oldObject } = request;
  if (operation === 'DELETE' || operation === 'CONNECT') {
    return NOTHING;
  }
  if (!isWorkloadKind(kind)) {
    // Binding, Eviction, Scale and their like come as subresources, and bring no image.
    return subResource === '' ? unsupportedKind(kind) : NOTHING;
  }
  if (object === null) {
    return {
      type: 'unreadable',
      reason: 'reviewMalformed',
      message: `expected the ${kind} in "object", got none`,
    };
  }
  const pod = podTemplateOf(kind, object);
  if (pod === undefined) {
    return kind === 'ReplicationController' ? NOTHING : withoutPod(kind);
  }
  const images = requestedImages(pod);
  const before =
    operation === 'UPDATE' && oldObject ? podTemplateOf(kind, oldObject) : null;
  return {
    type: 'images',
    containers: before
      ? changedImages(images, requestedImages(before))
      : images,
    labels: textMap(pod.labels),
  };
}

function unsupportedKind(kind: string): AdmissionQuestion {
  return {
    type: 'unreadable',
    reason: 'reviewKindUnsupported',
    message: `expected one of ${WORKLOAD_KINDS.join(', ')}, got "${kind}"`,
  };
}

function withoutPod(kind: string): AdmissionQuestion {
  return {
    type: 'unreadable',
    reason: 'reviewMalformed',
    message: `the ${kind} holds no pod that could be read`,
  };
}
