import { ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { ChangeRequest, ServerMessage } from './server';

/** An API server in another process, full of reports. */
export type ReportServer = {
  url: string;
  /** Writes the first reports again, with the scan of another instant. */
  change: (count: number, at: string) => Promise<void>;
  stop: () => void;
};

/** Starts it. */
export async function startServer(): Promise<ReportServer> {
  const child = fork(join(__dirname, 'server.ts'));
  const { url } = await told(child, 'serverReady');
  return {
    url,
    change: async (count, at) => {
      const changed = told(child, 'changed');
      const request: ChangeRequest = { type: 'change', count, at };
      child.send(request);
      await changed;
    },
    stop: () => child.disconnect(),
  };
}

function told<T extends ServerMessage['type']>(
  child: ChildProcess,
  type: T,
): Promise<Extract<ServerMessage, { type: T }>> {
  return new Promise((resolve, reject) => {
    child.on('message', message => {
      // The loader of the sources speaks on this channel too.
      if ((message as Partial<ServerMessage>)?.type === type) {
        resolve(message as Extract<ServerMessage, { type: T }>);
      }
    });
    child.once('exit', code =>
      reject(new Error(`the API server ended early, with exit code ${code}`)),
    );
  });
}
