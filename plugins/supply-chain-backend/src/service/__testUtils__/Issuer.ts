import { generateKeyPairSync, KeyObject, sign } from 'node:crypto';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** What tokens are made for. */
export const AUDIENCE = 'https://backstage.acme.example';

/** Who makes them. */
export const ISSUER = 'https://issuer.acme.example';

/** Publishes the key of an issuer that lives as long as the test. */
export class Issuer {
  readonly url: string;
  readonly #server: Server;
  readonly #key: KeyObject;

  static async start(): Promise<Issuer> {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
    });
    const jwk = {
      ...publicKey.export({ format: 'jwk' }),
      kid: 'k',
      alg: 'RS256',
    };
    const server = createServer((_, res) => {
      res.setHeader('Content-Type', 'application/json');
      res.end(JSON.stringify({ keys: [jwk] }));
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    return new Issuer(server, privateKey);
  }

  private constructor(server: Server, key: KeyObject) {
    this.#server = server;
    this.#key = key;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  token(claims: object, key = this.#key): string {
    const now = Math.floor(Date.now() / 1000);
    const encode = (value: object) =>
      Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = [
      encode({ alg: 'RS256', kid: 'k', typ: 'JWT' }),
      encode({
        iss: ISSUER,
        aud: AUDIENCE,
        iat: now,
        exp: now + 300,
        ...claims,
      }),
    ].join('.');
    const signature = sign('sha256', Buffer.from(text), key);
    return `${text}.${signature.toString('base64url')}`;
  }

  stop(): void {
    this.#server.close();
  }
}
