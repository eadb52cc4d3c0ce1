import { parentPort } from 'node:worker_threads';
import { collectImages } from './collectImages';

parentPort?.on('message', async request => {
  try {
    await collectImages(request);
    parentPort?.postMessage({ ok: true });
  } catch (error) {
    parentPort?.postMessage({ ok: false, message: String(error) });
  }
});
