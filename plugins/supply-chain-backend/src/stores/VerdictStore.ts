import {
  AnnotatedImage,
  EntityFacts,
  EvidenceOf,
  ImageEvaluation,
  JudgedFinding,
  JudgedImage,
  RunningImage,
  VulnerabilityClock,
} from 'backstage-plugin-supply-chain-common';
import { StoredEvidence } from './EvidenceStore';
import { LoadedCatalogue } from './ExploitDataStore';

/** An image whose turn it is: one that runs, or one that an annotation names. */
export type VerdictTask = {
  runningImageId: string;
  attempts: number;
  /** Changes with every request: one made meanwhile is not lost. */
  ticket: string;
  /** Proves that the task is still ours. */
  lease: string;
};

/** Everything stored that verdicts on one running image depend on. */
export type FactsInput = {
  image: Omit<RunningImage, 'entityRefs'> | AnnotatedImage;
  /** The entities it belongs to; empty for a workload of none. */
  entities: EntityFacts[];
  evidence: StoredEvidence[];
  scans: EvidenceOf<'vulnerabilities'>[];
  /** What was handed in, each for the entity in its `scope` alone (L9). */
  uploads: (EvidenceOf<'vulnerabilities'> | EvidenceOf<'vex'>)[];
  clocks: VulnerabilityClock[];
  /** Of known exploited vulnerabilities; absent when none is loaded. */
  catalogue?: LoadedCatalogue;
  /** Absent when no scanner is configured. */
  scanner?: { status: 'ok' | 'unavailable'; message?: string };
};

/** The same, for the task that asked for it. */
export type VerdictInput = FactsInput & { task: VerdictTask };

/** A task whose running image is gone or no longer runs: nothing is judged, summaries follow. */
export type EndedTask = { task: VerdictTask };

/** What was loaded for some tasks. */
export type LoadedTasks = { running: VerdictInput[]; ended: EndedTask[] };

/** What came of one running image for one entity. */
export type Judgement = {
  /** Empty: the workload belongs to no entity. */
  entityRef: string;
  evaluation: ImageEvaluation;
  judged: JudgedImage;
  /** What its scans found; absent where none speaks for it. */
  findings?: JudgedFinding[];
};

/** What came of one task. */
export type JudgedTask = {
  task: VerdictTask;
  judgements: Judgement[];
  /** When the clock alone changes a verdict, or an evaluation that came to no end is tried again. */
  again?: { at: string } | { afterMs: number };
};

/** A verdict that differs from the one before, as it is told to others. */
export type VerdictChange = {
  entityRef: string;
  repository?: string;
  digest?: string;
  imageRef: string;
  outcome: string;
  previousOutcome?: string;
  reason?: string;
};

/** What a save changed. */
export type SavedVerdicts = {
  /** Whether anything that is shown differs. */
  changed: boolean;
  changes: VerdictChange[];
};

/** Where verdicts, summaries and the queue of evaluations are kept. */
export interface VerdictStore {
  /** Takes due tasks that nobody else works on. */
  take(options: { limit: number; leaseMs: number }): Promise<VerdictTask[]>;
  load(tasks: VerdictTask[]): Promise<LoadedTasks>;
  /** Stores what came of some tasks with summaries, history and notifications, all or nothing. */
  save(options: {
    judged: JudgedTask[];
    ended: EndedTask[];
    now: Date;
  }): Promise<SavedVerdicts>;
  /** Gives tasks back. */
  release(options: { tasks: VerdictTask[]; afterMs: number }): Promise<void>;
  /** Sums up again what was still being found out for the first time. */
  settle(now: Date): Promise<void>;
  /** Queues everything that runs, for instance when a policy changed. */
  requestAll(): Promise<void>;
  /** The latest instant anything was evaluated at (L26). */
  lastEvaluatedAt(): Promise<string | undefined>;
}
