import type { ReactNode } from 'react'
import type { ConfidentialDetails } from '../api/schema'
import { useResource } from '../api/useResource'
import { useReader } from '../i18n'
import { useViewer } from '../viewer/useViewer'
import { usePart } from './part'
import { concerns, confidentialUrl, type Engagement } from './roster'

/** The case reference of an engagement and the newest reason. Only coordinators and the people concerned see them. */
export function Confidential({
  network,
  week,
  engagement,
  line,
}: {
  network: string
  week: string
  engagement: Engagement
  line: (name: string, value: ReactNode) => ReactNode
}) {
  const { t } = useReader()
  const { person } = useViewer()
  const may = usePart(network).plans || concerns(engagement, person)
  const { data } = useResource<ConfidentialDetails>(may ? confidentialUrl(network, week, engagement) : null)
  return (
    <>
      {data?.caseReference && line(t('board.caseReference'), <bdi>{data.caseReference}</bdi>)}
      {data?.reason && line(t('board.reason'), <bdi>{data.reason}</bdi>)}
    </>
  )
}
