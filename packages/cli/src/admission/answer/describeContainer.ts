import { RequestedContainer } from '../review';

const NAMES: Record<RequestedContainer['type'], string> = {
  app: 'container',
  init: 'init container',
  sidecar: 'sidecar',
  ephemeral: 'ephemeral container',
  volume: 'image volume',
};

/** A container in words, its hostile name quoted. */
export function describeContainer({ type, name }: RequestedContainer): string {
  return `${NAMES[type]} "${name}"`;
}
