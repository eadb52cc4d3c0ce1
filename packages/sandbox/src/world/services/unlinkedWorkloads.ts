import { SandboxWorkload } from '../serviceTypes';
import { app, deployment, green, own, UNSIGNED } from './parts';

/**
 * Workloads that belong to no service: no label links them to the catalog.
 * @public
 */
export const SANDBOX_UNLINKED: readonly (SandboxWorkload & {
  namespace: string;
})[] = [
  {
    ...deployment(
      [
        app('toolbox', own('core/toolbox', '0.1.0', []), {
          scan: 'none',
          // L18: a policy that matches entities says nothing about it; the
          // policy `everywhere` looks at its registry only.
          expected: { ...green(), signature: UNSIGNED },
        }),
      ],
      { name: 'debug-toolbox', cluster: 'prod-us' },
    ),
    namespace: 'core',
  },
];
