import { Alert, Anchor, Button, Container, Group, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Component, type ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { useReader } from '../i18n'

interface Props {
  readonly children: ReactNode
  /** When the address changes, the screen is tried again. */
  readonly address: string
}

/** Replaces a screen that failed with a notice that says what happened. The rest of the page stays. */
class Boundary extends Component<Props, { readonly failure: Error | null; readonly address: string }> {
  override state = { failure: null, address: this.props.address }

  static getDerivedStateFromError(thrown: unknown) {
    return { failure: thrown instanceof Error ? thrown : new Error(String(thrown)) }
  }

  static getDerivedStateFromProps({ address }: Props, state: { address: string }) {
    return address === state.address ? null : { failure: null, address }
  }

  override render() {
    return this.state.failure ? <Failed failure={this.state.failure} retry={() => this.setState({ failure: null })} /> : this.props.children
  }
}

export function ErrorBoundary({ children }: { children: ReactNode }) {
  const [address] = useLocation()
  return <Boundary address={address}>{children}</Boundary>
}

/** A script may be gone because a newer version of the hub has replaced it. Then the page must be loaded again. */
const isOutdated = (failure: Error) => /dynamically imported module|module script|Failed to fetch|Loading chunk/i.test(failure.message)

function Failed({ failure, retry }: { failure: Error; retry: () => void }) {
  const { t } = useReader()
  return (
    <Container size="sm" py="xl">
      <Alert
        role="alert"
        color="red"
        variant="light"
        icon={<IconAlertTriangle aria-hidden />}
        title={t('shell.screenFailed')}
        data-failed
        styles={{ message: { color: 'var(--mantine-color-text)' }, title: { color: 'var(--mantine-color-text)' } }}
      >
        <Text>{t(isOutdated(failure) ? 'shell.screenOutdated' : 'shell.screenFailedText')}</Text>
        <Text size="sm" c="dimmed" mt="xs" style={{ overflowWrap: 'anywhere' }}>
          <bdi>{failure.message || failure.name}</bdi>
        </Text>
        <Group mt="md">
          <Button variant="default" onClick={isOutdated(failure) ? () => location.reload() : retry}>
            {t('shell.retry')}
          </Button>
          <Anchor component={Link} href="/" underline="always">
            {t('shell.toStart')}
          </Anchor>
        </Group>
      </Alert>
    </Container>
  )
}
