import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { CommandLineError } from '../../commandLine/CommandLineError';
import {
  AdmissionConfig,
  admissionConfigSchema,
} from './admissionConfigSchema';

const MAX_BYTES = 1024 * 1024;

/**
 * Reads the configuration of the webhook. Relative paths are relative to the file.
 *
 * @throws CommandLineError with a line for each problem.
 */
export async function readAdmissionConfig(
  path: string,
): Promise<AdmissionConfig> {
  const parsed = admissionConfigSchema.safeParse(
    parseYaml(path, await read(path)),
  );
  if (!parsed.success) {
    throw problems(
      parsed.error.issues.map(({ path: keys, message }) => {
        const place = keys.length > 0 ? `${keys.join('.')}: ` : '';
        return `${path}: ${place}${message}`;
      }),
    );
  }
  return withAbsolutePaths(parsed.data, dirname(resolve(path)));
}

async function read(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw problems([`${path}: ${(error as Error).message}`]);
  }
  if (bytes.length > MAX_BYTES) {
    throw problems([`${path}: expected at most ${MAX_BYTES} bytes`]);
  }
  return bytes.toString('utf8');
}

function parseYaml(path: string, text: string): unknown {
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    uniqueKeys: true,
    prettyErrors: true,
  });
  const [error] = document.errors;
  if (error) {
    throw problems([`${path}: ${error.message.split('\n')[0]}`]);
  }
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    throw problems([`${path}: expected no aliases`]);
  }
}

function withAbsolutePaths(
  config: AdmissionConfig,
  folder: string,
): AdmissionConfig {
  const absolute = <T extends string | undefined>(path: T): T =>
    (path === undefined ? path : resolve(folder, path)) as T;
  const { tls, policies, stateDirectory, registries, feed } = config;
  return {
    ...config,
    tls: {
      certFile: absolute(tls.certFile),
      keyFile: absolute(tls.keyFile),
      clientCaFile: absolute(tls.clientCaFile),
    },
    policies: policies.map(each => absolute(each)),
    stateDirectory: absolute(stateDirectory),
    registries: {
      ...registries,
      dockerConfig: absolute(registries.dockerConfig),
      hosts: registries.hosts.map(each => ({
        ...each,
        certificateAuthorityFile: absolute(each.certificateAuthorityFile),
      })),
    },
    ...(feed && {
      feed: {
        ...feed,
        publicKeyFile: absolute(feed.publicKeyFile),
        tokenFile: absolute(feed.tokenFile),
        certificateAuthorityFile: absolute(feed.certificateAuthorityFile),
      },
    }),
  };
}

function problems(lines: string[]): CommandLineError {
  return new CommandLineError('configuration', lines);
}
