import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fromRoot } from '../paths.mjs';
import { isAcceptedNode } from './node.mjs';
import { acceptedNode, nodePackages } from './pins.mjs';

describe('which Node is good enough', () => {
  for (const version of ['v22.22.2', 'v22.23.0', 'v24.15.0', 'v24.21.0']) {
    it(`accepts ${version}`, () => assert.ok(isAcceptedNode(version)));
  }
  for (const version of [
    'v18.20.8',
    'v20.20.2',
    'v22.22.1',
    'v22.3.9',
    'v23.11.0',
    'v24.14.9',
    'v26.0.0',
  ]) {
    it(`refuses ${version}`, () => assert.ok(!isAcceptedNode(version)));
  }

  it('says the same as package.json', () => {
    const { engines } = JSON.parse(
      readFileSync(fromRoot('package.json'), 'utf8'),
    );
    const range = acceptedNode
      .map(({ major, minor, patch }) => `^${major}.${minor}.${patch}`)
      .join(' || ');
    assert.equal(engines.node, range);
  });
});

describe('the pinned packages that carry Node', () => {
  for (const [platform, pin] of Object.entries(nodePackages)) {
    it(`are good enough and have an integrity on ${platform}`, () => {
      assert.ok(isAcceptedNode(pin.version));
      assert.match(pin.integrity, /^sha512-[A-Za-z0-9+/]{86}==$/);
    });
  }
});
