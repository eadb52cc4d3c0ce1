import { useCallback, useEffect, useRef, useState } from 'react';
import {
  CompoundEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import { usePermission } from '@backstage/plugin-permission-react';
import { supplyChainRecheckPermission } from 'backstage-plugin-supply-chain-common';
import { supplyChainApiRef } from '../api';

/** How often the page asks while a fresh look is under way. */
const PROGRESS_INTERVAL_MS = 2_000;

/** After so many questions the page stops waiting and says so; the answer still comes by itself. */
const MAX_PROGRESS_QUESTIONS = 60;

/** What a Re-check has come to. */
export type RecheckState =
  | { status: 'idle' }
  | { status: 'requesting' }
  | { status: 'running'; done: number; queued: number }
  | { status: 'done' }
  | { status: 'slow' }
  | { status: 'failed'; error: Error };

/** The Re-check of an entity's images. */
export type Recheck = {
  state: RecheckState;
  allowed: boolean;
  permission: string;
  start(): void;
};

type Phase =
  | { status: 'idle' | 'requesting' | 'done' | 'slow' }
  | { status: 'running'; queued: number; questions: number }
  | { status: 'failed'; error: Error };

function toState(phase: Phase, pending: number | undefined): RecheckState {
  if (phase.status !== 'running') {
    return phase as RecheckState;
  }
  const { queued } = phase;
  const open = phase.questions === 0 ? queued : pending ?? queued;
  return {
    status: 'running',
    queued,
    done: Math.min(queued, Math.max(0, queued - open)),
  };
}

function nextPhase(phase: Phase, pending: number | undefined): Phase {
  if (phase.status !== 'running') {
    return phase;
  }
  // One answer after the ticket must be seen: the one before it may still say that nothing is pending.
  if (phase.questions > 1 && pending === 0) {
    return { status: 'done' };
  }
  if (phase.questions >= MAX_PROGRESS_QUESTIONS) {
    return { status: 'slow' };
  }
  return { ...phase, questions: phase.questions + 1 };
}

/**
 * Asks for a fresh look at an entity's images and follows it.
 */
export function useRecheck(options: {
  entity: CompoundEntityRef;
  /** Looks under way, from the last report. */
  pending: number | undefined;
  reload: () => void;
}): Recheck {
  const { entity, pending, reload } = options;
  const api = useApi(supplyChainApiRef);
  const { allowed } = usePermission({
    permission: supplyChainRecheckPermission,
    resourceRef: stringifyEntityRef(entity),
  });
  const [phase, setPhase] = useState<Phase>({ status: 'idle' });
  const pendingRef = useRef(pending);
  pendingRef.current = pending;

  const running = phase.status === 'running';
  useEffect(() => {
    if (!running) {
      return undefined;
    }
    reload();
    const timer = setInterval(() => {
      reload();
      setPhase(current => nextPhase(current, pendingRef.current));
    }, PROGRESS_INTERVAL_MS);
    return () => clearInterval(timer);
  }, [running, reload]);

  const start = useCallback(() => {
    setPhase({ status: 'requesting' });
    api.recheckEntity(entity).then(
      ticket =>
        setPhase({ status: 'running', queued: ticket.queued, questions: 0 }),
      error => setPhase({ status: 'failed', error: toError(error) }),
    );
  }, [api, entity]);

  return {
    state: toState(phase, pending),
    allowed,
    permission: supplyChainRecheckPermission.name,
    start,
  };
}
