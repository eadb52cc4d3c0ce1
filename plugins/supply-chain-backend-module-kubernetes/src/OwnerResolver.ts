import {
  KubernetesObject,
  ObservedPod,
  textMap,
  WorkloadRef,
} from 'backstage-plugin-supply-chain-common';
import {
  IndexChange,
  ObjectIndex,
  ObjectName,
  Reflector,
} from 'backstage-plugin-supply-chain-node/clusters';
import { namedControllerOf } from './namedControllerOf';
import { ParsedPod } from './parsePod';

type Owner = { owner?: WorkloadRef };
type Node = { platform?: string };

type LateAnswers = Pick<Reflector, 'requestAgain' | 'requestFullSync'>;

/** The kinds whose own controller is looked up: the levels between a pod and what people deploy. */
const INTERMEDIATE_KINDS: Record<string, IntermediateResource> = {
  ReplicaSet: 'replicasets',
  Job: 'jobs',
};

type IntermediateResource = 'replicasets' | 'jobs';

/** Beyond this many pods waiting for an answer their names are not kept; an answer then means a full list. */
const MAX_WAITING = 5_000;

/**
 * Knows the owners of ReplicaSets and Jobs and the platforms of nodes.
 *
 * A pod may be read before its ReplicaSet or node is. It is then written with what is known, and read again when the
 * missing object turns up.
 *
 * @internal
 */
export class OwnerResolver {
  /** One for each resource: a full list of one of them says nothing about the other. */
  readonly owners: Record<IntermediateResource, ObjectIndex<Owner>>;
  readonly nodes: ObjectIndex<Node>;
  readonly #waiting = new Map<string, Map<string, ObjectName>>();
  #pods: LateAnswers | undefined;
  #waitingPods = 0;

  constructor() {
    const onChange = (key: string, change: IndexChange) => {
      this.#release(key);
      if (change === 'changed') {
        this.#pods?.requestFullSync();
      }
    };
    const createOwners = () =>
      new ObjectIndex<Owner>({
        keyOf: ({ metadata }) => metadata.uid,
        valueOf: ownerOf,
        onChange,
      });
    this.owners = { replicasets: createOwners(), jobs: createOwners() };
    this.nodes = new ObjectIndex<Node>({
      keyOf: ({ metadata }) => metadata.name,
      valueOf: platformOf,
      onChange,
    });
  }

  /** Who reads pods again: some when an answer they lacked is there, all when an answer given before has changed. */
  informs(pods: LateAnswers): void {
    this.#pods = pods;
  }

  resolve(parsed: ParsedPod): ObservedPod {
    const { nodeName, ...pod } = parsed;
    const { platform } = this.#node(nodeName, pod);
    return {
      ...pod,
      workload: this.#workload(pod),
      ...(platform && { platform }),
    };
  }

  #workload(pod: Omit<ParsedPod, 'nodeName'>): WorkloadRef {
    const { kind, name, uid } = pod.controller;
    if (!Object.hasOwn(INTERMEDIATE_KINDS, kind)) {
      return { kind, name };
    }
    const found = this.owners[INTERMEDIATE_KINDS[kind]].get(uid);
    if (!found) {
      this.#wait(uid, pod);
    }
    // Without an answer the controller itself stands: true as far as it goes. The owner's name is never guessed.
    return found?.owner ?? { kind, name };
  }

  #node(name: string | undefined, pod: ObjectName): Node {
    if (name === undefined) {
      return {};
    }
    const found = this.nodes.get(name);
    if (!found) {
      this.#wait(name, pod);
    }
    return found ?? {};
  }

  #wait(key: string, { uid, namespace, name }: ObjectName): void {
    const pods = this.#waiting.get(key) ?? new Map<string, ObjectName>();
    this.#waiting.set(key, pods);
    if (this.#waitingPods < MAX_WAITING && !pods.has(uid)) {
      this.#waitingPods += 1;
      pods.set(uid, { uid, namespace, name });
    }
  }

  #release(key: string): void {
    const pods = this.#waiting.get(key);
    if (!pods) {
      return;
    }
    this.#waiting.delete(key);
    if (this.#waitingPods >= MAX_WAITING) {
      this.#waiting.clear();
      this.#waitingPods = 0;
      this.#pods?.requestFullSync();
      return;
    }
    this.#waitingPods -= pods.size;
    this.#pods?.requestAgain(pods.values());
  }
}

function ownerOf(object: KubernetesObject): Owner {
  const owner = namedControllerOf(object);
  return owner ? { owner: { kind: owner.kind, name: owner.name } } : {};
}

/** From the labels every kubelet sets: https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-arch */
function platformOf({ metadata }: KubernetesObject): Node {
  const labels = textMap(metadata.labels);
  const os = labels['kubernetes.io/os'];
  const architecture = labels['kubernetes.io/arch'];
  return os && architecture ? { platform: `${os}/${architecture}` } : {};
}
