import { makeStyles } from '@material-ui/core/styles';
import { CompoundEntityRef, parseEntityRef } from '@backstage/catalog-model';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { HostileText } from './HostileText';

const useStyles = makeStyles(
  theme => ({
    chip: {
      display: 'inline-block',
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 12,
      padding: '0 9px',
      fontSize: '0.8rem',
      background: theme.palette.background.default,
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'SupplyChainEntityChip' },
);

/** The forms of kind, namespace and name the catalog knows; anything else is no reference. */
const KIND = /^[a-zA-Z][a-zA-Z0-9]*$/;
const NAME = /^[a-zA-Z0-9]([a-zA-Z0-9_.-]*[a-zA-Z0-9])?$/;

function readEntityRef(
  text: string,
  defaultKind: string,
): CompoundEntityRef | undefined {
  try {
    const reference = parseEntityRef(text, {
      defaultKind,
      defaultNamespace: 'default',
    });
    const { kind, namespace, name } = reference;
    return KIND.test(kind) && NAME.test(namespace) && NAME.test(name)
      ? reference
      : undefined;
  } catch {
    // Not a reference: shown as text instead of a link.
    return undefined;
  }
}

/**
 * A link to an entity; text that is no entity reference stays text.
 */
export function EntityLink(props: {
  entityRef: string;
  defaultKind?: string;
  title?: string;
}) {
  const { entityRef, defaultKind = 'group', title } = props;
  const reference = readEntityRef(entityRef, defaultKind);
  return reference ? (
    <EntityRefLink
      entityRef={reference}
      defaultKind={defaultKind}
      title={title}
      hideIcon
      disableTooltip
    />
  ) : (
    <HostileText text={entityRef} />
  );
}

/**
 * A person, team or role as a chip.
 */
export function OwnerChip(props: { entityRef?: string; text: string }) {
  const classes = useStyles();
  const { entityRef, text } = props;
  return (
    <span className={classes.chip}>
      {entityRef ? (
        <EntityLink entityRef={entityRef} />
      ) : (
        <HostileText text={text} />
      )}
    </span>
  );
}
