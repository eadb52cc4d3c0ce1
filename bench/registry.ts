import { OciRegistryServer } from 'sandbox';
import { signImages } from './signedImages';
import { RegistryReady } from './startRegistry';

// A process of its own, as registries are: it takes the same share of the machine from every verifier.
async function main(): Promise<void> {
  const registry = await OciRegistryServer.start();
  process.once('disconnect', () => registry.stop());
  const ready: RegistryReady = {
    type: 'registryReady',
    images: await signImages(registry, Number(process.argv[2])),
  };
  process.send?.(ready);
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
