import { useState } from 'react';
import { ProxiedSignInPage, SignInPage } from '@backstage/core-components';
import {
  configApiRef,
  IdentityApi,
  useApi,
} from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import Button from '@material-ui/core/Button';
import {
  chosenProvider,
  forgetAtSignOut,
  keepProvider,
} from './chosenProvider';

type FurtherSignIn = { provider: string; title: string };

/**
 * The guest's way in and those of `app.furtherSignIns`.
 */
export function PortalSignInPage(props: SignInPageProps) {
  const { onSignInSuccess } = props;
  const further = useFurtherSignIns();
  const [chosen, setChosen] = useState(() => chosenProvider(further));
  if (chosen) {
    return (
      <ProxiedSignInPage
        provider={chosen}
        onSignInSuccess={identity =>
          onSignInSuccess(forgetAtSignOut(identity as IdentityApi))
        }
      />
    );
  }
  return (
    <SignInPage
      onSignInSuccess={identity => onSignInSuccess(identity as IdentityApi)}
      providers={['guest']}
      {...(further.length > 0 && {
        titleComponent: (
          <Choices
            further={further}
            onChoose={provider => {
              keepProvider(provider);
              setChosen(provider);
            }}
          />
        ),
      })}
    />
  );
}

function useFurtherSignIns(): FurtherSignIn[] {
  const entries =
    useApi(configApiRef).getOptionalConfigArray('app.furtherSignIns') ?? [];
  return entries.map(entry => ({
    provider: entry.getString('provider'),
    title: entry.getString('title'),
  }));
}

function Choices(props: {
  further: FurtherSignIn[];
  onChoose: (provider: string) => void;
}) {
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
      {props.further.map(({ provider, title }) => (
        <Button
          key={provider}
          variant="outlined"
          style={{ textTransform: 'none' }}
          onClick={() => props.onChoose(provider)}
        >
          {title}
        </Button>
      ))}
    </div>
  );
}
