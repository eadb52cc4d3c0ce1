import { vocabulary } from '../translations/en/vocabulary';
import { MessageKey } from '../translations/ref';
import { useMessages } from '../translations/useMessages';

/**
 * The word for a place where signatures lie; an unknown one is shown as it is.
 */
export function usePlaceName(): (place: string) => string {
  const { t } = useMessages();
  return place =>
    Object.hasOwn(vocabulary.place, place)
      ? t(`place.${place}` as MessageKey)
      : place;
}
