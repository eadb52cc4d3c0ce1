import { ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issueServingCertificate } from 'sandbox';
import { findProgram } from './findProgram';

/** The programs of a control plane, when they are installed. */
export const CONTROL_PLANE = {
  etcd: findProgram('etcd', 'ETCD'),
  apiServer: findProgram('kube-apiserver', 'KUBE_APISERVER'),
};

/** An answer of the API server. */
export type ApiAnswer = {
  status: number;
  /** What it answered; a test reads what it asks about. */
  body: any;
  /** Of `Warning` headers. */
  warnings: string[];
};

const READY_DEADLINE_MS = 90_000;

/** A kube-apiserver with its etcd on loopback, without controllers and kubelets. */
export class RealApiServer {
  readonly #directory: string;
  readonly #children: ChildProcess[] = [];
  readonly #token = randomBytes(16).toString('hex');
  #port = 0;
  #certificate = '';

  static async start(): Promise<RealApiServer> {
    const server = new RealApiServer(
      await mkdtemp(join(tmpdir(), 'apiserver-')),
    );
    try {
      await server.#start();
      return server;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  private constructor(directory: string) {
    this.#directory = directory;
  }

  async stop(): Promise<void> {
    for (const child of [...this.#children].reverse()) {
      const ended = new Promise(resolve => child.once('exit', resolve));
      if (child.exitCode === null && child.kill('SIGKILL')) {
        await ended;
      }
    }
    await rm(this.#directory, { recursive: true, force: true });
  }

  /** Calls the API as an administrator. */
  call(
    method: string,
    path: string,
    body?: object,
    contentType = 'application/json',
  ): Promise<ApiAnswer> {
    return new Promise((resolve, reject) => {
      const asked = request(
        {
          host: '127.0.0.1',
          port: this.#port,
          path,
          method,
          ca: this.#certificate,
          agent: false,
          headers: {
            authorization: `Bearer ${this.#token}`,
            ...(body && { 'content-type': contentType }),
          },
        },
        response => {
          let text = '';
          response.on('data', chunk => {
            text += chunk;
          });
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              body: text.startsWith('{') ? JSON.parse(text) : text,
              warnings: (response.headersDistinct.warning ?? []).map(each =>
                each.replace(/^299 - "(.*)"$/, '$1').replace(/\\"/g, '"'),
              ),
            }),
          );
        },
      );
      asked.on('error', reject);
      asked.end(body && JSON.stringify(body));
    });
  }

  /** Annotations that the audit log has of the newest request to a path. */
  async auditOf(uri: string): Promise<Record<string, string>> {
    const text = await readFile(this.#file('audit.log'), 'utf8');
    const events = text
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line))
      .filter(
        ({ requestURI, stage }) =>
          requestURI.startsWith(uri) && stage === 'ResponseComplete',
      );
    return events[events.length - 1]?.annotations ?? {};
  }

  #file(name: string): string {
    return join(this.#directory, name);
  }

  async #start(): Promise<void> {
    const etcd = `http://127.0.0.1:${await freePort()}`;
    const peer = `http://127.0.0.1:${await freePort()}`;
    this.#run(CONTROL_PLANE.etcd!, [
      ...['--data-dir', this.#file('etcd')],
      ...['--listen-client-urls', etcd, '--advertise-client-urls', etcd],
      ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer],
      ...['--initial-cluster', `default=${peer}`],
    ]);
    await this.#writeFiles();
    this.#port = await freePort();
    this.#run(CONTROL_PLANE.apiServer!, [
      `--etcd-servers=${etcd}`,
      `--secure-port=${this.#port}`,
      '--bind-address=127.0.0.1',
      // It refuses loopback here, and nobody is told this address.
      '--advertise-address=192.0.2.1',
      '--endpoint-reconciler-type=none',
      '--disable-admission-plugins=ServiceAccount',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${this.#file('sa.pub')}`,
      `--service-account-signing-key-file=${this.#file('sa.key')}`,
      `--tls-cert-file=${this.#file('tls.crt')}`,
      `--tls-private-key-file=${this.#file('tls.key')}`,
      `--token-auth-file=${this.#file('tokens.csv')}`,
      '--authorization-mode=RBAC',
      `--audit-policy-file=${this.#file('audit.yaml')}`,
      `--audit-log-path=${this.#file('audit.log')}`,
    ]);
    await this.#untilReady();
  }

  async #writeFiles(): Promise<void> {
    const { certificate, key } = issueServingCertificate();
    this.#certificate = certificate;
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
    });
    const files = {
      'tls.crt': certificate,
      'tls.key': key,
      'sa.key': privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      'sa.pub': publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      'tokens.csv': `${
        this.#token
      },administrator,administrator,system:masters\n`,
      'audit.yaml': JSON.stringify({
        apiVersion: 'audit.k8s.io/v1',
        kind: 'Policy',
        rules: [{ level: 'Metadata' }],
      }),
    };
    for (const [name, text] of Object.entries(files)) {
      await writeFile(this.#file(name), text, { mode: 0o600 });
    }
  }

  #run(program: string, args: string[]): void {
    this.#children.push(spawn(program, args, { stdio: 'ignore' }));
  }

  async #untilReady(): Promise<void> {
    const deadline = Date.now() + READY_DEADLINE_MS;
    while (Date.now() < deadline) {
      const answer = await this.call('GET', '/readyz').catch(() => undefined);
      if (answer?.status === 200) {
        return;
      }
      await new Promise(resolve => setTimeout(resolve, 250));
    }
    throw new Error('the API server was not ready in time');
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
