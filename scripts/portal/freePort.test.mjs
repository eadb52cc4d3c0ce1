import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { findFreePort, isPortFree } from './freePort.mjs';

describe('a port', () => {
  const server = createServer();
  let taken;
  before(
    () =>
      new Promise(resolve => {
        server.listen(0, '127.0.0.1', () => {
          taken = server.address().port;
          resolve();
        });
      }),
  );
  after(() => server.close());

  it('is not free while somebody listens on it', async () => {
    assert.equal(await isPortFree(taken), false);
  });

  it('is free when it was found free', async () => {
    assert.equal(await isPortFree(await findFreePort()), true);
  });
});
