import { defineReasons } from './defineReasons';

/** Reason codes about clusters and other sources. */
export const sourceReasons = defineReasons({
  collectorError: {
    about: 'source',
    status: 'unavailable',
    meaning: 'The collector failed unexpectedly.',
    advice: 'See the log of the backend; please report it.',
  },
  clusterUnreachable: {
    about: 'source',
    meaning: 'The cluster cannot be reached.',
    advice: 'Check the connection; the last known state is shown with its age.',
  },
  clusterRefused: {
    about: 'source',
    meaning: 'The cluster refused the credentials (401).',
    advice:
      'Renew the token of the service account, in the Kubernetes plugin or under supplyChain.clusters.',
  },
  clusterForbidden: {
    about: 'source',
    meaning: 'The portal may not list a resource (403).',
    advice: 'Apply deploy/rbac.yaml.',
  },
  clusterNeedsUser: {
    about: 'source',
    meaning: 'Only a signed-in user can reach the cluster.',
    advice: 'Configure the cluster with a service account.',
  },
  clusterCredentialUnreadable: {
    about: 'source',
    meaning: 'The file with the token or a certificate cannot be read.',
    advice: 'Check the path and its rights; the file is read at every try.',
  },
  clusterTlsUnverified: {
    about: 'source',
    meaning:
      'The certificate of the cluster is not checked: whoever stands between can answer in its place and read the token.',
    advice: 'Set caFile or caData in place of skipTLSVerify.',
  },
  clusterNamedTwice: {
    about: 'source',
    meaning:
      'Two clusters have this name, one of the Kubernetes plugin and one under supplyChain.clusters; neither is read.',
    advice: 'Rename one of them, or remove one.',
  },
  resourceMissing: {
    about: 'source',
    meaning: 'The cluster does not know the resource (404).',
    advice: 'Install the operator that defines it.',
  },
  malformedAnswer: {
    about: 'source',
    meaning: 'The source answered with something that cannot be read.',
    advice: 'Check what answers under that address.',
  },
  answerTooLarge: {
    about: 'source',
    meaning: 'The source answered with more than is read.',
    advice: 'Narrow what it returns.',
  },
  sourceTimeout: {
    about: 'source',
    meaning: 'The source did not answer in time.',
    advice: 'Check the connection; the next try is scheduled.',
  },
  trustMaterialExpires: {
    about: 'source',
    meaning:
      'Something a trust root stands on ends within 30 days, or has ended.',
    advice:
      'Add what takes its place to the trust root, and sign with it before the end.',
  },
  clockSuspect: {
    about: 'source',
    meaning: 'The clock jumped back by more than five minutes.',
    advice: 'Check the time of the host.',
  },
  exploitDataUnreachable: {
    about: 'source',
    meaning: 'The file or address with data about exploits cannot be read.',
    advice:
      'Check the path or the address; the last good data stays in use, with its age.',
  },
  exploitDataMalformed: {
    about: 'source',
    meaning: 'The data about exploits is not in the format it is published in.',
    advice:
      'Check what stands there; the last good data stays in use, with its age.',
  },
  exploitDataIncomplete: {
    about: 'source',
    meaning:
      'The data about exploits is not whole, or older than what was read before.',
    advice:
      'Fetch it again; the last good data stays in use, because what is missing would read as "not exploited".',
  },
});
