const CODE = /`([^`]+)`/;

/**
 * Words of this product, as of a reason code, in which backticks stand around code.
 */
export function WithCode(props: { text: string }) {
  // At odd places stands what was between backticks.
  const parts = props.text.split(CODE);
  return (
    <>
      {parts.map((part, index) =>
        // eslint-disable-next-line react/no-array-index-key -- the place is all that tells them apart
        index % 2 === 1 ? <code key={index}>{part}</code> : part,
      )}
    </>
  );
}
