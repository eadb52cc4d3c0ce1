import { defineReasons } from './defineReasons';

/** Reason codes about registries and references. */
export const registryReasons = defineReasons({
  registryRefused: {
    about: 'registry',
    status: 'unavailable',
    meaning: 'The registry refused the request (401 or 403).',
    advice: 'Give the portal pull rights on the repository.',
  },
  rateLimited: {
    about: 'registry',
    status: 'unavailable',
    meaning: 'The registry limits requests (429).',
    advice: 'Wait, or give the portal credentials with a higher limit.',
  },
  registryUnavailable: {
    about: 'registry',
    status: 'unavailable',
    meaning: 'The registry did not answer or answered with an error.',
    advice: 'Check the registry; the next look is scheduled.',
  },
  registryTimeout: {
    about: 'registry',
    status: 'unavailable',
    meaning: 'The registry did not answer in time.',
    advice: 'Check the registry; the next look is scheduled.',
  },
  accessNotProven: {
    about: 'registry',
    status: 'unavailable',
    meaning:
      'The registry says "not found", and it is not proven that the portal may read the repository.',
    advice: 'Give the portal pull rights on the repository.',
  },
  subjectNotFound: {
    about: 'registry',
    status: 'unavailable',
    meaning: 'The registry no longer holds the image that runs.',
    advice:
      'Restore the image or deploy one that exists; its signature cannot be looked up.',
  },
  wrongContentType: {
    about: 'registry',
    status: 'unavailable',
    meaning: 'The registry answered with an unexpected content type.',
    advice: 'Check what answers under that address.',
  },
  malformedDocument: {
    about: 'registry',
    status: 'unavailable',
    meaning: 'The registry answered with a document that cannot be read.',
    advice: 'Check what answers under that address.',
  },
  digestMismatch: {
    about: 'registry',
    status: 'unavailable',
    meaning:
      'The registry answered with bytes that do not have the requested digest.',
    advice: 'Check the registry and everything between it and the portal.',
  },
  tooLarge: {
    about: 'registry',
    status: 'unavailable',
    meaning: 'The answer is larger than allowed.',
    advice: 'Check the artifact, or raise the limit in the configuration.',
  },
  tooManyCandidates: {
    about: 'registry',
    status: 'unavailable',
    meaning: 'More signatures are attached than are read.',
    advice: 'Remove signatures that are not needed.',
  },
  registryNotAllowed: {
    about: 'registry',
    status: 'unavailable',
    meaning: 'The registry is not in the list the portal may speak to.',
    advice:
      'Add it to `supplyChain.registryAllowList`, or deploy from a listed registry.',
  },
  addressNotAllowed: {
    about: 'registry',
    status: 'unavailable',
    meaning: 'The registry resolves to a private or reserved address.',
    advice: 'List the host with `allowPrivateAddress` if it is yours.',
  },
  redirectRefused: {
    about: 'registry',
    status: 'unavailable',
    meaning: 'The registry redirects where the portal does not follow.',
    advice:
      'Check the registry; redirects from https to http and long chains are refused.',
  },
  tokenRealmRefused: {
    about: 'registry',
    status: 'unavailable',
    meaning:
      'The registry sends to a token service the portal does not trust with its credentials.',
    advice:
      'List the host of the token service under `tokenHosts` of the registry if it is yours.',
  },
  credentialsWithheld: {
    about: 'registry',
    status: 'unavailable',
    meaning:
      'The registry wants credentials, and those configured for the repository are for other images.',
    advice:
      'Run the image where `onlyFor` of the registry allows it, or extend `onlyFor`.',
  },
  annotatedImageNotAllowed: {
    about: 'registry',
    status: 'unavailable',
    meaning:
      'An annotation names an image of one of your registries, and the service runs nothing from its repository.',
    advice:
      'Run an image of the repository for this service, or list it under `supplyChain.annotatedImages.allow`.',
  },
  notFound: {
    about: 'registry',
    meaning: 'The registry does not hold the document.',
    advice: 'Nothing, when it is optional; otherwise push it again.',
  },
  lookCancelled: {
    about: 'registry',
    status: 'unavailable',
    meaning: 'The look at the registry was cancelled before it ended.',
    advice: 'Wait; the next look is scheduled.',
  },
  evidenceExpired: {
    about: 'registry',
    status: 'unavailable',
    meaning: 'The last good look is too old to stand.',
    advice: 'Find out why later looks failed; see the sources page.',
  },
  evidenceStale: {
    about: 'registry',
    meaning: 'The registry was not asked for longer than the policy allows.',
    advice: 'See on the sources page why it is not asked any more.',
  },
  notCollectedYet: {
    about: 'registry',
    status: 'unavailable',
    meaning: 'Nothing has looked yet.',
    advice: 'Wait a moment, or press Re-check.',
  },
  repositoryNotAllowed: {
    about: 'registry',
    meaning: 'The image does not come from an allowed registry or repository.',
    advice: 'Deploy from an allowed registry.',
  },
  unpinnedReference: {
    about: 'registry',
    meaning: 'The workload names a tag and no digest.',
    advice: 'Deploy by digest.',
  },
  movingTag: {
    about: 'registry',
    meaning: 'The workload names a tag that moves, such as latest.',
    advice: 'Deploy a version by digest.',
  },
});
