import { Center, Container, Loader } from '@mantine/core'
import { type ReactNode } from 'react'
import { Redirect, useLocation, useParams, useSearch } from 'wouter'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { type NetworkNames, useNetwork } from '../networks/useNetwork'
import { useViewer } from '../viewer/useViewer'

type Draw = (network: string, names: NetworkNames) => ReactNode

/** A page about a network. If the address names none, it is the viewer's own. The page is drawn when the network's names are known. */
export function NetworkPage({ path, children }: { path: string; children: Draw }) {
  const { network: own } = useViewer()
  const { network } = useParams<{ network?: string }>()
  const search = useSearch()
  if (!network) return <Redirect to={`${path}/${own}${search && `?${search}`}`} replace />
  return (
    <OfNetwork key={network} network={network}>
      {children}
    </OfNetwork>
  )
}

function OfNetwork({ network, children }: { network: string; children: Draw }) {
  const { t } = useReader()
  const names = useNetwork(network)
  if (names.problem)
    return (
      <Container size="sm" py="md">
        <ProblemNotice problem={names.problem} title={t('shell.notRead')} />
      </Container>
    )
  return names.ready ? (
    children(network, names)
  ) : (
    <Center h="60%">
      <Loader aria-label={t('shell.loading')} />
    </Center>
  )
}

/** A function that changes what the address asks for. A part without a value is left out. */
export function useShow(path: string) {
  const [, go] = useLocation()
  return (change: Readonly<Record<string, string | null>>, at = path) => {
    const next = new URLSearchParams(location.search)
    for (const [name, value] of Object.entries(change))
      if (value) next.set(name, value)
      else next.delete(name)
    const text = next.toString()
    go(`${at}${text && `?${text}`}`, { replace: true })
  }
}
