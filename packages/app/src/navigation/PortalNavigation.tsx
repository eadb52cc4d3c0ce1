import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarSpace,
} from '@backstage/core-components';
import type {
  NavContentComponentProps,
  NavContentNavItem,
} from '@backstage/plugin-app-react';
import MenuIcon from '@material-ui/icons/Menu';
import SettingsIcon from '@material-ui/icons/Settings';
import { PortalLogo } from './PortalLogo';

const NavigationItem = ({ href, icon, title }: NavContentNavItem) => (
  <SidebarItem to={href} icon={() => icon} text={title} />
);

/**
 * The pages of the portal: catalog and supply chain first, whatever other
 * plugins bring after them, what concerns the signed-in person at the end.
 */
export const PortalNavigation = ({ navItems }: NavContentComponentProps) => {
  const items = navItems.withComponent(NavigationItem);
  return (
    <Sidebar>
      <PortalLogo />
      <SidebarDivider />
      <SidebarGroup label="Menu" icon={<MenuIcon />}>
        {items.take('page:catalog')}
        {items.take('page:supply-chain')}
        {items.rest({ sortBy: 'title' })}
      </SidebarGroup>
      <SidebarSpace />
      <SidebarDivider />
      <SidebarGroup label="You" icon={<SettingsIcon />}>
        {items.take('page:notifications')}
        {items.take('page:user-settings')}
      </SidebarGroup>
    </Sidebar>
  );
};
