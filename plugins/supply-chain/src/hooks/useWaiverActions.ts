import { useApi } from '@backstage/core-plugin-api';
import { schema } from 'backstage-plugin-supply-chain-common';
import { supplyChainApiRef, WaiverDecision } from '../api';
import { useSending } from './useSending';

/**
 * Asks for a waiver.
 */
export function useWaiverRequest(onSent: () => void) {
  const api = useApi(supplyChainApiRef);
  return useSending<schema.WaiverRequest>({
    send: request => api.waivers.requestWaiver(request),
    onSent,
  });
}

/**
 * Decides about a waiver.
 */
export function useWaiverDecision(onSent: () => void) {
  const api = useApi(supplyChainApiRef);
  return useSending<WaiverDecision>({
    send: decision => api.waivers.decideWaiver(decision),
    onSent,
  });
}
