import { parseImageReference } from '../../../model/imageReference';
import { imageOwnership } from '../../imageOwnership';
import {
  subjectProblem,
  unreadableReference,
} from '../../rules/subjectProblem';
import { DeriveFacts, RootFacts, Unavailable } from './RootFacts';

/** `image`. */
export const imageFactsOf: DeriveFacts<'image'> = ({ facts, policy }) => {
  const { image } = facts;
  const parsed = parseImageReference(image.imageRef);
  const reference = parsed.ok ? parsed.reference : undefined;
  const ownership = imageOwnership(policy, image);
  const { digest, imageIDRepository, platform } = image;
  return {
    value: {
      reference: image.imageRef,
      registry: reference?.domain ?? '',
      repository: image.repository ?? '',
      tag: reference?.tag ?? '',
      digestSource: image.digestSource,
      containerType: image.containerType,
      started: image.started,
      own: ownership === 'own',
      platformImage: ownership === 'platform',
      ...(digest && { digest }),
      ...(imageIDRepository && { imageIDRepository }),
      ...(platform && { platform }),
    },
    ...unreadFields(facts, reference !== undefined),
  };
};

const FROM_REFERENCE = [
  'registry',
  'repository',
  'tag',
  'own',
  'platformImage',
] as const;

function unreadFields(
  facts: Parameters<typeof subjectProblem>[0],
  isReadable: boolean,
): Pick<RootFacts<'image'>, 'unavailableFields'> {
  if (!isReadable || facts.image.repository === undefined) {
    return {
      unavailableFields: {
        fields: [...FROM_REFERENCE, 'digest'],
        why: whyOf(unreadableReference(facts)),
      },
    };
  }
  const problem = subjectProblem(facts);
  return problem
    ? { unavailableFields: { fields: ['digest'], why: whyOf(problem) } }
    : {};
}

/** What rules say of an image without a subject, as the reason why its facts cannot be told. */
export function whyOf({
  reason,
  message,
}: ReturnType<typeof unreadableReference>): Unavailable {
  return { reason: reason!, message };
}

/** `place`. */
export const placeFactsOf: DeriveFacts<'place'> = ({ facts: { where } }) => ({
  value: { ...where },
  ...(where === undefined && {
    unavailable: notKnown('It is not known here where the image runs.'),
  }),
});

/** `entity`. */
export const entityFactsOf: DeriveFacts<'entity'> = ({
  facts: { entity },
}) => ({
  value: { ...entity },
  ...(entity === undefined && {
    unavailable: notKnown(
      'It is not known here which entity the image belongs to.',
    ),
  }),
});

function notKnown(message: string): Unavailable {
  return { reason: 'contextNotKnown', message };
}

const HOUR_MS = 60 * 60 * 1000;

/** `now`: what compares instants with it may change at any moment, so it is looked at again every hour. */
export const nowFactsOf: DeriveFacts<'now'> = ({ now }) => ({
  value: now.toISOString(),
  nextChangeAt: new Date(now.getTime() + HOUR_MS).toISOString(),
});
