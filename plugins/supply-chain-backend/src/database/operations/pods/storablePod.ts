import {
  ObservedContainer,
  ObservedPod,
  WorkloadRef,
} from 'backstage-plugin-supply-chain-common';
import { MAXIMUM_REFERENCE, storable, storableName } from '../../storable';

/**
 * A pod as it is stored, and as its running images are made of it. Owner references and images of a pod are whatever its
 * author wrote; one of them must not keep the pods of the whole cluster from being written.
 */
export function storablePod(pod: ObservedPod): ObservedPod {
  return {
    ...pod,
    namespace: storableName(pod.namespace),
    ...(pod.platform !== undefined && { platform: storableName(pod.platform) }),
    workload: storableOwner(pod.workload),
    controller: storableOwner(pod.controller),
    containers: pod.containers.map(storableContainer),
  };
}

function storableOwner<T extends WorkloadRef>(owner: T): T {
  return {
    ...owner,
    kind: storableName(owner.kind),
    name: storableName(owner.name),
  };
}

function storableContainer(container: ObservedContainer): ObservedContainer {
  const { waitingReason } = container;
  return {
    ...container,
    name: storableName(container.name),
    imageRef: storable(container.imageRef, MAXIMUM_REFERENCE),
    imageID: storable(container.imageID, MAXIMUM_REFERENCE),
    ...(waitingReason !== undefined && {
      waitingReason: storableName(waitingReason),
    }),
  };
}
