import { SandboxService } from '../serviceTypes';
import { CHECKOUT_SERVICES } from './checkoutServices';
import { CORE_SERVICES } from './coreServices';
import { DELIVERY_SERVICES } from './deliveryServices';
import { EDGE_SERVICES } from './edgeServices';

/**
 * The services of the sandbox: each shows one state, and says what must come
 * out. Tests and the end-to-end run compare with `expected`.
 * @public
 */
export const SANDBOX_SERVICES: readonly SandboxService[] = [
  ...CHECKOUT_SERVICES,
  ...CORE_SERVICES,
  ...EDGE_SERVICES,
  ...DELIVERY_SERVICES,
];
