import type { RegistryEntry } from 'backstage-plugin-supply-chain-node/registry';
import { DockerConfig } from './dockerConfig';

/** What the registry client is told about the registries of these images. */
export function registryEntries(options: {
  /** Hosts of the images, and of the servers the trust roots name. */
  hosts: Iterable<string>;
  insecureRegistries: string[];
  docker: DockerConfig;
}): RegistryEntry[] {
  const { hosts, insecureRegistries, docker } = options;
  return [
    // Whoever runs the command chose the registry, and many stand in private networks. Where that registry
    // redirects to is still checked: no other host gets this permission.
    ...[...new Set(hosts)].map(host => ({ host, allowPrivateAddress: true })),
    ...insecureRegistries.map(host => ({
      host,
      insecure: true,
      allowPrivateAddress: true,
    })),
    ...docker.entries,
  ];
}
