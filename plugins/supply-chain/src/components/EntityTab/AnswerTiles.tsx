import { schema } from 'backstage-plugin-supply-chain-common';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { useMessages } from '../../translations/useMessages';
import { OUTCOME_COLORS } from '../../ui/outcomeColors';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { useTableStyles } from '../../ui/tableStyles';
import { askedRules, tileText } from './tileText';

/** Fixed order: who knows the page finds the answer without reading. */
const QUESTIONS: schema.Tile['question'][] = [
  'signature',
  'provenance',
  'registry',
  'vulnerabilities',
  'policy',
];

const useStyles = makeStyles(
  theme => ({
    tiles: {
      display: 'grid',
      gridTemplateColumns: 'repeat(5, minmax(0, 1fr))',
      gap: theme.spacing(1.5),
      listStyle: 'none',
      margin: 0,
      padding: 0,
      [theme.breakpoints.down('sm')]: {
        gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
        '& > li:last-child': { gridColumn: '1 / -1' },
      },
    },
    tile: {
      border: `1px solid ${theme.palette.divider}`,
      borderLeft: '4px solid',
      borderRadius: 6,
      padding: theme.spacing(1.25, 1.5),
      background: theme.palette.background.paper,
      color: theme.palette.text.primary,
      minWidth: 0,
      overflowWrap: 'break-word',
      hyphens: 'auto',
    },
    question: { fontSize: '0.82rem', fontWeight: 400, margin: 0 },
    number: { fontSize: '1.15rem', margin: theme.spacing(0.25, 0) },
    reason: { fontSize: '0.82rem' },
  }),
  { name: 'SupplyChainAnswerTiles' },
);

function unaskedTile(question: schema.Tile['question']): schema.Tile {
  return {
    question,
    outcome: 'notApplicable',
    evaluated: false,
    counts: {
      pass: 0,
      fail: 0,
      warn: 0,
      unknown: 0,
      waived: 0,
      notApplicable: 0,
    },
    reasons: [],
  };
}

/**
 * The five answers, always in the same order; a question nobody asks yet shows a dash.
 */
export function AnswerTiles(props: {
  tiles: schema.Tile[];
  images: schema.ImageRow[];
}) {
  const classes = useStyles();
  const hidden = useTableStyles().hidden;
  const theme = useTheme();
  const messages = useMessages();
  const { t } = messages;
  const rules = askedRules(props.images);
  const colors = OUTCOME_COLORS[theme.palette.type];
  return (
    <section aria-label={t('entity.tilesTitle')}>
      <ul className={classes.tiles}>
        {QUESTIONS.map(question => {
          const tile =
            props.tiles.find(candidate => candidate.question === question) ??
            unaskedTile(question);
          const outcome = tile.evaluated ? tile.outcome : 'notApplicable';
          const { number, reason, details } = tileText(tile, rules, messages);
          return (
            <li
              key={question}
              className={classes.tile}
              style={{ borderLeftColor: colors[outcome] }}
            >
              <h3 className={classes.question}>
                {t(`entity.tile.${question}`)}
              </h3>
              <div className={classes.number}>
                {number === t('dash') ? (
                  number
                ) : (
                  <OutcomeLabel outcome={outcome}>
                    {number}
                    <span className={hidden}>
                      {' '}
                      ({t(`outcome.rule.${outcome}`)})
                    </span>
                  </OutcomeLabel>
                )}
              </div>
              <div className={classes.reason} title={details}>
                {reason}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
