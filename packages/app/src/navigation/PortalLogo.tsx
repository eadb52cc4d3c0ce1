import { Link, useSidebarOpenState } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  link: {
    display: 'flex',
    alignItems: 'center',
    gap: 12,
    height: 64,
    padding: '0 20px',
    color: '#fff',
    whiteSpace: 'nowrap',
    fontWeight: 700,
    lineHeight: 1.2,
  },
  mark: { width: 32, height: 32, flexShrink: 0 },
});

/** The mark of the portal, with its name while the sidebar is open; leads to the first page. */
export const PortalLogo = () => {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();
  return (
    <Link
      to="/"
      underline="none"
      className={classes.link}
      aria-label="Supply Chain Security, first page"
    >
      <svg className={classes.mark} viewBox="0 0 32 32" aria-hidden="true">
        <g
          fill="none"
          stroke="#7de2d1"
          strokeWidth="3"
          strokeLinecap="round"
          strokeLinejoin="round"
        >
          <rect x="4.5" y="11.5" width="13" height="9" rx="4.5" />
          <path d="M14.500 20.500h8.500a4.500 4.500 0 0 0 4.500-4.500a4.500 4.500 0 0 0-4.500-4.500h-2.500" />
        </g>
        <path
          d="M13 16l2.600 2.600l5-5.200"
          fill="none"
          stroke="currentColor"
          strokeWidth="2.400"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      {isOpen && (
        <span>
          Supply Chain
          <br />
          Security
        </span>
      )}
    </Link>
  );
};
