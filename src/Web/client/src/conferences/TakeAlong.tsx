import { Button, Group, Menu } from '@mantine/core'
import {
  IconAdjustments,
  IconCalendarOff,
  IconCalendarShare,
  IconDownload,
  IconEdit,
  IconFileTypeXml,
  IconHistory,
  IconJson,
  IconLink,
  IconPlus,
  IconSettings,
  IconTicket,
  IconTrash,
  IconUserPlus,
  IconWorld,
  IconWorldOff,
} from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { Link, useLocation } from 'wouter'
import { http } from '../api/http'
import type { Conference } from '../api/schema'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useReader } from '../i18n'
import { close, open, useOpened } from '../shell/opened'
import { useCoordinates, useViewer } from '../viewer/useViewer'
import { useRegistration } from './audience/Registration'
import { send } from './edits/edit'
import { type ConferenceHead, leftOutOfFiles, type Session, titlesOf } from './programme'

const FeedDialog = lazy(() => import('../feeds/FeedDialog'))
const ConferenceDialog = lazy(() => import('./edits/ConferenceDialog'))
const DraftSessionDialog = lazy(() => import('./releases/DraftSessionDialog').then((module) => ({ default: module.DraftSessionDialog })))
const EndDialog = lazy(() => import('./edits/EndDialog'))
const RegistrationDialog = lazy(() => import('./RegistrationDialog'))
const TicketDialog = lazy(() => import('./audience/TicketDialog'))

/**
 * Offers what a reader may take along: ticket, calendar and files. A coordinator can also go to the draft, and open or close the public
 * page.
 */
export function TakeAlong({ head, sessions }: { head: ConferenceHead; sessions: readonly Session[] }) {
  const { t, nameOf } = useReader()
  const [, go] = useLocation()
  const { role } = useViewer()
  const coordinates = useCoordinates()
  const shown = useOpened('dialog')
  const registration = useRegistration(head.id)
  const url = `/api/conferences/${head.id}`
  const leftOut = leftOutOfFiles(sessions)
  const restore = useCommand(async (_: void, commandId) => {
    const { value, tag } = await http.exchange<Conference>('GET', url)
    await send(url, { tag: tag ?? '*', commandId, body: { ...value, withdrawn: false } })
  })
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
              <Menu.Item onClick={() => open('dialog', 'settings')} leftSection={<IconSettings size={18} aria-hidden />} data-do="settings">
                {t('edits.editConference')}
              </Menu.Item>
              {!head.withdrawn && (
                <Menu.Item
                  onClick={() => (head.hasDraft ? go(`/conferences/${head.id}/draft?edit=new`) : open('dialog', 'session'))}
                  leftSection={<IconPlus size={18} aria-hidden />}
                  data-do="session"
                >
                  {t('edits.newSession')}
                </Menu.Item>
              )}
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
              <Menu.Divider />
              {head.withdrawn ? (
                <Menu.Item onClick={() => void restore.run()} leftSection={<IconCalendarShare size={18} aria-hidden />} data-do="restore">
                  {t('edits.restore')}
                </Menu.Item>
              ) : (
                <Menu.Item onClick={() => open('dialog', 'end')} leftSection={<IconCalendarOff size={18} aria-hidden />} data-do="end">
                  {t('edits.withdrawIt')}
                </Menu.Item>
              )}
              <Menu.Item onClick={() => open('dialog', 'erase')} leftSection={<IconTrash size={18} aria-hidden />} data-do="erase">
                {t('edits.deleteIt')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </Group>
      <ProblemNotice problem={command.problem ?? restore.problem} />
      <Suspense>
        {shown === 'settings' && coordinates && (
          <ConferenceDialog id={head.id} close={() => close('dialog')} done={() => close('dialog')} />
        )}
        {shown === 'session' && coordinates && !head.hasDraft && (
          <DraftSessionDialog item={undefined} head={head} live close={() => close('dialog')} />
        )}
        {(shown === 'end' || shown === 'erase') && coordinates && (
          <EndDialog
            target={{ url, title: nameOf(titlesOf(head)), what: 'conference' }}
            zone={head.timeZone}
            how={shown === 'end' ? 'withdraw' : 'delete'}
            close={() => close('dialog')}
            done={(how) => (how === 'delete' ? go('/conferences', { replace: true }) : close('dialog'))}
          />
        )}
        {shown === 'feed' && <FeedDialog close={() => close('dialog')} />}
        {shown === 'registration' && role === 'coordinator' && <RegistrationDialog head={head} close={() => close('dialog')} />}
        {shown === 'ticket' && <TicketDialog conference={head.id} close={() => close('dialog')} />}
      </Suspense>
    </>
  )
}
