import { AnnotatedImage, RunningImage } from '../model/runningImage';
import { PolicyFacts } from './types';

/**
 * Tells an image that runs or ran from one that an annotation names.
 *
 * @public
 */
export function isRunningImage(
  image: Omit<RunningImage, 'entityRefs'> | AnnotatedImage,
): image is Omit<RunningImage, 'entityRefs'> {
  return 'workload' in image;
}

/**
 * What policies see of an image itself, and of where it runs.
 *
 * @public
 */
export function imageFacts(
  image: Omit<RunningImage, 'entityRefs'> | AnnotatedImage,
): Pick<PolicyFacts, 'image' | 'where'> {
  const { imageRef, repository, digest, digestSource } = image;
  const named = {
    imageRef,
    digestSource,
    ...(repository && { repository }),
    ...(digest && { digest }),
  };
  if (!isRunningImage(image)) {
    // As for an image that the command line is asked about: nothing says that it would not start.
    return {
      image: { ...named, started: true, containerType: 'app' },
      where: null,
    };
  }
  const { imageIDRepository, platform, cluster, namespace } = image;
  return {
    image: {
      ...named,
      started: image.started,
      containerType: image.containerType,
      ...(imageIDRepository && { imageIDRepository }),
      ...(platform && { platform }),
    },
    where: { cluster, namespace },
  };
}
