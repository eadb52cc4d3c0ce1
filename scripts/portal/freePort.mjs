import { createServer } from 'node:net';

function tryListen(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const { port: bound } = server.address();
      server.close(() => resolve(bound));
    });
  });
}

/** Finds a port nobody listens on. */
export const findFreePort = () => tryListen(0);

/** True when a server could listen on the port of the loopback interface. */
export async function isPortFree(port) {
  try {
    await tryListen(port);
    return true;
  } catch (error) {
    if (error.code === 'EADDRINUSE' || error.code === 'EACCES') {
      return false;
    }
    throw error;
  }
}
