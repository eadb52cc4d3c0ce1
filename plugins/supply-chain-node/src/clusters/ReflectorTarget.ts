import { ResumePoint } from '../feeds';
import { ClusterReadReason } from './ClusterReadError';
import { KubernetesObject } from 'backstage-plugin-supply-chain-common';

/**
 * One object or one message of a cluster that could not be used. The rest goes on.
 *
 * @public
 */
export type ObjectProblem = {
  reason: ClusterReadReason;
  message: string;
  /** Of the object, where it is known: the next list asks for it again, so that the problem stays named. */
  uid?: string;
};

/**
 * Where a reflector writes to. A `SourceWriter` of objects is one; its comments give the meaning of each step.
 *
 * @public
 */
export interface ReflectorTarget {
  resumePoint(): Promise<ResumePoint | undefined>;
  beginFullSync(): Promise<void>;
  /** Returns what could not be used of it; that part keeps its earlier state. */
  upsert(objects: KubernetesObject[]): Promise<ObjectProblem[] | void>;
  remove(uids: string[]): Promise<void>;
  touch(uids: string[]): Promise<void>;
  knownVersions(): Promise<Map<string, string>>;
  completeFullSync(resumePoint: ResumePoint): Promise<void>;
  saveResumePoint(resumePoint: ResumePoint): Promise<void>;
}
