import { createApp } from '@backstage/frontend-defaults';
import { navigationModule } from './navigation';
import { signInModule } from './signIn';

/**
 * The portal. Its plugins are found by their dependency (`app.packages: all` in
 * app-config.yaml); only what belongs to this portal alone is named here.
 */
export const app = createApp({ features: [navigationModule, signInModule] });
