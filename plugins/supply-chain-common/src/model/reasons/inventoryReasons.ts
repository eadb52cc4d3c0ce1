import { defineReasons } from './defineReasons';

/** Reason codes about running containers. */
export const inventoryReasons = defineReasons({
  referenceUnreadable: {
    about: 'inventory',
    status: 'unavailable',
    meaning: 'The image reference is not valid.',
    advice: 'Correct the reference in the workload or annotation.',
  },
  tooManyAnnotatedImages: {
    about: 'inventory',
    meaning:
      'The annotation names more images than are read; this one and those after it are left out.',
    advice: 'Name fewer images.',
  },
  digestUnknown: {
    about: 'inventory',
    meaning: 'The cluster does not report a registry digest for the container.',
    advice:
      'Pull the image from a registry; images loaded on the node have none.',
  },
  neverStarted: {
    about: 'inventory',
    meaning: 'The container never started.',
    advice: 'See the pod; it is shown and not counted.',
  },
});
