import { Button, Group, Menu } from '@mantine/core'
import {
  IconAdjustments,
  IconCalendarShare,
  IconDownload,
  IconEdit,
  IconFileTypeXml,
  IconHistory,
  IconJson,
  IconLink,
  IconTicket,
  IconUserPlus,
  IconWorld,
  IconWorldOff,
} from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { Link } from 'wouter'
import { http } from '../api/http'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useReader } from '../i18n'
import { close, open, useOpened } from '../shell/opened'
import { useCoordinates, useViewer } from '../viewer/useViewer'
import { useRegistration } from './audience/Registration'
import { type ConferenceHead, leftOutOfFiles, type Session } from './programme'

const FeedDialog = lazy(() => import('../feeds/FeedDialog'))
const RegistrationDialog = lazy(() => import('./RegistrationDialog'))
const TicketDialog = lazy(() => import('./audience/TicketDialog'))

/**
 * Offers what a reader may take along: ticket, calendar and files. A coordinator can also go to the draft, and open or close the public
 * page.
 */
export function TakeAlong({ head, sessions }: { head: ConferenceHead; sessions: readonly Session[] }) {
  const { t } = useReader()
  const { role } = useViewer()
  const coordinates = useCoordinates()
  const shown = useOpened('dialog')
  const registration = useRegistration(head.id)
  const url = `/api/conferences/${head.id}`
  const leftOut = leftOutOfFiles(sessions)
  const command = useCommand((open: boolean) => http.put(`${url}/public`, { public: open }))
  return (
    <>
      <Group gap="xs" my="xs">
        {registration.data?.registered && (
          <Button size="xs" variant="default" leftSection={<IconTicket size={16} aria-hidden />} onClick={() => open('dialog', 'ticket')}>
            {t('audience.ticket')}
          </Button>
        )}
        <Menu position="bottom-start">
          <Menu.Target>
            <Button size="xs" variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
              {t('feed.take')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {role !== 'display' && (
              <Menu.Item leftSection={<IconCalendarShare size={18} aria-hidden />} onClick={() => open('dialog', 'feed')}>
                {t('feed.mine')}
              </Menu.Item>
            )}
            <Menu.Item component="a" href={`${url}/schedule.xml`} download leftSection={<IconFileTypeXml size={18} aria-hidden />}>
              {t('feed.xml')}
            </Menu.Item>
            <Menu.Item component="a" href={`${url}/schedule.json`} download leftSection={<IconJson size={18} aria-hidden />}>
              {t('feed.json')}
            </Menu.Item>
            {leftOut > 0 && (
              <Menu.Label maw={280} data-left-out={leftOut}>
                {t('feed.leftOut', { count: leftOut })}
              </Menu.Label>
            )}
            {head.release > 0 && (
              <Menu.Item component={Link} href={`/conferences/${head.id}/releases`} leftSection={<IconHistory size={18} aria-hidden />}>
                {t('releases.title')}
              </Menu.Item>
            )}
            {head.public && (
              <Menu.Item component="a" href={`/public/${head.id}`} leftSection={<IconLink size={18} aria-hidden />}>
                {t('open.page')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
        {coordinates && (
          <Menu position="bottom-start">
            <Menu.Target>
              <Button size="xs" variant="default" leftSection={<IconAdjustments size={16} aria-hidden />}>
                {t('open.manage')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item component={Link} href={`/conferences/${head.id}/draft`} leftSection={<IconEdit size={18} aria-hidden />}>
                {t(head.hasDraft ? 'releases.draft' : 'releases.begin')}
              </Menu.Item>
              <Menu.Item
                onClick={() => void command.run(!head.public)}
                leftSection={head.public ? <IconWorldOff size={18} aria-hidden /> : <IconWorld size={18} aria-hidden />}
              >
                {t(head.public ? 'open.close' : 'open.open')}
              </Menu.Item>
              <Menu.Item onClick={() => open('dialog', 'registration')} leftSection={<IconUserPlus size={18} aria-hidden />}>
                {t('registration.manage')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </Group>
      <ProblemNotice problem={command.problem} />
      <Suspense>
        {shown === 'feed' && <FeedDialog close={() => close('dialog')} />}
        {shown === 'registration' && role === 'coordinator' && <RegistrationDialog head={head} close={() => close('dialog')} />}
        {shown === 'ticket' && <TicketDialog conference={head.id} close={() => close('dialog')} />}
      </Suspense>
    </>
  )
}
