import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readInstallSteps } from './readme.mjs';

describe('the installation steps of the README', () => {
  it('name two packages, one line and a policy file', () => {
    assert.deepEqual(readInstallSteps(), {
      backendPackage: 'backstage-plugin-supply-chain-backend',
      frontendPackage: 'backstage-plugin-supply-chain',
      backendLine:
        "backend.add(import('backstage-plugin-supply-chain-backend/bundle'));",
      policyFile: './policies/supply-chain.yaml',
    });
  });

  it('are refused when a step is missing', () => {
    assert.throws(() => readInstallSteps('# A README without them'), {
      message: /^expected a package for packages\/backend once .* got 0$/,
    });
  });
});
