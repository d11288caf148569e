import { Button, Center, Loader, Stack, Text, Title } from '@mantine/core'
import { ProblemNotice } from '../commands/ProblemNotice'
import { Registration } from '../conferences/audience/Registration'
import { programmeOf } from '../conferences/programme'
import { SpeakerNames, useSpeakerName } from '../conferences/speakers'
import { useReader } from '../i18n'
import { askAgain, useTopic } from '../live/useTopic'
import { useTitle } from '../shell/title'
import { clock, longDate, relative, zoneCity } from '../time/format'
import { useNow } from '../time/useNow'
import { useCoordinates, useViewer } from '../viewer/useViewer'
import { useLectureCommand } from './useLecture'

/**
 * Says why a room is not shown: the session does not exist, or the reader may not see it. A lecture's room admits people who are registered
 * for its conference. If the conference is given, the reader can register here.
 */
export function RefusedRoom({ why, conference, session }: { why: string; conference?: string; session?: string }) {
  const { t } = useReader()
  return (
    <Center h="60%" p="md">
      <Stack align="center" ta="center" gap="sm">
        <Text role="alert">{t(why === 'topic.unknown' ? 'lecture.unknown' : 'shell.denied')}</Text>
        {why === 'topic.denied' && conference && <Registration conference={conference} done={() => askAgain(`lecture/${session}`)} />}
      </Stack>
    </Center>
  )
}

/**
 * A room that is not open yet, with the facts from the programme. A coordinator of the conference's network can open it from here. If the
 * conference has no network, any coordinator can.
 */
export function ClosedRoom(props: { conference: string; session: string }) {
  const { network } = useViewer()
  return (
    <SpeakerNames network={network}>
      <Closed {...props} />
    </SpeakerNames>
  )
}

function Closed({ conference, session: id }: { conference: string; session: string }) {
  const { t, locale } = useReader()
  const { network } = useViewer()
  const coordinates = useCoordinates()
  const now = useNow(15_000)
  const speakerName = useSpeakerName()
  const command = useLectureCommand(id)
  const { picture } = useTopic(`conference/${conference}`)
  const { head, sessions } = programmeOf(picture.items)
  const session = sessions.find((s) => s.id === id)
  useTitle(session?.title)
  if (picture.position === null)
    return (
      <Center h="60%">
        <Loader aria-label={t('shell.loading')} />
      </Center>
    )
  if (!head || !session)
    return (
      <Center h="60%" role="alert">
        {t('lecture.unknown')}
      </Center>
    )
  const mayOpen = coordinates && (!head.network || head.network === network)
  return (
    <Center mih="60%" p="md">
      <Stack align="center" gap="sm" maw="40rem" ta="center" data-closed>
        <Title order={1} size="h2" dir="auto">
          {session.title}
        </Title>
        {session.speakers.length > 0 && <Text>{t('lecture.with', { who: session.speakers.map(speakerName).join(', ') })}</Text>}
        {session.start && (
          <Text>
            {longDate(session.start, head.timeZone, locale)} · {clock(session.start, head.timeZone, locale)} ·{' '}
            {zoneCity(head.timeZone, locale)}
            {Date.parse(session.start) > now && ` · ${relative(session.start, now, locale, head.timeZone)}`}
          </Text>
        )}
        <Text role="status">
          {t('lecture.notOpen')} {!mayOpen && t('lecture.notOpenHint')}
        </Text>
        {mayOpen && (
          <Button size="lg" loading={command.busy} onClick={() => void command.run({ type: 'openRoom', conference })}>
            {t('lecture.open')}
          </Button>
        )}
        <ProblemNotice problem={command.problem} />
      </Stack>
    </Center>
  )
}
