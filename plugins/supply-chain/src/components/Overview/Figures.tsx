import { schema } from 'backstage-plugin-supply-chain-common';
import { Link } from '@backstage/core-components';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { Messages, useMessages } from '../../translations/useMessages';
import { useLinks } from '../../hooks/useLinks';
import { useUrlState } from '../../hooks/useUrlState';
import { mutedColor, OUTCOME_COLORS } from '../../ui/outcomeColors';

const useStyles = makeStyles(
  theme => ({
    strip: {
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fit, minmax(128px, 1fr))',
      // Two even rows where one has no room for all eight.
      '@media (min-width: 700px) and (max-width: 1399px)': {
        gridTemplateColumns: 'repeat(4, 1fr)',
      },
      gap: theme.spacing(1.5),
      listStyle: 'none',
      margin: 0,
      padding: 0,
    },
    figure: {
      display: 'flex',
      flexDirection: 'column',
      height: '100%',
      boxSizing: 'border-box',
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 6,
      padding: theme.spacing(1.25, 1.75),
      background: theme.palette.background.paper,
      color: theme.palette.text.primary,
      '&:hover, &:focus-visible': {
        textDecoration: 'none',
        borderColor: mutedColor(theme),
      },
    },
    number: { fontSize: '1.4rem', lineHeight: 1.3, fontWeight: 700 },
    label: {
      fontSize: '0.82rem',
      lineHeight: 1.35,
      overflowWrap: 'break-word',
    },
    beside: {
      fontSize: '0.8rem',
      lineHeight: 1.35,
      // Two lines at most; the title has all of it.
      display: '-webkit-box',
      overflow: 'hidden',
      WebkitBoxOrient: 'vertical',
      WebkitLineClamp: 2,
      color: mutedColor(theme),
    },
  }),
  { name: 'SupplyChainFigures' },
);

type Figure = {
  id: string;
  number: string;
  tone?: schema.Outcome;
  label: string;
  beside: string;
  /** All of what stands beside, where that is shortened. */
  details?: string;
  to: string;
};

/** Rounded down: only all of them are 100 % (L27). */
function percentText(share: schema.Share, { t }: Messages): string {
  return share.applicable === 0
    ? t('dash')
    : t('overview.figures.percent', {
        percent: Math.floor((100 * share.pass) / share.applicable),
      });
}

function shareText(share: schema.Share, { t }: Messages): string {
  if (share.applicable === 0) {
    return t('overview.figures.none');
  }
  const text = t('overview.figures.share', {
    pass: share.pass,
    total: share.applicable,
  });
  return share.unknown > 0
    ? `${text} · ${t('overview.figures.unknown', { count: share.unknown })}`
    : text;
}

type LinkTo = (filter: Record<string, string>) => string;

function shareFigures(
  figures: schema.KeyFigures,
  messages: Messages,
  linkTo: LinkTo,
): Figure[] {
  const { t } = messages;
  return [
    {
      id: 'signed',
      number: percentText(figures.signed, messages),
      label: t('overview.figures.signed'),
      beside: shareText(figures.signed, messages),
      to: linkTo({ signature: 'fail' }),
    },
    {
      id: 'ownRepository',
      number: percentText(figures.builtFromOwnRepository, messages),
      label: t('overview.figures.ownRepository'),
      beside: shareText(figures.builtFromOwnRepository, messages),
      to: linkTo({ provenance: 'fail' }),
    },
    {
      id: 'registry',
      number: percentText(figures.registryAllowed, messages),
      label: t('overview.figures.registry'),
      beside: shareText(figures.registryAllowed, messages),
      to: linkTo({ registry: 'fail' }),
    },
    {
      id: 'scanned',
      number: percentText(figures.scannedFresh, messages),
      label: t('overview.figures.scanned'),
      beside: shareText(figures.scannedFresh, messages),
      to: linkTo({ scan: 'fail' }),
    },
  ];
}

function reasonTexts(
  reasons: schema.KeyFigures['cannotTellReasons'],
  { t, label, meaning }: Messages,
): Pick<Figure, 'beside' | 'details'> {
  const [first, ...others] = reasons;
  if (!first) {
    return { beside: '' };
  }
  const worst = t('overview.figures.reason', {
    count: first.count,
    label: label(first.code),
  });
  return {
    beside: others.length > 0 ? `${worst} +${others.length}` : worst,
    details: reasons
      .map(({ code, count }) =>
        t('overview.figures.reason', { count, label: meaning(code) }),
      )
      .join('\n'),
  };
}

/** What is not scanned is in neither number, and is not nothing (L8). */
function openText(
  { fixableCritical, unscanned }: schema.KeyFigures,
  { t }: Messages,
): string {
  const text = t('overview.figures.ofOpen', { count: fixableCritical });
  return unscanned > 0
    ? `${text} · ${t('overview.figures.unscanned', { count: unscanned })}`
    : text;
}

function countFigures(
  figures: schema.KeyFigures,
  messages: Messages,
  linkTo: LinkTo,
): Figure[] {
  const { t, number } = messages;
  const toneOf = (count: number, tone: schema.Outcome) =>
    count > 0 ? tone : undefined;
  return [
    {
      id: 'failing',
      number: number(figures.servicesFailing),
      tone: toneOf(figures.servicesFailing, 'fail'),
      label: t('overview.figures.failing'),
      beside: t('overview.figures.ofServices', { count: figures.services }),
      to: linkTo({ outcome: 'fail' }),
    },
    {
      id: 'overdue',
      number: number(figures.fixableCriticalOverdue),
      tone: toneOf(figures.fixableCriticalOverdue, 'fail'),
      label: t('overview.figures.overdue'),
      beside: openText(figures, messages),
      to: linkTo({ outcome: 'fail' }),
    },
    {
      id: 'cannotTell',
      number: number(figures.cannotTell),
      tone: toneOf(figures.cannotTell, 'unknown'),
      label: t('overview.figures.cannotTell'),
      ...reasonTexts(figures.cannotTellReasons, messages),
      to: linkTo({ outcome: 'unknown' }),
    },
  ];
}

/**
 * The key figures; each leads to the services behind it.
 */
export function Figures(props: { figures: schema.KeyFigures }) {
  const { figures } = props;
  const messages = useMessages();
  const { t, number } = messages;
  const classes = useStyles();
  const theme = useTheme();
  const links = useLinks();
  const owner = useUrlState().get('owner');
  const linkTo: LinkTo = filter =>
    links.overview(owner ? { ...filter, owner } : filter);
  const all: Figure[] = [
    ...shareFigures(figures, messages, linkTo),
    ...countFigures(figures, messages, linkTo),
    ...(figures.unlinked === undefined
      ? []
      : [
          {
            id: 'unlinked',
            number: number(figures.unlinked),
            label: t('overview.figures.unlinked'),
            beside: t('overview.figures.notCounted'),
            to: links.unlinked(),
          },
        ]),
  ];
  return (
    <section aria-label={t('overview.figures.title')}>
      <ul className={classes.strip}>
        {all.map(figure => (
          <li key={figure.id}>
            <Link to={figure.to} className={classes.figure}>
              <span
                className={classes.number}
                style={
                  figure.tone && {
                    color: OUTCOME_COLORS[theme.palette.type][figure.tone],
                  }
                }
              >
                {figure.number}
              </span>
              <span className={classes.label}>{figure.label}</span>
              <span className={classes.beside} title={figure.details}>
                {figure.beside}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
