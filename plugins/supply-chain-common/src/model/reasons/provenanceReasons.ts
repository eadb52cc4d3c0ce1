import { defineReasons } from './defineReasons';

/**
 * Reason codes about provenance. None of them explains a signature: the status of provenance is its own, and where a
 * signature of it is refused the code of the signature stands beside.
 */
export const provenanceReasons = defineReasons({
  provenanceContradictsCertificate: {
    about: 'provenance',
    meaning:
      'The provenance says something else about the build than the certificate that signed it.',
    advice:
      'Trust the certificate; find out who wrote the provenance, and build again.',
  },
  summaryOtherResource: {
    about: 'provenance',
    meaning: 'The verification summary is about another resource.',
    advice: 'Let the verifier write a summary for this repository and digest.',
  },
  summaryFailed: {
    about: 'provenance',
    meaning: 'The verifier says that the image failed its policy.',
    advice: 'Ask the verifier why, and build again.',
  },
  provenanceUnreadable: {
    about: 'provenance',
    meaning: 'The body of the provenance has not the form of its type.',
    advice: 'Build again with a current version of the builder.',
  },
  provenanceSignatureInvalid: {
    about: 'provenance',
    meaning: 'The signature of the provenance is not valid.',
    advice:
      'Attest again; if nobody changed the attestation, find out who did.',
  },
  provenanceSignerUntrusted: {
    about: 'provenance',
    meaning:
      'No trust root of the policy accounts for the signer of the provenance.',
    advice:
      'Let the trusted pipeline attest, or list its identity or key in a trust root.',
  },
  builderNotProven: {
    about: 'provenance',
    meaning:
      'The provenance names a builder that is not the workflow in the certificate.',
    advice:
      'Attest from the builder itself, or name the workflow that attests.',
  },
  builderNotListed: {
    about: 'provenance',
    meaning: 'The builder is not on the list of the rule.',
    advice: 'Build with a listed builder, or add this one to the rule.',
  },
  builderNotBound: {
    about: 'provenance',
    meaning: 'Nothing ties the builder to the key or person that signed.',
    advice: 'List the builder in the rule if the signer speaks for it.',
  },
  builderUnnamed: {
    about: 'provenance',
    meaning: 'The provenance names no builder or no type of build.',
    advice:
      'Build in CI, where BuildKit knows its builder, or set the builder.',
  },
  verifierNotListed: {
    about: 'provenance',
    meaning: 'The rule names no such verifier for the trust root that signed.',
    advice:
      'Name the verifier and its trust root in the rule if you rely on it.',
  },
  summaryWithoutLevel: {
    about: 'provenance',
    meaning: 'The verification summary names no SLSA Build level.',
    advice: 'Let the verifier state the level it verified.',
  },
  runnerSelfHosted: {
    about: 'provenance',
    meaning: 'The build ran on a self-hosted runner.',
    advice:
      'Build on a hosted runner, or allow self-hosted ones in the rule if yours are guarded.',
  },
  runnerNotHosted: {
    about: 'provenance',
    meaning: 'Nothing proves that the build ran on a hosted runner.',
    advice: 'Build on a hosted runner and attest with a current client.',
  },
  builderNotIsolated: {
    about: 'provenance',
    meaning: 'The builder is not one that isolates the build from its caller.',
    advice: 'For level 3 build with a vetted reusable workflow and list it.',
  },
  builderNotReleased: {
    about: 'provenance',
    meaning:
      'The builder was used from a branch or commit, not from a release.',
    advice: 'Call the builder by a release tag such as v2.1.0.',
  },
  builderInOwnRepository: {
    about: 'provenance',
    meaning: 'The builder lies in the repository it builds.',
    advice: 'For level 3 keep the builder where the project cannot change it.',
  },
  hashesFromCaller: {
    about: 'provenance',
    meaning:
      'The builder attests a digest its caller computed; the build itself ran in the caller.',
    advice:
      'Use a builder that builds the image itself where isolation matters.',
  },
  provenanceUnsigned: {
    about: 'provenance',
    meaning: 'Nobody signed the provenance: it is a claim.',
    advice: 'Sign it, for instance with cosign attest or actions/attest.',
  },
  levelTooLow: {
    about: 'provenance',
    meaning: 'The SLSA Build level is below the one the rule asks for.',
    advice: 'See why the level is no higher, and change the pipeline.',
  },
  triggerNotAllowed: {
    about: 'provenance',
    meaning: 'The build was started by something that must not make a release.',
    advice:
      'Deploy what was built from a branch or tag, not from a pull request.',
  },
  pullRequestRef: {
    about: 'provenance',
    meaning: 'The image was built from the code of a pull request.',
    advice: 'Merge it, and deploy what is built from the branch.',
  },
  builderChanged: {
    about: 'provenance',
    meaning: 'Another builder made the image before it.',
    advice: 'Check that the change of the builder was meant.',
  },
  workflowChanged: {
    about: 'provenance',
    meaning: 'Another workflow made the image before it.',
    advice: 'Check that the change of the workflow was meant.',
  },
  repositoryChanged: {
    about: 'provenance',
    meaning: 'The image before it was built from another repository.',
    advice: 'Check that the move of the source was meant.',
  },
  noProvenance: {
    about: 'provenance',
    meaning: 'Every place was read and holds no provenance.',
    advice: 'Let the pipeline that pushes the image attest how it was built.',
  },
  builtFromOtherRepository: {
    about: 'provenance',
    meaning: 'The image was built from another repository than expected.',
    advice:
      'Build it from its own repository, or correct the source location in the catalog.',
  },
  sourceNotListed: {
    about: 'provenance',
    meaning:
      'The policy does not list the repository the image was built from.',
    advice: 'Build from a listed repository, or add this one to the policy.',
  },
  repositoryIdChanged: {
    about: 'provenance',
    meaning:
      'The repository has the address of an earlier one and is not the same.',
    advice:
      'Find out whether it was deleted and made again, and by whom, before you deploy.',
  },
  sourceOnlyClaimed: {
    about: 'provenance',
    meaning:
      'Only a claim that nobody trusted signed says where it was built from.',
    advice: 'Sign the provenance with an identity or key of a trust root.',
  },
  sourceNotStated: {
    about: 'provenance',
    meaning: 'Nothing says which repository the image was built from.',
    advice:
      'Attest provenance, or sign with a certificate that names the source repository.',
  },
  noExpectedSource: {
    about: 'provenance',
    meaning: 'Nothing says which repository the image should be built from.',
    advice:
      'Set backstage.io/source-location, or list sourceRepositories in the policy.',
  },
  thirdPartyImage: {
    about: 'provenance',
    meaning: 'The image is not one of ours, so it is not built from our code.',
    advice: 'List it in ownImages of the policy if it is yours.',
  },
});
