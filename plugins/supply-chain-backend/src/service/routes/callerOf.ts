import {
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { Request } from 'express';

/** Users and services may ask; what they see is decided by their permissions. */
export async function callerOf(
  httpAuth: HttpAuthService,
  request: unknown,
): Promise<BackstageCredentials> {
  // The typed router narrows the request of each route; the services take the general one.
  return httpAuth.credentials(request as Request, {
    allow: ['user', 'service'],
  });
}
