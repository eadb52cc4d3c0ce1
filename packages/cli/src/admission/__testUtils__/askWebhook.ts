import { request as httpsRequest } from 'node:https';
import type { AdmissionReviewAnswer } from '../answer';

/** An answer of the webhook as the API server sees it. */
export type WebhookAnswer = {
  status: number;
  text: string;
  response: AdmissionReviewAnswer['response'];
};

/** A webhook on 127.0.0.1. */
export type WebhookAddress = {
  port: number;
  /** PEM of its certificate, which is its own authority. */
  certificate: string;
};

/** The body an API server sends about a request. */
export function reviewBody(request: object): string {
  return JSON.stringify({
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: { uid: '705ab4f5-6393-11e8-b7cc-42010a800002', ...request },
  });
}

/** Posts a body over HTTPS, each on a connection of its own. */
export function postToWebhook(
  { port, certificate }: WebhookAddress,
  call: {
    path: string;
    body: string | Uint8Array;
    /** @defaultValue the content type of JSON */
    headers?: Record<string, string>;
  },
): Promise<WebhookAnswer> {
  const { path, body } = call;
  const headers = call.headers ?? { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const request = httpsRequest(
      {
        host: '127.0.0.1',
        port,
        path,
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        ca: certificate,
        agent: false,
      },
      response => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', chunk => {
          text += chunk;
        });
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            text,
            response: response.headers['content-type']?.includes('json')
              ? JSON.parse(text).response
              : undefined,
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
