import { ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { SignedImages } from './signedImages';

/** What the process of the registry says when everything in it is signed. */
export type RegistryReady = { type: 'registryReady'; images: SignedImages };

/** A registry in another process, filled with signed images. */
export type RunningRegistry = { images: SignedImages; stop: () => void };

/** Starts the registry and waits until everything in it is signed. */
export async function startRegistry(count: number): Promise<RunningRegistry> {
  const child = fork(join(__dirname, 'registry.ts'), [String(count)]);
  const { images } = await waitUntilReady(child);
  return { images, stop: () => child.disconnect() };
}

function waitUntilReady(child: ChildProcess): Promise<RegistryReady> {
  return new Promise((resolve, reject) => {
    child.on('message', message => {
      // The loader of the sources speaks on this channel too.
      if (isReady(message)) {
        resolve(message);
      }
    });
    child.once('exit', code =>
      reject(new Error(`the registry ended early, with exit code ${code}`)),
    );
  });
}

function isReady(message: unknown): message is RegistryReady {
  return (message as Partial<RegistryReady>)?.type === 'registryReady';
}
