import { startTestBackend } from '@backstage/backend-test-utils';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import scaffolderModule from './index';

it('adds the action to the scaffolder', async () => {
  const addActions = jest.fn();
  await startTestBackend({
    extensionPoints: [[scaffolderActionsExtensionPoint, { addActions }]],
    features: [scaffolderModule],
  });
  expect(addActions).toHaveBeenCalledWith(
    expect.objectContaining({ id: 'supply-chain:ci:add' }),
  );
});
