import { KubernetesApiServer } from 'sandbox';
import { manyReports, REPORTS, scannedAgain } from './reports';

/** Asks for some reports to be written again. */
export type ChangeRequest = { type: 'change'; count: number; at: string };

/** What the process of the API server says. */
export type ServerMessage =
  | { type: 'serverReady'; url: string }
  | { type: 'changed' };

// The API server is a process of its own: what it takes is not what is measured.
async function main(): Promise<void> {
  const objects = manyReports(REPORTS);
  const server = await KubernetesApiServer.start({ objects });
  const say = (message: ServerMessage) => process.send?.(message);
  process.on('message', (message: ChangeRequest) => {
    if (message.type === 'change') {
      objects
        .slice(0, message.count)
        .forEach(object => server.apply(scannedAgain(object, message.at)));
      say({ type: 'changed' });
    }
  });
  process.once('disconnect', () => server.stop());
  say({ type: 'serverReady', url: server.url });
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
