/** What tests read of the API; the full shapes are generated from the OpenAPI document. */
export type ImageRow = {
  imageRef: string;
  repository?: string;
  digest?: string;
  outcome: string;
  counted: boolean;
  signature?: {
    status: string;
    reason?: string;
    relation?: string;
    scheme?: string;
  };
  provenance?: { status: string; level: number; source?: string };
  vulnerabilities?: {
    status: string;
    scanner?: string;
    counts?: Record<string, number>;
  };
  verdicts: { findings: { outcome: string; reason?: string }[] }[];
  placements: { container: string; cluster: string; workloadName: string }[];
};

/** The report of an entity. */
export type EntityReport = {
  entityRef: string;
  state: string;
  outcome: string;
  pending: number;
  images: ImageRow[];
  otherEnforcers?: {
    results: {
      source?: string;
      policy: string;
      rule?: string;
      result: string;
      workload: { cluster: string; kind: string; name: string };
    }[];
    notes: { reason: string; source?: string; results?: number }[];
  };
};

/** A client of the API with the rights of whoever signed in. */
export type ApiClient = {
  get<T>(path: string): Promise<T>;
  token: string;
};

/** Signs in without a browser: as guest, or as one of the sandbox's people. */
export async function openApi(
  url: string,
  provider = 'guest',
): Promise<ApiClient> {
  const signedIn = await fetch(`${url}/api/auth/${provider}/refresh`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  const { backstageIdentity } = (await signedIn.json()) as {
    backstageIdentity: { token: string };
  };
  const { token } = backstageIdentity;
  return {
    token,
    async get(path) {
      const response = await fetch(`${url}/api/supply-chain${path}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      if (!response.ok) {
        throw new Error(`${path}: ${response.status} ${await response.text()}`);
      }
      return response.json() as never;
    },
  };
}

/** Asks again until the condition holds; fails with the last answer or error after the deadline. */
export async function eventually<T>(
  ask: () => Promise<T>,
  holds: (answer: T) => boolean,
  deadlineMs = 30_000,
): Promise<T> {
  const end = Date.now() + deadlineMs;
  let last = 'no answer';
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (holds(answer)) {
        return answer;
      }
      last = JSON.stringify(answer).slice(0, 2000);
    } catch (error) {
      // A portal that has just started does not know every service yet.
      last = String(error);
    }
    await new Promise(resolve => setTimeout(resolve, 250));
  }
  throw new Error(
    `expected the condition within ${deadlineMs} ms, last: ${last}`,
  );
}
