import { ReactNode, useId } from 'react';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';

/**
 * Tabs within a page; which one is open is the caller's to remember.
 */
export function TabBar<T extends string>(props: {
  label: string;
  tabs: readonly { id: T; label: string }[];
  selected: T;
  onSelect: (id: T) => void;
  children: ReactNode;
}) {
  const { label, tabs, selected, onSelect, children } = props;
  const id = useId();
  return (
    <div style={{ minWidth: 0 }}>
      <Tabs
        aria-label={label}
        value={selected}
        onChange={(_event, next: T) => onSelect(next)}
        variant="scrollable"
        scrollButtons="auto"
        indicatorColor="primary"
        textColor="primary"
        selectionFollowsFocus={false}
      >
        {tabs.map(tab => (
          <Tab
            key={tab.id}
            value={tab.id}
            label={tab.label}
            id={`${id}-tab-${tab.id}`}
            aria-controls={`${id}-panel`}
            style={{ textTransform: 'none', minWidth: 0 }}
          />
        ))}
      </Tabs>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-tab-${selected}`}
        style={{ paddingTop: 16 }}
      >
        {children}
      </div>
    </div>
  );
}
