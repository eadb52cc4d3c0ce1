import { makeStyles } from '@material-ui/core/styles';
import TablePagination from '@material-ui/core/TablePagination';
import { useMessages } from '../../translations/useMessages';
import { usePageState } from '../../hooks/useUrlState';

const useStyles = makeStyles({
  // In two lines where it is narrow; Material UI would let the button to the next page scroll out of sight.
  toolbar: { flexWrap: 'wrap', justifyContent: 'flex-end', paddingLeft: 0 },
  spacer: { flex: '1 0 0' },
});

/**
 * Steps through a list the backend pages, 10 to 250 rows at a time; `list` as for {@link usePageState}.
 */
export function Pager(props: { total: number; list?: string }) {
  const { total, list } = props;
  const { t } = useMessages();
  const { page, pageSize, pageSizes, setPage, setPageSize } =
    usePageState(list);
  const classes = useStyles();
  const lastPage = Math.max(0, Math.ceil(total / pageSize) - 1);
  return (
    <TablePagination
      component="div"
      classes={classes}
      count={total}
      page={Math.min(page, lastPage)}
      rowsPerPage={pageSize}
      rowsPerPageOptions={pageSizes}
      labelRowsPerPage={t('table.rowsPerPage')}
      labelDisplayedRows={({ from, to, count }) =>
        t('table.range', { from, to, total: count })
      }
      nextIconButtonText={t('table.next')}
      backIconButtonText={t('table.previous')}
      SelectProps={{
        native: true,
        inputProps: { 'aria-label': t('table.rowsPerPage') },
      }}
      onPageChange={(_event, next) => setPage(next)}
      onRowsPerPageChange={event => setPageSize(Number(event.target.value))}
    />
  );
}
