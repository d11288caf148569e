import { Anchor, Badge, Button, Group, Paper, Text, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { Link } from 'wouter'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { lookIcons } from '../rostering/look'
import { close, open, useOpened } from '../shell/opened'
import { day, instantOf, localOf } from '../time/format'
import { useNow } from '../time/useNow'
import { isValidNow, useViewer } from '../viewer/useViewer'
import classes from './Research.module.css'
import type { When } from './useWhen'
import type { Initiative } from './wire'

const PlanDialog = lazy(() => import('../rostering/PlanDialog').then((module) => ({ default: module.PlanDialog })))

interface Props {
  readonly initiative: Initiative
  readonly names: NetworkNames
  readonly when: When
}

/** The meetings of an initiative, which lie on the roster. The next one is first, then those that are over. */
export function Meetings({ initiative, names, when }: Props) {
  const { t, word } = useReader()
  const viewer = useViewer()
  const now = useNow(30_000)
  const dialog = useOpened('dialog')
  const { profile } = initiative
  const shown = initiative.meetings.filter((meeting) => !meeting.isGone)
  const meetings = [
    ...shown.filter((meeting) => Date.parse(meeting.end) > now),
    ...shown.filter((meeting) => Date.parse(meeting.end) <= now).reverse(),
  ]
  const mayPlan = viewer.roles.some((grant) => grant.role === 'coordinator' && grant.scope.network === profile.network && isValidNow(grant))
  return (
    <Paper component="section" withBorder p="md" radius="md" aria-labelledby="part-meetings" data-part="meetings">
      <Group justify="space-between" mb="xs" wrap="nowrap">
        <Title order={2} size="h5" id="part-meetings">
          {t('research.meetings')}
        </Title>
        {mayPlan && (
          <Button
            size="compact-sm"
            variant="default"
            data-do="planMeeting"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => open('dialog', 'plan')}
          >
            {t('research.planMeeting')}
          </Button>
        )}
      </Group>
      {meetings.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('research.noMeeting')}
        </Text>
      )}
      <ul className={classes.entries}>
        {meetings.map((meeting) => {
          const Status = lookIcons[meeting.status]
          const place = names.roomName(meeting.hospital, meeting.room) || t('board.remote')
          return (
            <li key={meeting.engagement} className={classes.entry} data-meeting={meeting.engagement}>
              <div className={classes.text}>
                <Text fw={600} dir="auto">
                  {meeting.title}
                </Text>
                <Badge variant="default" tt="none" leftSection={<Status size={12} aria-hidden />}>
                  {word('statuses', meeting.status)}
                </Badge>
                <Text size="sm">{when.at(meeting.start)}</Text>
                <Text size="sm" c="dimmed">
                  <bdi>{names.hospitalName(meeting.hospital)}</bdi>
                  {' · '}
                  <bdi>{place}</bdi>
                  {meeting.consultants.length > 0 && (
                    <>
                      {' · '}
                      <bdi>{meeting.consultants.map(names.personName).join(', ')}</bdi>
                    </>
                  )}
                </Text>
                {mayPlan && (
                  <Anchor component={Link} size="sm" href={`/board/${profile.network}/${meeting.week}?show=${meeting.engagement}`}>
                    {t('course.onBoard')}
                  </Anchor>
                )}
              </div>
            </li>
          )
        })}
      </ul>
      {dialog === 'plan' && mayPlan && (
        <Suspense>
          <PlanDialog
            network={profile.network}
            names={names}
            purpose={{ initiative: profile.id }}
            kind="researchMeeting"
            blank={{
              hospital: profile.sites[0] ?? null,
              room: null,
              consultant: null,
              specialty: profile.specialty,
              start: instantOf(`${localOf(now + day, names.zone).slice(0, 10)}T11:00`, names.zone),
            }}
            close={() => close('dialog')}
            done={() => undefined}
          />
        </Suspense>
      )}
    </Paper>
  )
}
