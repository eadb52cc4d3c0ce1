import { AsyncLocalStorage } from 'async_hooks';
import { asOneLook } from './registryLook';

/**
 * One reason to read an image: where it runs, and an entity it is linked to there. What is not known is left out.
 *
 * @public
 */
export type RegistryUsePlace = {
  cluster?: string;
  namespace?: string;
  /** Full entity ref, lower case. */
  entityRef?: string;
};

/**
 * For whom a registry is read; decides which credentials may be used (L30). Without places, none.
 *
 * @public
 */
export type RegistryUse = { places: RegistryUsePlace[] };

const uses = new AsyncLocalStorage<RegistryUse>();

/**
 * Runs a task as one look at registries, made for these users, whatever client makes it.
 *
 * It is no argument of the client's calls: a collector that forgot to pass it on would read with credentials that are
 * not for its subject.
 *
 * @public
 */
export function readRegistriesFor<T>(use: RegistryUse, task: () => T): T {
  return uses.run(use, () => asOneLook(task));
}

/**
 * For whom the calling code reads; `undefined` outside of {@link readRegistriesFor}, as on the command line.
 *
 * @public
 */
export function currentRegistryUse(): RegistryUse | undefined {
  return uses.getStore();
}
